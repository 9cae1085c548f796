package decode

import "testing"

// TestICMPv4 protects the least lengths of messages, the quoted datagrams and the extensions behind them.
func TestICMPv4(t *testing.T) {
	v4 := func(rest ...[]byte) []byte { return ether(typeIPv4, ipv4(icmp, icmpMessage(rest...))) }
	// A traceroute's probe as a router quotes it: the header and eight bytes of 40.
	probe := ipv4(udp, udpHeader(50000, 33434, make([]byte, 12)))
	quoted := probe[:28]
	padded := join(probe, make([]byte, 128-len(probe)))
	labels := hexBytes("2000 0000 0008 01 01 00010140") // an MPLS label, RFC 4950, no checksum
	longer := ipv4(udp, udpHeader(50000, 33434, make([]byte, 172)))[:128]
	checkEthernet(t, []frameCase{
		{name: "echo of no bytes", frame: v4(hexBytes("08 00 0000 0001 0001")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "echo of seven bytes", frame: v4(hexBytes("08 00 0000 0001 00")), want: "eth:14 ip:20 icmp:7 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "three bytes", frame: ether(typeIPv4, ipv4(icmp, hexBytes("08 00 00"))), want: "eth:14 ip:20 icmp:3+unread | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "nothing", frame: ether(typeIPv4, ipv4(icmp)), want: "eth:14 ip:20 | ip 192.0.2.1>192.0.2.2"},
		{name: "unknown type of six bytes", frame: v4(hexBytes("c8 00 0000 0001")), want: "eth:14 ip:20 icmp:6 | icmp 192.0.2.1>192.0.2.2"},
		{name: "time stamp", frame: v4(hexBytes("0d 00 0000 0001 0001 00000001 00000000 00000000")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "time stamp, cut", frame: v4(hexBytes("0e 00 0000 0001 0001 00000001 00000000")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "address mask", frame: v4(hexBytes("12 00 0000 0001 0001 ffffff00")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "address mask, cut", frame: v4(hexBytes("12 00 0000 0001 0001 ffff")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "router advertisement", frame: v4(hexBytes("09 00 0000 02 02 0708 c0000201 00000000 c0000202 00000001")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "router advertisement, extensions", frame: v4(hexBytes("09 00 0000 01 02 0708 c0000201 00000000 00 10 02 0000")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "router advertisement, 255 addresses stated", frame: v4(hexBytes("09 00 0000 ff 02 0708 c0000201 00000000")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "router advertisement, entries of another size", frame: v4(hexBytes("09 00 0000 ff ff 0708 c0000201 00000000")), want: "eth:14 ip:20 icmp:8 data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "router advertisement, of a code without extensions", frame: v4(hexBytes("09 01 0000 01 02 0708 c0000201 00000000 10 06 0000")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "router advertisement that takes no common traffic, extension cut", frame: v4(hexBytes("09 10 0000 01 02 0708 c0000201 00000000 10 06 0000")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "router advertisement, extension cut", frame: v4(hexBytes("09 00 0000 01 02 0708 c0000201 00000000 10 06 0000")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "router solicitation", frame: v4(hexBytes("0a 00 0000 00000000")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "extended echo", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 0008 03 02 00000002")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "interface information", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 001c 02 0f 00000002 0001 0000 c0000201 08 65746830 000000 000005dc")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "interface information, no room for the index", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 0006 02 08 0000")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "interface information, no room for the address", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 000c 02 04 0002 0000 20010db8")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "interface information, address of an unknown family", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 000c 02 04 0007 0000 c0000201")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "interface information, name beyond its object", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 0008 02 02 08657468 0008 01 01 00010140")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "interface information, name beyond the message", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 0008 02 02 08657468")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "interface information, index and what is no address behind its object", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 0006 02 0c 0000 0002cafebabe")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "interface identification, a name of no length", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 0000 03 01 65746830")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "interface identification, a name beyond the message", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 0009 03 01 65746830")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "objects of no length and beyond the end", frame: v4(hexBytes("2a 00 0000 0001 01 01  2000 0000 0008 01 01 00010140 0010 02 08 0000")), want: "eth:14 ip:20 icmp:8 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "port unreachable", frame: v4(hexBytes("03 03 0000 00000000"), quoted), want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "quoting nothing", frame: v4(hexBytes("03 03 0000 00000000")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "redirect quoting more than 64 bits", frame: v4(hexBytes("05 01 0000 c0000209"), ipv4(icmp, echo4(nil), bytesOf(40))), want: "eth:14 ip:20 icmp:8 >ip:20 >icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "quoting half a header", frame: v4(hexBytes("03 03 0000 00000000"), quoted[:12]), want: "eth:14 ip:20 icmp:8 >ip:12+cut | icmp 192.0.2.1>192.0.2.2"},
		{name: "quoting a fragment", frame: v4(hexBytes("03 03 0000 00000000"), ipv4With("", 0x2000, 1, icmp, echo4(bytesOf(8)))), want: "eth:14 ip:20 icmp:8 >ip:20+fragment >data:16 >icmp:8+aside >data:8+aside | icmp 192.0.2.1>192.0.2.2"},
		{name: "quoting a later fragment", frame: v4(hexBytes("0b 01 0000 00000000"), ipv4With("", 0x0005, 1, icmp, bytesOf(8))), want: "eth:14 ip:20 icmp:8 >ip:20+fragment >data:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "quoting an error that quotes", frame: v4(hexBytes("0b 00 0000 00000000"), ipv4(icmp, unreachable4(0, quoted))), want: "eth:14 ip:20 icmp:8 >ip:20 >icmp:8 >>ip:20 >>udp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "quoting what was tagged and tunnelled", frame: v4(hexBytes("0b 00 0000 00000000"), ipv4(gre, hexBytes("0000 6558"), ether(typeVLAN, vlan(5, typeIPv4), ipv4(icmp, echo4(nil))))), want: "eth:14 ip:20 icmp:8 >ip:20 >gre:4 >eth:14 >vlan:4 >ip:20 >icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "quotation cut by the capture", frame: v4(hexBytes("03 03 0000 00000000"), quoted), cut: 60, want: "eth:14 ip:20 icmp:8 >ip:20+cut | icmp 192.0.2.1>192.0.2.2 | limited"},
		{name: "redirect", frame: v4(hexBytes("05 01 0000 c0000209"), quoted), want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "redirect of nothing", frame: v4(hexBytes("05 01 0000 c0000209")), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "source quench", frame: v4(hexBytes("04 00 0000 00000000"), quoted), want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "parameter problem", frame: v4(hexBytes("0c 00 0000 14 000000"), quoted), want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "extensions after 32 words", frame: v4(hexBytes("0b 00 0000 00 20 0000"), padded, labels), want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:12 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "extensions after 32 words, none of them captured", frame: v4(hexBytes("0b 00 0000 00 20 0000"), padded, labels), cut: 100, want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:12 extension:4 | icmp 192.0.2.1>192.0.2.2 | limited"},
		{name: "extensions after 32 words, cut by the capture", frame: v4(hexBytes("0b 00 0000 00 20 0000"), padded, labels), cut: 174, want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:12 extension:4 | icmp 192.0.2.1>192.0.2.2 | limited"},
		{name: "extensions after 32 words of a longer datagram, cut by the capture", frame: v4(hexBytes("0b 00 0000 00 20 0000"), longer, labels), cut: 174, want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:100 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "extensions after 128 bytes, unannounced", frame: v4(hexBytes("0b 00 0000 00000000"), padded, labels), want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:12 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "extensions after 128 bytes, unannounced, cut by the capture", frame: v4(hexBytes("0b 00 0000 00000000"), padded, labels), cut: 100, want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:12 extension:4 | icmp 192.0.2.1>192.0.2.2 | limited"},
		{name: "extensions after 128 bytes, unannounced, of a longer datagram, cut by the capture", frame: v4(hexBytes("0b 00 0000 00000000"), longer, labels), cut: 100, want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:30 | icmp 192.0.2.1>192.0.2.2"},
		{name: "134 bytes of a longer datagram", frame: v4(hexBytes("0b 00 0000 00000000"), ipv4(udp, udpHeader(50000, 33434, make([]byte, 172)))[:134]), want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:106 | icmp 192.0.2.1>192.0.2.2"},
		{name: "a shorter datagram, padded, and something behind 128 bytes", frame: v4(hexBytes("0b 00 0000 00000000"), padded, hexBytes("4500 0000 0008")), want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:12 extension:4 | icmp 192.0.2.1>192.0.2.2"},
		{name: "extensions stated beyond the end", frame: v4(hexBytes("0b 00 0000 00 ff 0000"), padded, labels), want: "eth:14 ip:20 icmp:8 >ip:20 >udp:8 >data:12 | icmp 192.0.2.1>192.0.2.2"},
	})
}
