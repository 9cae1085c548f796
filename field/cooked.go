package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Linux "cooked" captures, version 1 (LINKTYPE_LINUX_SLL) and 2 (LINKTYPE_LINUX_SLL2), which has the same fields elsewhere.
var cookedFields = slices.Concat(
	in("sll", kindSet(decode.LinuxSLL),
		u16("sll.pkttype", "Packet type", 0).named(packetTypeNames),
		u16("sll.hatype", "Link-layer address type", 2).named(hardwareNames),
		u16("sll.halen", "Link-layer address length", 4),
		mac("sll.src.eth", "Source", 6).when(byteAt(5, 6)),
		u16("sll.etype", "Protocol", 14).hex().named(etherTypeNames).when(func(b []byte) bool { return len(b) >= 16 && b[14] >= 6 }),
		u16("sll.ltype", "Protocol", 14).hex().when(func(b []byte) bool { return len(b) >= 16 && b[14] < 6 }),
	),
	in("sll", kindSet(decode.LinuxSLL2),
		u16("sll.etype", "Protocol", 0).hex().named(etherTypeNames).when(func(b []byte) bool { return len(b) > 0 && b[0] >= 6 }),
		u16("sll.ltype", "Protocol", 0).hex().when(func(b []byte) bool { return len(b) > 0 && b[0] < 6 }),
		u32("sll.ifindex", "Interface index", 4),
		u16("sll.hatype", "Link-layer address type", 8).named(hardwareNames),
		u8("sll.pkttype", "Packet type", 10).as(Uint16).named(packetTypeNames),
		u8("sll.halen", "Link-layer address length", 11).as(Uint16),
		mac("sll.src.eth", "Source", 12).when(byteAt(11, 6)),
	),
)

var packetTypeNames = []Name{{0, "Unicast to us"}, {1, "Broadcast"}, {2, "Multicast"}, {3, "Unicast to another host"}, {4, "Sent by us"}}
