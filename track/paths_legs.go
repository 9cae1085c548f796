package track

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Method is the kind of probe that a path was found by.
type Method uint8

// The methods, in the order of their names.
const (
	MethodICMP Method = iota // echo requests; the destination replies
	MethodTCP                // SYN; the destination accepts, or resets
	MethodUDP                // the destination answers, or says that nobody listens
)

// String returns the name that reports use: "icmp", "tcp" or "udp".
func (m Method) String() string { return [...]string{"icmp", "tcp", "udp"}[m] }

// leg is what a packet says about its way: it may be a probe, and it may be the destination's answer to one. It holds values
// only.
type leg struct {
	pair, back uint64 // of the path that it may probe, and of the one that it may answer; 0 if it does not
	ends       uint32 // source port<<16 | destination port; of an echo request its identifier and sequence number, of a reply those swapped
	sequence   uint32 // of a SYN, and of the one that a TCP answer answers
	ipID       uint16 // 0 for IPv6
	checksum   uint16 // of UDP and ICMP
	length     uint16 // of UDP
	unfilled   uint16 // of a quoted one: the checksum before a network card fills it in
	ttl        uint8
	method     Method
	sighting
}

// sighting is when a packet was seen.
type sighting struct {
	hasTime bool
	time    int64 // capture time, ns, if hasTime
	frame   uint64
}

func sightingOf(p *decode.Packet) sighting { return sighting{p.HasTime, p.Time, p.Number} }

// Flags of TCP (RFC 9293 §3.1).
const (
	tcpSYN = 0x02
	tcpRST = 0x04
	tcpACK = 0x10
)

// read reads a packet into l, and reports whether it may begin a path, so that [Tracker.trace] needs the packet. It depends on
// nothing but the packet.
func (l *leg) read(p *decode.Packet) bool {
	l.pair, l.back, l.sighting = 0, 0, sightingOf(p)
	// From what the packet is about up to the IP header that it came with: of a tunnel, that is what is in it.
	var carried *decode.Layer
	for i := p.Top; i >= 0; i-- {
		at := &p.Layers[i]
		switch at.Kind {
		case decode.UDP, decode.TCP, decode.ICMPv4, decode.ICMPv6:
			carried = at
		case decode.IPv4, decode.IPv6:
			if carried != nil {
				l.readUpper(p.Header(at), carried.Kind, p.Bytes(carried), true)
			} else {
				l.readFragment(p, i)
			}
			if l.ttl == 0 {
				l.pair = 0 // nobody sends that (RFC 1122 §3.2.1.7)
			}
			return l.pair != 0 && l.ttl <= smallTTL
		}
	}
	return false
}

// near reports whether a packet has little left to live, so that it may begin a path.
func near(p *decode.Packet) bool {
	ip := p.Network()
	if ip == nil {
		return false
	}
	switch h := p.Header(ip); {
	case ip.Kind == decode.IPv4 && len(h) >= 20:
		return h[8] <= smallTTL
	case ip.Kind == decode.IPv6 && len(h) >= 40:
		return h[7] <= smallTTL
	}
	return false
}

// readFragment reads the first fragment of a datagram, behind the IP header at layer i. A router at which the TTL runs out
// answers to that one, and does not wait for the others, which make the datagram whole: then it is a copy.
func (l *leg) readFragment(p *decode.Packet, i int) {
	const offset4, offset6 = 0x1fff, 0xfff8 // RFC 791 §3.1, RFC 8200 §4.5
	at := &p.Layers[i]
	h := p.Header(at)
	switch {
	case at.Kind == decode.IPv4 && at.Flags&decode.Fragment != 0 && len(h) >= 20 && be16(h[6:])&offset4 == 0:
		l.readUpper(h, carriedKinds[h[9]], p.Payload(at), true)
	case at.Kind == decode.IPv6 && i+1 < len(p.Layers) && p.Layers[i+1].Kind == decode.IPv6Fragment:
		f := p.Header(&p.Layers[i+1])
		if len(f) >= 8 && be16(f[2:])&offset6 == 0 {
			l.readUpper(h, carriedKinds[f[0]], p.Payload(&p.Layers[i+1]), true)
		}
	}
}

// carriedKinds are the protocols of probes, by their numbers (IANA).
var carriedKinds = [256]decode.Kind{1: decode.ICMPv4, 6: decode.TCP, 17: decode.UDP, 58: decode.ICMPv6}

// readQuoted reads the probe that an ICMP error quotes: the outermost datagram, as the probe is that of the router that said
// that its TTL ran out.
func (l *leg) readQuoted(p *decode.Packet) {
	l.pair, l.back = 0, 0
	var ip *decode.Layer
	for i := range p.Layers {
		at := &p.Layers[i]
		if at.Quoted != 1 {
			continue
		}
		switch at.Kind {
		case decode.IPv4, decode.IPv6:
			ip = at
		case decode.UDP, decode.TCP, decode.ICMPv4, decode.ICMPv6:
			if ip != nil {
				l.readUpper(p.Header(ip), at.Kind, p.Bytes(at), false)
				l.unfilled = unfilled(p.Header(ip), l.length)
			}
			return
		}
	}
}

// readUpper reads what an IP header carries. Of a quoted datagram no more than eight bytes need be there, which of TCP leaves
// the flags out, and it answers nothing.
func (l *leg) readUpper(ip []byte, kind decode.Kind, b []byte, whole bool) {
	if len(b) < 8 || kind == decode.None {
		return
	}
	probes, answers := true, false
	l.ends, l.sequence, l.checksum = binary.BigEndian.Uint32(b), 0, 0
	switch kind {
	case decode.UDP:
		l.method, l.length, l.checksum, answers = MethodUDP, be16(b[4:]), be16(b[6:]), whole
	case decode.TCP:
		l.method, l.sequence = MethodTCP, binary.BigEndian.Uint32(b[4:])
		if whole {
			probes, answers = l.readTCP(b)
		}
	default:
		l.method, l.checksum = MethodICMP, be16(b[2:])
		probes, answers = l.readEcho(b)
	}
	if !probes && !answers {
		return
	}
	source, destination := l.readIP(ip)
	if probes && source != nil {
		l.pair = pairOf(l.method, source, destination)
	}
	if answers && source != nil {
		l.back = pairOf(l.method, destination, source)
	}
}

// readTCP finds what opens a connection, and what accepts or refuses it.
func (l *leg) readTCP(b []byte) (probes, answers bool) {
	if len(b) < 14 {
		return false, false
	}
	switch b[13] & (tcpSYN | tcpRST | tcpACK) {
	case tcpSYN:
		return true, false
	case tcpSYN | tcpACK, tcpRST | tcpACK:
		l.sequence = binary.BigEndian.Uint32(b[8:]) - 1 // it acknowledges the SYN (RFC 9293 §3.10.7)
		return false, true
	}
	return false, false
}

// Types of echo replies.
const (
	echoReplyV4 = 0
	echoReplyV6 = 129
)

func (l *leg) readEcho(b []byte) (probes, answers bool) {
	id, seq := uint32(be16(b[4:])), uint32(be16(b[6:]))
	switch b[0] {
	case echoRequestV4, echoRequestV6:
		l.ends = id<<16 | seq
		return true, false
	case echoReplyV4, echoReplyV6:
		l.ends = seq<<16 | id
		return false, true
	}
	return false, false
}

// readIP reads an IP header, and returns its addresses, nil if they were cut off.
func (l *leg) readIP(h []byte) (source, destination []byte) {
	switch {
	case len(h) >= 20 && h[0]>>4 == 4:
		l.ttl, l.ipID = h[8], be16(h[4:])
		return h[12:16], h[16:20]
	case len(h) >= 40 && h[0]>>4 == 6:
		l.ttl, l.ipID = h[7], 0
		return h[8:24], h[24:40]
	}
	return nil, nil
}

// pairOf returns the hash by which a path is known. It is not 0, but with a chance that nobody lives to see.
func pairOf(m Method, source, destination []byte) uint64 {
	if len(source) == 4 {
		addresses := uint64(binary.LittleEndian.Uint32(source))<<32 | uint64(binary.LittleEndian.Uint32(destination))
		return fold(addresses^seed[0], uint64(m)^seed[1])
	}
	a := fold(binary.LittleEndian.Uint64(source)^seed[0], binary.LittleEndian.Uint64(source[8:])^seed[1])
	b := fold(binary.LittleEndian.Uint64(destination)^seed[2], binary.LittleEndian.Uint64(destination[8:])^seed[3])
	return fold(a^uint64(m), b^seed[4])
}
