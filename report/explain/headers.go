package explain

import "github.com/icmpsniff/icmpsniff/decode"

// header describes how a header is laid out. Names of boxes are the RFC's in any language, shorter where a box is narrow.
type header struct {
	name  string
	boxes []box
	rest  string // what follows the boxes, if anything does
}

// icmpBoxes begin every message of ICMP (RFC 792) and ICMPv6 (RFC 4443 §2.1).
func icmpBoxes(more ...box) []box {
	return append([]box{{"Type", 8, inDecimal}, {"Code", 8, inDecimal}, {"Checksum", 16, inHex}}, more...)
}

const (
	quoted  = "Original datagram: its header and first bytes"
	options = "Options"
	data    = "Data"
)

var numberedBoxes = icmpBoxes(box{"Identifier", 16, inHex}, box{"Sequence Number", 16, inDecimal})

// headers are the layouts of headers that do not depend on a type.
var headers = map[decode.Kind]*header{
	decode.Ethernet: {"Ethernet (IEEE 802.3)", []box{{"Destination MAC", 48, asMAC}, {"Source MAC", 48, asMAC}, {"Type", 16, inHex}}, ""},
	decode.Dot1Q:    {"VLAN tag (IEEE 802.1Q)", []box{{"PCP", 3, inDecimal}, {"D", 1, inDecimal}, {"VLAN ID", 12, inDecimal}, {"Type", 16, inHex}}, ""},
	decode.ARP: {"ARP (RFC 826)", []box{{"Hardware Type", 16, inDecimal}, {"Protocol Type", 16, inHex}, {"HW Length", 8, inDecimal}, {"Proto Length", 8, inDecimal},
		{"Operation", 16, inDecimal}, {"Sender MAC", 48, asMAC}, {"Sender IP", 32, asIPv4}, {"Target MAC", 48, asMAC}, {"Target IP", 32, asIPv4}}, options},
	decode.IPv4: {"IPv4 (RFC 791)", []box{{"Version", 4, inDecimal}, {"IHL", 4, inDecimal}, {"Type of Serv.", 8, inHex}, {"Total Length", 16, inDecimal},
		{"Identification", 16, inHex}, {"Flags", 3, inBinary}, {"Fragment Offset", 13, inDecimal}, {"Time to Live", 8, inDecimal}, {"Protocol", 8, inDecimal},
		{"Header Checksum", 16, inHex}, {"Source Address", 32, asIPv4}, {"Destination Address", 32, asIPv4}}, options},
	decode.IPv6: {"IPv6 (RFC 8200)", []box{{"Version", 4, inDecimal}, {"Traffic Class", 8, inHex}, {"Flow Label", 20, inHex}, {"Payload Length", 16, inDecimal},
		{"Next Header", 8, inDecimal}, {"Hop Limit", 8, inDecimal}, {"Source Address", 128, asIPv6}, {"Destination Address", 128, asIPv6}}, ""},
	decode.IPv6Fragment: {"IPv6 fragment header (RFC 8200)", []box{{"Next Header", 8, inDecimal}, {"Reserved", 8, inDecimal}, {"Fragment Offset", 13, inDecimal},
		{"Res", 2, inBinary}, {"M", 1, inBinary}, {"Identification", 32, inHex}}, ""},
}

// icmp4Headers and icmp6Headers are the layouts of messages by their type; another one shows its first word, and the rest as data.
var (
	icmp4Headers = map[uint8]*header{
		0:  {"ICMP echo reply (RFC 792)", numberedBoxes, data},
		3:  {"ICMP destination unreachable (RFC 792, RFC 4884, RFC 1191)", icmpBoxes(box{"Unused", 8, inDecimal}, box{"Length", 8, inDecimal}, box{"Next-Hop MTU", 16, inDecimal}), quoted},
		4:  {"ICMP source quench (RFC 792)", icmpBoxes(box{"Unused", 32, inDecimal}), quoted},
		5:  {"ICMP redirect (RFC 792)", icmpBoxes(box{"Gateway Internet Address", 32, asIPv4}), quoted},
		8:  {"ICMP echo request (RFC 792)", numberedBoxes, data},
		9:  {"ICMP router advertisement (RFC 1256)", icmpBoxes(box{"Num Addrs", 8, inDecimal}, box{"Entry Size", 8, inDecimal}, box{"Lifetime", 16, inDecimal}), "Router addresses with preferences"},
		10: {"ICMP router solicitation (RFC 1256)", icmpBoxes(box{"Reserved", 32, inDecimal}), data},
		11: {"ICMP time exceeded (RFC 792, RFC 4884)", icmpBoxes(box{"Unused", 8, inDecimal}, box{"Length", 8, inDecimal}, box{"Unused", 16, inDecimal}), quoted},
		12: {"ICMP parameter problem (RFC 792, RFC 4884)", icmpBoxes(box{"Pointer", 8, inDecimal}, box{"Length", 8, inDecimal}, box{"Unused", 16, inDecimal}), quoted},
		13: {"ICMP timestamp request (RFC 792)", stampedBoxes, data},
		14: {"ICMP timestamp reply (RFC 792)", stampedBoxes, data},
		15: {"ICMP information request (RFC 792)", numberedBoxes, data},
		16: {"ICMP information reply (RFC 792)", numberedBoxes, data},
		17: {"ICMP address mask request (RFC 950)", maskBoxes, data},
		18: {"ICMP address mask reply (RFC 950)", maskBoxes, data},
		42: {"ICMP extended echo request (RFC 8335)", extendedRequestBoxes, "Interface identification object"},
		43: {"ICMP extended echo reply (RFC 8335)", extendedReplyBoxes, data},
	}
	icmp6Headers = map[uint8]*header{
		1:   {"ICMPv6 destination unreachable (RFC 4443, RFC 4884)", icmpBoxes(box{"Length", 8, inDecimal}, box{"Unused", 24, inDecimal}), quoted},
		2:   {"ICMPv6 packet too big (RFC 4443)", icmpBoxes(box{"MTU", 32, inDecimal}), quoted},
		3:   {"ICMPv6 time exceeded (RFC 4443, RFC 4884)", icmpBoxes(box{"Length", 8, inDecimal}, box{"Unused", 24, inDecimal}), quoted},
		4:   {"ICMPv6 parameter problem (RFC 4443)", icmpBoxes(box{"Pointer", 32, inDecimal}), quoted},
		128: {"ICMPv6 echo request (RFC 4443)", numberedBoxes, data},
		129: {"ICMPv6 echo reply (RFC 4443)", numberedBoxes, data},
		130: {"Multicast listener query (RFC 2710, RFC 3810)", listenerBoxes, "Version 2: flags and sources"},
		131: {"Multicast listener report (RFC 2710)", listenerBoxes, data},
		132: {"Multicast listener done (RFC 2710)", listenerBoxes, data},
		133: {"Router solicitation (RFC 4861)", icmpBoxes(box{"Reserved", 32, inDecimal}), options},
		134: {"Router advertisement (RFC 4861)", icmpBoxes(box{"Hop Limit", 8, inDecimal}, box{"M", 1, inBinary}, box{"O", 1, inBinary}, box{"Reserved", 6, inBinary},
			box{"Router Lifetime (s)", 16, inDecimal}, box{"Reachable Time (ms)", 32, inDecimal}, box{"Retrans Timer (ms)", 32, inDecimal}), options},
		135: {"Neighbor solicitation (RFC 4861)", icmpBoxes(box{"Reserved", 32, inDecimal}, box{"Target Address", 128, asIPv6}), options},
		136: {"Neighbor advertisement (RFC 4861)", icmpBoxes(box{"R", 1, inBinary}, box{"S", 1, inBinary}, box{"O", 1, inBinary}, box{"Reserved", 29, inDecimal},
			box{"Target Address", 128, asIPv6}), options},
		137: {"Redirect (RFC 4861)", icmpBoxes(box{"Reserved", 32, inDecimal}, box{"Target Address", 128, asIPv6}, box{"Destination Address", 128, asIPv6}), options},
		139: {"Node information query (RFC 4620)", nodeBoxes, data},
		140: {"Node information reply (RFC 4620)", nodeBoxes, data},
		143: {"Multicast listener report, version 2 (RFC 3810)", icmpBoxes(box{"Reserved", 16, inDecimal}, box{"Nr of Records", 16, inDecimal}), "Multicast address records"},
		160: {"ICMPv6 extended echo request (RFC 8335)", extendedRequestBoxes, "Interface identification object"},
		161: {"ICMPv6 extended echo reply (RFC 8335)", extendedReplyBoxes, data},
	}
	icmp4Other = &header{"ICMP (RFC 792)", icmpBoxes(), data}
	icmp6Other = &header{"ICMPv6 (RFC 4443)", icmpBoxes(), data}

	stampedBoxes = append(icmpBoxes(box{"Identifier", 16, inHex}, box{"Sequence Number", 16, inDecimal}),
		box{"Originate Timestamp (ms since midnight UT)", 32, inDecimal}, box{"Receive Timestamp (ms since midnight UT)", 32, inDecimal},
		box{"Transmit Timestamp (ms since midnight UT)", 32, inDecimal})
	maskBoxes            = append(icmpBoxes(box{"Identifier", 16, inHex}, box{"Sequence Number", 16, inDecimal}), box{"Address Mask", 32, asIPv4})
	extendedRequestBoxes = icmpBoxes(box{"Identifier", 16, inHex}, box{"Sequence No", 8, inDecimal}, box{"Reserved", 7, inDecimal}, box{"L", 1, inBinary})
	extendedReplyBoxes   = icmpBoxes(box{"Identifier", 16, inHex}, box{"Sequence No", 8, inDecimal}, box{"State", 3, inDecimal}, box{"Res", 2, inBinary},
		box{"A", 1, inBinary}, box{"4", 1, inBinary}, box{"6", 1, inBinary})
	listenerBoxes = icmpBoxes(box{"Maximum Response Delay", 16, inDecimal}, box{"Reserved", 16, inDecimal}, box{"Multicast Address", 128, asIPv6})
	nodeBoxes     = icmpBoxes(box{"Qtype", 16, inDecimal}, box{"Flags", 16, inBinary}, box{"Nonce", 64, inHex})
)

// The layouts of IGMP: of versions 1 and 2 (RFC 1112, RFC 2236), and of version 3 (RFC 3376 §4.1, §4.2).
var (
	igmpHeader = &header{"IGMP (RFC 2236)", []box{{"Type", 8, inHex}, {"Max Resp Time", 8, inDecimal}, {"Checksum", 16, inHex}, {"Group Address", 32, asIPv4}}, data}
	igmpQuery3 = &header{"IGMPv3 membership query (RFC 3376)", []box{{"Type", 8, inHex}, {"Max Resp Code", 8, inDecimal}, {"Checksum", 16, inHex},
		{"Group Address", 32, asIPv4}, {"Resv", 4, inBinary}, {"S", 1, inBinary}, {"QRV", 3, inDecimal}, {"QQIC", 8, inDecimal}, {"Nr of Sources", 16, inDecimal}}, "Source addresses"}
	igmpReport3 = &header{"IGMPv3 membership report (RFC 3376)", []box{{"Type", 8, inHex}, {"Reserved", 8, inDecimal}, {"Checksum", 16, inHex}, {"Reserved", 16, inDecimal},
		{"Nr of Records", 16, inDecimal}}, "Group records"}
)

// headerOf returns the layout of a layer whose bytes begin with b, nil if none is drawn.
func headerOf(kind decode.Kind, b []byte) *header {
	if len(b) == 0 {
		return nil
	}
	var byType map[uint8]*header
	other := headers[kind]
	switch kind {
	case decode.ICMPv4:
		byType, other = icmp4Headers, icmp4Other
	case decode.ICMPv6:
		byType, other = icmp6Headers, icmp6Other
	case decode.IGMP:
		switch {
		case b[0] == decode.IGMPReportV3:
			return igmpReport3
		case b[0] == decode.IGMPQuery && len(b) >= 12:
			return igmpQuery3
		}
		return igmpHeader
	}
	if h := byType[b[0]]; h != nil {
		return h
	}
	return other
}
