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
	ttl        uint8
	method     Method
}

// Flags of TCP (RFC 9293 §3.1).
const (
	tcpSYN = 0x02
	tcpRST = 0x04
	tcpACK = 0x10
)

// read reads a packet into l, and reports whether it may begin a path, so that its addresses are needed. Of a tunnel it reads
// what is in it. It depends on nothing but the packet.
func (l *leg) read(p *decode.Packet) bool {
	l.pair, l.back = 0, 0
	var ip, carried *decode.Layer
	for i := range p.Layers {
		at := &p.Layers[i]
		if at.Quoted > 0 {
			break
		}
		switch at.Kind {
		case decode.IPv4, decode.IPv6:
			ip, carried = at, nil
		case decode.UDP, decode.TCP, decode.ICMPv4, decode.ICMPv6:
			carried = at
		}
		if carried != nil && carried.Kind != decode.UDP { // which may carry a tunnel
			break
		}
	}
	if ip == nil || carried == nil {
		return false
	}
	l.readUpper(p, ip, carried)
	return l.pair != 0 && l.ttl <= smallTTL
}

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
				l.readUpper(p, ip, at)
			}
			return
		}
	}
}

func (l *leg) readUpper(p *decode.Packet, ip, carried *decode.Layer) {
	h, b := p.Header(ip), p.Bytes(carried)
	if len(b) < 8 {
		return
	}
	var source, destination []byte
	switch {
	case ip.Kind == decode.IPv4 && len(h) >= 20:
		l.ttl, l.ipID = h[8], be16(h[4:])
		source, destination = h[12:16], h[16:20]
	case ip.Kind == decode.IPv6 && len(h) >= 40:
		l.ttl, l.ipID = h[7], 0
		source, destination = h[8:24], h[24:40]
	default:
		return
	}
	l.ends, l.sequence, l.checksum = binary.BigEndian.Uint32(b), 0, 0
	switch carried.Kind {
	case decode.UDP:
		l.method, l.checksum = MethodUDP, be16(b[6:])
		l.pair, l.back = pairOf(l.method, source, destination), pairOf(l.method, destination, source)
	case decode.TCP:
		l.method = MethodTCP
		l.readTCP(b, ip.Quoted > 0, source, destination)
	default:
		l.method, l.checksum = MethodICMP, be16(b[2:])
		l.readEcho(b, source, destination)
	}
}

// readTCP reads what opens a connection, and what accepts or refuses it. Of a quoted segment the flags are mostly missing.
func (l *leg) readTCP(b []byte, quoted bool, source, destination []byte) {
	l.sequence = binary.BigEndian.Uint32(b[4:])
	if quoted {
		l.pair = pairOf(l.method, source, destination)
		return
	}
	if len(b) < 14 {
		return
	}
	switch flags := b[13] & (tcpSYN | tcpRST | tcpACK); flags {
	case tcpSYN:
		l.pair = pairOf(l.method, source, destination)
	case tcpSYN | tcpACK, tcpRST | tcpACK:
		l.sequence = binary.BigEndian.Uint32(b[8:]) - 1 // RFC 9293 §3.10.7.1: it acknowledges the SYN
		l.back = pairOf(l.method, destination, source)
	}
}

// Types of echo replies.
const (
	echoReplyV4 = 0
	echoReplyV6 = 129
)

func (l *leg) readEcho(b []byte, source, destination []byte) {
	id, seq := uint32(be16(b[4:])), uint32(be16(b[6:]))
	switch b[0] {
	case echoRequestV4, echoRequestV6:
		l.ends = id<<16 | seq
		l.pair = pairOf(l.method, source, destination)
	case echoReplyV4, echoReplyV6:
		l.ends = seq<<16 | id
		l.back = pairOf(l.method, destination, source)
	}
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
