package track

import "github.com/icmpsniff/icmpsniff/decode"

// Message is what a packet says to those who ask and answer. To read it takes no [Tracker], so that packets can be read by
// one goroutine while another takes what they said. Its zero value says nothing.
type Message struct {
	frame   uint64
	time    int64
	hasTime bool

	datagrams [2]datagram // its IP headers
	found     int         // of them
	leg       leg

	reader   reader // nil if there is none
	observer reader // who looks at the packet for notes; nil if nobody
	packet   *decode.Packet

	sound decode.ChecksumState

	role     Role    // of an echo; the rest is its
	group    bool    // it goes to many
	length   uint16  // of the payload, bytes
	to, from [6]byte // MAC addresses of a request, zero if there are none
	echo     echo
	hash     uint32 // of echo.key
	vlans    vlanStack
}

// Read makes m what the packet says, and reports whether m refers to the packet, which must then stay as it is until m was
// taken.
func (m *Message) Read(p *decode.Packet) bool {
	m.frame, m.time, m.hasTime = p.Number, p.Time, p.HasTime
	m.role, m.reader, m.observer, m.packet, m.sound = NoRole, nil, nil, nil, decode.ChecksumUnverified
	m.found = readDatagrams(p, &m.datagrams)
	m.readMessage(p)
	if m.leg.read(p) {
		m.packet = p
	}
	return m.packet != nil
}

// readMessage reads what the packet itself carries, quoted datagrams apart.
func (m *Message) readMessage(p *decode.Packet) {
	l := p.Summary()
	if l == nil || l.Flags&(decode.Unread|decode.Bad) != 0 {
		return
	}
	var messages *[256]message
	switch l.Kind {
	case decode.ICMPv4:
		messages = &icmpv4
	case decode.ICMPv6:
		messages = &icmpv6
	case decode.ARP:
		m.reader, m.packet = (*Tracker).arp, p
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
		return
	}
	m.observe(p, l)
	if m.reader = said.reader; m.reader != nil {
		m.packet = p
	}
}

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
	m.echo = echo{seq: be16(b[6:])}
	m.echo.checksum = be16(b[2:])
	if h := p.Header(ip); len(h) >= 20 && h[0]>>4 == 4 {
		m.echo.ipID = be16(h[4:])
	}
	if !m.echo.key.set(asker, target, be16(b[4:]), requestType(b[0])) {
		return
	}
	m.role = role
	m.hash = m.echo.key.hash()
	if role == Request {
		m.to, m.from = ethernetEnds(p)
		m.group = isGroup(m.to, target)
	}
	m.sound = p.ChecksumState(p.Top)
	m.vlans.set(p.VLANs)
	m.observeEcho(p, b)
}

// Take fills r with what a message's packet is to those before it. The time must have been advanced to the packet's before,
// see [Tracker.Advance]. The caller owns r, and everything on the way fills in this one: to copy a Relation whose parts have
// just been written makes the processor wait for them.
func (t *Tracker) Take(m *Message, r *Relation) {
	*r = Relation{}
	switch {
	case m.role != NoRole:
		m.echo.stack = t.stacks.number(&m.vlans)
		if m.role == Request {
			t.echoRequest(m, r)
		} else {
			t.echoReply(m, r)
		}
	case m.reader != nil:
		m.reader(t, m.packet, m.packet.Bytes(m.packet.Summary()), r)
	}
	if m.observer != nil || m.sound == decode.ChecksumBad {
		t.observe(m, r)
	}
	for i := range m.found {
		t.remember(&m.datagrams[i], m)
	}
	t.trace(&m.leg, m.packet)
	if t.answers != nil && (r.Role != NoRole || r.Marks != 0 || r.Peer != 0) {
		t.answers.note(m.frame, r)
	}
}

// Packet reads a packet and takes what it says.
func (t *Tracker) Packet(p *decode.Packet, r *Relation) {
	var m Message
	m.Read(p)
	t.Take(&m, r)
}
