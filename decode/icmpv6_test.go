package decode

import "testing"

// TestICMPv6 protects the shapes of messages, quoted datagrams, and options without length.
func TestICMPv6(t *testing.T) {
	v6 := func(rest ...[]byte) []byte { return ether(typeIPv6, ipv6(icmp6, icmp6Message(rest...))) }
	address := "20010db8 00000000 00000000 00000002"
	quoted := ipv6(udp, udpHeader(50000, 33434, make([]byte, 12)))
	padded := join(quoted, make([]byte, 128-len(quoted)))
	checkEthernet(t, []frameCase{
		{name: "echo of no bytes", frame: v6(hexBytes("80 00 0000 0001 0001")), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "echo of seven bytes", frame: v6(hexBytes("80 00 0000 0001 00")), want: "eth:14 ipv6:40 icmpv6:7 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "three bytes", frame: ether(typeIPv6, ipv6(icmp6, hexBytes("80 00 00"))), want: "eth:14 ipv6:40 icmpv6:3 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "unknown type", frame: v6(hexBytes("c7 00 0000 00")), want: "eth:14 ipv6:40 icmpv6:5 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "unknown type without a body", frame: v6(hexBytes("c7 00 0000")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "solicitation", frame: ether(typeIPv6, ipv6(icmp6, solicitation6())), want: "eth:14 ipv6:40 icmpv6:24 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "option of length 0", frame: v6(hexBytes("87 00 0000 00000000" + address + "01 00 020000000001")), want: "eth:14 ipv6:40 icmpv6:24 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "prefix of 8 bytes", frame: v6(hexBytes("86 00 0000 40 00 0708 00000000 00000000  03 01 40 c0 00000000")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "half of a server's address", frame: v6(hexBytes("86 00 0000 40 00 0708 00000000 00000000  19 02 0000 00000e10 20010db8 00000000")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "server's address", frame: v6(hexBytes("86 00 0000 40 00 0708 00000000 00000000  19 03 0000 00000e10" + address)), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "option longer than the message", frame: v6(hexBytes("88 00 0000 60000000" + address + "02 02 020000000001")), want: "eth:14 ipv6:40 icmpv6:24 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "one byte of option", frame: v6(hexBytes("85 00 0000 00000000 01")), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "advertisement of a router", frame: v6(hexBytes("86 00 0000 40 00 0708 00000000 00000000  01 01 020000000001  05 01 0000 00000578")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "advertisement of a router, cut by the capture", frame: v6(hexBytes("86 00 0000 40 00 0708 00000000 00000000  01 01 020000000001")), cut: 74, want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2 | limited"},
		{name: "redirect with the redirected datagram", frame: v6(hexBytes("89 00 0000 00000000"+address+address+"04 08 0000 00000000"), quoted[:56]), want: "eth:14 ipv6:40 icmpv6:40 >ipv6:40 >udp:8 >data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "unreachable", frame: v6(hexBytes("01 04 0000 00000000"), quoted), want: "eth:14 ipv6:40 icmpv6:8 >ipv6:40 >udp:8 >data:12 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "quoting nothing", frame: v6(hexBytes("03 00 0000 00000000")), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "quoting half a header", frame: v6(hexBytes("03 00 0000 00000000"), quoted[:30]), want: "eth:14 ipv6:40 icmpv6:8 >ipv6:30+cut | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "quoted length beyond the end", frame: v6(hexBytes("03 00 0000 10 000000"), quoted), want: "eth:14 ipv6:40 icmpv6:8 >ipv6:40 >udp:8 >data:12 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "packet too big", frame: v6(hexBytes("02 00 0000 00000500"), quoted), want: "eth:14 ipv6:40 icmpv6:8 >ipv6:40 >udp:8 >data:12 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "parameter problem", frame: v6(hexBytes("04 01 0000 00000028"), quoted), want: "eth:14 ipv6:40 icmpv6:8 >ipv6:40 >udp:8 >data:12 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "extensions after 16 double words", frame: v6(hexBytes("03 00 0000 10 000000"), padded, hexBytes("2000 0000 0008 01 01 00010140")), want: "eth:14 ipv6:40 icmpv6:8 >ipv6:40 >udp:8 >data:12 extension:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "packet too big has no length", frame: v6(hexBytes("02 00 0000 10000500"), quoted), want: "eth:14 ipv6:40 icmpv6:8 >ipv6:40 >udp:8 >data:12 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "listener query", frame: v6(hexBytes("82 00 0000 2710 0000 ff020000 00000000 00000000 00000016")), want: "eth:14 ipv6:40 icmpv6:24 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "listener query, version 2", frame: v6(hexBytes("82 00 0000 2710 0000 ff020000 00000000 00000000 00000016 02 7d 0001" + address)), want: "eth:14 ipv6:40 icmpv6:24 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "listener query, 65535 sources stated", frame: v6(hexBytes("82 00 0000 2710 0000 ff020000 00000000 00000000 00000016 02 7d ffff" + address)), want: "eth:14 ipv6:40 icmpv6:24 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "listener report", frame: ether(typeIPv6, ipv6(icmp6, listenerReport6())), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "listener report, record cut", frame: v6(hexBytes("8f 00 0000 0000 0001 04 00 0001" + address)), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "listener report, half a record more than stated", frame: v6(hexBytes("8f 00 0000 0000 0000 04 00 0000 ff020000")), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "secure lossy routing, without a key's identifier", frame: v6(hexBytes("9b 80 0000 00 00 40 00 00000000 00 00")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "secure lossy routing, security cut", frame: v6(hexBytes("9b 80 0000 00 00 80 00 00000000 00 00")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "node information query, name", frame: v6(hexBytes("8b 01 0000 0002 0000 0000000000000001 03 666172 00")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "node information query, name without end", frame: v6(hexBytes("8b 01 0000 0002 0000 0000000000000001 03 666172")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "node information reply, addresses", frame: v6(hexBytes("8c 00 0000 0003 0000 0000000000000001 00000e10" + address)), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "router renumbering, nothing to use", frame: v6(hexBytes("8a 00 0000 00000001 00 00 0000 00000000"), make([]byte, 24)), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "router renumbering, half of a prefix to use", frame: v6(hexBytes("8a 00 0000 00000001 00 00 0000 00000000"), make([]byte, 40)), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "fast handover, option cut", frame: v6(hexBytes("96 00 0000 02000000 01 04 0000")), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "fast handover of an unknown kind", frame: v6(hexBytes("96 00 0000 63000000 01 04 0000")), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "home agents", frame: v6(hexBytes("91 00 0000 0001 0000" + address)), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "routing protocol for lossy networks, padding", frame: v6(hexBytes("9b 00 0000 00 00  00 01 01 00")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "routing protocol for lossy networks, acknowledgement", frame: v6(hexBytes("9b 03 0000 00 80 01 00"), hexBytes(address)), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "locator update, more than there is", frame: v6(hexBytes("9c 00 0000 ff ff 0001")), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "locator update, two of twelve bytes", frame: v6(hexBytes("9c 00 0000 02 01 0000 20010db800010000 0000 000a 20010db800020000 0000 000a")), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "locator update, half a second", frame: v6(hexBytes("9c 00 0000 02 01 0000 20010db800010000 0000 000a 20010db800020000")), want: "eth:14 ipv6:40 icmpv6:8 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "node information reply, two names", frame: v6(hexBytes("8c 00 0000 0002 0000 0000000000000001 00000e10 03 666172 00 04 6e656172 00")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "node information reply, the second name cut", frame: v6(hexBytes("8c 00 0000 0002 0000 0000000000000001 00000e10 03 666172 00 04 6e65")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "node information reply, a name that ends in a pointer", frame: v6(hexBytes("8c 00 0000 0002 0000 0000000000000001 00000e10 03 666172 c004")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "node information reply, no name", frame: v6(hexBytes("8c 00 0000 0002 0000 0000000000000001 00000e10")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "node information reply, refused, with half an address", frame: v6(hexBytes("8c 01 0000 0003 0000 0000000000000001 00000e10 20010db8")), want: "eth:14 ipv6:40 icmpv6:16 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "secured advertisement of a destination", frame: v6(hexBytes("9b 82 0000 00 00 80 00 00000001 0000000000000000 05 00 80 00 01  05 02 00 00")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "secured advertisement of a destination, key of a pair", frame: v6(hexBytes("9b 82 0000 00 00 40 00 00000001 00 80 00 01  05 02 00 00")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "secured advertisement of a destination, section cut", frame: v6(hexBytes("9b 82 0000 00 00 00 00 00000001")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "secured advertisement of a destination, option cut", frame: v6(hexBytes("9b 82 0000 00 00 80 00 00000001 0000000000000000 05 00 80 00 01  05 04 00 00")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "consistency check", frame: v6(hexBytes("9b 8a 0000 00 00 80 00 00000001 0000000000000000 05 00 00 0001 " + address + " 00000001  00")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "consistency check, cut", frame: v6(hexBytes("9b 8a 0000 00 00 80 00 00000001 0000000000000000 05 00 00 0001 " + address + " 0000")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "duplicate address request by a key of 128 bits", frame: v6(hexBytes("9d 10 0000 00 03 003c 0011223344556677 8899aabbccddeeff " + address)), want: "eth:14 ipv6:40 icmpv6:32 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "MPL, two seeds", frame: v6(hexBytes("9f 00 0000 05 05 0007 aa  06 06 0000000000000009 ff")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "MPL, vector cut", frame: v6(hexBytes("9f 00 0000 05 09 0007 aa")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "MPL, one byte of a second seed", frame: v6(hexBytes("9f 00 0000 05 05 0007 aa 06")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "MPL, identifier cut", frame: v6(hexBytes("9f 00 0000 05 06 0007")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "MPL, no seed", frame: v6(hexBytes("9f 00 0000")), want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "extended echo", frame: v6(hexBytes("a0 00 0000 0001 01 01  2000 0000 0008 03 02 00000002")), want: "eth:14 ipv6:40 icmpv6:8 extension:4 | icmpv6 2001:db8::1>2001:db8::2"},
	})
}

// TestNDOptions protects the walk over options: whole ones only, and none of length 0.
func TestNDOptions(t *testing.T) {
	for _, c := range []struct {
		name    string
		message []byte
		want    string
	}{
		{"solicitation", solicitation6(), "\x01"},
		{"two options", hexBytes("85 00 0000 00000000 01 01 020000000001 0e 01 000000000000"), "\x01\x0e"},
		{"the second is cut", hexBytes("85 00 0000 00000000 01 01 020000000001 0e 02 000000000000"), "\x01"},
		{"the first has no length", hexBytes("85 00 0000 00000000 01 00 020000000001"), ""},
		{"a message without options", echo6(bytesOf(16)), ""},
		{"a message cut before its options", hexBytes("87 00 0000 00000000 2001"), ""},
		{"nothing", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got string
			for kind := range NDOptions(NDOptionsOf(c.message)) {
				got += string(rune(kind))
			}
			if got != c.want {
				t.Errorf("options %q, want %q", got, c.want)
			}
		})
	}
}
