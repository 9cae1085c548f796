package field

import "github.com/icmpsniff/icmpsniff/decode"

// IPv6 (RFC 8200 §3), and what its addresses tell: the MAC address that a modified EUI-64 was made of (RFC 4291 Appendix
// A), 6to4's gateway (RFC 3056 §2), Teredo's server and client (RFC 4380 §4).
var ipv6Fields = in("ipv6", kindSet(decode.IPv6),
	bits(u8("ipv6.version", "Version", 0), 0xf0),
	bits(u32("ipv6.tclass", "Traffic Class", 0), 0x0ff00000).hex().when(readable6),
	bits(u32("ipv6.tclass.dscp", "Differentiated Services Codepoint", 0), 0x0fc00000).named(dscpNames).when(readable6),
	bits(u32("ipv6.tclass.ecn", "Explicit Congestion Notification", 0), 0x00300000).named(ecnNames).when(readable6),
	bits(u24("ipv6.flow", "Flow Label", 1), 0x0fffff).hex().when(readable6),
	u16("ipv6.plen", "Payload Length", 4).when(func(b []byte) bool { return len(b) >= 7 && readable6(b) }), // read with the next header
	u8("ipv6.nxt", "Next Header", 6).named(ipProtocolNames).when(readable6),
	u8("ipv6.hlim", "Hop Limit", 7).when(readable6),
	ip6("ipv6.src", "Source Address", 8).when(readable6),
	read("ipv6.src_host", "Source Host", String, addressTexts(16, 8)).when(readable6),
	ip6("ipv6.dst", "Destination Address", 24).when(readable6),
	read("ipv6.dst_host", "Destination Host", String, addressTexts(16, 24)).when(readable6),
	read("ipv6.addr", "Source or Destination Address", IPv6, each2(8, 24, 16)).when(readable6),
	read("ipv6.host", "Source or Destination Host", String, addressTexts(16, 8, 24)).when(readable6),
	embedded("ipv6.src_slaac_mac", "Source SLAAC MAC", Ether, slaacMAC, 8),
	embedded("ipv6.dst_slaac_mac", "Destination SLAAC MAC", Ether, slaacMAC, 24),
	embedded("ipv6.slaac_mac", "SLAAC MAC", Ether, slaacMAC, 8, 24),
	embedded("ipv6.src_6to4_gw_ipv4", "Source 6to4 Gateway IPv4", IPv4, sixToFourGateway, 8),
	embedded("ipv6.dst_6to4_gw_ipv4", "Destination 6to4 Gateway IPv4", IPv4, sixToFourGateway, 24),
	embedded("ipv6.6to4_gw_ipv4", "6to4 Gateway IPv4", IPv4, sixToFourGateway, 8, 24),
	embedded("ipv6.src_6to4_sla_id", "Source 6to4 SLA ID", Uint16, sixToFourSite, 8),
	embedded("ipv6.dst_6to4_sla_id", "Destination 6to4 SLA ID", Uint16, sixToFourSite, 24),
	embedded("ipv6.6to4_sla_id", "6to4 SLA ID", Uint16, sixToFourSite, 8, 24),
	embedded("ipv6.src_ts_ipv4", "Source Teredo Server IPv4", IPv4, teredoServer, 8),
	embedded("ipv6.dst_ts_ipv4", "Destination Teredo Server IPv4", IPv4, teredoServer, 24),
	embedded("ipv6.ts_ipv4", "Teredo Server IPv4", IPv4, teredoServer, 8, 24),
	embedded("ipv6.src_tc_port", "Source Teredo Port", Uint16, teredoPort, 8),
	embedded("ipv6.dst_tc_port", "Destination Teredo Port", Uint16, teredoPort, 24),
	embedded("ipv6.tc_port", "Teredo Port", Uint16, teredoPort, 8, 24),
	embedded("ipv6.src_tc_ipv4", "Source Teredo Client IPv4", IPv4, teredoClient, 8),
	embedded("ipv6.dst_tc_ipv4", "Destination Teredo Client IPv4", IPv4, teredoClient, 24),
	embedded("ipv6.tc_ipv4", "Teredo Client IPv4", IPv4, teredoClient, 8, 24),
	mark("ipv6.plen_exceeds_framing", "IPv6 payload length does not match expected framing length", tooLong6),
	mark("ipv6.plen_zero", `IPv6 payload length equals 0 (maybe because of "TCP segmentation offload" (TSO))`, zeroLength6),
)

func readable6(b []byte) bool { return len(b) > 0 && b[0]>>4 == 6 }

// embedded is what a function finds in the addresses at some offsets of the header.
func embedded(name, label string, t Type, find func(s *Subject, addr []byte) (Value, bool), offsets ...int) *Field {
	return read(name, label, t, func(s *Subject, _ int, b []byte, dst []Value) []Value {
		for _, at := range offsets {
			if len(b) < at+16 {
				break
			}
			if v, ok := find(s, b[at:at+16]); ok {
				dst = append(dst, v)
			}
		}
		return dst
	}).when(readable6)
}

// slaacMAC undoes the modified EUI-64: ff:fe in the middle, and the universal/local bit inverted.
func slaacMAC(s *Subject, a []byte) (Value, bool) {
	if a[0] == 0xff || a[11] != 0xff || a[12] != 0xfe || a[8]&0x02 == 0 {
		return Value{}, false
	}
	n := len(s.text)
	s.text = append(s.text, a[8]^0x02, a[9], a[10], a[13], a[14], a[15])
	return Value{Bytes: s.written(n)}, true
}

func sixToFour(a []byte) bool { return a[0] == 0x20 && a[1] == 0x02 }

func sixToFourGateway(_ *Subject, a []byte) (Value, bool) { return Value{Bytes: a[2:6]}, sixToFour(a) }

func sixToFourSite(_ *Subject, a []byte) (Value, bool) {
	return Value{Uint: uint64(a[6])<<8 | uint64(a[7])}, sixToFour(a)
}

func teredo(a []byte) bool { return a[0] == 0x20 && a[1] == 0x01 && a[2] == 0 && a[3] == 0 }

func teredoServer(_ *Subject, a []byte) (Value, bool) { return Value{Bytes: a[4:8]}, teredo(a) }

// teredoPort and teredoClient are sent with every bit inverted, so that no NAT on the way rewrites them.
func teredoPort(_ *Subject, a []byte) (Value, bool) {
	return Value{Uint: uint64(^a[10])<<8 | uint64(^a[11])}, teredo(a)
}

func teredoClient(s *Subject, a []byte) (Value, bool) {
	n := len(s.text)
	s.text = append(s.text, ^a[12], ^a[13], ^a[14], ^a[15])
	return Value{Bytes: s.written(n)}, teredo(a)
}

func tooLong6(s *Subject, i int, b []byte) bool {
	l := s.layer(i)
	if len(b) < 40 || !readable6(b) || l.Quoted > 0 {
		return false
	}
	return int(b[4])<<8|int(b[5]) > l.StatedLength()-40
}

func zeroLength6(_ *Subject, _ int, b []byte) bool {
	return len(b) >= 7 && readable6(b) && b[4] == 0 && b[5] == 0 && b[6] != 0 && b[6] != 59
}
