package track

import (
	"encoding/binary"
	"math"

	"github.com/icmpsniff/icmpsniff/decode"
)

// datagram is what is kept of an IP datagram to know it again where an error quotes it: the parts that every error quotes
// (RFC 792: the header and eight bytes) and that no router changes. A NAT changes one side: the source and the near half of
// ends, or the destination and the far half.
type datagram struct {
	source, destination uint32 // IPv4 addresses, or hashes of IPv6 addresses
	ends                uint32 // near<<16 | far: ports, or an ICMP message's identifier and its type and code
	rest                uint32 // a hash: protocol, IP identification, fragment offset, and the sequence number or length
	length              uint16 // of the datagram, bytes; 65,535 stands for more
	checksum            uint16 // of UDP and ICMP; tells datagrams apart that are alike in all else, where it was not changed
	tags                uint16 // hash of the VLAN identifiers, 0 for none
	ttl                 uint8
	protocol            uint8
}

// near and far are the source's and the destination's part of ends.
func (d *datagram) near() uint16 { return uint16(d.ends >> 16) }
func (d *datagram) far() uint16  { return uint16(d.ends) }

// same reports whether nothing that is always quoted differs.
func (d *datagram) same(o *datagram) bool {
	return d.ends == o.ends && d.rest == o.rest && d.source == o.source && d.destination == o.destination
}

// readDatagrams reads the IP headers of a packet: the outermost, which is what an error from a router within a tunnel quotes,
// and the innermost if that is another. It returns how many it found, and depends on nothing but the packet.
func readDatagrams(p *decode.Packet, found *[2]datagram) int {
	inner := p.Network()
	n := 0
	for i := range p.Layers {
		l := &p.Layers[i]
		if (l.Kind == decode.IPv4 || l.Kind == decode.IPv6) && (n == 0 || l == inner) && found[n].read(p, i) {
			n++
		}
		if l == inner {
			break
		}
	}
	return n
}

// read reads the datagram whose IP header is layer i, the packet's own or a quoted one. It returns false if too little of it
// is there, or if it makes no sense.
func (d *datagram) read(p *decode.Packet, i int) bool {
	l := &p.Layers[i]
	if l.Flags&(decode.Unread|decode.Bad) != 0 {
		return false
	}
	h := p.Header(l)
	switch {
	case l.Kind == decode.IPv4 && len(h) >= 20:
		d.readIPv4(h, p.Payload(l))
	case l.Kind == decode.IPv6 && len(h) >= 40:
		if !d.readIPv6(p, i, h) {
			return false
		}
	default:
		return false
	}
	d.tags = 0
	for _, v := range p.VLANs {
		d.tags = d.tags*31 + v + 1
	}
	return true
}

func (d *datagram) readIPv4(h, payload []byte) {
	d.source, d.destination = binary.BigEndian.Uint32(h[12:]), binary.BigEndian.Uint32(h[16:])
	d.ttl, d.protocol = h[8], h[9]
	if d.length = be16(h[2:]); d.length == 0 { // what a network card will cut into segments
		d.length = uint16(min(len(h)+len(payload), math.MaxUint16))
	}
	const offset = 0x1fff
	d.readUpper(payload, uint32(be16(h[4:])), be16(h[6:])&offset)
}

// readIPv6 also passes the extension headers, which are layers of their own.
func (d *datagram) readIPv6(p *decode.Packet, i int, h []byte) bool {
	d.source, d.destination = hash16(h[8:24]), hash16(h[24:40])
	d.ttl, d.protocol = h[7], h[6]
	d.length = uint16(min(40+int(be16(h[4:])), math.MaxUint16))
	payload := p.Payload(&p.Layers[i])
	var id uint32
	var offset uint16
	quoted := p.Layers[i].Quoted
	for i++; i < len(p.Layers) && p.Layers[i].Quoted == quoted; i++ {
		l := &p.Layers[i]
		switch l.Kind {
		case decode.IPv6HopByHop, decode.IPv6Routing, decode.IPv6DestOpts, decode.IPv6Fragment:
		default:
			d.readUpper(payload, id, offset)
			return true
		}
		x := p.Header(l)
		if l.Flags&decode.Unread != 0 || len(x) < 8 {
			return false
		}
		d.protocol, payload = x[0], p.Payload(l)
		if l.Kind == decode.IPv6Fragment {
			id, offset = binary.BigEndian.Uint32(x[4:]), be16(x[2:])>>3
			break
		}
	}
	d.readUpper(payload, id, offset)
	return true
}

// readUpper reads the eight bytes behind the IP headers. Of a fragment that is not the first they mean nothing to
// the outside; its offset takes their place.
func (d *datagram) readUpper(payload []byte, id uint32, offset uint16) {
	const icmp, udp, icmpv6 = 1, 17, 58
	d.ends, d.checksum = 0, 0
	rest := uint32(offset)
	if offset == 0 {
		var short [8]byte
		b := payload
		if len(b) < len(short) { // as much as the datagram has, which may be nothing
			copy(short[:], b)
			b = short[:]
		}
		switch d.protocol {
		case icmp, icmpv6:
			d.ends = uint32(be16(b[4:]))<<16 | uint32(be16(b))
			d.checksum = be16(b[2:])
			rest = uint32(be16(b[6:]))
		case udp:
			d.ends = binary.BigEndian.Uint32(b)
			d.checksum = be16(b[6:])
			rest = uint32(be16(b[4:]))
		default: // TCP's ports and sequence number, and whatever others have there
			d.ends = binary.BigEndian.Uint32(b)
			rest = binary.BigEndian.Uint32(b[4:])
		}
	}
	d.rest = hashWords(uint64(rest)<<32|uint64(id), uint64(d.protocol)+uint64(offset)<<8)
}

// hash16 is the hash of 16 bytes.
func hash16(b []byte) uint32 {
	return hashWords(binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:]))
}

// hashWords is the hash of two words; the seed keeps captures from being made to match.
func hashWords(a, b uint64) uint32 {
	h := fold(a^seed[0], b^seed[1])
	return uint32(h ^ h>>32)
}
