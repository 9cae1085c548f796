package track

import "github.com/icmpsniff/icmpsniff/decode"

// sent remembers the datagrams of a capture, the newest ones, so that an error finds the one that it is about. Each is
// written behind the one before it, and chained twice to earlier ones, as compressors find what was there before: by all of
// it, and by what is left of it if a NAT changed the rest. A chain needs no clearing: what the ring no longer holds ends it.
// Datagrams are chained when an error comes, as most come by without one.
type sent struct {
	ring         []sentDatagram // a power of two of them
	alike, loose []uint32       // the newest of each chain: the low bits of its position, 0 for none
	end          uint64         // position of the next datagram; the first one has such that 0 is no longer in the ring
	chained      uint64         // position of the first that is not chained
}

// sentDatagram is a datagram that was seen, without pointers.
type sentDatagram struct {
	frame uint64
	time  int64 // capture time, ns; never if the frame carries none
	datagram
	olderAlike, olderLoose uint16 // how far back the next of each chain is, 0 for none within reach
	blamed                 uint32 // frames from this one to the first error about it, 0 for none
}

// cause is the datagram that an error is about, as it was first seen.
type cause struct {
	datagram
	frame      uint64
	time       int64 // capture time, ns, if hasTime
	hasTime    bool
	translated bool // it is quoted with another address, port or identifier: a NAT is in between
}

func newSent(limit int) sent {
	n := 1
	for n < limit {
		n *= 2
	}
	first := uint64(n + 1)
	return sent{ring: make([]sentDatagram, n), alike: make([]uint32, n), loose: make([]uint32, n), end: first, chained: first}
}

// add remembers a datagram of a frame.
func (s *sent) add(d *datagram, frame uint64, time int64, hasTime bool) {
	at := &s.ring[s.end&uint64(len(s.ring)-1)]
	if !hasTime {
		time = never
	}
	at.frame, at.time, at.datagram, at.blamed = frame, time, *d, 0
	s.end++
}

// chain chains what was added since it was called last.
func (s *sent) chain() {
	n := len(s.ring)
	mask := uint32(n - 1)
	s.chained = max(s.chained, s.end-uint64(n)) // those before are gone
	for ; s.chained != s.end; s.chained++ {
		d := &s.ring[uint32(s.chained)&mask]
		d.olderAlike = s.link(&s.alike[d.alikeHash()&mask])
		d.olderLoose = s.link(&s.loose[looseHash(d.source, d.rest)&mask])
	}
}

// link makes the datagram that is being chained the head of a chain, and returns how far behind it the head was.
func (s *sent) link(head *uint32) uint16 {
	back := uint32(s.chained) - *head
	if back > maxBack {
		back = 0
	}
	*head = uint32(s.chained)
	return uint16(back)
}

// maxBack is how far back a chain reaches from one datagram to the next.
const maxBack = 1<<16 - 1

func (d *datagram) alikeHash() uint32 {
	return hashWords(uint64(d.source)<<32|uint64(d.destination), uint64(d.ends)<<32|uint64(d.rest))
}

// looseHash is the hash of what no NAT between the capture and the reporter changes on its way there and back.
func looseHash(source, rest uint32) uint32 { return source*0x9e3779b1>>16 ^ rest } // rest is a hash already

// walk calls visit for the datagrams of one of the chains, the newest first.
func (s *sent) walk(chains []uint32, hash uint32, older func(*sentDatagram) uint16, visit func(*sentDatagram)) {
	s.chain()
	n := uint32(len(s.ring))
	at := chains[hash&(n-1)]
	for range maxChain {
		if uint32(s.end)-at > n { // the ring holds no more of the chain
			return
		}
		d := &s.ring[at&(n-1)]
		visit(d)
		step := older(d)
		if step == 0 {
			return
		}
		at -= uint32(step)
	}
}

// remember keeps a datagram of a packet.
func (t *Tracker) remember(d *datagram, m *Message) {
	t.sent.add(d, m.frame, m.time, m.hasTime)
	t.pathMTUs.observe(d, m.frame, m.time)
}

// cause returns the datagram that the packet, an ICMP error, quotes: the same addresses, protocol, identifier and sequence
// number or ports, and IP identification. If none is remembered, it is one from whom the error goes to that differs by what
// a NAT changes: one address, and that side's port or identifier, or that alone. Where the datagram was seen more than once, by a mirror
// port or a router in the middle, it is the first sighting.
//
// Of one packet it may be asked more than once.
func (t *Tracker) cause(p *decode.Packet) (c cause, ok bool) {
	if t.asked.frame == p.Number && p.Number != 0 {
		return t.asked.cause, t.asked.ok
	}
	t.asked.frame = p.Number
	t.asked.cause, t.asked.ok = t.findCause(p)
	return t.asked.cause, t.asked.ok
}

// askedCause is the answer to the latest question for a cause.
type askedCause struct {
	frame uint64
	cause cause
	ok    bool
}

func (t *Tracker) findCause(p *decode.Packet) (c cause, ok bool) {
	var quoted [2]datagram // in a tunnel, the outer one and the inner one
	var ids, unfilled [2]uint16
	n := 0
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Quoted == 1 && (l.Kind == decode.IPv4 || l.Kind == decode.IPv6) && n < len(quoted) && quoted[n].read(p, i) {
			ids[n], unfilled[n] = identification(p.Header(l)), unfilledBehind(p, i)
			n++
		}
	}
	for i := range quoted[:n] {
		if d := t.sent.original(&quoted[i], ids[i], unfilled[i], p); d != nil {
			return d.blame(p, false), true
		}
	}
	if c, ok = t.echoCause(p); ok {
		return c, true
	}
	for i := range quoted[:n] {
		if d := t.sent.translated(&quoted[i], ids[i], p); d != nil {
			return d.blame(p, true), true
		}
	}
	for i := range quoted[:n] {
		if d := t.sent.renumbered(&quoted[i], ids[i], p); d != nil {
			return d.blame(p, true), true
		}
	}
	return c, false
}

// echoCause returns the echo message that is quoted. Those are not kept among the datagrams, as they are known already, but for
// replies without a request (see rememberReply).
func (t *Tracker) echoCause(p *decode.Packet) (c cause, ok bool) {
	e, role := t.quotedQuery(p)
	switch {
	case role == NoRole:
		return c, false
	case role == Reply:
		c.frame = t.replyAbout(&e)
		c.destination, c.source = e.key.ends()
		return c, c.frame != 0
	}
	x, translated := t.exchangeAbout(&e, p)
	if x == nil {
		return c, false
	}
	c = cause{frame: x.frame, time: x.time, hasTime: x.flags&untimed == 0, translated: translated}
	if t.flows.of(x.flow, x.generation) != nil {
		c.source, c.destination = t.flows.rows[x.flow].key.ends()
	}
	return c, true
}

// blame notes that an error is about the datagram.
func (d *sentDatagram) blame(p *decode.Packet, translated bool) cause {
	if d.blamed == 0 {
		d.blamed = uint32(min(p.Number-d.frame, 1<<32-1))
	}
	return cause{datagram: d.datagram, frame: d.frame, time: d.time, hasTime: d.time != never, translated: translated}
}

// original returns the datagram that is quoted as it was sent, or nil: best one on the error's own stack, and with the
// checksum that is quoted. Without an IP identification, one of UDP with another checksum is another, unless a network card was
// still to fill it in.
func (s *sent) original(quoted *datagram, id, unfilled uint16, p *decode.Packet) *sentDatagram {
	exact := quoted.protocol == protocolUDP && id == 0 && quoted.checksum != 0
	var best *sentDatagram
	rank := -1
	s.walk(s.alike, quoted.alikeHash(), (*sentDatagram).nextAlike, func(d *sentDatagram) {
		if !d.same(quoted) || d.tooOld(p) || exact && d.checksum != quoted.checksum && d.checksum != 0 && d.checksum != unfilled {
			return
		}
		r := 0
		if d.stackHash == quoted.stackHash {
			r += 2
		}
		if d.checksum == quoted.checksum {
			r++
		}
		switch {
		case best != nil && d.isFirst(best):
			best, rank = d, max(rank, r)
		case r > rank:
			best, rank = d, r
		}
	})
	return best
}

// translated returns the datagram that is quoted after a NAT changed it, or nil. Wherever the capture is taken, an error comes
// by on its way to whom the datagram came by from, so that its destination is the source that was seen, not the one that is
// quoted. That shows that there is a NAT; of another destination nothing does, so that the IP identification or TCP's sequence
// number must be the same: who serves many sends them datagrams alike in all else.
func (s *sent) translated(quoted *datagram, id uint16, p *decode.Packet) *sentDatagram {
	source, ok := hashAddress(p.Destination.Bytes)
	if !ok {
		return nil
	}
	numbered := id != 0 || quoted.protocol == protocolTCP
	var best *sentDatagram
	s.walk(s.loose, looseHash(source, quoted.rest), (*sentDatagram).nextLoose, func(d *sentDatagram) {
		if d.source != source || d.rest != quoted.rest || d.tooOld(p) {
			return
		}
		sourceChanged := d.source != quoted.source && d.destination == quoted.destination && d.far() == quoted.far()
		destinationChanged := numbered && d.source == quoted.source && d.destination != quoted.destination && d.near() == quoted.near()
		switch {
		case best != nil && d.same(&best.datagram) && d.isFirst(best):
			best = d
		case best == nil && (sourceChanged || destinationChanged):
			best = d
		}
	})
	return best
}

func (d *sentDatagram) nextAlike() uint16 { return d.olderAlike }
func (d *sentDatagram) nextLoose() uint16 { return d.olderLoose }

// tooOld reports whether a datagram was sent so long before an error that the error is about another.
func (d *sentDatagram) tooOld(p *decode.Packet) bool {
	return d.time != never && p.HasTime && max(p.Time-d.time, d.time-p.Time) > memory
}

// isFirst reports whether d, which equals o and was seen before it, is the same datagram: routers count its TTL down.
// One that is sent again after an error is another.
func (d *sentDatagram) isFirst(o *sentDatagram) bool {
	return d.checksum == o.checksum && d.ttl >= o.ttl && o.time-d.time <= copyWindow &&
		(d.blamed == 0 || d.frame+uint64(d.blamed) > o.frame)
}

func hashAddress(b []byte) (h uint32, ok bool) {
	switch len(b) {
	case 4:
		return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3]), true
	case 16:
		return hash16(b), true
	}
	return 0, false
}
