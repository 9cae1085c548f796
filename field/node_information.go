package field

import "github.com/icmpsniff/icmpsniff/decode"

// Node information queries (RFC 4620 §4): a nonce, then the subject of a query, told apart by its code, or the data of a
// reply, told apart by the type of query.
var nodeInformationFields = in("icmpv6", kindSet(decode.ICMPv6),
	u16("icmpv6.ni.qtype", "Qtype", 4).named(queryTypeNames).when(nodeInformation),
	u16("icmpv6.ni.flag", "Flags", 6).hex().when(nodeInformation),
	bits(u16("icmpv6.ni.flag.g", "Global-scope addresses", 6), 0x0020).flag(setNotSet).when(nodeInformation),
	bits(u16("icmpv6.ni.flag.s", "Site-local addresses", 6), 0x0010).flag(setNotSet).when(nodeInformation),
	bits(u16("icmpv6.ni.flag.l", "Link-local addresses", 6), 0x0008).flag(setNotSet).when(nodeInformation),
	bits(u16("icmpv6.ni.flag.c", "Compression", 6), 0x0004).flag(setNotSet).when(nodeInformation),
	bits(u16("icmpv6.ni.flag.a", "Unicast Addresses", 6), 0x0002).flag(yesNo("All unicast address", "Unicast addresses on the queried interface")).when(nodeInformation),
	bits(u16("icmpv6.ni.flag.t", "Truncated", 6), 0x0001).flag(setNotSet).when(nodeInformation),
	bits(u16("icmpv6.ni.flag.rsv", "Reserved", 6), 0xffc0).hex().when(nodeInformation),
	u64("icmpv6.ni.nonce", "Nonce", 8).hex().when(nodeInformation),
	ip6("icmpv6.ni.query.subject_ipv6", "IPv6 subject address", 16).when(subject(0)),
	ip4("icmpv6.ni.query.subject_ipv4", "IPv4 subject address", 16).when(subject(2)),
	u32("icmpv6.ni.reply.node_ttl", "TTL", 0).each(nodeAddresses),
	u32("icmpv6.ni.reply.node_ttl", "TTL", 0).each(ipv4Addresses),
	ip6("icmpv6.ni.reply.node_address", "IPv6 Node address", 4).each(nodeAddresses),
	ip4("icmpv6.ni.reply.ipv4_address", "IPv4 Node address", 4).each(ipv4Addresses),
)

// Types of query (RFC 4620 §6).
const nodeAddressQuery, ipv4AddressQuery = 3, 4

var nodeInformation = first(nodeInformationQuery, nodeInformationReply)

func subject(code byte) func(b []byte) bool {
	return func(b []byte) bool { return len(b) >= 16 && b[0] == nodeInformationQuery && b[1] == code }
}

func answer(query byte) func(b []byte) bool {
	return func(b []byte) bool { return len(b) >= 16 && b[0] == nodeInformationReply && b[4] == 0 && b[5] == query }
}

// nodeAddresses and ipv4Addresses are the entries of a reply to a query for addresses: a lifetime and an address.
var (
	nodeAddresses = addressEntries(nodeAddressQuery, 4+16)
	ipv4Addresses = addressEntries(ipv4AddressQuery, 4+4)
)

func addressEntries(query byte, size int) *parts {
	replies := answer(query)
	return &parts{
		start: func(b []byte) []byte {
			if !replies(b) {
				return nil
			}
			return b[16:]
		},
		next: func(b []byte) (part, rest []byte) {
			if len(b) < size {
				return nil, nil
			}
			return b[:size], b[size:]
		},
	}
}

var queryTypeNames = []Name{{0, "NOOP"}, {1, "Supported query types (Obsolete)"}, {2, "Node Name"}, {3, "Node addresses"}, {4, "IPv4 node addresses"}}
