package report

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// appendIPv4 appends what is to be said of an IPv4 header whose payload is not shown: a fragment, an impossible header, or
// a protocol that is not decoded.
func (l *Lines) appendIPv4(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if len(b) < 1 {
		return dst
	}
	header := int(b[0]&0x0f) * 4
	switch {
	case b[0]>>4 != 4:
		dst = appendUint(append(dst, "Bogus IPv4 version ("...), uint64(b[0]>>4))
		return append(dst, ", must be 4)"...)
	case header < 20:
		dst = appendUint(append(dst, "Bogus IP header length ("...), uint64(header))
		return append(dst, ", must be at least 20)"...)
	case len(b) < 20 || layer.Flags&(decode.Unread|decode.Cut) != 0:
		return dst
	case layer.Flags&decode.Bad != 0:
		dst = appendUint(append(dst, "Bogus IP length ("...), uint64(binary.BigEndian.Uint16(b[2:])))
		dst = appendUint(append(dst, ", less than header length "...), uint64(header))
		return append(dst, ')')
	case layer.Flags&decode.Fragment != 0:
		dst = append(dst, "Fragmented IP protocol (proto="...)
		dst = appendIPProtocol(dst, b[9])
		dst = appendUint(append(dst, ", off="...), uint64(binary.BigEndian.Uint16(b[6:])&0x1fff)*8)
		dst = appendHex(append(dst, ", ID="...), b[4:6])
		return l.appendReassembledIn(append(dst, ')'), p)
	}
	name := ipProtocolNames[b[9]].long
	if name == "" {
		name = "Unknown"
	}
	dst = append(append(dst, name...), " ("...)
	return append(appendUint(dst, uint64(b[9])), ')')
}

// appendIPv6 appends what is to be said of an IPv6 header whose payload is not shown.
func (l *Lines) appendIPv6(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if len(b) < 40 {
		return dst
	}
	next := b[6]
	for i := range p.Layers { // the innermost extension header knows
		if e := &p.Layers[i]; e.Kind >= decode.IPv6HopByHop && e.Kind <= decode.IPv6DestOpts && e.Quoted == 0 {
			if h := p.Header(e); len(h) > 0 {
				next = h[0]
			}
		}
	}
	name := ipProtocolNames[next].long
	if name == "" {
		return append(appendUint(append(dst, "Unknown ("...), uint64(next)), ')')
	}
	return append(appendUint(append(append(dst, name...), " ("...), uint64(next)), ')')
}

// appendIPv6Fragment appends a fragment header's fields (RFC 8200 §4.5).
func (l *Lines) appendIPv6Fragment(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if len(b) < 8 {
		return dst
	}
	dst = appendUint(append(dst, "IPv6 fragment (off="...), uint64(binary.BigEndian.Uint16(b[2:])&^7))
	more := "n"
	if b[3]&1 != 0 {
		more = "y"
	}
	dst = append(append(dst, " more="...), more...)
	dst = appendHex(append(dst, " ident=0x"...), b[4:8])
	dst = appendUint(append(dst, " nxt="...), uint64(b[0]))
	return l.appendReassembledIn(append(dst, ')'), p)
}

// appendReassembledIn appends, on a second pass, the frame that completes a fragment's datagram.
func (l *Lines) appendReassembledIn(dst []byte, p *decode.Packet) []byte {
	if !l.TwoPass || p.ReassembledIn == 0 || p.ReassembledIn == p.Number {
		return dst
	}
	return append(appendUint(append(dst, " [Reassembled in #"...), p.ReassembledIn), ']')
}

// appendIPProtocol appends a protocol's short name and number.
func appendIPProtocol(dst []byte, proto uint8) []byte {
	name := ipProtocolNames[proto].short
	if name == "" {
		name = "Unknown"
	}
	return appendUint(append(append(dst, name...), ' '), uint64(proto))
}

// ipProtocolNames are names of IP protocols (IANA, "Assigned Internet Protocol Numbers"): the short ones that fragments
// show, and the long ones of packets that are not decoded further.
var ipProtocolNames = [256]struct{ short, long string }{
	0:   {"IPv6 Hop-by-Hop Option", "IPv6 Hop-by-Hop Option"},
	1:   {"ICMP", "ICMP"},
	2:   {"IGMP", "IGMP"},
	3:   {"GGP", "GGP"},
	4:   {"IPIP", "IPIP"},
	5:   {"ST", "Stream"},
	6:   {"TCP", "TCP"},
	8:   {"EGP", "EGP"},
	9:   {"IGP", "IGRP"},
	17:  {"UDP", "UDP"},
	27:  {"RDP", "RDP"},
	33:  {"DCCP", "DCCP"},
	41:  {"IPv6", "IPv6"},
	43:  {"IPv6-Route", "Routing header for IPv6"},
	44:  {"IPv6-Frag", "Fragment header for IPv6"},
	46:  {"RSVP", "RSVP"},
	47:  {"GRE", "Generic Routing Encapsulation"},
	50:  {"ESP", "Encap Security Payload"},
	51:  {"AH", "Authentication Header"},
	58:  {"ICMPv6", "ICMPv6"},
	59:  {"IPv6-NoNxt", "No next header for IPv6"},
	60:  {"IPv6-Opts", "Destination options for IPv6"},
	88:  {"EIGRP", "EIGRP"},
	89:  {"OSPF", "OSPF IGP"},
	94:  {"IPIP", "IP-within-IP Encapsulation Protocol"},
	97:  {"ETHERIP", "Ethernet-within-IP Encapsulation"},
	103: {"PIM", "Protocol Independent Multicast"},
	112: {"VRRP", "Virtual Router Redundancy Protocol"},
	115: {"L2TP", "Layer Two Tunneling"},
	132: {"SCTP", "Stream Control Transmission Protocol"},
	136: {"UDPlite", "UDPlite"},
	137: {"MPLS-in-IP", "MPLS-in-IP"},
}
