package decode

import "testing"

// TestIPv4 protects the lengths of an IPv4 header, its options, and what is believed of one that contradicts itself.
func TestIPv4(t *testing.T) {
	ping := echo4(bytesOf(8))
	checkEthernet(t, []frameCase{
		{name: "padding behind the datagram", frame: ether(typeIPv4, ipv4(icmp, ping), make([]byte, 10)), want: "eth:14 ip:20 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "no-operation and router alert", frame: ether(typeIPv4, ipv4With("01 01 01 01 94 04 0000", 0, 1, igmp2, hexBytes("16 00 0000 e0000016"))), want: "eth:14 ip:28 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "loose source route, one address left", frame: ether(typeIPv4, ipv4With("83 07 04 c6336407 00", 0, 1, icmp, ping)), want: "eth:14 ip:28 icmp:8 data:8 | icmp 192.0.2.1>198.51.100.7"},
		{name: "loose source route, two addresses left", frame: ether(typeIPv4, ipv4With("01 83 0b 04 c6336407 cb007108", 0, 1, icmp, ping)), want: "eth:14 ip:32 icmp:8 data:8 | icmp 192.0.2.1>203.0.113.8"},
		{name: "strict source route at its end", frame: ether(typeIPv4, ipv4With("89 07 08 c6336407 00", 0, 1, icmp, ping)), want: "eth:14 ip:28 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "source route behind the end of the options", frame: ether(typeIPv4, ipv4With("00 83 07 04 c6336407", 0, 1, icmp, ping)), want: "eth:14 ip:28 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "source route too short for an address", frame: ether(typeIPv4, ipv4With("83 03 04 00", 0, 1, icmp, ping)), want: "eth:14 ip:24 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "option longer than the header", frame: ether(typeIPv4, ipv4With("83 27 04 c6336407 00", 0, 1, icmp, ping)), want: "eth:14 ip:28 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "option of length 1", frame: ether(typeIPv4, ipv4With("07 01 00 00", 0, 1, icmp, ping)), want: "eth:14 ip:24 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "option without a length", frame: ether(typeIPv4, ipv4With("01 01 01 07", 0, 1, icmp, ping)), want: "eth:14 ip:24 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "header of 16 bytes", frame: ether(typeIPv4, []byte{0x44}, ipv4(icmp, ping)[1:]), want: "eth:14 ip:20+bad | ip 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "header longer than the datagram", frame: ether(typeIPv4, []byte{0x4f}, ipv4(icmp, ping)[1:]), want: "eth:14 ip:36+bad | ip 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "header longer than the frame", frame: ether(typeIPv4, hexBytes("4f000040 12340000 40010000 c0000201 c0000202")), want: "eth:14 ip:20+cut | ip 192.0.2.1>192.0.2.2 | malformed"},
		{name: "total length of 0: segments to be cut by the card", frame: ether(typeIPv4, hexBytes("45000000 12340000 40010000 c0000201 c0000202"), ping), want: "eth:14 ip:20 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "total length below the header's", frame: ether(typeIPv4, hexBytes("45000013 12340000 40010000 c0000201 c0000202"), ping), want: "eth:14 ip:20+bad | ip 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "total length beyond the frame", frame: ether(typeIPv4, hexBytes("45000100 12340000 40010000 c0000201 c0000202"), ping), want: "eth:14 ip:20 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "version 5", frame: ether(typeIPv4, []byte{0x55}, ipv4(icmp, ping)[1:]), want: "eth:14 ip:20+bad | ip 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "version 6 by its nibble", frame: ether(typeIPv4, ipv6(icmp6, echo6(nil))), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "header cut", frame: ether(typeIPv4, ipv4(icmp)[:19]), want: "eth:14 ip:19+cut | ip 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "nothing", frame: ether(typeIPv4), want: "eth:14 ip:0+unread | ip 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "header cut by the capture", frame: ether(typeIPv4, ipv4(icmp, ping)), cut: 30, want: "eth:14 ip:20+cut | ip 02:00:00:00:00:01>02:00:00:00:00:02 | limited"},
		{name: "payload cut by the capture", frame: ether(typeIPv4, ipv4(icmp, ping)), cut: 44, want: "eth:14 ip:20 icmp:8 data:2 | icmp 192.0.2.1>192.0.2.2"},
		{name: "unknown protocol", frame: ether(typeIPv4, ipv4(253, bytesOf(4))), want: "eth:14 ip:20 data:4 | ip 192.0.2.1>192.0.2.2"},
		{name: "first fragment", frame: ether(typeIPv4, ipv4With("", 0x2000, 1, icmp, ping)), want: "eth:14 ip:20+fragment data:16 | ip 192.0.2.1>192.0.2.2"},
		{name: "last fragment", frame: ether(typeIPv4, ipv4With("", 0x0002, 1, icmp, ping)), want: "eth:14 ip:20+fragment data:16 | ip 192.0.2.1>192.0.2.2"},
		{name: "first fragment, cut by the capture", frame: ether(typeIPv4, ipv4With("", 0x2000, 1, icmp, ping)), cut: 44, want: "eth:14 ip:20+fragment icmp:8 data:2 | icmp 192.0.2.1>192.0.2.2"},
		{name: "first fragment, cut by the capture in the next header", frame: ether(typeIPv4, ipv4With("", 0x2000, 1, icmp, ping)), cut: 38, want: "eth:14 ip:20+fragment icmp:8+unread | icmp 192.0.2.1>192.0.2.2 | limited"},
		{name: "last fragment, cut by the capture", frame: ether(typeIPv4, ipv4With("", 0x0002, 1, icmp, ping)), cut: 38, want: "eth:14 ip:20+fragment data:4 | ip 192.0.2.1>192.0.2.2"},
		{name: "router alert without a value", frame: ether(typeIPv4, ipv4With("9403 0000", 0, 1, icmp, echo4(nil))), want: "eth:14 ip:24 | ip 192.0.2.1>192.0.2.2 | malformed"},
		{name: "router alert", frame: ether(typeIPv4, ipv4With("9404 0000", 0, 1, icmp, echo4(nil))), want: "eth:14 ip:24 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "option longer than the header", frame: ether(typeIPv4, ipv4With("9428 0000", 0, 1, icmp, echo4(nil))), want: "eth:14 ip:24 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "source route with its pointer within an address", frame: ether(typeIPv4, ipv4With("8307 05 c0000209 00", 0, 1, icmp, echo4(nil))), want: "eth:14 ip:28 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "the first source route counts", frame: ether(typeIPv4, ipv4With("8307 04 c0000209 8907 04 c000020a 0000", 0, 1, icmp, echo4(nil))), want: "eth:14 ip:36 icmp:8 | icmp 192.0.2.1>192.0.2.9"},
		{name: "ports cut by the capture", frame: ether(typeIPv4, ipv4(udp, udpHeader(50000, 33434))), cut: 37, want: "eth:14 ip:20 udp:8+unread | ip 192.0.2.1>192.0.2.2 | limited"},
		{name: "fragment of no bytes", frame: ether(typeIPv4, ipv4With("", 0x2000, 1, icmp)), want: "eth:14 ip:20 | ip 192.0.2.1>192.0.2.2"},
	})
}
