package field

import "github.com/icmpsniff/icmpsniff/decode"

// protocolFields are the protocols: as a field, a protocol is there when a layer of it is. Of the bytes that a layer spans,
// slices and len see the protocol's own, contains and matches all.
var protocolFields = named([]*Field{
	whole("frame", "Frame", Protocol, func(s *Subject, dst []Value) []Value {
		return append(dst, Value{Bytes: s.Packet.Data, Uint: uint64(len(s.Packet.Data))})
	}),
	protocol("eth", "Ethernet", header, decode.Ethernet).when(func(b []byte) bool { return len(b) > 0 }),
	protocol("vlan", "802.1Q Virtual LAN", header, decode.Dot1Q).at(customerTag),
	protocol("ieee8021ad", "IEEE 802.1ad", header, decode.Dot1Q).at(serviceTag),
	protocol("sll", "Linux cooked-mode capture", header, decode.LinuxSLL, decode.LinuxSLL2),
	protocol("null", "Null/Loopback", header, decode.Null),
	protocol("raw", "Raw packet data", header, decode.RawIP),
	protocol("llc", "Logical-Link Control", header, decode.LLC),
	protocol("ppp", "Point-to-Point Protocol", header, decode.PPP),
	protocol("pppoes", "PPP-over-Ethernet Session", header, decode.PPPoE),
	protocol("chdlc", "Cisco HDLC", header, decode.CHDLC),
	protocol("mpls", "MultiProtocol Label Switching Header", header, decode.MPLS),
	read("pwethcw", "PW Ethernet Control Word", Protocol, controlWordBytes).only(decode.MPLS).at(controlWord),
	protocol("cmd", "Cisco MetaData", header, decode.CiscoMetaData),
	protocol("vntag", "VN-Tag", header, decode.VNTag),
	protocol("etag", "802.1BR E-Tag", header, decode.ETag),
	protocol("loop", "Configuration Test Protocol (loopback)", header, decode.Loop),
	protocol("l2tp", "Layer 2 Tunneling Protocol", header, decode.L2TP),
	protocol("macsec", "802.1AE Security tag", header, decode.MACsec),
	protocol("wlan", "IEEE 802.11 wireless LAN", header, decode.Dot11),
	protocol("radiotap", "IEEE 802.11 Radiotap Capture header", header, decode.RadioTap),
	protocol("arcnet", "ARCNET", header, decode.ARCNET),
	protocol("arp", "Address Resolution Protocol", header, decode.ARP).at(notATM),
	protocol("ip", "Internet Protocol Version 4", header, decode.IPv4),
	protocol("ipv6", "Internet Protocol Version 6", ipv6Headers, decode.IPv6),
	protocol("ipv6.hopopts", "IPv6 Hop-by-Hop Option", header, decode.IPv6HopByHop),
	protocol("ipv6.routing", "Routing Header for IPv6", header, decode.IPv6Routing),
	protocol("ipv6.fraghdr", "Fragment Header for IPv6", header, decode.IPv6Fragment),
	protocol("ipv6.dstopts", "Destination Options for IPv6", header, decode.IPv6DestOpts),
	protocol("ah", "Authentication Header", header, decode.AH),
	protocol("icmp", "Internet Control Message Protocol", message, decode.ICMPv4),
	protocol("icmpv6", "Internet Control Message Protocol v6", message, decode.ICMPv6),
	protocol("igmp", "Internet Group Management Protocol", message, decode.IGMP),
	protocol("udp", "User Datagram Protocol", header, decode.UDP),
	protocol("tcp", "Transmission Control Protocol", header, decode.TCP),
	protocol("dns", "Domain Name System", message, decode.DNS).at(onPort(0)),
	protocol("mdns", "Multicast Domain Name System", message, decode.DNS).at(onPort(5353)),
	protocol("llmnr", "Link-local Multicast Name Resolution", message, decode.DNS).at(onPort(5355)),
	protocol("gre", "Generic Routing Encapsulation", header, decode.GRE),
	protocol("etherip", "Ethernet over IP", header, decode.EtherIP),
	protocol("pim", "Protocol Independent Multicast", message, decode.PIM),
	protocol("vxlan", "Virtual eXtensible Local Area Network", header, decode.VXLAN),
	protocol("geneve", "Generic Network Virtualization Encapsulation", header, decode.Geneve),
	protocol("teredo", "Teredo IPv6 over UDP tunneling", header, decode.Teredo),
	protocol("lisp-data", "Locator/ID Separation Protocol (Data)", header, decode.LISP).at(lispData),
	protocol("gtp", "GPRS Tunneling Protocol", header, decode.GTPU),
	protocol("erspan", "Encapsulated Remote Switch Packet ANalysis", header, decode.ERSPAN),
	protocol("ff", "FOUNDATION Fieldbus", message), // never read; but its name is what an unquoted ff means
	protocol("data", "Data", message, decode.Data).at(undissected),
})

// named lists each protocol under its own name.
func named(list []*Field) []*Field {
	for _, f := range list {
		f.Protocol = f.Name
	}
	return list
}

// header returns the length of layer i's header.
func header(s *Subject, i int) int { return len(s.Packet.Header(s.layer(i))) }

// message returns the length of layer i with all that follows: a message is one protocol to its end.
func message(s *Subject, i int) int { return len(s.Packet.Bytes(s.layer(i))) }

// ipv6Headers returns the length of the IPv6 header of layer i and of the extension headers after it.
func ipv6Headers(s *Subject, i int) int {
	n := header(s, i)
	for j := i + 1; j < len(s.Packet.Layers); j++ {
		switch s.layer(j).Kind {
		case decode.IPv6HopByHop, decode.IPv6Routing, decode.IPv6DestOpts, decode.IPv6Fragment:
			n += header(s, j)
		default:
			return n
		}
	}
	return n
}
