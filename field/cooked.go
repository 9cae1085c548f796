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
		u16("sll.etype", "Protocol", 14).hex().named(etherTypeNames).when(cookedType),
		u16("sll.ltype", "Protocol", 14).hex().when(func(b []byte) bool { return len(b) >= 16 && last16(b[:16]) <= lastOfLinux && !onGRE(b[2:]) }),
		u16("sll.gretype", "Protocol", 14).hex().named(etherTypeNames).when(func(b []byte) bool { return len(b) >= 16 && onGRE(b[2:]) }),
		read("sll.trailer", "Trailer", Bytes, trailing(func(t trailer) []byte { return t.rest })).only(decode.LinuxSLL, decode.LinuxSLL2),
	),
	in("sll", kindSet(decode.LinuxSLL2),
		u16("sll.etype", "Protocol", 0).hex().named(etherTypeNames).when(cookedType2),
		u16("sll.ltype", "Protocol", 0).hex().when(func(b []byte) bool { return len(b) >= 20 && first16(b) <= lastOfLinux && !onGRE(b[8:]) }),
		u16("sll.gretype", "Protocol", 0).hex().named(etherTypeNames).when(func(b []byte) bool { return len(b) >= 20 && onGRE(b[8:]) }),
		u32("sll.ifindex", "Interface index", 4),
		u16("sll.hatype", "Link-layer address type", 8).named(hardwareNames),
		u8("sll.pkttype", "Packet type", 10).as(Uint16).named(packetTypeNames),
		u8("sll.halen", "Link-layer address length", 11).as(Uint16),
		mac("sll.src.eth", "Source", 12).when(byteAt(11, 6)),
	),
)

// lastOfLinux is the last of Linux' own protocol numbers: those above it are EtherTypes, but on GRE devices.
const lastOfLinux = 0x0600

// cookedType and cookedType2 report whether a header of either version announces an EtherType.
func cookedType(b []byte) bool { return len(b) >= 16 && last16(b[:16]) > lastOfLinux && !onGRE(b[2:]) }

func cookedType2(b []byte) bool { return len(b) >= 20 && first16(b) > lastOfLinux && !onGRE(b[8:]) }

// onGRE reports whether b, which starts with a device's ARPHRD_ type, is of a GRE device.
func onGRE(b []byte) bool { return first16(b) == 778 }

var packetTypeNames = []Name{{0, "Unicast to us"}, {1, "Broadcast"}, {2, "Multicast"}, {3, "Unicast to another host"}, {4, "Sent by us"}}
