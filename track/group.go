package track

import (
	"encoding/binary"
)

// groupKey finds the groups that an asker asked with an identifier from a reply, which does not say which group it was.
type groupKey struct {
	asker    [16]byte
	question uint64 // as in flowKey
}

func (k *flowKey) group() groupKey { return groupKey{k.asker, k.question} }

// groupFlow names a row of the table of flows, none by its zero value.
type groupFlow struct {
	slotPlusOne, generation uint32
}

// maxGroups is the number of groups that are looked at for one reply.
const maxGroups = 16

// responderKey names a host that answered requests of a conversation with a group, on one stack: another host may have its address
// on another.
type responderKey struct {
	conversation uint64
	address      [16]byte
	stack        uint64
}

// respondersKey returns the key of a host that answered the requests of a flow.
func respondersKey(of *row[flowKey, flow], address [16]byte) responderKey {
	return responderKey{of.value.conversation, address, uint64(of.stack)}
}

// responder is a host that answered: its replies are numbered by a conversation of their own, with which duplicates and
// copies of them are found as any others are.
type responder struct {
	conversation uint64
	before       [16]byte // the responder of the same flow found before this one
}

// isGroup reports whether many may answer a packet: it goes to a multicast group (RFC 1112 §4, RFC 4291 §2.7), to
// everyone (RFC 919 §7), or in a frame to everyone, which is how a directed broadcast ends.
func isGroup(to uint64, target []byte) bool {
	if len(target) == 4 && target[0]>>4 == 0xe || len(target) == 16 && target[0] == 0xff {
		return true
	}
	if len(target) == 4 && [4]byte(target) == [4]byte{255, 255, 255, 255} {
		return true
	}
	return to == 1<<48-1
}

// joinGroup records that a flow's requests go to a group.
func (t *Tracker) joinGroup(slot uint32, key *flowKey) {
	f := &t.flows.rows[slot].value
	if f.group {
		return
	}
	f.group = true
	f.otherGroup = t.groups[key.group()]
	t.groups[key.group()] = groupFlow{slot + 1, t.flows.rows[slot].generation}
}

// leaveGroup forgets a flow whose requests went to a group.
func (t *Tracker) leaveGroup(slot uint32, r *row[flowKey, flow]) {
	if key := r.key.group(); r.value.group && t.groups[key].slotPlusOne == slot+1 {
		if r.value.otherGroup == (groupFlow{}) {
			delete(t.groups, key)
		} else {
			t.groups[key] = r.value.otherGroup
		}
	}
}

// groupRequest returns the request that the reply of one of many answers, or nil.
func (t *Tracker) groupRequest(e *echo) *exchange {
	next := t.groups[e.key.group()]
	for range maxGroups {
		if next.slotPlusOne == 0 {
			break
		}
		f := t.flows.of(next.slotPlusOne-1, next.generation)
		if f == nil {
			break
		}
		if x := t.exchanges.match(f.conversation<<16|uint64(e.seq), e); x != nil {
			return x
		}
		next = f.otherGroup
	}
	if e.key.addressLength() == 4 {
		return t.directedBroadcast(e)
	}
	return nil
}

// directedBroadcast returns the request to the broadcast address of a network that the responder is in (RFC 919 §7): on
// its way there, such a request looks like any other. Networks of 8 to 24 host bits are tried. The broadcast addresses of
// smaller ones are hosts of others, and a reply whose own request was not captured would pair with theirs.
func (t *Tracker) directedBroadcast(e *echo) *exchange {
	host := binary.BigEndian.Uint32(e.key.target[:])
	key := e.key
	for bits := 8; bits <= 24; bits++ {
		address := host | (1<<bits - 1)
		if address == host {
			continue
		}
		binary.BigEndian.PutUint32(key.target[:], address)
		head := t.flows.find(&key, key.hash())
		if head == none {
			continue
		}
		conversation := t.flows.rows[head].value.conversation
		if x := t.exchanges.match(conversation<<16|uint64(e.seq), e); x != nil {
			return x
		}
	}
	return nil
}

// groupAnswer pairs the reply of one of many with the request of x.
func (t *Tracker) groupAnswer(m *Message, x *exchange, r *Relation) {
	f, c := t.countsOf(x)
	t.paired(m, x, r)
	r.Marks |= Group
	t.rememberReply(m)
	if f == nil {
		return
	}
	t.flows.use(x.flow)
	f.lastFrame = m.frame
	t.joinGroup(x.flow, &t.flows.rows[x.flow].key)
	x.flags |= toGroup

	known := f.Responders
	conversation, ok := t.responder(&t.flows.rows[x.flow], m.echo.key.target)
	if !ok {
		return
	}
	if f.Responders > known && int(f.Responders) >= t.notes.threshold[NoteAmplification] {
		t.amplified(m, x)
	}
	key := conversation<<16 | uint64(m.echo.seq)
	older, again := t.exchanges.find(key)
	if own := t.exchanges.at(older); again && own.frame == x.frame {
		t.again(m, own, x, c, r)
		return
	}
	late := t.late(x, r)
	if late {
		r.Marks |= Late
	}
	if x.state != answered {
		t.received(x, c)
		x.replyAge = x.age(t.clock.now)
		if late {
			c.Late++
		}
		if t.answers != nil {
			t.answers.answered(x.frame, r, m.frame)
		}
	}
	t.measure(m, x, f, c, r)

	request := *x // making room may overwrite it
	t.makeRoom()
	own := t.exchanges.remember(key, t.clock.now, older, again)
	own.time, own.frame = request.time, request.frame
	own.flow, own.generation, own.stack = request.flow, request.generation, request.stack
	own.state, own.flags = answered, request.flags
	own.repliedAt(m.frame, t.clock.now, m.echo.identity)
}

// responder returns the conversation of a responder with a flow, or false if there is no room for one more.
func (t *Tracker) responder(of *row[flowKey, flow], address [16]byte) (conversation uint64, ok bool) {
	f, key := &of.value, respondersKey(of, address)
	if r, ok := t.responders[key]; ok {
		return r.conversation, true
	}
	if len(t.responders) >= t.limits.MaxResponders {
		t.evicted++
		return 0, false
	}
	t.conversations++
	r := responder{conversation: t.conversations, before: f.lastResponder}
	t.responders[key] = r
	f.lastResponder = address
	f.Responders++
	return r.conversation, true
}

// forgetResponders forgets the responders of a flow.
func (t *Tracker) forgetResponders(of *row[flowKey, flow]) {
	f := &of.value
	for range f.Responders {
		key := respondersKey(of, f.lastResponder)
		f.lastResponder = t.responders[key].before
		delete(t.responders, key)
	}
}
