package track

import (
	"cmp"
	"math"
	"slices"
)

// never is later than every time on the clock.
const never = math.MaxInt64

// Advance tells the tracker a packet's capture time, or, on a live capture that is silent, the time of day, in nanoseconds
// since the Unix epoch. It returns what the packets since the last call raised, and what timed out, in the order of the
// requests; the events are valid until the next call. It is the one place where timeouts happen. A time before the last one
// changes nothing, unless the clock of the capture was set back, which measures from then on.
func (t *Tracker) Advance(now int64) []Event {
	if t.clock.advance(now) < t.wake {
		return nil
	}
	t.events = t.events[:0]
	t.handOut()
	t.expireExchanges()
	t.expireQuestions()
	if len(t.raised) > 0 {
		t.handOut()
		slices.SortStableFunc(t.events, func(a, b Event) int { return cmp.Compare(a.Time, b.Time) })
	}
	t.wake = t.nextTimeout()
	return t.events
}

// handOut adds what was raised to the events.
func (t *Tracker) handOut() {
	t.events = append(t.events, t.raised...)
	t.raised = t.raised[:0]
}

// Finish tells the tracker that the capture ended at the time of its last packet. What has not timed out by then stays
// pending.
func (t *Tracker) Finish(now int64) []Event { return t.Advance(now) }

// wakeAt makes Advance look when the clock is at a time.
func (t *Tracker) wakeAt(time int64) { t.wake = min(t.wake, time) }

// nextTimeout returns when the next request times out or is forgotten.
func (t *Tracker) nextTimeout() int64 {
	next := int64(never)
	if e := &t.exchanges; e.due != e.head {
		next = min(next, e.at(e.due).born+t.timeout)
	}
	if e := &t.exchanges; e.tail != e.head {
		next = min(next, e.at(e.tail).born+t.memory())
	}
	if q := &t.questions; q.tail != q.head {
		next = min(next, q.at(q.tail).born+t.timeout)
	}
	return next
}

// memory returns how long a request is remembered: for longer than it is pending.
func (t *Tracker) memory() int64 { return max(memory, 2*t.timeout) }

// expireExchanges loses the echo requests that are due, and forgets old exchanges.
func (t *Tracker) expireExchanges() {
	e := &t.exchanges
	for ; e.due != e.head; e.due++ {
		x := e.at(e.due)
		if t.clock.now-x.born < t.timeout {
			break
		}
		if x.state == pending && x.flags&toGroup == 0 {
			t.lose(x)
		}
	}
	for e.tail != e.due && t.clock.now-e.at(e.tail).born >= t.memory() {
		e.drop()
	}
}

// lose counts a pending request as lost.
func (t *Tracker) lose(x *exchange) {
	t.settled(x, lost)
	f, c := t.countsOf(x)
	c.Pending--
	c.Lost++
	x.state = lost
	if f != nil && f.Lost == 1 && f.Received == 0 {
		key := &t.flows.rows[x.flow].key
		who := sweeper{key.asker, NotePingSweep, uint8(key.addressLength()), x.stack}
		t.silent(who, &key.target, asked{frame: x.frame, time: x.time}, x.born)
	}
	if t.answers != nil {
		t.answers.lost(x.frame)
	}
}

// makeRoom makes room for an exchange. What is not pending gives way first, and makes no difference but to later replies.
func (t *Tracker) makeRoom() {
	e := &t.exchanges
	for e.len() >= min(remembered, t.limits.MaxPending) {
		x := e.at(e.tail)
		if x.state == pending && x.flags&toGroup == 0 {
			if e.len() < t.limits.MaxPending {
				return
			}
			t.lose(x)
			t.evicted++
		}
		e.drop()
	}
}

// expireQuestions settles the questions for addresses that are due.
func (t *Tracker) expireQuestions() {
	q := &t.questions
	for q.tail != q.head && t.clock.now-q.at(q.tail).born >= t.timeout {
		t.expire(q.at(q.tail), q.tail)
		q.tail++
	}
}
