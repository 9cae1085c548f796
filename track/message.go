package track

import (
	"math"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Message is what a packet says to those who ask and answer. To read it takes no [Tracker], so that packets can be read by
// one goroutine while another takes what they said. Its zero value says nothing.
type Message struct {
	frame    uint64
	time     int64
	hasTime  bool
	onPath   bool  // rest.leg is read
	found    uint8 // of rest.datagrams
	sound    decode.ChecksumState
	role     Role        // of an echo
	digits   uint8       // of time
	length   uint16      // of an echo's payload, bytes
	hash     uint32      // of echo.key
	stack    packedStack // of an echo
	refers   bool        // there is a packet
	echo     echo
	to, from uint64 // MAC addresses of an echo request, in the low 48 bits; 0 if there are none

	reader   reader       // nil if there is none
	observer reader       // who looks at the packet for notes; nil if nobody
	rest     *messageRest // made when first wanted, and used again
}

// messageRest is what few packets say. Without it a Message is two cache lines, as many as a ping needs, one after the other: a
// processor that follows what another wrote foresees where it goes on.
type messageRest struct {
	packet    *decode.Packet // if the message refers to it
	datagrams [2]datagram    // IP headers, of those that an error may be about and that are not known otherwise
	leg       leg
}

// more returns where the rest of the message goes.
func (m *Message) more() *messageRest {
	if m.rest == nil {
		m.rest = new(messageRest)
	}
	return m.rest
}

// refer makes the message refer to its packet.
func (m *Message) refer(p *decode.Packet) { m.refers, m.more().packet = true, p }

// Reader reads the packets of a capture, in order. It remembers nothing but what spares it to read more.
type Reader struct {
	probed  bool // a packet came by that may be a probe, so that others may answer it
	limited bool // an error told a path MTU, so that the lengths of datagrams matter
}

// Read makes m what a packet says, and reports whether m refers to the packet, which must then stay as it is until m was
// taken.
func (r *Reader) Read(p *decode.Packet, m *Message) bool {
	m.frame, m.time, m.hasTime, m.digits = p.Number, p.Time, p.HasTime, p.Digits
	m.role, m.reader, m.observer, m.refers, m.sound = NoRole, nil, nil, false, decode.ChecksumUnverified
	m.readMessage(p)
	r.limited = r.limited || m.reader != nil && mtuOf(p, p.Bytes(p.Summary())) != 0
	m.found = 0
	if m.role == NoRole || r.limited || !alone(p) {
		m.found = uint8(readDatagrams(p, &m.more().datagrams))
	}
	r.readLeg(p, m)
	return m.refers
}

// readLeg reads what a packet says about its way. Most captures have no probes, and so no paths.
func (r *Reader) readLeg(p *decode.Packet, m *Message) {
	if m.onPath = r.probed || near(p); !m.onPath {
		return
	}
	leg := &m.more().leg
	if !leg.read(p) {
		return
	}
	if to, _ := ethernetEnds(p); isGroup(to, p.Destination.Bytes) {
		leg.pair = 0
		return
	}
	r.probed = true
	m.refer(p)
}

// readMessage reads what the packet itself carries, quoted datagrams apart.
func (m *Message) readMessage(p *decode.Packet) {
	l := p.Summary()
	if l == nil || l.Flags&(decode.Unread|decode.Cut|decode.Bad) != 0 {
		return
	}
	var messages *[256]message
	switch l.Kind {
	case decode.ICMPv4:
		messages = &icmpv4
	case decode.ICMPv6:
		messages = &icmpv6
	case decode.ARP:
		m.reader = (*Tracker).arp
		m.refer(p)
		return
	default:
		m.observe(p, l)
		return
	}
	b := p.Bytes(l)
	if len(b) < minMessage {
		return
	}
	said := &messages[b[0]]
	if said.role != NoRole {
		m.readEcho(p, b, said.role)
		m.observeEcho(p, b)
		return
	}
	m.observe(p, l)
	if m.reader = said.reader; m.reader != nil {
		m.refer(p)
	}
}

// Frame returns the packet's number.
func (m *Message) Frame() uint64 { return m.frame }

// Digits returns how many decimal digits of the second's fraction the packet's time has.
func (m *Message) Digits() uint8 { return m.digits }

// Time returns the packet's capture time, ns since the Unix epoch, and false if it carries none.
func (m *Message) Time() (ns int64, ok bool) { return m.time, m.hasTime }

// readEcho reads an echo message, unless the packet has no IP header of its own.
func (m *Message) readEcho(p *decode.Packet, b []byte, role Role) {
	ip := p.Network()
	if ip == nil {
		return
	}
	asker, target := p.Source.Bytes, p.Destination.Bytes
	if role == Reply {
		asker, target = target, asker
	}
	m.echo = echo{seq: be16(b[6:]), identity: identity{identification(p.Header(ip)), be16(b[2:])}}
	hash, ok := m.echo.key.set(asker, target, be16(b[4:]), requestType(b[0]))
	if !ok {
		return
	}
	m.role, m.hash = role, hash
	if role == Request {
		m.to, m.from = ethernetEnds(p)
	}
	m.sound = p.ChecksumState(p.Top)
	m.stack.set(p.Segments)
	m.length = uint16(min(len(b)-minMessage, math.MaxUint16))
}

// toGroup reports whether an echo request goes to many.
func (m *Message) toGroup() bool {
	return isGroup(m.to, m.echo.key.target[:m.echo.key.addressLength()])
}

// Take fills r with what a message's packet is to those before it. The time must have been advanced to the packet's before,
// see [Tracker.Advance]. The caller owns r, and everything on the way fills in this one: to copy a Relation whose parts have
// just been written makes the processor wait for them.
func (t *Tracker) Take(m *Message, r *Relation) {
	*r = Relation{}
	switch {
	case m.role != NoRole:
		m.echo.stack = t.stacks.number(&m.stack)
		if m.role == Request {
			t.echoRequest(m, r)
		} else {
			t.echoReply(m, r)
		}
	case m.reader != nil:
		p := m.rest.packet
		m.reader(t, p, p.Bytes(p.Summary()), r)
	}
	if m.observer != nil || m.sound == decode.ChecksumBad {
		t.observe(m, r)
	}
	for i := range m.found {
		t.remember(&m.rest.datagrams[i], m)
	}
	if m.onPath && !t.circling(&m.rest.leg, m, r) {
		t.trace(&m.rest.leg, m.rest.packet)
	}
	if t.answers != nil && (r.Role != NoRole || r.Marks != 0 || r.Peer != 0) {
		t.answers.note(m.frame, r)
	}
}

// Packet reads a packet and takes what it says.
func (t *Tracker) Packet(p *decode.Packet, r *Relation) {
	t.packets.Read(p, &t.message)
	t.Take(&t.message, r)
}
