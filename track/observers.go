package track

import "github.com/icmpsniff/icmpsniff/decode"

// observed4 and observed6 say who looks at which ICMP message for notes, whether or not it has a reader. The notes of echoes
// are in floods.go and payloads.go, and every message's checksum is looked at.
var (
	observed4 = [256]reader{
		3:  (*Tracker).forbidden,
		4:  (*Tracker).sourceQuench,
		5:  (*Tracker).redirect,
		11: (*Tracker).forbidden,
		12: (*Tracker).forbidden,
	}
	observed6 = [256]reader{
		1:   (*Tracker).forbidden,
		2:   (*Tracker).forbidden,
		3:   (*Tracker).forbidden,
		4:   (*Tracker).forbidden,
		137: (*Tracker).redirect6,
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
	case decode.IPv4, decode.IPv6Fragment:
		m.observer = (*Tracker).fragment
	}
	if len(p.Pieces) > 0 {
		m.observer = (*Tracker).fragment
	}
	if m.observer != nil || m.sound == decode.ChecksumBad {
		m.packet = p
	}
}

// observeEcho reads what notes want to know of an echo, and keeps its packet if there may be more to know.
func (m *Message) observeEcho(p *decode.Packet, b []byte) {
	payload := b[minMessage:]
	m.length = uint16(min(len(payload), 1<<16-1))
	if len(p.Pieces) > 0 {
		m.observer = (*Tracker).fragment
	}
	if m.observer != nil || m.sound == decode.ChecksumBad || m.role == Request && !patterned(payload) {
		m.packet = p
	}
}

// observe raises what notes a packet is worth by itself.
func (t *Tracker) observe(m *Message, r *Relation) {
	l := m.packet.Summary()
	b := m.packet.Bytes(l)
	if m.sound == decode.ChecksumBad {
		t.badChecksum(m.packet, l.Kind, b)
	}
	if m.observer != nil {
		m.observer(t, m.packet, b, r)
	}
}
