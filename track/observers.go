package track

import "github.com/icmpsniff/icmpsniff/decode"

// observed4 and observed6 say who looks at which ICMP message for notes, whether or not it has a reader. The notes of echoes
// are in floods.go and payloads.go, and every message's checksum is looked at.
var (
	observed4 = [256]reader{
		3:  (*Tracker).forbidden,
		4:  (*Tracker).sourceQuench,
		5:  (*Tracker).redirected4,
		11: (*Tracker).forbidden,
		12: (*Tracker).forbidden,
	}
	observed6 = [256]reader{
		1:   (*Tracker).forbidden,
		2:   (*Tracker).forbidden,
		3:   (*Tracker).forbidden,
		4:   (*Tracker).forbidden,
		137: (*Tracker).redirected6,
	}
)

// observe finds who looks at a packet other than an echo, whose summary layer is l, for notes.
func (m *Message) observe(p *decode.Packet, l *decode.Layer) {
	switch l.Kind {
	case decode.ICMPv4, decode.ICMPv6:
		if b := p.Bytes(l); len(b) >= minMessage {
			m.observer = observed6[b[0]]
			if l.Kind == decode.ICMPv4 {
				m.observer = observed4[b[0]]
			}
		}
		m.sound = p.ChecksumState(p.Top)
	case decode.IGMP:
		m.sound = p.ChecksumState(p.Top)
	}
	m.observeLength(p)
	if m.observer != nil || m.sound == decode.ChecksumBad {
		m.refer(p)
	}
}

// observeEcho keeps the packet of an echo of which notes may want to know more: its checksum is bad, it came in fragments, or what it
// carries may be random.
func (m *Message) observeEcho(p *decode.Packet, b []byte) {
	if m.sound != decode.ChecksumBad && len(p.Pieces) == 0 && (m.role != Request || len(b) < leastRandom || patterned(b[minMessage:])) {
		return
	}
	m.observeLength(p)
	m.refer(p)
}

// observeLength looks whether a packet is a fragment of a datagram that is too long, or makes one whole.
func (m *Message) observeLength(p *decode.Packet) {
	if longestDatagram(p) > maxDatagram {
		m.observer = (*Tracker).oversize
	}
}

// observe raises what notes a packet is worth by itself.
func (t *Tracker) observe(m *Message, r *Relation) {
	p := m.rest.packet
	l := p.Summary()
	b := p.Bytes(l)
	if m.sound == decode.ChecksumBad {
		t.badChecksum(p, l.Kind, b)
	}
	if m.observer != nil {
		m.observer(t, p, b, r)
	}
}
