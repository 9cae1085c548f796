package track

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// echo is what identifies an echo request, and the request that an echo reply answers.
type echo struct {
	key   flowKey // asker and target: a reply's are its destination and source
	seq   uint16
	stack uint16
	identity
}

// requestType returns the type of the request to an echo message's type, itself if it is one.
func requestType(messageType byte) uint16 {
	if messageType < 128 {
		return echoRequestV4
	}
	return echoRequestV6
}

// set fills the key, and returns its hash: that is of the words at hand, since a processor that reads a key just written in pieces
// waits until all of it has arrived in memory. It returns false if the addresses are not two of one kind of IP.
func (k *flowKey) set(asker, target []byte, id, requestType uint16) (hash uint32, ok bool) {
	k.question = questionOf(len(asker), requestType, id)
	switch {
	case len(asker) == 4 && len(target) == 4:
		putAddress4(&k.asker, asker)
		putAddress4(&k.target, target)
		return hashEnds(word4(asker), 0, word4(target), 0, k.question), true
	case len(asker) == 16 && len(target) == 16:
		k.asker, k.target = [16]byte(asker), [16]byte(target)
		return hashEnds(word8(asker), word8(asker[8:]), word8(target), word8(target[8:]), k.question), true
	}
	return 0, false
}

// questionOf returns what a key has of a request beside its addresses.
func questionOf(addressLength int, requestType, id uint16) uint64 {
	return uint64(addressLength)<<24 | uint64(requestType)<<16 | uint64(id)
}

// putAddress4 writes an IPv4 address as keys have it; the second half is 0 already.
func putAddress4(a *[16]byte, b []byte) {
	binary.LittleEndian.PutUint64(a[:], word4(b))
}

func (t *Tracker) echoRequest(m *Message, r *Relation) {
	e := &m.echo
	head := t.flows.find(&e.key, m.hash)
	var older uint64
	var again bool
	if head != none && uint32(e.seq) < t.flows.rows[head].value.unused {
		older, again = t.exchanges.find(t.flows.rows[head].value.conversation<<16 | uint64(e.seq))
	}
	if again {
		if x := t.exchanges.original(older, m); x != nil {
			t.copyOfRequest(m, x, r)
			return
		}
	}
	slot, f := t.flowOf(head, m)
	r.Role = Request
	if f.Sent == 0 && m.toGroup() {
		t.joinGroup(slot, &e.key)
	}
	if e.key.isEcho() {
		t.watchRequest(m, slot, f)
	}
	f.Sent++
	f.Pending++
	f.unused = max(f.unused, uint32(e.seq)+1)
	t.makeRoom()
	x := t.exchanges.remember(f.conversation<<16|uint64(e.seq), t.clock.now, older, again)
	x.time, x.frame = m.time, m.frame
	x.flow, x.generation = slot, t.flows.rows[slot].generation
	x.stack, x.identity = e.stack, e.identity
	if !m.hasTime {
		x.flags |= untimed
	}
	if !e.key.isEcho() {
		x.flags |= otherQuery
	}
	if f.group {
		x.flags |= toGroup
		r.Marks |= Group
	}
	t.wakeAt(x.born + t.timeout)
}

// copyOfRequest counts a copy of the request of x.
func (t *Tracker) copyOfRequest(m *Message, x *exchange, r *Relation) {
	f, c := t.countsOf(x)
	c.Copies++
	x.flags.count(requestCopy)
	r.Role, r.Marks, r.CopyOf = Request, Copy, x.frame
	if f != nil {
		f.lastFrame = m.frame
	}
	if x.flags&toGroup != 0 {
		r.Marks |= Group
	}
}

// isRequestAgain reports whether a request is a copy: it is the same datagram, and had no answer yet when it was captured: those of
// several interfaces may reach one file out of order. Otherwise the sequence number wrapped, the identifier is in use again, or a capture
// was merged with itself, so that all comes again, at the same times.
func (x *exchange) isRequestAgain(m *Message) bool {
	later := m.time - x.time
	return x.identity == m.echo.identity && max(later, -later) <= m.echo.key.query().copies &&
		(x.state == pending || x.state == lost || later != 0 && later/1000 < int64(x.replyAge))
}

func (t *Tracker) echoReply(m *Message, r *Relation) {
	e := &m.echo
	head := t.flows.find(&e.key, m.hash)
	if head != none {
		key := t.flows.rows[head].value.conversation<<16 | uint64(e.seq)
		if x := t.exchanges.match(key, e); x != nil {
			t.answer(m, x, r)
			return
		}
	}
	if x := t.groupRequest(e); x != nil {
		t.groupAnswer(m, x, r)
		return
	}
	t.rememberReply(m)
	_, f := t.flowOf(head, m)
	f.Unmatched++
	r.Role = Reply
}

// answer pairs a reply with the request of x.
func (t *Tracker) answer(m *Message, x *exchange, r *Relation) {
	f, c := t.countsOf(x)
	if f != nil {
		t.flows.use(x.flow)
		f.lastFrame = m.frame
	}
	t.paired(m, x, r)
	if x.state == answered {
		t.again(m, x, x, c, r)
		return
	}
	t.received(x, c)
	if t.late(x, r) {
		c.Late++
		r.Marks |= Late
	}
	if f != nil {
		if x.frame < f.furthest {
			c.OutOfOrder++
		}
		f.furthest = max(f.furthest, x.frame)
	}
	t.measure(m, x, f, c, r)
	x.repliedAt(m.frame, t.clock.now, m.echo.identity)
	if t.answers != nil {
		t.answers.answered(x.frame, r, m.frame)
	}
}

// again counts a further reply to an answered request, as a copy or as a duplicate. own is the exchange with the host that
// replied: that of the request, but for a group's.
func (t *Tracker) again(m *Message, own, request *exchange, c *Counts, r *Relation) {
	if own.isReplyAgain(t.clock.now, &m.echo, request) {
		c.Copies++
		own.flags.count(replyCopy)
		r.Marks |= Copy
		r.CopyOf = own.frame + uint64(own.replyFrames)
		return
	}
	c.Duplicates++
	r.Marks |= Duplicate
	own.repliedAt(m.frame, t.clock.now, m.echo.identity)
}

// received moves a request from where it is counted to the received ones.
func (t *Tracker) received(x *exchange, c *Counts) {
	t.settled(x, answered)
	switch x.state {
	case pending:
		c.Pending--
	case refused:
		c.Errors--
		c.Lost--
	case lost:
		c.Lost--
	}
	c.Received++
	x.state = answered
}

// late reports whether a reply came after the timeout, by the tracker's clock and by its own capture time: on a live
// capture, the tracker may have been told a later time before the reply was read.
func (t *Tracker) late(x *exchange, r *Relation) bool {
	return t.clock.now-x.born >= t.timeout && r.RTT >= t.timeout
}

// paired fills in the relation of a reply to the request of x.
func (t *Tracker) paired(m *Message, x *exchange, r *Relation) {
	r.Role, r.Peer = Reply, x.frame
	if m.hasTime && x.flags&untimed == 0 {
		r.RTT = decode.Between(x.time, m.time)
		if r.RTT < 0 {
			r.Marks |= Backwards
		}
	}
	// The checksum of ICMPv6 covers the addresses too, which are others if one of a group replies.
	if x.flags&toGroup != 0 && m.echo.key.addressLength() != 4 {
		return
	}
	if x.identity.checksum != 0 && m.echo.checksum != 0 && m.sound == decode.ChecksumGood && !m.echo.returns(x.identity.checksum) {
		r.Marks |= Changed
		t.altered(m, x)
	}
}

// measure adds a round-trip time to the flow's, unless there is none or it is negative.
func (t *Tracker) measure(m *Message, x *exchange, f *flow, c *Counts, r *Relation) {
	switch {
	case !m.hasTime || x.flags&untimed != 0:
	case r.Has(Backwards):
		c.Backwards++
		t.negativeRTT(m, x, r.RTT)
	case f != nil:
		t.distributions.add(&f.rtt, r.RTT)
		t.timed(x, r.RTT)
	}
}

// returns reports whether a reply's payload is, by the checksums, that of the request with a checksum: a reply differs from its
// request by nothing that they cover but the type and, in ICMPv6, the order of the addresses, to which a sum is blind. No checksum
// (0, where the network card computes it) tells nothing.
func (e *echo) returns(request uint16) bool {
	if request == 0 || e.checksum == 0 {
		return false
	}
	q := e.key.query()
	// The type is the high byte of its word.
	return replaced(request, e.checksum, uint32(q.request)<<8, uint32(q.reply)<<8)
}
