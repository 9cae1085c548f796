package track

import "github.com/icmpsniff/icmpsniff/decode"

// asked is a request for an address.
type asked struct {
	frame uint64
	time  int64 // capture time
	timed bool  // false if the frame carries none
}

// question is a request for an address until its timeout.
type question struct {
	asked
	born            int64 // on the tracker's clock
	row, generation uint32
	older           uint32 // how many positions before this one the row's previous question is; 0 if it is gone
	answered        bool
	probe           bool
}

// ask records a question.
func (t *Tracker) ask(p *decode.Packet, key *resolutionKey, mac [6]byte, r *Relation) {
	stack := t.stacks.of(p.Segments)
	slot := t.resolutions.onStack(t.resolutions.find(key, key.hash()), stack)
	if slot == none {
		slot = t.resolutions.add(key, key.hash(), stack)
		t.resolutions.rows[slot].value = resolution{firstFrame: p.Number}
		target := t.announcements[key.of(stack)]
		target.rows++
		t.announcements[key.of(stack)] = target
	}
	v := &t.resolutions.rows[slot].value
	t.resolutions.rows[slot].used = v.requests > 0
	t.heed(key, stack, v)
	if first := t.askedJustNow(v, p, mac); first != nil {
		r.Role, r.Marks, r.CopyOf = Request, Copy, first.frame
		t.said(StepQuestion, p, key, mac, r)
		return
	}
	t.makeRoomForQuestion()
	q, pos := t.questions.push()
	*q = question{
		asked: asked{p.Number, p.Time, p.HasTime}, born: t.clock.now,
		row: slot, generation: t.resolutions.rows[slot].generation, probe: key.probing(),
	}
	if last := v.latest - 1; v.latest != 0 && t.questions.holds(last) {
		q.older = uint32(pos - last)
	}
	v.latest = pos + 1
	v.requests++
	v.askerMAC, v.lastRequest, v.lastFrame = mac, q.asked, p.Number
	if v.waiting == 0 {
		v.waiting = p.Number
	}
	t.wakeAt(q.born + t.timeout)
	r.Role = Request
	t.said(StepQuestion, p, key, mac, r)
	if q.probe {
		r.Marks = Unpaired
	} else {
		t.totals.Requests++
	}
}

// askedJustNow returns the row's latest question if one more from mac is that one, seen again, nil if not. Who asks again sends
// the same packet again, but waits longer than copies take (1 s by RFC 4861 §10, RETRANS_TIMER, and on Linux by ARP, too). By
// capture times, as the tracker's clock stands still where there are none, and where they jump back.
func (t *Tracker) askedJustNow(v *resolution, p *decode.Packet, mac [6]byte) *question {
	last := v.latest - 1
	if v.latest == 0 || v.askerMAC != mac || !t.questions.holds(last) {
		return nil
	}
	q := t.questions.at(last)
	if q.answered || !q.timed || !p.HasTime || max(decode.Between(q.time, p.Time), decode.Between(p.Time, q.time)) > anonymousWindow {
		return nil
	}
	return q
}

// tell records a statement to the asker of key that the target is at mac. It answers all requests that wait.
func (t *Tracker) tell(p *decode.Packet, key *resolutionKey, mac [6]byte, r *Relation) {
	r.Role = Reply
	defer t.said(StepAnswer, p, key, mac, r)
	slot := t.rowOf(key, t.stacks.of(p.Segments))
	if slot == none {
		return
	}
	v := t.resolutions.use(slot)
	t.heed(key, t.resolutions.rows[slot].stack, v)
	if oldest := t.answerQuestions(v, p.Number); oldest != nil {
		t.answerOldest(p, v, oldest.asked, r)
	} else if v.open > 0 {
		t.answerOldest(p, v, v.lastRequest, r)
		if r.RTT >= t.timeout {
			r.Marks |= Late
		}
	} else if v.lastPeer != 0 && t.clock.now-v.replyAge <= memory {
		r.Peer = v.lastPeer
		if p.HasTime && v.lastRequest.timed && v.lastPeer == v.lastRequest.frame {
			r.RTT = decode.Between(v.lastRequest.time, p.Time)
		}
		// Two packets with one MAC address and no question in between are one, seen twice; there is no identifier to tell.
		if v.replyMAC == mac && t.clock.now-v.replyAge <= copyWindow {
			r.Marks |= Copy
			r.CopyOf = v.lastReply
			return
		}
		r.Marks |= Duplicate
	} else {
		return
	}
	v.answeredBy(p.Number, mac)
	v.lastReply, v.replyAge, v.replyMAC, v.lastFrame = p.Number, t.clock.now, mac, p.Number
	v.lastPeer = r.Peer
}

// rowOf returns the slot of the row that a reply on a stack answers: on its own stack if there is one, else on any,
// rather one that waits; none if there is none.
func (t *Tracker) rowOf(key *resolutionKey, stack uint16) uint32 {
	head := t.resolutions.find(key, key.hash())
	if slot := t.resolutions.onStack(head, stack); slot != none {
		return slot
	}
	for slot := head; slot != none; slot = t.resolutions.rows[slot].next {
		if t.resolutions.rows[slot].value.waiting != 0 {
			return slot
		}
	}
	return head
}

// answerQuestions answers the questions of a row that wait, and returns the oldest of them, nil if there was none.
func (t *Tracker) answerQuestions(v *resolution, frame uint64) *question {
	var oldest *question
	for pos := v.latest - 1; v.latest != 0 && t.questions.holds(pos); {
		q := t.questions.at(pos)
		if q.answered || q.frame < v.settled {
			break
		}
		q.answered = true
		oldest = q
		if !q.probe {
			t.totals.Answered++
		}
		if t.answers != nil {
			t.answers.answered(q.frame, &Relation{RTT: t.clock.now - q.born}, frame)
		}
		if q.older == 0 {
			break
		}
		pos -= uint64(q.older)
	}
	return oldest
}

// answerOldest pairs a reply with the request that waited for it longest.
func (t *Tracker) answerOldest(p *decode.Packet, v *resolution, request asked, r *Relation) {
	r.Peer = request.frame
	if p.HasTime && request.timed {
		r.RTT = decode.Between(request.time, p.Time)
		if r.RTT < 0 {
			r.Marks |= Backwards
		} else {
			v.rtt.add(r.RTT)
		}
	}
	if t.answers != nil {
		t.answers.answered(request.frame, r, p.Number)
	}
}

// announce records a host's statement, to all, that the target is at mac. Who waits for the address heeds it when it
// matters.
func (t *Tracker) announce(p *decode.Packet, key *resolutionKey, mac [6]byte, r *Relation) {
	target := key.of(t.stacks.of(p.Segments))
	if a, ok := t.announcements[target]; ok {
		if a.latest.mac != mac {
			a.other = a.latest
		}
		a.latest = announcement{asked{p.Number, p.Time, p.HasTime}, mac}
		t.announcements[target] = a
	}
	r.Marks = Unpaired
	t.said(StepAnnouncement, p, key, mac, r)
}

// heed lets a row's requests be answered by the target's latest announcement, if that came after one that still has no
// answer. A host that probed an address and then announces it has not answered itself; who announces it after the prober
// stopped listening has not answered, either, but inherits the address or defends it.
func (t *Tracker) heed(key *resolutionKey, stack uint16, v *resolution) {
	if v.waiting == 0 && v.open == 0 {
		return
	}
	said := t.announcements[key.of(stack)]
	a := said.latest
	if key.probing() {
		if a.mac == key.prober {
			a = said.other
		}
		if a.frame < v.lastRequest.frame || a.timed && v.lastRequest.timed && decode.Between(v.lastRequest.time, a.time) > probing {
			return
		}
	}
	if a.frame <= v.settled || v.open == 0 && a.frame < v.waiting {
		return
	}
	if v.open > 0 && a.frame < v.since {
		return
	}
	v.answeredBy(a.frame, a.mac)
	v.lastFrame = max(v.lastFrame, a.frame)
	if v.lastRequest.frame > a.frame {
		v.waiting = a.frame + 1
	}
}

// expire settles a question whose timeout has passed: here, and nowhere else, a question is found to be unanswered.
func (t *Tracker) expire(q *question, pos uint64) {
	if q.answered {
		return
	}
	v := t.resolutions.of(q.row, q.generation)
	if v == nil {
		t.totals.unanswered(q)
		return
	}
	r := &t.resolutions.rows[q.row]
	t.heed(&r.key, r.stack, v)
	if q.frame < v.settled {
		if !q.probe {
			t.totals.Answered++
		}
		if t.answers != nil {
			t.answers.answered(q.frame, &Relation{}, v.settled)
		}
		return
	}
	t.silence(q, &r.key, r.stack, v.askerMAC)
	v.unanswered++
	v.inVain[v.open%maxSolicit] = q.frame
	v.open++
	if v.open == 1 {
		v.since = q.frame
	}
	v.waiting = 0
	if v.latest-1 != pos {
		v.waiting = q.frame + 1
	}
	t.totals.unanswered(q)
	if q.probe {
		return
	}
	if t.answers != nil {
		t.answers.lost(q.frame)
	}
	if v.unanswered == 1 && v.replies == 0 && !r.key.protocol.reverse() {
		t.silent(sweeper{r.key.asker, sweepOf[r.key.protocol], r.key.length, r.stack}, &r.key.target, q.asked, q.born)
	}
	e := Event{
		Kind: Unanswered, Time: q.time + t.timeout, Protocol: r.key.protocol, AskerMAC: v.askerMAC, Segments: t.stacks.segments(r.stack),
		Frame: q.frame, Unanswered: v.open, Since: v.since,
	}
	e.Asker, e.Target, e.TargetMAC = r.key.ends()
	t.events = append(t.events, e)
}

func (s *Totals) unanswered(q *question) {
	if !q.probe {
		s.Unanswered++
	}
}

// makeRoomForQuestion gives up the oldest question if there are too many: it counts as unanswered.
func (t *Tracker) makeRoomForQuestion() {
	q := &t.questions
	if q.len() < t.limits.MaxPending {
		return
	}
	events := len(t.events)
	t.expire(q.at(q.tail), q.tail)
	t.events = t.events[:events]
	q.tail++
	t.evicted++
}
