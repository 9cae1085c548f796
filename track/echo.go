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

// read reads an echo message into e, which is empty. It returns false if the packet has no IP header of its own.
func (e *echo) read(t *Tracker, p *decode.Packet, b []byte, asker, target *decode.Address) bool {
	ip := p.Network()
	if ip == nil {
		return false
	}
	e.seq = be16(b[6:])
	e.checksum = be16(b[2:])
	if h := p.Header(ip); len(h) >= 20 && h[0]>>4 == 4 {
		e.ipID = be16(h[4:])
	}
	e.stack = t.stacks.number(p.VLANs)
	return e.key.set(asker.Bytes, target.Bytes, be16(b[4:]), requestType(b[0]))
}

// requestType returns the type of the request to an echo message's type, itself if it is one.
func requestType(messageType byte) uint16 {
	if messageType < 128 {
		return echoRequestV4
	}
	return echoRequestV6
}

// set fills the key. It returns false if the addresses are not two of one kind of IP.
func (k *flowKey) set(asker, target []byte, id, requestType uint16) bool {
	switch {
	case len(asker) == 4 && len(target) == 4:
		putAddress4(&k.asker, asker)
		putAddress4(&k.target, target)
	case len(asker) == 16 && len(target) == 16:
		k.asker, k.target = [16]byte(asker), [16]byte(target)
	default:
		return false
	}
	k.question = uint64(len(asker))<<24 | uint64(requestType)<<16 | uint64(id)
	return true
}

// putAddress4 writes an IPv4 address as keys have it; the second half is 0 already.
func putAddress4(a *[16]byte, b []byte) {
	binary.LittleEndian.PutUint64(a[:], uint64(binary.LittleEndian.Uint32(b)))
}

func (t *Tracker) echoRequest(p *decode.Packet, b []byte, r *Relation) {
	var e echo
	if !e.read(t, p, b, &p.Source, &p.Destination) {
		return
	}
	head := t.flows.find(&e.key, e.key.hash())
	var older uint64
	var again bool
	if head != none {
		older, again = t.exchanges.find(t.flows.rows[head].value.conversation<<16 | uint64(e.seq))
	}
	if again {
		if x := t.exchanges.original(older, p.Time, e.identity); x != nil {
			t.copyOfRequest(p, x, r)
			return
		}
	}
	slot, f := t.flowOf(head, &e.key, e.stack, p.Number)
	r.Role = Request
	if f.Sent == 0 && isGroup(p, e.key.target[:e.key.addressLength()]) {
		t.joinGroup(slot, &e.key)
	}
	f.Sent++
	f.Pending++
	t.makeRoom()
	x := t.exchanges.remember(f.conversation<<16|uint64(e.seq), t.clock.now, older, again)
	x.time, x.frame = p.Time, p.Number
	x.flow, x.generation = slot, t.flows.rows[slot].generation
	x.stack, x.identity = e.stack, e.identity
	if !p.HasTime {
		x.flags |= untimed
	}
	if f.group {
		x.flags |= toGroup
		r.Marks |= Group
	}
	t.wakeAt(x.born + t.timeout)
}

// copyOfRequest counts a copy of the request of x.
func (t *Tracker) copyOfRequest(p *decode.Packet, x *exchange, r *Relation) {
	f, c := t.countsOf(x)
	c.Copies++
	x.flags.count(requestCopy)
	r.Role, r.Marks, r.CopyOf = Request, Copy, x.frame
	if f != nil {
		f.lastFrame = p.Number
	}
	if x.flags&toGroup != 0 {
		r.Marks |= Group
	}
}

// isRequestAgain reports whether a request is a copy: it is the same datagram, and has not been answered yet. Otherwise
// the sequence number wrapped, or the identifier is in use again.
func (x *exchange) isRequestAgain(time int64, id identity) bool {
	return (x.state == pending || x.state == lost) && x.identity == id && max(time-x.time, x.time-time) <= copyWindow
}

func (t *Tracker) echoReply(p *decode.Packet, b []byte, r *Relation) {
	var e echo
	if !e.read(t, p, b, &p.Destination, &p.Source) {
		return
	}
	head := t.flows.find(&e.key, e.key.hash())
	if head != none {
		key := t.flows.rows[head].value.conversation<<16 | uint64(e.seq)
		if x := t.exchanges.match(key, &e, &forReply); x != nil {
			t.answer(p, x, &e, r)
			return
		}
	}
	if x := t.groupRequest(&e); x != nil {
		t.groupAnswer(p, x, &e, r)
		return
	}
	_, f := t.flowOf(head, &e.key, e.stack, p.Number)
	f.Unmatched++
	r.Role = Reply
}

// answer pairs a reply with the request of x.
func (t *Tracker) answer(p *decode.Packet, x *exchange, e *echo, r *Relation) {
	f, c := t.countsOf(x)
	if f != nil {
		t.flows.use(x.flow)
		f.lastFrame = p.Number
	}
	t.paired(p, x, e, r)
	if x.state == answered {
		t.again(p, x, x, e, c, r)
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
	t.measure(p, x, f, c, r)
	x.repliedAt(p.Number, t.clock.now, e.identity)
	if t.answers != nil {
		t.answers.answered(x.frame, r, p.Number)
	}
}

// again counts a further reply to an answered request, as a copy or as a duplicate. own is the exchange with the host that
// replied: that of the request, but for a group's.
func (t *Tracker) again(p *decode.Packet, own, request *exchange, e *echo, c *Counts, r *Relation) {
	if own.isReplyAgain(t.clock.now, e, request) {
		c.Copies++
		own.flags.count(replyCopy)
		r.Marks |= Copy
		r.CopyOf = own.frame + uint64(own.replyFrames)
		return
	}
	c.Duplicates++
	r.Marks |= Duplicate
	own.repliedAt(p.Number, t.clock.now, e.identity)
}

// received moves a request from where it is counted to the received ones.
func (t *Tracker) received(x *exchange, c *Counts) {
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
func (t *Tracker) paired(p *decode.Packet, x *exchange, e *echo, r *Relation) {
	r.Role, r.Peer = Reply, x.frame
	if p.HasTime && x.flags&untimed == 0 {
		r.RTT = p.Time - x.time
		if r.RTT < 0 {
			r.Marks |= Backwards
		}
	}
	// The checksum of ICMPv6 covers the addresses too, which are others if one of a group replies.
	if x.flags&toGroup != 0 && e.key.addressLength() != 4 {
		return
	}
	if x.identity.checksum != 0 && e.checksum != 0 && !e.returns(x.identity.checksum) && p.ChecksumState(p.Top) == decode.ChecksumGood {
		r.Marks |= Changed
	}
}

// measure adds a round-trip time to the flow's, unless there is none or it is negative.
func (t *Tracker) measure(p *decode.Packet, x *exchange, f *flow, c *Counts, r *Relation) {
	switch {
	case !p.HasTime || x.flags&untimed != 0:
	case r.Has(Backwards):
		c.Backwards++
	case f != nil:
		t.distributions.add(&f.rtt, r.RTT)
	}
}

// returns reports whether a reply's payload is, by the checksums, that of the request with a checksum: a reply differs from its
// request by nothing that they cover but the type and, in ICMPv6, the order of the addresses, to which a sum is blind. No checksum
// (0, where the network card computes it) tells nothing.
func (e *echo) returns(request uint16) bool {
	if request == 0 || e.checksum == 0 {
		return false
	}
	asks := e.key.question >> 16 & 0xff
	answers := uint64(0)
	if asks == echoRequestV6 {
		answers = 129
	}
	// RFC 1624 §3: in one's complement arithmetic, sum' = sum + (new - old). The type is the high byte of its word.
	return (uint64(^request)+answers<<8)%0xffff == (uint64(^e.checksum)+asks<<8)%0xffff
}
