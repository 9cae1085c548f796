package decode

import "testing"

// TestIPv6 protects the chain of extension headers, the lengths, and the final destination of a routing header.
func TestIPv6(t *testing.T) {
	ping := echo6(bytesOf(8))
	v6 := func(next uint8, rest ...[]byte) []byte { return ether(typeIPv6, ipv6(next, rest...)) }
	hop := "20010db8 00000000 00000000 00000009"
	withLength := func(n uint16, next uint8, rest ...[]byte) []byte {
		b := ipv6(next, rest...)
		b[4], b[5] = byte(n>>8), byte(n)
		return ether(typeIPv6, b)
	}
	checkEthernet(t, []frameCase{
		{name: "padding behind the datagram", frame: join(v6(icmp6, ping), make([]byte, 10)), want: "eth:14 ipv6:40 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "hop-by-hop options", frame: v6(hopByHop, extension(icmp6, "0502 0000 0100"), ping), want: "eth:14 ipv6:40 ipv6.hopopts:8 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "destination options, twice", frame: v6(destination, extension(destination, "0104 00000000"), extension(icmp6, "0104 00000000"), ping), want: "eth:14 ipv6:40 ipv6.dstopts:8 ipv6.dstopts:8 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "hop-by-hop options of no type", frame: v6(hopByHop, hexBytes("3a")), want: "eth:14 ipv6:40 ipv6.hopopts:1+unread | ipv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "options longer than the datagram", frame: v6(hopByHop, hexBytes("3a 02 0104 00000000")), want: "eth:14 ipv6:40 ipv6.hopopts:8+cut | ipv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "no next header", frame: v6(noNext, bytesOf(4)), want: "eth:14 ipv6:40 data:4 | ipv6 2001:db8::1>2001:db8::2"},
		{name: "routing type 0", frame: v6(routing, extension(icmp6, "00 01 00000000"+hop), ping), want: "eth:14 ipv6:40 ipv6.routing:24 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::9"},
		{name: "routing type 0, at its end", frame: v6(routing, extension(icmp6, "00 00 00000000"+hop), ping), want: "eth:14 ipv6:40 ipv6.routing:24 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "routing type 2", frame: v6(routing, extension(icmp6, "02 01 00000000"+hop), ping), want: "eth:14 ipv6:40 ipv6.routing:24 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::9"},
		{name: "segment routing", frame: v6(routing, extension(icmp6, "04 01 01 00 0000"+hop+"20010db8 00000000 00000000 00000002"), ping), want: "eth:14 ipv6:40 ipv6.routing:40 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::9"},
		{name: "routing header without addresses", frame: v6(routing, extension(icmp6, "00 01 00000000"), ping), want: "eth:14 ipv6:40 ipv6.routing:8 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "option longer than the header", frame: v6(destination, extension(icmp6, "3e05 00000000"), ping), want: "eth:14 ipv6:40 ipv6.dstopts:8 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "option longer than the datagram", frame: v6(destination, extension(icmp6, "3eff 00000000"), ping), want: "eth:14 ipv6:40 ipv6.dstopts:8+bad | ipv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "option whose length the next header has", frame: v6(destination, extension(icmp6, "0102 0000 003e"), ping), want: "eth:14 ipv6:40 ipv6.dstopts:8+bad | ipv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "home address", frame: v6(destination, extension(icmp6, "0102 0000 c910"+hop), ping), want: "eth:14 ipv6:40 ipv6.dstopts:24 icmpv6:8 data:8 | icmpv6 2001:db8::9>2001:db8::2"},
		{name: "routing type 2 without an address", frame: v6(routing, extension(icmp6, "02 01 00000000"), ping), want: "eth:14 ipv6:40 ipv6.routing:8+bad | ipv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "segment routing, one of two segments", frame: v6(routing, extension(icmp6, "04 01 01 00 0000"+hop), ping), want: "eth:14 ipv6:40 ipv6.routing:24+bad | ipv6 2001:db8::1>2001:db8::9 | malformed"},
		{name: "lossy networks' route", frame: v6(routing, extension(icmp6, "03 01 00 00 0000"+hop), ping), want: "eth:14 ipv6:40 ipv6.routing:24 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::9"},
		{name: "lossy networks' route, compressed and padded", frame: v6(routing, extension(icmp6, "03 01 ef 30 0000 0007 0008 09 000000"), ping), want: "eth:14 ipv6:40 ipv6.routing:16 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::9"},
		{name: "lossy networks' route, without an address", frame: v6(routing, extension(icmp6, "03 01 00 00 0000 0000000000000000"), ping), want: "eth:14 ipv6:40 ipv6.routing:16+bad | ipv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "authentication, then options", frame: v6(51, hexBytes("3c 01 0000 00000001 00000001"), extension(icmp6, "0104 00000000"), ping), want: "eth:14 ipv6:40 ah:12 ipv6.dstopts:8 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "jumbogram", frame: withLength(0, hopByHop, extension(icmp6, "c204 00000018"), ping), want: "eth:14 ipv6:40 ipv6.hopopts:8 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "jumbogram of 4 GiB", frame: withLength(0, hopByHop, extension(icmp6, "c204 ffffffff"), ping), want: "eth:14 ipv6:40 ipv6.hopopts:8 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "jumbogram, padding before the option", frame: withLength(0, hopByHop, extension(icmp6, "00 01 01 00 c204 00000020 01 00 00 00"), ping), want: "eth:14 ipv6:40 ipv6.hopopts:16 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "length 0, option cut", frame: withLength(0, hopByHop, hexBytes("3a 00 c2 08 0000 0010"), ping), want: "eth:14 ipv6:40 ipv6.hopopts:8 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "length 0 without a jumbo option", frame: withLength(0, icmp6, ping), want: "eth:14 ipv6:40 icmpv6:0 | icmpv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "length beyond the frame", frame: withLength(100, icmp6, ping), want: "eth:14 ipv6:40 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "version 4 by its nibble", frame: ether(typeIPv6, ipv4(icmp, echo4(nil))), want: "eth:14 ipv6:28+bad data:28 | ipv6 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "header cut", frame: ether(typeIPv6, ipv6(icmp6)[:39]), want: "eth:14 ipv6:39+cut | ipv6 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "nothing", frame: ether(typeIPv6), want: "eth:14 ipv6:0+cut | ipv6 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "cut by the capture", frame: v6(icmp6, ping), cut: 56, want: "eth:14 ipv6:40 icmpv6:4 | icmpv6 2001:db8::1>2001:db8::2 | limited"},
		{name: "atomic fragment", frame: v6(fragment6, fragmentHeader(icmp6, 0, false, 1), ping), want: "eth:14 ipv6:40 ipv6.fraghdr:8 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::2"},
		{name: "first fragment", frame: v6(fragment6, fragmentHeader(icmp6, 0, true, 1), ping), want: "eth:14 ipv6:40 ipv6.fraghdr:8+fragment data:16 | ipv6.fraghdr 2001:db8::1>2001:db8::2"},
		{name: "fragment header cut", frame: v6(fragment6, hexBytes("3a 00 0001")), want: "eth:14 ipv6:40 ipv6.fraghdr:4+unread | ipv6 2001:db8::1>2001:db8::2 | malformed"},
		{name: "fragment cut by the capture", frame: v6(fragment6, fragmentHeader(icmp6, 0, true, 1), ping), cut: 66, want: "eth:14 ipv6:40 ipv6.fraghdr:8+fragment data:4 | ipv6.fraghdr 2001:db8::1>2001:db8::2"},
		{name: "routing header in a tunnel", frame: ether(typeIPv4, ipv4(sixInFour, ipv6(routing, extension(icmp6, "00 01 00000000"+hop), ping))), want: "eth:14 ip:20 ipv6:40 ipv6.routing:24 icmpv6:8 data:8 | icmpv6 2001:db8::1>2001:db8::9"},
	})
}
