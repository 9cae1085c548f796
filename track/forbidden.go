package track

import "github.com/icmpsniff/icmpsniff/decode"

// Forbidden says why no host may send an ICMP error: what the datagram is that the error is about.
type Forbidden uint16

// Datagrams about which there must be no error (RFC 1122 §3.2.2, RFC 1812 §4.3.2.7, RFC 4443 §2.4(e)).
const (
	ErrorAboutError       Forbidden = iota + 1 // an ICMP error
	ErrorAboutFragment                         // a fragment that is not the first; IPv4 alone
	ErrorAboutMulticast                        // to a multicast group
	ErrorAboutBroadcast                        // to 255.255.255.255
	ErrorAboutUnspecified                      // from 0.0.0.0 or ::
	ErrorAboutLoopback                         // from a loopback address, unless the error is from one too
	ErrorAboutGroupSource                      // from a multicast or broadcast address, or one of class E
)

// forbidden notes an error that no host may send. Directed broadcasts and frames to everyone, which the RFCs name too, are not
// to be seen in what an error quotes.
func (t *Tracker) forbidden(p *decode.Packet, b []byte, _ *Relation) {
	q := p.Quoted()
	if q == nil {
		return
	}
	h := p.Header(q)
	why := Forbidden(0)
	switch {
	case q.Kind == decode.IPv4 && len(h) >= 20:
		why = forbidden4(p, h)
	case q.Kind == decode.IPv6 && len(h) >= 40:
		why = forbidden6(p, b, h)
	}
	if why == 0 {
		return
	}
	f := finding{noteSubject: noteSubject{kind: NoteForbiddenError, stack: t.stacks.of(p.Segments), detail: uint16(why)}}
	f.setEnds(p)
	t.note(p.Number, p.Time, &f)
}

// forbidden4 judges an error by the IPv4 header that it quotes.
func forbidden4(p *decode.Packet, h []byte) Forbidden {
	const loopback, classD, classE = 127, 0xe0, 0xf0
	src, dst := [4]byte(h[12:]), [4]byte(h[16:])
	offset := be16(h[6:]) & 0x1fff
	switch {
	case offset != 0:
		return ErrorAboutFragment
	case quotedError(p):
		return ErrorAboutError
	case dst == [4]byte{255, 255, 255, 255}:
		return ErrorAboutBroadcast
	case dst[0]&0xf0 == classD:
		return ErrorAboutMulticast
	case src == [4]byte{}:
		return ErrorAboutUnspecified
	case src[0] == loopback && p.Source.Kind == decode.IPv4Address && p.Source.Bytes[0] != loopback:
		return ErrorAboutLoopback
	case src[0]&0xf0 == classD || src[0]&0xf0 == classE:
		return ErrorAboutGroupSource
	}
	return 0
}

// forbidden6 judges an error by the IPv6 header that it quotes. Of a multicast, packet too big may be reported, and an option
// that asks for it (RFC 4443 §2.4(e.3)).
func forbidden6(p *decode.Packet, b, h []byte) Forbidden {
	const packetTooBig, parameterProblem, unrecognizedOption = 2, 4, 2
	src, dst := [16]byte(h[8:]), [16]byte(h[24:])
	exempt := b[0] == packetTooBig || b[0] == parameterProblem && b[1] == unrecognizedOption
	switch {
	case quotedError(p):
		return ErrorAboutError
	case dst[0] == 0xff && !exempt:
		return ErrorAboutMulticast
	case src == [16]byte{}:
		return ErrorAboutUnspecified
	case src == [16]byte{15: 1} && p.Source.Kind == decode.IPv6Address && [16]byte(p.Source.Bytes) != src:
		return ErrorAboutLoopback
	case src[0] == 0xff:
		return ErrorAboutGroupSource
	}
	return 0
}

// errorTypes are the types of ICMP errors, redirects included (RFC 792, RFC 1122 §3.2.2; RFC 4443 §2.4(e.1) and (e.2)).
var errorTypes = map[decode.Kind][256]bool{
	decode.ICMPv4: {3: true, 4: true, 5: true, 11: true, 12: true},
	decode.ICMPv6: {1: true, 2: true, 3: true, 4: true, 137: true},
}

// quotedError reports whether the datagram that an error quotes is an ICMP error.
func quotedError(p *decode.Packet) bool {
	for i := range p.Layers {
		if l := &p.Layers[i]; l.Quoted == 1 && (l.Kind == decode.ICMPv4 || l.Kind == decode.ICMPv6) {
			b := p.Bytes(l)
			types := errorTypes[l.Kind]
			return len(b) > 0 && types[b[0]]
		}
	}
	return false
}

// sourceQuench notes a message that hosts must not send and should ignore (RFC 6633 §3, §4).
func (t *Tracker) sourceQuench(p *decode.Packet, _ []byte, _ *Relation) {
	f := finding{noteSubject: noteSubject{kind: NoteSourceQuench, stack: t.stacks.of(p.Segments)}}
	f.setEnds(p)
	t.note(p.Number, p.Time, &f)
}
