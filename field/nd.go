package field

import "github.com/icmpsniff/icmpsniff/decode"

// The fixed parts of neighbor discovery messages (RFC 4861 §4; RFC 4191 §2.2 for the preference, RFC 4389 for the proxy flag).
var ndFields = in("icmpv6", kindSet(decode.ICMPv6),
	u8("icmpv6.nd.ra.cur_hop_limit", "Cur hop limit", 4).when(advertised6),
	u8("icmpv6.nd.ra.flag", "Flags", 5).hex().when(advertised6),
	bits(u8("icmpv6.nd.ra.flag.m", "Managed address configuration", 5), 0x80).flag(setNotSet).when(advertised6),
	bits(u8("icmpv6.nd.ra.flag.o", "Other configuration", 5), 0x40).flag(setNotSet).when(advertised6),
	bits(u8("icmpv6.nd.ra.flag.h", "Home Agent", 5), 0x20).flag(setNotSet).when(advertised6),
	bits(u8("icmpv6.nd.ra.flag.prf", "Prf (Default Router Preference)", 5), 0x18).named(preferenceNames).when(advertised6),
	bits(u8("icmpv6.nd.ra.flag.p", "Proxy", 5), 0x04).flag(setNotSet).when(advertised6),
	bits(u8("icmpv6.nd.ra.flag.rsv", "Reserved", 5), 0x03).when(advertised6),
	u16("icmpv6.nd.ra.router_lifetime", "Router lifetime (s)", 6).when(advertised6),
	u32("icmpv6.nd.ra.reachable_time", "Reachable time (ms)", 8).when(advertised6),
	u32("icmpv6.nd.ra.retrans_timer", "Retrans timer (ms)", 12).when(advertised6),
	ip6("icmpv6.nd.ns.target_address", "Target Address", 8).when(first(neighborSolicitation)),
	u32("icmpv6.nd.na.flag", "Flags", 4).hex().when(first(neighborAdvertisement)),
	bits(u32("icmpv6.nd.na.flag.r", "Router", 4), 0x80000000).flag(setNotSet).when(first(neighborAdvertisement)),
	bits(u32("icmpv6.nd.na.flag.s", "Solicited", 4), 0x40000000).flag(setNotSet).when(first(neighborAdvertisement)),
	bits(u32("icmpv6.nd.na.flag.o", "Override", 4), 0x20000000).flag(setNotSet).when(first(neighborAdvertisement)),
	bits(u32("icmpv6.nd.na.flag.rsv", "Reserved", 4), 0x1fffffff).when(first(neighborAdvertisement)),
	ip6("icmpv6.nd.na.target_address", "Target Address", 8).when(first(neighborAdvertisement)),
	ip6("icmpv6.nd.rd.target_address", "Target Address", 8).when(first(redirect6)),
	ip6("icmpv6.rd.na.destination_address", "Destination Address", 24).when(first(redirect6)),
)

var advertised6 = first(routerAdvertisement6)

var preferenceNames = []Name{{0, "Medium"}, {1, "High"}, {2, "Reserved"}, {3, "Low"}}
