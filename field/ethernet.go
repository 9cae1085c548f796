package field

import "github.com/icmpsniff/icmpsniff/decode"

// Ethernet (IEEE 802.3 §3). The bits of an address are those of its first byte: group (I/G) and locally administered (U/L).
var ethernetFields = in("eth", kindSet(decode.Ethernet),
	mac("eth.dst", "Destination", 0),
	read("eth.dst_resolved", "Destination (resolved)", String, macTexts(0)),
	oui("eth.dst.oui", "Destination OUI", 0),
	mac("eth.src", "Source", 6),
	read("eth.src_resolved", "Source (resolved)", String, macTexts(6)),
	oui("eth.src.oui", "Source OUI", 6),
	read("eth.addr", "Address", Ether, each2(0, 6, 6)),
	read("eth.addr_resolved", "Address (resolved)", String, macTexts(0, 6)),
	read("eth.addr.oui", "Address OUI", Uint24, macBits(0xffffff, 0, 6)).base(OUI),
	read("eth.dst.lg", "LG bit", Boolean, macBits(0x020000, 0)).named(localGlobal).masked(0x020000),
	read("eth.dst.ig", "IG bit", Boolean, macBits(0x010000, 0)).named(groupIndividual).masked(0x010000),
	read("eth.src.lg", "LG bit", Boolean, macBits(0x020000, 6)).named(localGlobal).masked(0x020000),
	read("eth.src.ig", "IG bit", Boolean, macBits(0x010000, 6)).named(groupIndividual).masked(0x010000),
	read("eth.lg", "LG bit", Boolean, macBits(0x020000, 0, 6)).named(localGlobal).masked(0x020000),
	read("eth.ig", "IG bit", Boolean, macBits(0x010000, 0, 6)).named(groupIndividual).masked(0x010000),
	mark("eth.src_not_group", "Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)", groupSource),
	u16("eth.type", "Type", 12).hex().named(etherTypeNames).when(ethernetII),
	u16("eth.len", "Length", 12).when(ieee8023),
	read("eth.padding", "Padding", Bytes, trailing(func(t trailer) []byte { return t.padding })).only(padded...),
	read("eth.trailer", "Trailer", Bytes, trailing(func(t trailer) []byte { return t.rest })),
	read("eth.fcs", "Frame check sequence", Uint32, checkSequence).hex(),
	read("eth.fcs.status", "FCS Status", Uint8, checkSequenceStatus).base(NoBase).named(checksumNames),
	mark("eth.padding_bad", "Padding identification may be inaccurate and impact trailer dissector", paddingDoubtful).only(padded...),
)

// padded are the kinds of headers that a frame's padding may belong to.
var padded = []decode.Kind{decode.Ethernet, decode.Dot1Q, decode.LinuxSLL, decode.LinuxSLL2}

var (
	localGlobal     = yesNo("Locally administered address (this is NOT the factory default)", "Globally unique address (factory default)")
	groupIndividual = yesNo("Group address (multicast/broadcast)", "Individual address (unicast)")
)

func ethernetII(b []byte) bool { return len(b) >= 14 && (b[12] >= 6) }
func ieee8023(b []byte) bool   { return len(b) >= 14 && (int(b[12])<<8|int(b[13]) <= 1500) }

func oui(name, label string, offset int) *Field {
	return u24(name, label, offset).base(OUI)
}

// each2 makes the values of two stretches of n bytes at two offsets.
func each2(first, second, n int) func(*Subject, int, []byte, []Value) []Value {
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		for _, at := range [2]int{first, second} {
			if len(b) >= at+n {
				dst = append(dst, Value{Bytes: b[at : at+n]})
			}
		}
		return dst
	}
}

// macBits makes the values of some of the first three bytes of the addresses at some offsets.
func macBits(mask uint64, offsets ...int) func(*Subject, int, []byte, []Value) []Value {
	f := &Field{Mask: mask}
	if mask != 0xffffff {
		f.Type = Boolean
	}
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		for _, at := range offsets {
			if len(b) >= at+6 {
				dst = append(dst, Value{Uint: f.number(b[at : at+3])})
			}
		}
		return dst
	}
}

// macTexts makes the values of the addresses at some offsets, as text.
func macTexts(offsets ...int) func(*Subject, int, []byte, []Value) []Value {
	return func(s *Subject, _ int, b []byte, dst []Value) []Value {
		for _, at := range offsets {
			if len(b) >= at+6 {
				n := len(s.text)
				s.text = appendMAC(s.text, b[at:at+6])
				dst = append(dst, Value{Bytes: s.written(n)})
			}
		}
		return dst
	}
}

func groupSource(_ *Subject, _ int, b []byte) bool { return len(b) >= 12 && b[6]&1 != 0 }
