package track

import (
	"github.com/icmpsniff/icmpsniff/decode"
)

// maxHopLabels is the number of labels kept of a hop's responder, from the top of the stack.
const maxHopLabels = 8

// labelStack is the MPLS label stack with which a probe came to a router, as the router's error tells (RFC 4950).
type labelStack struct {
	entries [maxHopLabels]Label
	n       uint8
}

// read takes the label stack of an ICMP error. One that has none leaves the stack as it is.
func (s *labelStack) read(p *decode.Packet) {
	extensionObjects(p, func(class, subType uint8, payload []byte) {
		if class == mplsStack && subType == incomingStack {
			const entry = 4 // bytes
			payload = payload[:min(len(payload), maxHopLabels*entry)]
			s.n = uint8(len(appendLabels(s.entries[:0], payload)))
		}
	})
}

// labels returns the entries as the summary shows them, nil if there are none.
func (s *labelStack) labels() []Label { return append([]Label(nil), s.entries[:s.n]...) }
