package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// PPP (RFC 1661 §2), alone or in HDLC-like framing (RFC 1662 §3.1), within PPPoE (RFC 2516 §4), and Cisco's HDLC.
var pppFields = slices.Concat(
	in("ppp", kindSet(decode.PPP),
		u8("ppp.address", "Address", 0).hex().when(framed),
		u8("ppp.control", "Control", 1).hex().when(framed),
		read("ppp.direction", "Direction", Uint8, pppDirection).named([]Name{{0, "DTE->DCE"}, {1, "DCE->DTE"}}),
		read("ppp.protocol", "Protocol", Uint16, func(s *Subject, i int, b []byte, dst []Value) []Value {
			if n := header(s, i); n == 0 || n%2 == 0 && b[n-1]&1 == 0 {
				return dst
			}
			return append(dst, Value{Uint: uint64(pppProtocol(s.Packet.Header(s.layer(i))))})
		}).hex().named(pppNames),
	),
	in("pppoe", kindSet(decode.PPPoE),
		bits(u8("pppoe.version", "Version", 0), 0xf0),
		bits(u8("pppoe.type", "Type", 0), 0x0f),
		u8("pppoe.code", "Code", 1).hex().named([]Name{{0, "Session Data"}}),
		u16("pppoe.session_id", "Session ID", 2).hex(),
		u16("pppoe.payload_length", "Payload Length", 4),
	),
	in("chdlc", kindSet(decode.CHDLC),
		u8("chdlc.address", "Address", 0).hex().named([]Name{{0x0f, "Unicast"}, {0x8f, "Multicast"}}),
		u8("chdlc.control", "Control", 1).hex(),
		u16("chdlc.protocol", "Protocol", 2).hex().named(chdlcNames),
	),
)

// framed reports whether a PPP header begins with the address and control of HDLC-like framing.
func framed(b []byte) bool { return len(b) >= 2 && b[0] == 0xff && b[1] == 0x03 }

// pppDirection is what the captures of two link types (tcpdump.org's registry: PPP_PPPD, PPP_WITH_DIR) say in the byte before the header:
// whether the host that captured sent it.
func pppDirection(s *Subject, i int, _ []byte, dst []Value) []Value {
	const pppd, withDirection = 166, 204
	if l := s.Packet.Link; i > 0 || l != pppd && l != withDirection {
		return dst
	}
	if s.Packet.Data[0] == 0 {
		return append(dst, Value{Uint: 1})
	}
	return append(dst, Value{Uint: 0})
}

// pppNames are of IANA's "PPP DLL Protocol Numbers".
var pppNames = []Name{
	{0x0021, "Internet Protocol version 4"}, {0x0057, "Internet Protocol version 6"}, {0x0281, "MPLS Unicast"}, {0x0283, "MPLS Multicast"},
	{0x003d, "Multi-Link"}, {0x00fd, "Compressed datagram"}, {0x8021, "Internet Protocol Control Protocol"}, {0x8057, "IPv6 Control Protocol"},
	{0x80fd, "Compression Control Protocol"}, {0xc021, "Link Control Protocol"}, {0xc023, "Password Authentication Protocol"},
	{0xc223, "Challenge Handshake Authentication Protocol"},
}

var chdlcNames = []Name{
	{0x0800, "IP"}, {0x2000, "Cisco Discovery Protocol"}, {0x4242, "Spanning Tree BPDU"}, {0x6558, "Transparent Ethernet bridging"}, {0x8035, "SLARP"},
	{0x8038, "DEC LanBridge"}, {0x809b, "Appletalk"}, {0x80f3, "AARP"}, {0x8137, "Netware IPX/SPX"}, {0x86dd, "IPv6"}, {0x8847, "MPLS unicast"},
	{0x8848, "MPLS multicast"}, {0xfefe, "OSI"},
}
