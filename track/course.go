package track

import (
	"math"
	"slices"
)

// Course is how a flow went over time: what became of its requests, by when they were sent. Requests without a capture time
// are left out.
type Course struct {
	Width   int64    // ns: requests of one moment were sent no further apart
	Moments []Moment // by time, no more than 256
	Times   []Time   // the distribution of the round-trip times; nil where percentiles are not known
}

// Moment is what became of the requests that were sent at nearly the same time. Lost counts Errors, as Counts do; requests that
// are pending are not counted.
type Moment struct {
	Time                   int64 // capture time of the first of the requests, ns since the Unix epoch
	Received, Lost, Errors uint64
	N                      uint64 // round-trip times, which are 0 without any
	Min, Max               int64  // ns
	Avg                    float64
}

// Time is a round-trip time, ns, and how often it was measured; within SketchAccuracy where the flow's RTT is sketched.
type Time struct {
	RTT float64
	N   uint64
}

// Bounds of courses. All of them together take 3 MiB.
const (
	maxCourses = 200
	maxMoments = 256 // of a course: more than a drawing has room for
)

// finestMoment is log2 of the width of moments at first, ns: a microsecond, in which no two requests are sent.
const finestMoment = 10

// courses are those of flows, by the slot and the generation of their rows.
type courses struct {
	list    []course
	numbers map[courseOwner]int // indices of the list
	hand    int
}

type courseOwner struct{ slot, generation uint32 }

// course is a flow's. Moments are as wide as they must be for all to fit: where they do not, neighbors are joined.
type course struct {
	owner   courseOwner
	origin  int64
	width   uint8 // log2 of the width of a moment, ns
	moments []moment
}

// moment is a Moment whose mean is not yet divided.
type moment struct {
	place                  int64 // (time − origin) >> width
	time                   int64
	received, lost, errors uint32
	n                      uint32
	min, max               int64
	sum                    uint64
}

func (h *courses) of(slot, generation uint32) *course {
	if i, ok := h.numbers[courseOwner{slot, generation}]; ok {
		return &h.list[i]
	}
	return nil
}

// begin gives a flow a course. If there is room for no more, one of a flow that had a single moment gives way, which is no
// course to draw, so that a sweep does not take the place of the pings after it; failing that, the flow has none.
func (h *courses) begin(slot, generation uint32, time int64) *course {
	i := len(h.list)
	if i < maxCourses {
		h.list = append(h.list, course{})
	} else {
		if i = h.dispensable(); i == maxCourses {
			return nil
		}
		delete(h.numbers, h.list[i].owner)
	}
	c := &h.list[i]
	*c = course{owner: courseOwner{slot, generation}, origin: time, width: finestMoment, moments: c.moments[:0]}
	if h.numbers == nil {
		h.numbers = make(map[courseOwner]int, maxCourses)
	}
	h.numbers[c.owner] = i
	return c
}

// dispensable returns the number of a course of a single moment, maxCourses if there is none.
func (h *courses) dispensable() int {
	for range maxCourses {
		i := h.hand
		h.hand = (h.hand + 1) % maxCourses
		if len(h.list[i].moments) <= 1 {
			return i
		}
	}
	return maxCourses
}

// release forgets the course of a flow whose row is given up.
func (h *courses) release(slot, generation uint32) {
	if c := h.of(slot, generation); c != nil {
		c.moments = c.moments[:0] // dispensable from now on
	}
}

// at returns the moment of a capture time, made if there is none. It is valid until the next call.
func (c *course) at(time int64) *moment {
	for {
		place := (time - c.origin) >> c.width
		i, found := slices.BinarySearchFunc(c.moments, place, func(m moment, place int64) int {
			switch {
			case m.place < place:
				return -1
			case m.place > place:
				return 1
			}
			return 0
		})
		if found {
			m := &c.moments[i]
			m.time = min(m.time, time)
			return m
		}
		if len(c.moments) < maxMoments {
			c.moments = slices.Insert(c.moments, i, moment{place: place, time: time, min: math.MaxInt64})
			return &c.moments[i]
		}
		c.join()
	}
}

// join makes moments twice as wide until a quarter of the room is free, so that it is not called again soon.
func (c *course) join() {
	for len(c.moments) > maxMoments*3/4 {
		c.width++
		kept := c.moments[:0]
		for _, m := range c.moments {
			m.place >>= 1
			if last := len(kept) - 1; last >= 0 && kept[last].place == m.place {
				kept[last].join(&m)
			} else {
				kept = append(kept, m)
			}
		}
		c.moments = kept
	}
}

func (m *moment) join(o *moment) {
	m.time = min(m.time, o.time)
	m.received += o.received
	m.lost += o.lost
	m.errors += o.errors
	m.n += o.n
	m.min, m.max = min(m.min, o.min), max(m.max, o.max)
	m.sum += o.sum
}

// settle counts a request that came to a state, or, by −1, that left it.
func (m *moment) settle(s state, by int32) {
	switch s {
	case answered:
		m.received += uint32(by)
	case refused:
		m.errors += uint32(by)
		m.lost += uint32(by)
	case lost:
		m.lost += uint32(by)
	}
}

// add counts a round-trip time.
func (m *moment) add(rtt int64) {
	m.n++
	m.min, m.max = min(m.min, rtt), max(m.max, rtt)
	m.sum += uint64(rtt)
}

// course returns the course as the summary shows it, but for the distribution.
func (c *course) course() *Course {
	s := &Course{Width: 1 << c.width, Moments: make([]Moment, len(c.moments))}
	for i := range c.moments {
		m := &c.moments[i]
		s.Moments[i] = Moment{Time: m.time, Received: uint64(m.received), Lost: uint64(m.lost), Errors: uint64(m.errors)}
		if m.n > 0 {
			s.Moments[i].N, s.Moments[i].Min, s.Moments[i].Max, s.Moments[i].Avg = uint64(m.n), m.min, m.max, float64(m.sum)/float64(m.n)
		}
	}
	return s
}

// times returns a flow's round-trip times with how often each was measured, in no order; nil if they are not known.
func (d *distributions) times(s *roundTrips) []Time {
	if s.distribution == 0 {
		return nil
	}
	v := &d.list[s.distribution-1]
	var times []Time
	if v.sketch != nil {
		v.condense()
		v.sketch.ForEach(func(rtt, n float64) bool {
			times = append(times, Time{rtt, uint64(n)})
			return false
		})
		return times
	}
	for _, rtt := range v.exact {
		times = append(times, Time{float64(rtt), 1})
	}
	return times
}
