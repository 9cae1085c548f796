package field

import "github.com/icmpsniff/icmpsniff/decode"

// Neighbor discovery options (RFC 4861 §4.6, RFC 3971, RFC 4191, RFC 6275 §7, RFC 8106, RFC 8781): one byte of type, one of
// length in units of eight bytes, which counts both.
var ndOptionFields = in("icmpv6", kindSet(decode.ICMPv6),
	read("icmpv6.opt", "ICMPv6 Option", None, there).each(ndOptions),
	u8("icmpv6.opt.type", "Type", 0).named(ndOptionNames).each(ndOptions),
	u8("icmpv6.opt.length", "Length", 1).each(ndOptions),
	read("icmpv6.opt.linkaddr", "Link-layer address", Bytes, linkAddress).base(Colons).nd(sourceLink, targetLink),
	read("icmpv6.opt.src_linkaddr", "Source Link-layer address", Bytes, linkAddress).base(Colons).nd(sourceLink),
	read("icmpv6.opt.target_linkaddr", "Target Link-layer address", Bytes, linkAddress).base(Colons).nd(targetLink),
	u8("icmpv6.opt.prefix.length", "Prefix Length", 2).nd(prefixInformation, routeInformation),
	u8("icmpv6.opt.prefix.flag", "Flag", 3).hex().nd(prefixInformation),
	bits(u8("icmpv6.opt.prefix.flag.l", "On-link flag(L)", 3), 0x80).flag(setNotSet).nd(prefixInformation),
	bits(u8("icmpv6.opt.prefix.flag.a", "Autonomous address-configuration flag(A)", 3), 0x40).flag(setNotSet).nd(prefixInformation),
	bits(u8("icmpv6.opt.prefix.flag.r", "Router address flag(R)", 3), 0x20).flag(setNotSet).nd(prefixInformation),
	bits(u8("icmpv6.opt.prefix.flag.reserved", "Reserved", 3), 0x1f).nd(prefixInformation),
	u32("icmpv6.opt.prefix.valid_lifetime", "Valid Lifetime", 4).named(infinity).nd(prefixInformation),
	u32("icmpv6.opt.prefix.preferred_lifetime", "Preferred Lifetime", 8).named(infinity).nd(prefixInformation),
	read("icmpv6.opt.prefix", "Prefix", IPv6, prefix).nd(prefixInformation, routeInformation),
	octets("icmpv6.opt.nonce", "Nonce", 2, 0).nd(nonce),
	u8("icmpv6.opt.route_info.flag", "Flag", 3).hex().nd(routeInformation),
	bits(u8("icmpv6.opt.route_info.flag.route_preference", "Route Preference", 3), 0x18).named(preferenceNames).nd(routeInformation),
	bits(u8("icmpv6.opt.route_info.flag.reserved", "Reserved", 3), 0xe7).nd(routeInformation),
	u32("icmpv6.opt.route_lifetime", "Route Lifetime", 4).named(infinity).nd(routeInformation),
	read("icmpv6.opt.reserved", "Reserved", None, there).nd(prefixInformation, redirectedHeader, mtuOption, advertisementInterval, homeAgent, recursiveDNS, searchList),
	read("icmpv6.opt.redirected_packet", "Redirected Packet", None, there).nd(redirectedHeader),
	u32("icmpv6.opt.mtu", "MTU", 4).nd(mtuOption),
	u32("icmpv6.opt.advertisement_interval", "Advertisement Interval", 4).nd(advertisementInterval),
	u16("icmpv6.opt.home_agent_preference", "Home Agent Preference", 4).nd(homeAgent),
	u16("icmpv6.opt.home_agent_lifetime", "Home Agent Preference", 6).nd(homeAgent),
	u32("icmpv6.opt.rdnss.lifetime", "Lifetime", 4).named(infinity).nd(recursiveDNS),
	read("icmpv6.opt.rdnss", "Recursive DNS Servers", IPv6, servers).nd(recursiveDNS),
	u32("icmpv6.opt.dnssl.lifetime", "Lifetime", 4).named(infinity).nd(searchList),
	read("icmpv6.opt.dnssl", "Domain Names", String, searchDomains).nd(searchList),
	mark("icmpv6.opt.padding", "Padding", func(_ *Subject, _ int, b []byte) bool { return searchPadding(b) > 0 }).nd(searchList),
	bits(u16("icmpv6.opt.pref64.scaled_lifetime", "Scaled Lifetime", 2), 0xfff8).nd(prefix64),
	bits(u16("icmpv6.opt.pref64.plc", "PLC (Prefix Length Code)", 2), 0x0007).hex().named(prefixCodeNames).nd(prefix64),
	read("icmpv6.opt.pref64.prefix", "Prefix", IPv6, translationPrefix).nd(prefix64),
	mark("icmpv6.invalid_option_length", "Invalid Option Length", badOption).each(ndOptions),
)

// Option types (IANA's IPv6 neighbor discovery option formats).
const (
	sourceLink, targetLink           = 1, 2
	prefixInformation                = 3
	redirectedHeader                 = 4
	mtuOption                        = 5
	advertisementInterval, homeAgent = 7, 8
	nonce                            = 14
	routeInformation                 = 24
	recursiveDNS, searchList         = 25, 31
	prefix64                         = 38
)

// ndOptions cuts a message into its options. One of length 0, or one that is cut, is the last, as far as it goes.
var ndOptions = &parts{
	start: decode.NDOptionsOf,
	next: func(b []byte) (part, rest []byte) {
		if len(b) < 2 {
			return nil, nil
		}
		n := int(b[1]) * 8
		if n == 0 {
			return b[:2], nil
		}
		if n > len(b) {
			return b, nil
		}
		return b[:n], b[n:]
	},
}

// nd limits a field to options of some types.
func (f *Field) nd(types ...byte) *Field {
	f.parts, f.partCond = ndOptions, first(types...)
	return f
}

// linkAddress is the address in an option that is whole, with what pads it (RFC 4861 §4.6.1).
func linkAddress(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if n := int(b[1]) * 8; n > 2 && n <= len(b) {
		dst = append(dst, Value{Bytes: b[2:n]})
	}
	return dst
}

// prefix is the address of a prefix, whole or cut where its option ends (RFC 4191 §2.3).
func prefix(s *Subject, _ int, b []byte, dst []Value) []Value {
	at := 16
	if b[0] == routeInformation {
		at = 8
	}
	if len(b) < at {
		return dst
	}
	return append(dst, Value{Bytes: s.padded(b[at:])})
}

// padded returns b with zeros after it, or without its end, as an IPv6 address.
func (s *Subject) padded(b []byte) []byte {
	if len(b) >= 16 {
		return b[:16]
	}
	n := len(s.text)
	s.text = append(s.text, b...)
	for len(s.text) < n+16 {
		s.text = append(s.text, 0)
	}
	return s.written(n)
}

func servers(_ *Subject, _ int, b []byte, dst []Value) []Value {
	for at := 8; at+16 <= len(b); at += 16 {
		dst = append(dst, Value{Bytes: b[at : at+16]})
	}
	return dst
}

// searchDomains are the names of a search list (RFC 8106 §5.2), written as in DNS, without pointers, zeros after the last.
func searchDomains(s *Subject, _ int, b []byte, dst []Value) []Value {
	for at := min(8, len(b)); at < len(b) && b[at] != 0; {
		n := len(s.text)
		end, ok := s.domainName(b, at)
		if !ok {
			break
		}
		dst = append(dst, Value{Bytes: s.written(n)})
		at = end
	}
	return dst
}

// searchPadding counts the zeros after the last name.
func searchPadding(b []byte) int {
	at := min(8, len(b))
	for at < len(b) && b[at] != 0 {
		for at < len(b) && b[at] != 0 {
			at += 1 + int(b[at])
		}
		at++
	}
	return len(b) - at
}

// translationPrefix is the prefix of a PREF64 option: 96 bits of it are sent, and the code says how many count (RFC 8781
// §4). Codes from 6 on mean nothing.
func translationPrefix(s *Subject, _ int, b []byte, dst []Value) []Value {
	if len(b) != 16 || int(b[3]&7) >= len(prefixCodeNames) {
		return dst
	}
	return append(dst, Value{Bytes: s.padded(b[4:16])})
}

// badOption: its length is 0, or a PREF64's code means nothing.
func badOption(_ *Subject, _ int, b []byte) bool {
	return len(b) >= 2 && b[1] == 0 || len(b) == 16 && b[0] == prefix64 && int(b[3]&7) >= len(prefixCodeNames)
}

// infinity is the name of the longest lifetime.
var infinity = []Name{{0xffffffff, "Infinity"}}

var prefixCodeNames = []Name{
	{0, "96 bits prefix length"}, {1, "64 bits prefix length"}, {2, "56 bits prefix length"}, {3, "48 bits prefix length"},
	{4, "40 bits prefix length"}, {5, "32 bits prefix length"},
}

var ndOptionNames = []Name{
	{1, "Source link-layer address"}, {2, "Target link-layer address"}, {3, "Prefix information"}, {4, "Redirected header"}, {5, "MTU"},
	{6, "NBMA Shortcut Limit Option"}, {7, "Advertisement Interval"}, {8, "Home Agent Information"}, {9, "Source Address List"},
	{10, "Target Address List"}, {11, "CGA"}, {12, "RSA Signature"}, {13, "Timestamp"}, {14, "Nonce"}, {15, "Trust Anchor"},
	{16, "Certificate"}, {17, "IP Address/Prefix Option"}, {18, "New Router Prefix Information"}, {19, "Link-layer Address"},
	{20, "Neighbor Advertisement Acknowledgment"}, {23, "MAP"}, {24, "Route Information"}, {25, "Recursive DNS Server"},
	{26, "RA Flags Extension"}, {27, "Handover Key Request"}, {28, "Handover Key Reply"}, {29, "Handover Assist Information"},
	{30, "Mobile Node Identifier Option"}, {31, "DNS Search List Option"}, {32, "Proxy Signature (PS)"},
	{33, "Address Registration Option"}, {34, "6LoWPAN Context Option"}, {35, "Authoritative Border Router"},
	{36, "6LoWPAN Capability Indication Option"}, {37, "DHCP Captive-Portal"}, {38, "PREF64 Option"},
	{138, "CARD Request"}, {139, "CARD Reply"}, {253, "RFC3692-style Experiment 1"}, {254, "RFC3692-style Experiment 2"},
}
