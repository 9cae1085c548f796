package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// MPLS label stack entries (RFC 3032 §2.1), each a header of its own, and the control word of an Ethernet pseudowire after the last
// (RFC 4448 §4.6).
var mplsFields = slices.Concat(
	in("mpls", kindSet(decode.MPLS),
		bits(u32("mpls.label", "MPLS Label", 0), 0xfffff000).base(DecHex).named(labelNames),
		bits(u32("mpls.exp", "MPLS Experimental Bits", 0), 0x00000e00),
		bits(u32("mpls.bottom", "MPLS Bottom Of Label Stack", 0), 0x00000100),
		bits(u32("mpls.ttl", "MPLS TTL", 0), 0x000000ff),
	),
	inPlace("pwethcw", kindSet(decode.MPLS), bareEthernet, read("pweth", "PW (ethernet)", Boolean, truth)),
	inPlace("pwethcw", kindSet(decode.MPLS), controlWord,
		read("pweth.cw", "PW Control Word (ethernet)", Boolean, truth),
		u16("pweth.cw.sequence_number", "PW sequence number (ethernet)", 6),
	),
)

// labelNames are IANA's special-purpose MPLS labels.
var labelNames = []Name{
	{0, "IPv4 Explicit-Null"}, {1, "Router Alert"}, {2, "IPv6 Explicit-Null"}, {3, "Implicit-Null"}, {7, "Entropy Label Indicator (ELI)"},
	{13, "Generic Associated Channel Label (GAL)"}, {14, "OAM Alert"},
}

// truth makes a value that is true.
func truth(_ *Subject, _ int, _ []byte, dst []Value) []Value { return append(dst, Value{Uint: 1}) }

// bareEthernet reports whether an Ethernet frame follows label i at once.
func bareEthernet(s *Subject, i int) bool {
	return s.kind(i+1) == decode.Ethernet && !controlWord(s, i)
}

// controlWordBytes makes the value of the control word, and of what it carries.
func controlWordBytes(_ *Subject, _ int, b []byte, dst []Value) []Value {
	const entry, word = 4, 4
	return append(dst, Value{Bytes: b[min(len(b), entry):], Uint: word})
}

// controlWord reports whether a control word is between label i and an Ethernet frame.
func controlWord(s *Subject, i int) bool {
	return s.kind(i+1) == decode.Ethernet && s.layer(i+1).Start > s.layer(i).Body
}
