package decode

import "testing"

// TestTunnels protects the way through each tunnel to the ping within, and against headers whose optional parts are missing.
func TestTunnels(t *testing.T) {
	ping, ping6 := ipv4(icmp, echo4(nil)), ipv6(icmp6, echo6(nil))
	inner := ether(typeIPv4, ping)
	over := func(proto uint8, rest ...[]byte) []byte { return ether(typeIPv4, ipv4(proto, rest...)) }
	port := func(to uint16, rest ...[]byte) []byte { return over(udp, udpHeader(50000, to, rest...)) }
	checkEthernet(t, []frameCase{
		{name: "IPv4 in IPv4", frame: over(ipip, ping), want: "eth:14 ip:20 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "6in4", frame: over(sixInFour, ping6), want: "eth:14 ip:20 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "IPv6 in IPv6", frame: ether(typeIPv6, ipv6(sixInFour, ping6)), want: "eth:14 ipv6:40 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "GRE", frame: over(gre, hexBytes("0000 0800"), ping), want: "eth:14 ip:20 gre:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GRE, all options", frame: over(gre, hexBytes("b000 0800 0000 0000 00000007 00000001"), ping), want: "eth:14 ip:20 gre:16 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GRE, options cut", frame: over(gre, hexBytes("b000 0800 0000")), want: "eth:14 ip:20 gre:6 | gre 192.0.2.1>192.0.2.2 | malformed"},
		{name: "GRE, version 1", frame: over(gre, hexBytes("3081 880b 0020 0001 00000001 00000001 0021"), ping), want: "eth:14 ip:20 gre:16 ppp:2 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GRE, acknowledgement of version 1 in version 0", frame: over(gre, hexBytes("0080 0800")), want: "eth:14 ip:20 gre:4 | gre 192.0.2.1>192.0.2.2"},
		{name: "GRE, source route", frame: over(gre, hexBytes("4000 0800 0000 0000"), ping), want: "eth:14 ip:20 gre:8 data:28 | gre 192.0.2.1>192.0.2.2"},
		{name: "GRE, Ethernet", frame: over(gre, hexBytes("0000 6558"), inner), want: "eth:14 ip:20 gre:4 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GRE, MPLS", frame: over(gre, hexBytes("0000 8847 00010140"), ping), want: "eth:14 ip:20 gre:4 mpls:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GRE, Cisco's security group", frame: over(gre, hexBytes("0000 8909 0800 01 01 0001 0007"), ping), want: "eth:14 ip:20 gre:4 cmd:8 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "Cisco's security group", frame: ether(0x8909, hexBytes("01 01 0001 0007 0800"), ping), want: "eth:14 cmd:8 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GRE, PPP in HDLC's framing", frame: over(gre, hexBytes("3081 880b 0022 0001 00000001 00000001 ff03 0021"), ping), want: "eth:14 ip:20 gre:16 ppp:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GRE, a tag is not in it", frame: over(gre, hexBytes("0000 8100 0005 0800"), ping), want: "eth:14 ip:20 gre:4 data:32 | gre 192.0.2.1>192.0.2.2"},
		{name: "GRE, WCCP", frame: over(gre, hexBytes("0000 883e"), ping), want: "eth:14 ip:20 gre:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GRE, WCCP with a redirect header", frame: over(gre, hexBytes("0000 883e 00000000"), ping), want: "eth:14 ip:20 gre:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ERSPAN I", frame: over(gre, hexBytes("0000 88be"), inner), want: "eth:14 ip:20 gre:4 erspan:0 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ERSPAN II", frame: over(gre, hexBytes("1000 88be 00000001 10010007 00000000"), inner), want: "eth:14 ip:20 gre:8 erspan:8 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ERSPAN III", frame: over(gre, hexBytes("1000 22eb 00000001 20010007 00000000 00000000"), inner), want: "eth:14 ip:20 gre:8 erspan:12 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ERSPAN III, subheader", frame: over(gre, hexBytes("1000 22eb 00000001 20010007 00000000 00000001 0000000000000000"), inner), want: "eth:14 ip:20 gre:8 erspan:12 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ERSPAN III, IP", frame: over(gre, hexBytes("1000 22eb 00000001 20010007 00000000 00000800"), ping), want: "eth:14 ip:20 gre:8 erspan:12 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "EtherIP", frame: over(97, hexBytes("3000"), inner), want: "eth:14 ip:20 etherip:2 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "Ethernet in IP", frame: over(143, inner), want: "eth:14 ip:20 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "MPLS in IP", frame: over(137, hexBytes("00010140"), ping), want: "eth:14 ip:20 mpls:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "PIM register", frame: over(103, hexBytes("21 00 0000 00000000"), ping), want: "eth:14 ip:20 pim:4 ip:20 icmp:8 | pim 192.0.2.1>192.0.2.2"},
		{name: "PIM hello", frame: over(103, hexBytes("20 00 0000")), want: "eth:14 ip:20 pim:4 | pim 192.0.2.1>192.0.2.2"},
		{name: "authentication header", frame: over(51, hexBytes("01 01 0000 00000001 00000001"), echo4(nil)), want: "eth:14 ip:20 ah:12 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "authentication header, longer than there is", frame: over(51, hexBytes("01 ff 0000 00000001 00000001"), echo4(nil)), want: "eth:14 ip:20 ah:20 | ah 192.0.2.1>192.0.2.2 | malformed"},
		{name: "VXLAN", frame: port(4789, hexBytes("08000000 00000500"), inner), want: "eth:14 ip:20 udp:8 vxlan:8 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | on [vni 5]"},
		{name: "VXLAN on Linux' port", frame: port(8472, hexBytes("08000000 00000500"), inner), want: "eth:14 ip:20 udp:8 vxlan:8 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | on [vni 5]"},
		{name: "VXLAN-GPE", frame: port(4790, hexBytes("0c000002 00000500"), ping6), want: "eth:14 ip:20 udp:8 vxlan:8 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2 | on [vni 5]"},
		{name: "VXLAN, cut", frame: port(4789, hexBytes("08000000 0000")), want: "eth:14 ip:20 udp:8 vxlan:6 | vxlan 192.0.2.1>192.0.2.2 | malformed"},
		{name: "Geneve", frame: port(6081, hexBytes("0000 6558 000500 00"), inner), want: "eth:14 ip:20 udp:8 geneve:8 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | on [vni 1280]"},
		{name: "Geneve, 252 bytes of options", frame: port(6081, hexBytes("3f00 0800 000500 00"), make([]byte, 252), ping), want: "eth:14 ip:20 udp:8 geneve:260 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | on [vni 1280]"},
		{name: "Geneve, options cut", frame: port(6081, hexBytes("3f00 0800 000500 00"), make([]byte, 100)), want: "eth:14 ip:20 udp:8 geneve:108 | geneve 192.0.2.1>192.0.2.2 | malformed"},
		{name: "Teredo", frame: port(3544, ping6), want: "eth:14 ip:20 udp:8 teredo:0 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "Teredo, both indications", frame: port(3544, hexBytes("0001 01 02 aa bbcc 0000000000000000 00"), hexBytes("0000 c350 c0000201"), ping6), want: "eth:14 ip:20 udp:8 teredo:24 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "Teredo, something else", frame: port(3544, bytesOf(20)), want: "eth:14 ip:20 udp:8 data:20 | udp 192.0.2.1>192.0.2.2"},
		{name: "GTP-U", frame: port(2152, hexBytes("30 ff 001c 00000007"), ping), want: "eth:14 ip:20 udp:8 gtp:8 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GTP-U, extension headers", frame: port(2152, hexBytes("34 ff 0024 00000007 0000 00 85  01 0000 c0  01 0000 00"), ping), want: "eth:14 ip:20 udp:8 gtp:20 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "GTP-U, extension header of no bytes", frame: port(2152, hexBytes("34 ff 0024 00000007 0000 00 85  00 0000 00"), ping), want: "eth:14 ip:20 udp:8 gtp:8 | gtp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "GTP-U, extension header cut", frame: port(2152, hexBytes("34 ff 0024 00000007 0000 00 85  02 0000")), want: "eth:14 ip:20 udp:8 gtp:8 | gtp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "GTP-U, echo request", frame: port(2152, hexBytes("32 01 0004 00000000 0001 00 00")), want: "eth:14 ip:20 udp:8 gtp:12 | gtp 192.0.2.1>192.0.2.2"},
		{name: "GTP prime", frame: port(2152, hexBytes("20 01 0004 00000000 0001 00 00")), want: "eth:14 ip:20 udp:8 data:12 | udp 192.0.2.1>192.0.2.2"},
		{name: "L2TP", frame: port(1701, hexBytes("0002 0001 0002 ff03 0021"), ping), want: "eth:14 ip:20 udp:8 l2tp:6 ppp:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "L2TP, every field", frame: port(1701, hexBytes("4a02 0030 0001 0002 0003 0004 0002 0000 0021"), ping), want: "eth:14 ip:20 udp:8 l2tp:16 ppp:2 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "L2TP, offset beyond the end", frame: port(1701, hexBytes("0202 0001 0002 ffff 0021"), ping), want: "eth:14 ip:20 udp:8 l2tp:38 | l2tp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "L2TP, control", frame: port(1701, hexBytes("c802 000c 0001 0002 0003 0004")), want: "eth:14 ip:20 udp:8 l2tp:12 | l2tp 192.0.2.1>192.0.2.2"},
		{name: "LISP", frame: port(4341, hexBytes("8000000000000000"), ping), want: "eth:14 ip:20 udp:8 lisp-data:8 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "MPLS in UDP", frame: port(6635, hexBytes("00010140"), ping), want: "eth:14 ip:20 udp:8 mpls:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "NHRP, traffic indication", frame: over(54, hexBytes("0001 0800 0000000000 ff 0038 0000 0000 01 08  04 00 04 04 0000 0000 00 00  c0000201 c0000201 c0000202"), ping), want: "eth:14 ip:20 nhrp:28 >ip:20 >icmp:8 | nhrp 192.0.2.1>192.0.2.2"},
	})
}

// TestTransport protects what is read of UDP, TCP and DNS headers.
func TestTransport(t *testing.T) {
	over := func(proto uint8, rest ...[]byte) []byte { return ether(typeIPv4, ipv4(proto, rest...)) }
	checkEthernet(t, []frameCase{
		{name: "UDP", frame: over(udp, udpHeader(50000, 50001, bytesOf(4))), want: "eth:14 ip:20 udp:8 data:4 | udp 192.0.2.1>192.0.2.2"},
		{name: "UDP shorter than its datagram", frame: over(udp, hexBytes("c350 c351 000a 0000"), bytesOf(4)), want: "eth:14 ip:20 udp:8 data:2 | udp 192.0.2.1>192.0.2.2"},
		{name: "UDP longer than its datagram", frame: over(udp, hexBytes("c350 c351 ffff 0000"), bytesOf(4)), want: "eth:14 ip:20 udp:8 data:4 | udp 192.0.2.1>192.0.2.2"},
		{name: "UDP of length 0", frame: over(udp, hexBytes("c350 c351 0000 0000"), bytesOf(4)), want: "eth:14 ip:20 udp:8+bad | udp 192.0.2.1>192.0.2.2"},
		{name: "UDP of length 7", frame: over(udp, hexBytes("c350 c351 0007 0000"), bytesOf(4)), want: "eth:14 ip:20 udp:8+bad | udp 192.0.2.1>192.0.2.2"},
		{name: "UDP, header cut", frame: over(udp, hexBytes("c350 c351 0008")), want: "eth:14 ip:20 udp:6+cut | udp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "DNS", frame: over(udp, udpHeader(50000, 53, hexBytes("0001 0100 0001 0000 0000 0000 00 0001 0001"))), want: "eth:14 ip:20 udp:8 dns:12 | dns 192.0.2.1>192.0.2.2"},
		{name: "DNS, header cut", frame: over(udp, udpHeader(50000, 5353, hexBytes("0001 0100"))), want: "eth:14 ip:20 udp:8 dns:4+cut | dns 192.0.2.1>192.0.2.2 | malformed"},
		{name: "TCP", frame: over(tcp, tcpHeader(), bytesOf(4)), want: "eth:14 ip:20 tcp:20 data:4 | tcp 192.0.2.1>192.0.2.2"},
		{name: "TCP, offset too small", frame: over(tcp, hexBytes("8000 0050 00000001 00000001 40 10 ffff 0000 0000")), want: "eth:14 ip:20 tcp:20+bad | tcp 192.0.2.1>192.0.2.2"},
		{name: "TCP, options cut", frame: over(tcp, hexBytes("8000 0050 00000001 00000001 f0 10 ffff 0000 0000")), want: "eth:14 ip:20 tcp:20+cut | tcp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "TCP, cut by the capture", frame: over(tcp, tcpHeader(), bytesOf(4)), cut: 50, want: "eth:14 ip:20 tcp:20+cut | tcp 192.0.2.1>192.0.2.2 | limited"},
	})
}
