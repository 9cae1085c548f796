package field

import (
	"bytes"

	"github.com/icmpsniff/icmpsniff/decode"
)

// ARP (RFC 826). The four addresses are where the packet's own lengths put them; they have one field if they are of the
// usual kind, Ethernet or IPv4, and another if they are not.
var arpFields = inPlace("arp", kindSet(decode.ARP), notATM,
	u16("arp.hw.type", "Hardware type", 0).named(hardwareNames),
	u16("arp.proto.type", "Protocol type", 2).hex().named(etherTypeNames),
	u8("arp.hw.size", "Hardware size", 4),
	u8("arp.proto.size", "Protocol size", 5),
	u16("arp.opcode", "Opcode", 6).named(operationNames),
	arpFlag("arp.isprobe", "Is probe", isProbe),
	arpFlag("arp.isgratuitous", "Is gratuitous", isGratuitous),
	arpFlag("arp.isannouncement", "Is announcement", isAnnouncement),
	arpAddress("arp.src.hw_mac", "Sender MAC address", Ether, 0),
	arpAddress("arp.src.hw", "Sender hardware address", Bytes, 0),
	arpAddress("arp.src.proto_ipv4", "Sender IP address", IPv4, 1),
	arpAddress("arp.src.proto", "Sender protocol address", Bytes, 1),
	arpAddress("arp.dst.hw_mac", "Target MAC address", Ether, 2),
	arpAddress("arp.dst.hw", "Target hardware address", Bytes, 2),
	arpAddress("arp.dst.proto_ipv4", "Target IP address", IPv4, 3),
	arpAddress("arp.dst.proto", "Target protocol address", Bytes, 3),
	whole("arp.duplicate-address-detected", "Duplicate IP address configured", None, conflict(func(*Subject) uint64 { return 0 })).known(Replied),
	whole("arp.duplicate-address-frame", "Frame showing earlier use of IP address", FrameNum, conflict(func(s *Subject) uint64 { return s.Relation.Conflict.Frame })).known(Replied),
	whole("arp.seconds-since-duplicate-address-frame", "Seconds since earlier frame seen", Uint32, conflict(secondsSinceClaim)).known(Replied),
)

// notATM: ARP on ATM (RFC 2225) is another protocol to tshark, as its addresses have type and length of their own.
func notATM(s *Subject, i int) bool {
	const atm2225 = 19
	b := s.Packet.Header(s.layer(i))
	return len(b) < 2 || b[0] != 0 || b[1] != atm2225
}

// arpAddress is the address in one of the four places (sender's hardware and protocol, target's hardware and protocol), if
// it is of type t; of type Bytes, if it is of no other.
func arpAddress(name, label string, t Type, place int) *Field {
	return read(name, label, t, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if _, whole := decode.ReadARP(b); !whole {
			return dst
		}
		hw, proto := int(b[4]), int(b[5])
		lengths := [4]int{hw, proto, hw, proto}
		at := 8
		for _, n := range lengths[:place] {
			at += n
		}
		usual := b[4] == 6 && (b[1] == 1 || b[1] == 6) && b[0] == 0
		if place%2 == 1 {
			usual = b[5] == 4 && b[2] == 0x08 && b[3] == 0x00
		}
		end := at + lengths[place]
		if usual != (t != Bytes) || lengths[place] == 0 {
			return dst
		}
		return append(dst, Value{Bytes: b[at:end]})
	})
}

// arpFlag is a boolean that Wireshark only shows where it is true.
func arpFlag(name, label string, is func(a decode.ARPPacket) bool) *Field {
	return read(name, label, Boolean, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if a, ok := decode.ReadARP(b); ok && a.ProtocolType == 0x0800 && a.ProtocolLength == 4 && is(a) {
			dst = append(dst, Value{Uint: 1})
		}
		return dst
	}).named(trueFalse)
}

// isProbe: a request for an address from a host that has none yet, with no target hardware address (RFC 5227 §2.1.1).
func isProbe(a decode.ARPPacket) bool {
	return a.Operation == decode.ARPRequest && zeros(a.SenderIP) && !zeros(a.TargetIP) && zeros(a.TargetMAC)
}

// isGratuitous: sender and target are one address.
func isGratuitous(a decode.ARPPacket) bool {
	return (a.Operation == decode.ARPRequest || a.Operation == decode.ARPReply) && bytes.Equal(a.SenderIP, a.TargetIP)
}

// isAnnouncement: a gratuitous request with no target hardware address (RFC 5227 §2.3).
func isAnnouncement(a decode.ARPPacket) bool {
	return a.Operation == decode.ARPRequest && isGratuitous(a) && zeros(a.TargetMAC)
}

func zeros(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// operationNames and hardwareNames are of IANA's ARP parameters.
var operationNames = []Name{
	{1, "request"}, {2, "reply"}, {3, "reverse request"}, {4, "reverse reply"},
	{5, "drarp request"}, {6, "drarp reply"}, {7, "drarp error"},
	{8, "inverse request"}, {9, "inverse reply"}, {10, "arp nak"},
	{11, "mars request"}, {12, "mars multi"}, {13, "mars mserv"}, {14, "mars join"}, {15, "mars leave"}, {16, "mars nak"},
	{17, "mars unserv"}, {18, "mars sjoin"}, {19, "mars sleave"}, {20, "mars grouplist request"},
	{21, "mars grouplist reply"}, {22, "mars redirect map"}, {23, "mapos unarp"},
	{24, "experimental 1"}, {25, "experimental 2"}, {0, "reserved"}, {65535, "reserved"},
}

var hardwareNames = []Name{
	{1, "Ethernet"}, {2, "Experimental Ethernet"}, {3, "AX.25"}, {4, "ProNET"}, {5, "Chaos"}, {6, "IEEE 802"}, {7, "ARCNET"},
	{8, "Hyperchannel"}, {11, "Localtalk"}, {15, "Frame Relay DLCI"}, {16, "ATM"}, {17, "HDLC"}, {18, "Fibre Channel"},
	{20, "Serial Line"}, {24, "IEEE 1394.1995"}, {27, "EUI-64"}, {31, "IPsec tunnel"}, {32, "InfiniBand"}, {35, "Pure IP"},
	{512, "PPP"}, {513, "Cisco HDLC"}, {768, "IPIP tunnel"}, {769, "IP6IP6 tunnel"}, {772, "Loopback"}, {774, "Fiber Distributed Data Interface"},
	{776, "sit0 device - IPv6-in-IPv4"}, {778, "GRE over IP"}, {801, "IEEE 802.11"},
	{803, "IEEE 802.11 + radiotap header"}, {824, "Netlink"},
}

// conflict is a field of packets that claim an address which another host claimed first.
func conflict(value func(s *Subject) uint64) func(s *Subject, dst []Value) []Value {
	return func(s *Subject, dst []Value) []Value {
		if s.Relation == nil || s.Relation.Conflict == nil {
			return dst
		}
		return append(dst, Value{Uint: value(s)})
	}
}

// secondsSinceClaim counts whole seconds of the clock, as tshark does.
func secondsSinceClaim(s *Subject) uint64 {
	return uint64(uint32(s.Packet.Time/1e9 - s.Relation.Conflict.Time/1e9))
}
