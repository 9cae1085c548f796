package decode

import "testing"

// TestLinkTypes protects the way into a frame from each link type, by a ping where there is room for one.
func TestLinkTypes(t *testing.T) {
	ping4, ping6 := ipv4(icmp, echo4(nil)), ipv6(icmp6, echo6(nil))
	llcSNAP := hexBytes("aa aa 03 000000 0800")
	data80211 := hexBytes("08 01 0000  020000000003 020000000001 020000000002 0000") // to an access point
	check(t, []frameCase{
		{name: "NULL", link: 0, frame: join(hexBytes("02000000"), ping4), want: "null:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "LOOP", link: 108, frame: join(hexBytes("00000002"), ping4), want: "null:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "LOOP, family of macOS", link: 108, frame: join(hexBytes("1e000000"), ping6), want: "null:4 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "LOOP, EtherType", link: 108, frame: join(hexBytes("0000 86dd"), ping6), want: "null:4 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "LOOP, no family", link: 108, frame: join(hexBytes("00010000"), ping6), want: "null:4 data:48 | null ->-"},
		{name: "LOOP, unknown family", link: 108, frame: join(hexBytes("07000000"), ping6), want: "null:4 data:48 | null ->-"},
		{name: "EN10MB", link: 1, frame: ether(typeIPv4, ping4), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IEEE802_5", link: 6, frame: join(hexBytes("10 40 020000000002 020000000001"), llcSNAP, ping4), want: "llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IEEE802_5, source route", link: 6, frame: join(hexBytes("10 40 020000000002 820000000001 0630 0011 0020"), llcSNAP, ping4), want: "llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ARCNET, RFC 1201", link: 7, frame: join(hexBytes("01 02 d4 00 0001"), ping4), want: "arcnet:6 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ARCNET, RFC 1201, exception", link: 7, frame: join(hexBytes("01 02 d4 ff 0000 d4 00 0001"), ping4), want: "arcnet:10 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ARCNET, RFC 1051", link: 7, frame: join(hexBytes("01 02 f0"), ping4), want: "arcnet:3 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ARCNET, ARP", link: 7, frame: join(hexBytes("01 00 d5 00 0001"), hexBytes("0007 0800 01 04 0001 01 c0000201 00 c0000202")), want: "arcnet:6 arp:18 | arp 01>00"},
		{name: "ARCNET_LINUX", link: 129, frame: join(hexBytes("01 02 0000 d4 00 0001"), ping4), want: "arcnet:8 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "PPP", link: 9, frame: join(hexBytes("ff 03 0021"), ping4), want: "ppp:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "PPP, compressed protocol", link: 9, frame: join(hexBytes("21"), ping4), want: "ppp:1 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "PPP, IPv6", link: 50, frame: join(hexBytes("0057"), ping6), want: "ppp:2 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "PPP, link control", link: 9, frame: hexBytes("ff 03 c021 01 01 0004"), want: "ppp:4 data:4 | ppp ->-"},
		{name: "FDDI", link: 10, frame: join(hexBytes("50 020000000002 020000000001"), llcSNAP, ping4), want: "llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "FDDI, addresses bit by bit", link: 10, frame: join(hexBytes("50 400000000080 400000000001 aa aa 03 000000 0806"), arp()), want: "llc:3 snap:5 arp:28 | arp 02:00:00:00:00:80>02:00:00:00:00:01"},
		{name: "IEEE802_5, source-routed addresses", link: 6, frame: join(hexBytes("10 40 020000000002 820000000001 0230 aa aa 03 000000 0806"), arp()), want: "llc:3 snap:5 arp:28 | arp 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "SUNATM", link: 123, frame: join(hexBytes("82 00 0020"), llcSNAP, ping4), want: "llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "SUNATM, signalling", link: 123, frame: hexBytes("06 00 0005 00000000"), want: "| nothing ->-"},
		{name: "RAW", link: 101, frame: ping4, want: "raw:0 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "RAW, IPv6", link: 101, frame: ping6, want: "raw:0 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "RAW of BSD", link: 12, frame: ping4, want: "raw:0 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "PPP_ETHER", link: 51, frame: join(hexBytes("11 00 0001 001e 0021"), ping4), want: "pppoes:6 ppp:2 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ATM_RFC1483", link: 100, frame: join(llcSNAP, ping4), want: "llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "C_HDLC", link: 104, frame: join(hexBytes("0f 00 0800"), ping4), want: "chdlc:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "C_HDLC, keepalive", link: 104, frame: hexBytes("8f 00 8035 00000002"), want: "chdlc:4 data:4 | chdlc ->-"},
		{name: "IEEE802_11", link: 105, frame: join(data80211, llcSNAP, ping4), want: "wlan:24 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "FRELAY", link: 107, frame: join(hexBytes("1841 03 cc"), ping4), want: "ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "FRELAY, Cisco", link: 107, frame: join(hexBytes("1841 0800"), ping4), want: "ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "FRELAY, SNAP", link: 107, frame: join(hexBytes("1841 03 00 80 000000 0800"), ping4), want: "snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ENC", link: 109, frame: join(make([]byte, 12), ping4), want: "ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "LINUX_SLL", link: 113, frame: join(hexBytes("0000 0001 0006 0200000000010000 0800"), ping4), want: "sll:16 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "LINUX_SLL, address of 255 bytes", link: 113, frame: join(hexBytes("0000 0001 00ff 0200000000010000 0800"), ping4), want: "sll:16 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "LINUX_SLL, netlink", link: 113, frame: join(hexBytes("0000 0338 0000 0000000000000000 0800"), ping4), want: "sll:16 data:28 | sll ->-"},
		{name: "LINUX_SLL, 802.2", link: 113, frame: join(hexBytes("0000 0001 0006 0200000000010000 0004"), llcSNAP, ping4), want: "sll:16 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "LINUX_SLL, GRE device", link: 113, frame: join(hexBytes("0000 030a 0000 0000000000000000 0003"), ping4), want: "sll:16 data:28 | sll ->-"},
		{name: "LINUX_SLL2", link: 276, frame: join(hexBytes("86dd 0000 00000002 0001 00 06 0200000000010000"), ping6), want: "sll:20 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "PFLOG", link: 117, frame: join(hexBytes("3d02"), make([]byte, 62), ping4), want: "ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IEEE802_11_PRISM", link: 119, frame: join(make([]byte, 144), data80211, llcSNAP, ping4), want: "wlan:24 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IP_OVER_FC", link: 122, frame: join(make([]byte, 16), llcSNAP, ping4), want: "llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "APPLE_IP_OVER_IEEE1394", link: 138, frame: join(make([]byte, 16), be(typeIPv4), ping4), want: "ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "APPLE_IP_OVER_IEEE1394, ARP", link: 138, frame: join(hexBytes("0200000000000002 0200000000000001 0806"), arp()), want: "arp:28 | arp 02:00:00:00:00:00:00:01>02:00:00:00:00:00:00:02"},
		{name: "IEEE802_11_AVS", link: 163, frame: join(hexBytes("80211001 00000040"), make([]byte, 56), data80211, llcSNAP, ping4), want: "wlan:24 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IEEE802_11_AVS, header of 4 GiB", link: 163, frame: join(hexBytes("80211001 ffffffff"), make([]byte, 56)), want: "| nothing ->-"},
		{name: "PPP_PPPD", link: 166, frame: join(hexBytes("00 ff 03 0021"), ping4), want: "ppp:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "PPI, Ethernet", link: 192, frame: join(hexBytes("00 00 0800 01000000"), ether(typeIPv4, ping4)), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "PPI within PPI", link: 192, frame: hexBytes("00 00 0800 c0000000  00 00 0800 c0000000"), want: "| nothing ->-"},
		{name: "PPP_WITH_DIR", link: 204, frame: join(hexBytes("01 ff 03 0021"), ping4), want: "ppp:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "C_HDLC_WITH_DIR", link: 205, frame: join(hexBytes("01 0f 00 0800"), ping4), want: "chdlc:4 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "FRELAY_WITH_DIR", link: 206, frame: join(hexBytes("01 1841 03 cc"), ping4), want: "ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IPNET", link: 226, frame: join(hexBytes("01 02 0000 0000001c 00000000 00000000 00000000 00000000"), ping4), want: "ipnet:24 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IPNET, more than there is", link: 226, frame: join(hexBytes("01 02 0000 ffffffff 00000000 00000000 00000000 00000000"), ping4), want: "ipnet:24 | ipnet ->- | malformed"},
		{name: "IPV4", link: 228, frame: ping4, want: "raw:0 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IPV4, of version 6", link: 228, frame: ping6, want: "raw:0 ip:20+bad | ip ->-"},
		{name: "IPV6", link: 229, frame: ping6, want: "raw:0 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "NETANALYZER", link: 240, frame: join(make([]byte, 4), ether(typeIPv4, ping4)), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "NETANALYZER_TRANSPARENT", link: 241, frame: join(make([]byte, 12), ether(typeIPv4, ping4)), want: "eth:14 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "IPOIB", link: 242, frame: join(make([]byte, 40), hexBytes("0800 0000"), ping4), want: "infiniband:44 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "unknown", link: 147, frame: ping4, want: "data:28 | nothing ->-"},
	})
}

// TestWiFi protects what is read of 802.11: addresses by direction, padding, check sequences, and what is encrypted.
func TestWiFi(t *testing.T) {
	llcSNAP := hexBytes("aa aa 03 000000 0800")
	ping := ipv4(icmp, echo4(nil))
	addresses := "020000000001 020000000002 020000000003 0000"
	check(t, []frameCase{
		{name: "radiotap, nothing present", link: 127, frame: join(hexBytes("00 00 0800 00000000  08 01 0000"), hexBytes(addresses), llcSNAP, ping), want: "radiotap:8 wlan:24 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "radiotap, time stamp and check sequence", link: 127, frame: join(hexBytes("00 00 1100 03000000 0000000000000000 10  08 01 0000"), hexBytes(addresses), llcSNAP, ping, hexBytes("deadbeef")), want: "radiotap:17 wlan:24 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "radiotap, two words of presence", link: 127, frame: join(hexBytes("00 00 0d00 02000080 00000000 10  08 01 0000"), hexBytes(addresses), llcSNAP, ping, hexBytes("deadbeef")), want: "radiotap:13 wlan:24 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "radiotap, words of presence without end", link: 127, frame: join(hexBytes("00 00 0c00 ffffffff ffffffff  08 01 0000"), hexBytes(addresses), llcSNAP, ping), want: "radiotap:12 | radiotap ->- | malformed"},
		{name: "radiotap, shorter than itself", link: 127, frame: hexBytes("00 00 0700 00000000"), want: "radiotap:8 | radiotap ->- | malformed"},
		{name: "quality of service, padded", link: 127, frame: join(hexBytes("00 00 0900 02000000 20  88 02 0000"), hexBytes(addresses), hexBytes("0000 0000"), llcSNAP, ping), want: "radiotap:9 wlan:28 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "ad hoc", link: 105, frame: join(hexBytes("08 00 0000"), hexBytes(addresses), llcSNAP, ping), want: "wlan:24 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "from an access point", link: 105, frame: join(hexBytes("08 02 0000"), hexBytes(addresses), hexBytes("aa aa 03 000000 0806"), arp()), want: "wlan:24 llc:3 snap:5 arp:28 | arp 02:00:00:00:00:03>02:00:00:00:00:01"},
		{name: "between access points", link: 105, frame: join(hexBytes("08 03 0000"), hexBytes(addresses), hexBytes("020000000004"), llcSNAP, ping), want: "wlan:30 llc:3 snap:5 ip:20 icmp:8 | icmp 192.0.2.1>192.0.2.2"},
		{name: "protected", link: 105, frame: join(hexBytes("08 41 0000"), hexBytes(addresses), llcSNAP, ping), want: "wlan:24 | wlan 02:00:00:00:00:02>02:00:00:00:00:03"},
		{name: "no data", link: 105, frame: join(hexBytes("48 01 0000"), hexBytes(addresses)), want: "wlan:24 | wlan 02:00:00:00:00:02>02:00:00:00:00:03"},
		{name: "aggregate", link: 105, frame: join(hexBytes("88 01 0000"), hexBytes(addresses), hexBytes("8000"), llcSNAP, ping), want: "wlan:24 data:36 | wlan 02:00:00:00:00:02>02:00:00:00:00:03"},
		{name: "beacon", link: 105, frame: join(hexBytes("80 00 0000"), hexBytes(addresses)), want: "wlan:24 | wlan 02:00:00:00:00:02>02:00:00:00:00:01"},
		{name: "acknowledgement", link: 105, frame: hexBytes("d4 00 0000 020000000001"), want: "wlan:10 | wlan ->-"},
		{name: "cut in the header", link: 105, frame: join(hexBytes("08 01 0000"), hexBytes(addresses)), cut: 20, want: "wlan:24 | wlan ->- | limited"},
	})
}
