package track

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// maxLabels is the number of MPLS labels kept of a stack, from its top.
const maxLabels = 8

// labelStack is the MPLS label stack with which a datagram came to a router, as the router's error tells (RFC 4950).
type labelStack struct {
	entries [maxLabels]uint32 // as on the wire (RFC 3032 §2.1)
	n       uint8
}

// read takes the label stack of an ICMP error. One that has none leaves the stack as it is.
func (s *labelStack) read(p *decode.Packet) {
	l := p.First(decode.ICMPExtension)
	if l == nil {
		return
	}
	const version, header, mplsStack, incoming = 2, 4, 1, 1
	b := p.Bytes(l)
	if len(b) < header || b[0]>>4 != version {
		return
	}
	for b = b[header:]; len(b) >= header; {
		n := int(be16(b)) // RFC 4884 §8: the length of the object, its header included
		if n < header || n > len(b) {
			return
		}
		if b[2] == mplsStack && b[3] == incoming {
			s.set(b[header:n])
			return
		}
		b = b[n:]
	}
}

func (s *labelStack) set(b []byte) {
	for s.n = 0; len(b) >= 4 && s.n < maxLabels; b = b[4:] {
		s.entries[s.n] = binary.BigEndian.Uint32(b)
		s.n++
	}
}

// labels returns the entries as the summary shows them, nil if there are none.
func (s *labelStack) labels() []Label {
	var all []Label
	for _, e := range s.entries[:s.n] {
		all = append(all, Label{Label: e >> 12, TrafficClass: uint8(e >> 9 & 7), Bottom: e>>8&1 == 1, TTL: uint8(e)})
	}
	return all
}

// Label is an entry of an MPLS label stack (RFC 3032 §2.1).
type Label struct {
	Label        uint32 // 20 bits
	TrafficClass uint8  // 3 bits (RFC 5462)
	Bottom       bool   // the last of its stack
	TTL          uint8
}
