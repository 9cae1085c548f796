package decode

import "testing"

// TestEthernet protects the headers between Ethernet and the network: types and lengths, tags, 802.2, labels, sessions.
func TestEthernet(t *testing.T) {
	ping := ipv4(icmp, echo4(nil))
	llcSNAP := hexBytes("aa aa 03 000000 0800")
	checkEthernet(t, []frameCase{
		{name: "IPv4 in a padded frame", frame: ether(typeIPv4, ping, make([]byte, 18)), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IPv4, padding cut by the capture", frame: ether(typeIPv4, ping, make([]byte, 18)), cut: 50, want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | limited"},
		{name: "IPv4, padding left out by the capture", frame: ether(typeIPv4, ping, make([]byte, 18)), cut: 42, want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IPv4, trailer that is no padding cut by the capture", frame: ether(typeIPv4, ping, hexBytes("00000001"), make([]byte, 14)), cut: 50, want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ARP, padding cut by the capture", frame: ether(typeARP, arp(), make([]byte, 18)), cut: 50, want: "eth:14 arp:28 | arp 02:00:00:00:00:01>02:00:00:00:00:02 | limited"},
		{name: "unknown type", frame: ether(0x88cc, bytesOf(4)), want: "eth:14 data:4 | eth 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "no type: neither length nor EtherType", frame: ether(0x05ff, ping), want: "eth:14 data:28 | eth 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "cut in the addresses by the capture", frame: ether(typeIPv4, ping), cut: 10, want: "eth:14+unread | eth ->- | limited"},
		{name: "shorter than its header", frame: ether(typeIPv4)[:13], want: "eth:13+unread | eth ->- | malformed"},
		{name: "tag", frame: ether(typeVLAN, vlan(5, typeIPv4), ping), want: "eth:14 vlan:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | on [5]"},
		{name: "tag with priority", frame: ether(typeVLAN, vlan(0xe005, typeIPv4), ping), want: "eth:14 vlan:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | on [5]"},
		{name: "two tags", frame: ether(typeQinQ, vlan(100, typeVLAN), vlan(5, typeIPv4), ping), want: "eth:14 vlan:4 vlan:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | on [100 5]"},
		{name: "two tags of the older kind", frame: ether(0x9100, vlan(100, typeVLAN), vlan(5, typeARP), arp()), want: "eth:14 vlan:4 vlan:4 arp:28 | arp 02:00:00:00:00:01>02:00:00:00:00:02 | on [100 5]"},
		{name: "tag and 802.2", frame: ether(typeVLAN, vlan(5, uint16(len(llcSNAP)+len(ping))), llcSNAP, ping), want: "eth:14 vlan:4 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | on [5]"},
		{name: "VN-Tag", frame: ether(0x8926, hexBytes("0000 0001 0800"), ping), want: "eth:14 vntag:6 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "E-Tag", frame: ether(0x893f, hexBytes("0000 0001 0000 0800"), ping), want: "eth:14 etag:8 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "E-Tag, cut", frame: ether(0x893f, hexBytes("0000 0001 0000")), want: "eth:14 etag:6 | etag 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "configuration test", frame: ether(0x9000, hexBytes("0000 0100 0700"), bytesOf(4)), want: "eth:14 loop:6 data:4 | loop 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "configuration test, forwarded", frame: ether(0x9000, hexBytes("0000 0200 020000000003 0100 0700"), bytesOf(4)), want: "eth:14 loop:14 data:4 | loop 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "configuration test, cut", frame: ether(0x9000, hexBytes("0000 0200 0200")), want: "eth:14 loop:6 | loop 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "protocols of GRE are not EtherTypes", frame: ether(0x88be, bytesOf(20)), want: "eth:14 data:20 | eth 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "IPX without 802.2", frame: ether(10, hexBytes("ffff"), bytesOf(8)), want: "eth:14 data:10 | eth 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "tag without its end", frame: ether(typeVLAN, be(5)), want: "eth:14 vlan:2+cut | vlan 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "MACsec, authenticated", frame: ether(0x88e5, hexBytes("00 00 00000001 0800"), ping, make([]byte, 16)), want: "eth:14 macsec:6 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "MACsec, with a channel", frame: ether(0x88e5, hexBytes("20 00 00000001 0200000000010001 0800"), ping, make([]byte, 16)), want: "eth:14 macsec:6 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "MACsec, encrypted", frame: ether(0x88e5, hexBytes("0c 00 00000001"), ping, make([]byte, 16)), want: "eth:14 macsec:6 | macsec 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "802.2, SNAP, RFC 1042", frame: ether8023(llcSNAP, ping), want: "eth:14 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "802.2, SNAP, bridge tunnel", frame: ether8023(hexBytes("aa aa 03 0000f8 0800"), ping), want: "eth:14 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "802.2, SNAP, Cisco's protocols", frame: ether8023(hexBytes("aa aa 03 00000c 2000"), bytesOf(4)), want: "eth:14 llc:3 snap:5 data:4 | snap 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "802.2, SNAP, cut", frame: ether8023(hexBytes("aa aa 03 0000")), want: "eth:14 llc:3 snap:2 | snap 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "802.2, IP", frame: ether8023(hexBytes("06 06 03"), ping), want: "eth:14 llc:3 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "802.2, ARP", frame: ether8023(hexBytes("98 98 03"), arp()), want: "eth:14 llc:3 data:28 | llc 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "802.2, spanning tree", frame: ether8023(hexBytes("42 42 03"), bytesOf(4)), want: "eth:14 llc:3 data:4 | llc 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "802.2, information frame", frame: ether8023(hexBytes("04 04 00 02"), bytesOf(4)), want: "eth:14 llc:4 data:4 | llc 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "802.2, information frame of 3 bytes", frame: ether8023(hexBytes("04 04 00")), want: "eth:14 llc:3+unread | llc 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "802.2 ends before the frame does", frame: join(ether8023(llcSNAP, ping), make([]byte, 10)), want: "eth:14 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "802.2 of no bytes", frame: ether(0), want: "eth:14 llc:0+unread | llc 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "MPLS, one label", frame: ether(typeMPLS, hexBytes("00010140"), ping), want: "eth:14 mpls:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "MPLS, three labels", frame: ether(typeMPLS, hexBytes("00010040 00011040 00012140"), ipv6(icmp6, echo6(nil))), want: "eth:14 mpls:4 mpls:4 mpls:4 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "MPLS, pseudowire with a control word", frame: ether(typeMPLS, hexBytes("00010140 00000000"), ether(typeIPv4, ping)), want: "eth:14 mpls:4 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "MPLS, pseudowire without one", frame: ether(typeMPLS, hexBytes("00010140"), hexBytes("220000000002 020000000001 0806"), arp()), want: "eth:14 mpls:4 eth:14 arp:28 | arp 02:00:00:00:00:01>22:00:00:00:00:02"},
		{name: "MPLS, associated channel", frame: ether(typeMPLS, hexBytes("00010140 10000021"), ping), want: "eth:14 mpls:4 pwach:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "MPLS, associated channel of fault detection", frame: ether(typeMPLS, hexBytes("00010140 10000007 20c0 0318")), want: "eth:14 mpls:4 pwach:4 data:4 | mpls 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "TRILL, options", frame: ether(0x22f3, hexBytes("0042 0005 0006 00000000"), ether(typeIPv4, ping)), want: "eth:14 trill:10 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "TRILL, options cut", frame: ether(0x22f3, hexBytes("0042 0005 0006 0000")), want: "eth:14 trill:8 | trill 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "PBB", frame: ether(0x88e7, hexBytes("00012345"), ether(typeIPv4, ping)), want: "eth:14 ieee8021ah:4 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2 | on [vni 74565]"},
		{name: "NSH, metadata of fixed length", frame: ether(0x894f, hexBytes("0fc6 01 01 00000501"), make([]byte, 16), ping), want: "eth:14 nsh:24 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "NSH, Ethernet", frame: ether(0x894f, hexBytes("0fc2 02 03 00000501"), ether(typeIPv4, ping)), want: "eth:14 nsh:8 eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "NSH, cut", frame: ether(0x894f, hexBytes("0fc6 01 01 00000501 0000")), want: "eth:14 nsh:10 | nsh 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "R-Tag", frame: ether(0xf1c1, hexBytes("0000 0007 0800"), ping), want: "eth:14 ieee8021cb:6 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "HSR", frame: ether(0x892f, hexBytes("0034 0007 0800"), ping), want: "eth:14 hsr:6 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "MPLS, no bottom", frame: ether(typeMPLS, hexBytes("00010040 00011040")), want: "eth:14 mpls:4 mpls:4 mpls:0 | mpls 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "PPPoE", frame: ether(typePPPoE, hexBytes("11 00 0001 001e 0021"), ping, make([]byte, 10)), want: "eth:14 pppoes:6 ppp:2 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "PPPoE, no protocol", frame: ether(typePPPoE, hexBytes("11 00 0001 0000")), want: "eth:14 pppoes:6 ppp:0 | ppp 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
	})
}

// TestNesting protects the bound on the headers of one frame, and the decoder's stack.
func TestNesting(t *testing.T) {
	repeat := func(n int, header []byte) []byte {
		var b []byte
		for range n {
			b = append(b, header...)
		}
		return b
	}
	quotes := func(n int) (b []byte) {
		for range n {
			b = ipv4(icmp, unreachable4(0, b))
		}
		return b
	}
	redirects := func(n int) (b []byte) {
		for range n {
			b = join(hexBytes("04"), []byte{byte((8 + len(b)) / 8)}, make([]byte, 6), b)
			b = ipv6(icmp6, hexBytes("89 00 0000"), make([]byte, 36), b)
		}
		return b
	}
	for _, c := range []struct {
		name  string
		frame []byte
	}{
		{"tags", ether(typeVLAN, repeat(4000, vlan(5, typeVLAN)))},
		{"labels", ether(typeMPLS, repeat(4000, hexBytes("00010040")))},
		{"labels and frames", ether(typeMPLS, repeat(4000, hexBytes("00010140 020000000002 020000000001 8847")))},
		{"IPv4 in IPv4", ether(typeIPv4, repeat(3000, ipv4With("", 0, 1, ipip, nil)[:20]))},
		{"IPv6 in IPv6", ether(typeIPv6, repeat(1500, join(ipv6(sixInFour)[:4], be(40), []byte{sixInFour, 64}, make([]byte, 32))))},
		{"destination options", ether(typeIPv6, ipv6(destination, repeat(8000, extension(destination, "0104 00000000"))))},
		{"atomic fragments", ether(typeIPv6, ipv6(fragment6, repeat(8000, fragmentHeader(fragment6, 0, false, 1))))},
		{"authentication headers", ether(typeIPv4, ipv4(51, repeat(5000, hexBytes("33 01 0000 00000001 00000001"))))},
		{"quoted errors", ether(typeIPv4, quotes(2000))},
		{"quoted redirects", ether(typeIPv6, redirects(20))},
		{"GRE in GRE", ether(typeIPv4, ipv4(gre, repeat(2000, join(hexBytes("0000 6558"), ether(typeIPv4, ipv4With("", 0, 1, gre, nil)[:20])))))},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Packet{Frame: Frame{Number: 1, Link: 1, Data: c.frame, Length: len(c.frame)}}
			New().Decode(&p)
			inBounds(t, &p)
		})
	}
}
