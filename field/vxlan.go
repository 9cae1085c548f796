package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// VXLAN (RFC 7348 §5) with the group policy extension (draft-smith-vxlan-group-policy §2.1), and its generic protocol extension
// (draft-ietf-nvo3-vxlan-gpe §3), whose flags are one byte and which has a port of its own.
var vxlanFields = slices.Concat(
	inPlace("vxlan", kindSet(decode.VXLAN), plainVXLAN,
		u16("vxlan.flags", "Flags", 0).hex(),
		bits(u16("vxlan.flag_g", "GBP Extension", 0), 0x8000).flag(yesNo("Defined", "Not defined")),
		bits(u16("vxlan.flag_i", "VXLAN Network ID (VNI)", 0), 0x0800).flag(trueFalse),
		bits(u16("vxlan.flag_d", "Don't Learn", 0), 0x0040).flag(trueFalse),
		bits(u16("vxlan.flag_a", "Policy Applied", 0), 0x0008).flag(trueFalse),
		bits(u16("vxlan.flags_reserved", "Reserved(R)", 0), 0x77b7).hex(),
		u16("vxlan.gbp", "Group Policy ID", 2),
	),
	inPlace("vxlan", kindSet(decode.VXLAN), genericVXLAN,
		u8("vxlan.flags", "Flags", 0).as(Uint16).hex(),
		bits(u8("vxlan.ver", "Version", 0), 0x30),
		bits(u8("vxlan.i_bit", "Instance", 0), 0x08),
		bits(u8("vxlan.p_bit", "Next Protocol Bit", 0), 0x04),
		bits(u8("vxlan.o_bit", "OAM bit", 0), 0x01),
		bits(u8("vxlan.flags_reserved", "Reserved(R)", 0), 0xc2).as(Uint16).hex(),
		u16("vxlan.reserved_16", "Reserved", 1),
		u8("vxlan.next_proto", "Next Protocol", 3).named(nextProtocolNames),
	),
	in("vxlan", kindSet(decode.VXLAN),
		u24("vxlan.vni", "VXLAN Network Identifier (VNI)", 4),
		u8("vxlan.reserved8", "Reserved", 7),
	),
)

// nextProtocolNames are the next protocols of draft-ietf-nvo3-vxlan-gpe §3.
var nextProtocolNames = []Name{{1, "IPv4"}, {2, "IPv6"}, {3, "Ethernet"}, {4, "Network Service Header"}, {5, "MPLS"}}

func plainVXLAN(s *Subject, i int) bool { return !genericVXLAN(s, i) }

// genericVXLAN reports whether layer i came to the port of the generic protocol extension.
func genericVXLAN(s *Subject, i int) bool {
	const port = 4790
	if s.kind(i-1) != decode.UDP {
		return false
	}
	b := s.Packet.Header(s.layer(i - 1))
	return len(b) >= 4 && (first16(b[2:]) == port || first16(b) == port)
}
