package field

import "github.com/icmpsniff/icmpsniff/decode"

// Router renumbering (RFC 2894 §3): a header of 16 bytes, and in a command prefix control operations, each a part that says
// which prefixes match and any number of parts that say what to use instead.
var renumberingFields = in("icmpv6", kindSet(decode.ICMPv6),
	u32("icmpv6.rr.sequence_number", "Sequence Number", 4).when(renumbering),
	u8("icmpv6.rr.segment_number", "Segment Number", 8).when(renumbering),
	u8("icmpv6.rr.flag", "Flags", 9).hex().when(renumbering),
	bits(u8("icmpv6.rr.flag.t", "Test Command", 9), 0x80).flag(setNotSet).when(renumbering),
	bits(u8("icmpv6.rr.flag.r", "Result requested", 9), 0x40).flag(setNotSet).when(renumbering),
	bits(u8("icmpv6.rr.flag.a", "All Interfaces", 9), 0x20).flag(setNotSet).when(renumbering),
	bits(u8("icmpv6.rr.flag.s", "Site-specific", 9), 0x10).flag(setNotSet).when(renumbering),
	bits(u8("icmpv6.rr.flag.p", "Processed previously", 9), 0x08).flag(setNotSet).when(renumbering),
	bits(u8("icmpv6.rr.flag.rsv", "Reserved", 9), 0x07).when(renumbering),
	u16("icmpv6.rr.maxdelay", "Max Delay", 10).when(renumbering),

	read("icmpv6.rr.pco.mp", "Match-Prefix Part", None, there).each(matchParts),
	u8("icmpv6.rr.pco.mp.opcode", "OpCode", 0).named(renumberingNames).each(matchParts),
	u8("icmpv6.rr.pco.mp.oplength", "OpLength", 1).each(matchParts),
	u8("icmpv6.rr.pco.mp.ordinal", "Ordinal", 2).hex().each(matchParts),
	u8("icmpv6.rr.pco.mp.matchlen", "MatchLen", 3).each(matchParts),
	u8("icmpv6.rr.pco.mp.minlen", "MinLen", 4).each(matchParts),
	u8("icmpv6.rr.pco.mp.maxlen", "MaxLen", 5).each(matchParts),
	ip6("icmpv6.rr.pco.mp.matchprefix", "MatchPrefix", 8).each(matchParts),

	read("icmpv6.rr.pco.up", "Use-Prefix Part", None, there).each(useParts),
	u8("icmpv6.rr.pco.up.uselen", "UseLen", 0).each(useParts),
	u8("icmpv6.rr.pco.up.keeplen", "KeepLen", 1).each(useParts),
	u8("icmpv6.rr.pco.up.flagmask", "FlagMask", 2).hex().each(useParts),
	advertisedFlags("icmpv6.rr.pco.up.flagmask.l", "On-link flag(L)", Boolean, 0x80),
	advertisedFlags("icmpv6.rr.pco.up.flagmask.a", "Autonomous address-configuration flag(A)", Boolean, 0x40),
	advertisedFlags("icmpv6.rr.pco.up.flagmask.reserved", "Reserved", Uint8, 0x3f),
	u8("icmpv6.rr.pco.up.raflags", "RAFlags", 3).hex().each(useParts),
	u32("icmpv6.rr.pco.up.validlifetime", "Valid Lifetime", 4).named(infinity).each(useParts),
	u32("icmpv6.rr.pco.up.preferredlifetime", "Preferred Lifetime", 8).named(infinity).each(useParts),
	u32("icmpv6.rr.pco.up.flag", "Flags", 12).hex().each(useParts),
	bits(u32("icmpv6.rr.pco.up.flag.v", "Decrement valid lifetime", 12), 0x80000000).flag(setNotSet).each(useParts),
	bits(u32("icmpv6.rr.pco.up.flag.p", "Decrement preferred lifetime", 12), 0x40000000).flag(setNotSet).each(useParts),
	bits(u32("icmpv6.rr.pco.up.flag.reserved", "Reserved", 12), 0x3fffffff).each(useParts),
	ip6("icmpv6.rr.pco.up.useprefix", "UsePrefix", 16).each(useParts),
)

// Lengths of the two kinds of parts, bytes (RFC 2894 §3.2.1).
const matchLength, useLength = 24, 32

var renumbering = first(routerRenumbering)

// matchParts are the first parts of the operations of a command.
var matchParts = &parts{
	start: func(b []byte) []byte {
		const command = 0
		if len(b) < 16 || !renumbering(b) || b[1] != command {
			return nil
		}
		return b[16:]
	},
	next: func(b []byte) (part, rest []byte) {
		if len(b) < matchLength {
			return nil, nil
		}
		n := int(b[1]) * 8
		if n < matchLength || n > len(b) {
			return b[:matchLength], nil
		}
		return b[:matchLength], b[n:]
	},
}

// useParts are the other parts of the first operation: commands have one (RFC 2894 §3.2).
var useParts = &parts{
	start: func(b []byte) []byte {
		b = matchParts.start(b)
		if len(b) < matchLength {
			return nil
		}
		return b[matchLength:max(matchLength, min(len(b), int(b[1])*8))]
	},
	next: func(b []byte) (part, rest []byte) {
		if len(b) < useLength {
			return nil, nil
		}
		return b[:useLength], b[useLength:]
	},
}

// advertisedFlags is a bit of the mask, and of the flags that the mask is for.
func advertisedFlags(name, label string, t Type, mask uint64) *Field {
	f := &Field{Type: t, Mask: mask}
	g := read(name, label, t, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		return append(dst, Value{Uint: f.number(b[2:3])}, Value{Uint: f.number(b[3:4])})
	}).each(useParts).masked(mask)
	if t == Boolean {
		g.named(setNotSet)
	}
	return g
}

var renumberingNames = []Name{{1, "Add"}, {2, "Change"}, {3, "Set Global"}}
