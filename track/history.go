package track

// history is what drawings are made of, and tables are not: how flows went over time, and the first questions for addresses
// one by one. It is kept only if [Options] ask for it; of others, each request costs a comparison with nil.
type history struct {
	courses courses
	steps   steps
}

// settled records what became of the request of x, before x and its flow's counts say so.
func (t *Tracker) settled(x *exchange, now state) {
	if t.history == nil || x.flags&untimed != 0 {
		return
	}
	m := t.momentOf(x)
	if m == nil {
		return
	}
	m.settle(x.state, -1)
	m.settle(now, 1)
}

// timed records the round-trip time of a reply to the request of x, which has settled.
func (t *Tracker) timed(x *exchange, rtt int64) {
	if t.history == nil {
		return
	}
	if m := t.momentOf(x); m != nil {
		m.add(rtt)
	}
}

// momentOf returns the moment that the request of x belongs to, nil if its flow has no course. A flow gets one with the first
// request that settles, so that every course is complete.
func (t *Tracker) momentOf(x *exchange) *moment {
	f := t.flows.of(x.flow, x.generation)
	if f == nil {
		return nil
	}
	h := &t.history.courses
	c := h.of(x.flow, x.generation)
	if c == nil && f.Received+f.Lost == 0 {
		c = h.begin(x.flow, x.generation, x.time)
	}
	if c == nil {
		return nil
	}
	return c.at(x.time)
}

// courseOf returns the course of the flow in a slot, nil if there is none.
func (t *Tracker) courseOf(slot uint32) *Course {
	if t.history == nil {
		return nil
	}
	r := &t.flows.rows[slot]
	c := t.history.courses.of(slot, r.generation)
	if c == nil {
		return nil
	}
	course := c.course()
	course.Times = t.distributions.times(&r.value.rtt)
	return course
}
