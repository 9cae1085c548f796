package track

import (
	"encoding/binary"
	"math"
	"slices"

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
	stackHash           uint8  // a hash of the segments, 0 for none
	whole               bool   // no router cuts it: IPv6, or Don't Fragment is set
	ttl                 uint8
	protocol            uint8
}

// IP protocols (IANA).
const (
	protocolICMP   = 1
	protocolTCP    = 6
	protocolUDP    = 17
	protocolICMPv6 = 58
)

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

// alone reports whether a message came in one datagram, whole and in no tunnel.
func alone(p *decode.Packet) bool {
	n := 0
	for i := range p.Layers[:p.Top] {
		l := &p.Layers[i]
		if l.Kind == decode.IPv4 || l.Kind == decode.IPv6 {
			n++
		}
		if l.Flags&(decode.Fragment|decode.Reassembled) != 0 {
			return false
		}
	}
	return n == 1
}

// read reads the datagram whose IP header is layer i, the packet's own or a quoted one. It returns false if too little of it
// is there, or if it makes no sense.
func (d *datagram) read(p *decode.Packet, i int) bool {
	l := &p.Layers[i]
	if l.Flags&(decode.Unread|decode.Bad) != 0 {
		return false
	}
	d.stackHash = 0
	if len(p.Segments) > 0 {
		d.stackHash = hashStack(p, l)
	}
	b := p.Bytes(l)
	if l.Kind == decode.IPv6 {
		return d.readIPv6(p, i, b)
	}
	return d.readIPv4(b)
}

func (d *datagram) readIPv4(b []byte) bool {
	if len(b) < 20 {
		return false
	}
	d.source, d.destination = binary.BigEndian.Uint32(b[12:]), binary.BigEndian.Uint32(b[16:])
	d.ttl, d.protocol, d.whole = b[8], b[9], b[6]&0x40 != 0
	if d.length = be16(b[2:]); d.length == 0 { // what a network card will cut into segments
		d.length = uint16(min(len(b), math.MaxUint16))
	}
	const offset = 0x1fff
	header := int(b[0]&0x0f) * 4
	d.readUpper(b[min(header, len(b)):], uint32(be16(b[4:])), be16(b[6:])&offset)
	return true
}

// readIPv6 also passes the extension headers, which are layers of their own.
func (d *datagram) readIPv6(p *decode.Packet, i int, b []byte) bool {
	if len(b) < 40 {
		return false
	}
	d.source, d.destination = hash16(b[8:24]), hash16(b[24:40])
	d.ttl, d.protocol, d.whole = b[7], b[6], true
	d.length = uint16(min(40+int(be16(b[4:])), math.MaxUint16))
	payload := b[40:]
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

// readUpper reads the eight bytes behind the IP headers, or as many as the datagram has. Those of a fragment that is not the
// first are data from anywhere; its offset stands for them.
func (d *datagram) readUpper(payload []byte, id uint32, offset uint16) {
	var b uint64
	switch {
	case offset != 0:
		b = uint64(offset)
	case len(payload) >= 8:
		b = binary.BigEndian.Uint64(payload)
	default:
		var short [8]byte
		copy(short[:], payload)
		b = binary.BigEndian.Uint64(short[:])
	}
	d.ends, d.checksum = uint32(b>>32), 0
	rest := uint32(b) // TCP's sequence number, and whatever others have there
	switch {
	case offset != 0:
	case d.protocol == protocolUDP:
		d.checksum = uint16(b)
		rest >>= 16 // the length
	case d.protocol == protocolICMP || d.protocol == protocolICMPv6:
		d.ends = rest&^0xffff | d.ends>>16
		d.checksum = uint16(b >> 32)
		rest &= 0xffff
	}
	d.rest = hashWords(uint64(rest)<<32|uint64(id), uint64(d.protocol)+uint64(offset)<<8)
}

// unfilledBehind returns the unfilled checksum of the UDP datagram behind the quoted IP header at layer i, 0 if there is none.
func unfilledBehind(p *decode.Packet, i int) uint16 {
	ip := p.Header(&p.Layers[i])
	for i++; i < len(p.Layers) && p.Layers[i].Quoted == 1; i++ {
		if l := &p.Layers[i]; l.Kind == decode.UDP {
			if b := p.Bytes(l); len(b) >= 8 {
				return unfilled(ip, be16(b[4:]))
			}
			break
		}
	}
	return 0
}

// unfilled returns the checksum that UDP of a length has before the network card fills it in: the sum of the pseudo-header alone.
func unfilled(ip []byte, length uint16) uint16 {
	source, destination := addressesOf(ip)
	return ^decode.Checksum(nil, decode.PseudoHeaderSum(source, destination, protocolUDP, int(length)))
}

// hashStack is a hash of the segments that a datagram is in. The one that carries a virtual network is outside of it, and so
// are the errors that quote it.
func hashStack(p *decode.Packet, ip *decode.Layer) uint8 {
	segments := p.Segments
	if at := slices.IndexFunc(segments, decode.Segment.Virtual); at >= 0 && ip.Quoted == 0 && ip != p.Network() {
		segments = segments[:at]
	}
	var v packedStack
	v.set(segments)
	return v.hash()
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
