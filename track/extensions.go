package track

import (
	"bytes"
	"encoding/binary"
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Label is an entry of the MPLS label stack that a datagram carried when a router reported it (RFC 4950, RFC 3032 §2.1).
type Label struct {
	Label        uint32 // 20 bits
	TrafficClass uint8  // 3 bits
	Bottom       bool
	TTL          uint8
}

// Interface is an interface that an ICMP error names (RFC 5837). What it does not say of it is the zero value.
type Interface struct {
	Role    InterfaceRole
	Index   uint32 // ifIndex
	Address netip.Addr
	Name    string // as the packet has it: print it escaped
	MTU     uint32 // bytes
}

// InterfaceRole says what an interface was to the datagram (RFC 5837 §4.1).
type InterfaceRole uint8

// The roles of interfaces, with their numbers on the wire.
const (
	Incoming    InterfaceRole = iota // it arrived here
	IncomingSub                      // a component of where it arrived, such as a member of a bundle
	Outgoing                         // it would have left here
	NextHop                          // whom it would have been sent to
)

// Most of what is read of one error: a router has no more.
const (
	maxLabels     = 16
	maxInterfaces = 4
)

// Objects of extension structures, by their class and, of MPLS, their sub-type (IANA's ICMP extension object classes).
const (
	mplsStack, incomingStack = 1, 1
	interfaceInformation     = 2
)

// extensionsOf reads what an ICMP error says beyond what it quotes.
func extensionsOf(p *decode.Packet) (labels []Label, interfaces []Interface) {
	extensionObjects(p, func(class, subType uint8, payload []byte) {
		switch {
		case class == mplsStack && subType == incomingStack:
			labels = appendLabels(labels, payload)
		case class == interfaceInformation && len(interfaces) < maxInterfaces:
			interfaces = append(interfaces, readInterface(subType, payload))
		}
	})
	return labels, interfaces
}

// extensionObjects calls visit for the objects of an ICMP error's extension structure (RFC 4884 §7): version 2, and a checksum
// that is right or absent.
func extensionObjects(p *decode.Packet, visit func(class, subType uint8, payload []byte)) {
	const header, version = 4, 2
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Kind != decode.ICMPExtension || l.Quoted != 0 {
			continue
		}
		b := p.Bytes(l)
		if len(b) < header || b[0]>>4 != version || be16(b[2:]) != 0 && decode.Checksum(b, 0) != 0 {
			continue
		}
		for b = b[header:]; len(b) >= header; {
			n := int(be16(b))
			if n < header || n > len(b) {
				break
			}
			visit(b[2], b[3], b[header:n])
			b = b[n:]
		}
	}
}

// appendLabels reads a label stack: of each entry 20 bits of label, 3 of traffic class, the bottom's mark, and the TTL.
func appendLabels(labels []Label, b []byte) []Label {
	for ; len(b) >= 4 && len(labels) < maxLabels; b = b[4:] {
		e := binary.BigEndian.Uint32(b)
		labels = append(labels, Label{Label: e >> 12, TrafficClass: uint8(e >> 9 & 7), Bottom: e>>8&1 != 0, TTL: uint8(e)})
	}
	return labels
}

// readInterface reads an interface information object, whose sub-type says what it has, in this order (RFC 5837 §4.1). An
// object that ends early says nothing of the rest.
func readInterface(has uint8, b []byte) Interface {
	const index, address, name, mtu = 0x08, 0x04, 0x02, 0x01
	i := Interface{Role: InterfaceRole(has >> 6)}
	take := func(n int) []byte {
		if n > len(b) {
			n, b = 0, nil
		}
		field := b[:n]
		b = b[n:]
		return field
	}
	if has&index != 0 {
		if f := take(4); len(f) == 4 {
			i.Index = binary.BigEndian.Uint32(f)
		}
	}
	if has&address != 0 {
		const v4 = 1 // IANA's address family number; 2 is IPv6
		length := 16
		if f := take(4); len(f) == 4 && be16(f) == v4 {
			length = 4
		}
		i.Address, _ = netip.AddrFromSlice(take(length))
	}
	if has&name != 0 && len(b) > 0 { // its length counts itself
		if f := take(int(b[0])); len(f) > 1 {
			i.Name = string(bytes.TrimRight(f[1:], "\x00"))
		}
	}
	if has&mtu != 0 {
		if f := take(4); len(f) == 4 {
			i.MTU = binary.BigEndian.Uint32(f)
		}
	}
	return i
}
