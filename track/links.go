package track

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
)

// LinkEnd is whom a frame with an IP datagram came from, or went to, on its link.
type LinkEnd struct {
	MAC [6]byte // zero if the link layer has none
	// Own says that the datagram's own address was claimed by this MAC address: no router is between.
	Own bool
	// Router has the MAC address, by ARP or neighbor discovery, while the datagram's address belongs elsewhere; the zero Addr if
	// that is not known.
	Router netip.Addr
}

// LinkEnds returns whose MAC addresses a frame has: the datagram's source and destination themselves, or routers that pass it
// on. What nobody claimed in the capture is not known; a group has no address of its own, and is nobody's. It looks through
// the whole table of neighbors: call it for packets that people look at.
func (t *Tracker) LinkEnds(p *decode.Packet) (from, to LinkEnd) {
	there, here := ethernetEnds(p)
	to.MAC, from.MAC = macOf(there), macOf(here)
	if p.Network() == nil {
		return from, to
	}
	stack := t.stacks.of(p.Segments)
	t.identify(&from, p.Source.Bytes, stack)
	t.identify(&to, p.Destination.Bytes, stack)
	return from, to
}

// identify finds out who has an end's MAC address, by the claims of a stack.
func (t *Tracker) identify(end *LinkEnd, address []byte, stack uint16) {
	if !unicast(end.MAC) {
		return
	}
	key := neighborKey{length: uint8(len(address))}
	copy(key.address[:], address)
	for slot := range t.neighbors.rows {
		row := &t.neighbors.rows[slot]
		n := &row.value
		if row.stack != stack || row.key.length != key.length || n.claimedBy(end.MAC) == int(n.known) {
			continue
		}
		if row.key == key {
			end.Own, end.Router = true, netip.Addr{}
			return
		}
		if !end.Router.IsValid() {
			end.Router = addressOf(&row.key.address, int(key.length))
		}
	}
}

// ErrorOf returns what an ICMP error says, and the TTL or hop limit with which the datagram that it is about came by, 0 if
// that did not, or if it is a ping with more of it than probes have. It is for the packet taken last, and r is its relation; ok is false if that is no error.
func (t *Tracker) ErrorOf(p *decode.Packet, r *Relation) (e Error, ttl uint8, ok bool) {
	if r.Role != ErrorMessage {
		return e, 0, false
	}
	e = t.readError(p, p.Bytes(p.Summary()))
	e.AboutFrame = r.Peer
	e.Translated = r.Has(Changed)
	e.Labels, e.Interfaces = extensionsOf(p)
	if c, known := t.cause(p); known {
		ttl = c.ttl
		if x := t.probes.ofFrame(c.frame); ttl == 0 && x != nil { // of a ping, which is not kept whole, unless it is a probe
			ttl = x.ttl
		}
	}
	return e, ttl, true
}

// Stamps is what one timestamp reply says, in ns; its three stamps are since midnight UT.
type Stamps struct {
	Originate, Receive, Transmit int64
	Reference                    Reference
	// Standard says that the stamps are milliseconds since midnight UT (RFC 792); what follows is 0 if not.
	Standard              bool
	RoundTrip, Processing int64 // as in Clock
	Offset                int64
}

// ReadStamps reads a timestamp reply that came rtt ns after its request, and returns false if its stamps are not whole.
func ReadStamps(p *decode.Packet, rtt int64) (s Stamps, ok bool) {
	l := p.Summary()
	if l == nil || l.Kind != decode.ICMPv4 {
		return s, false
	}
	b := p.Bytes(l)
	if len(b) < stampedLength || b[0] != 14 {
		return s, false
	}
	r, _ := readStamps(b, p.Time-rtt, p.Time)
	s = Stamps{Reference: r.reference, Standard: r.standard, RoundTrip: r.roundTrip, Processing: r.processing, Offset: r.offset}
	s.Originate, _, _ = stamp(b[originateAt:], p.Time)
	s.Receive, _, _ = stamp(b[receiveAt:], p.Time)
	s.Transmit, _, _ = stamp(b[transmitAt:], p.Time)
	return s, true
}
