package explain

import (
	"math"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/report"
)

// Bounds of what a story remembers.
const (
	maxRuns  = 16   // that are gathered at once
	maxKnown = 4096 // steps that were told
)

// Of steps that only differ in whom they are about, as in a sweep, so many are told in a spell of the capture's time: of one who
// began, and of a kind. The others are summed up.
const (
	spell    = int64(time.Minute)
	maxBegun = 8
	maxHops  = 32 // probes of one who traces a path
	maxKind  = 64
	maxAlike = 3 // runs that are told one by one
)

// many reports whether enough steps like this one were told of late, and counts it.
func (s *Story) many(st *step, now int64) bool {
	if now-s.late >= spell || len(s.alike) >= maxKnown {
		clear(s.alike)
		s.late = now
	}
	kind := stepKey{kind: st.key.kind}
	begun := kind
	begun.a = st.key.a
	s.alike[kind]++
	switch {
	case s.alike[kind] > maxKind:
		st.group = kind
		return true
	case !st.key.a.IsValid():
		return false
	}
	limit := maxBegun
	if kind.kind == probe {
		limit = maxHops
	}
	if s.alike[begun]++; s.alike[begun] > limit {
		st.group = begun
		return true
	}
	return false
}

// run is what repeats a step, gathered until something else happens.
type run struct {
	key               stepKey
	title             string // of the first of them
	first, last       uint64 // frames
	count             uint64
	asked, answered   uint64
	shortest, longest int64 // ns, of answers with a round-trip time
	since             int64 // capture time of the first
	digits            uint8
}

// known reports whether a step was told before, and remembers it.
func (s *Story) known(k stepKey) bool {
	if s.told[k] {
		return true
	}
	if len(s.told) == maxKnown {
		clear(s.told) // it is told once more, and no harm is done
	}
	s.told[k] = true
	return false
}

// repeat counts a step as one more of its kind.
func (s *Story) repeat(st *step, p *decode.Packet) {
	group := st.group
	if group == (stepKey{}) {
		group = st.key
	}
	var r *run
	for i := range s.runs {
		if s.runs[i].key == group {
			r = &s.runs[i]
		}
	}
	if r == nil {
		s.runs = append(s.runs, run{key: group, title: st.title, first: p.Number, shortest: math.MaxInt64, since: p.Time, digits: p.Digits})
		r = &s.runs[len(s.runs)-1]
	}
	r.last = p.Number
	r.count++
	if st.asks {
		r.asked++
	}
	if st.answers {
		r.answered++
		if st.rtt > 0 {
			r.shortest, r.longest = min(r.shortest, st.rtt), max(r.longest, st.rtt)
		}
	}
}

// full reports whether it is time to tell of what repeats before there is more: there is much of it, or, where Options say so, it
// has long gone on.
func (s *Story) full(now int64) bool {
	if len(s.runs) >= maxRuns {
		return true
	}
	return s.options.Patience > 0 && len(s.runs) > 0 && now-s.runs[0].since >= int64(s.options.Patience)
}

// fold makes one run of those that differ only in whom they are about, if there are many.
func (s *Story) fold() {
	alike := map[stepKey]int{}
	begun := func(r *run) stepKey { return stepKey{kind: r.key.kind, a: r.key.a} }
	for i := range s.runs {
		alike[begun(&s.runs[i])]++
	}
	kept := s.runs[:0]
	first := map[stepKey]int{}
	for _, r := range s.runs {
		key := begun(&r)
		at, again := first[key]
		switch {
		case alike[key] <= maxAlike:
			kept = append(kept, r)
		case !again:
			first[key] = len(kept)
			r.key = key
			kept = append(kept, r)
		default:
			kept[at].add(&r)
		}
	}
	s.runs = kept
}

// add adds another run to one that began before.
func (r *run) add(o *run) {
	r.first, r.last = min(r.first, o.first), max(r.last, o.last)
	r.count += o.count
	r.asked += o.asked
	r.answered += o.answered
	r.shortest, r.longest = min(r.shortest, o.shortest), max(r.longest, o.longest)
}

// flush appends what repeated earlier steps, in the order in which it began.
func (s *Story) flush(dst []byte) []byte {
	if len(s.runs) == 0 {
		return dst
	}
	s.fold()
	dst = append(dst, '\n')
	for i := range s.runs {
		r := &s.runs[i]
		a := args{"frames": span(r.first, r.last), "n": number(r.count), "asked": number(r.asked), "answered": number(r.answered),
			"title": r.title, "from": r.key.a.String(), "to": r.key.b.String()}
		key := "run"
		switch {
		case r.key.b.IsValid() && r.asked+r.answered == r.count && r.asked > 0 && r.longest > 0:
			key = "run.exchange"
			if r.asked == r.answered {
				key = "run.exchange.all"
			}
			a["range"] = milliseconds(r.shortest, r.digits) + "-" + milliseconds(r.longest, r.digits)
			if r.shortest == r.longest {
				a["range"] = milliseconds(r.shortest, r.digits)
			}
		case r.asked == r.count:
			key = "run.questions"
		}
		dst = appendWrapped(dst, indent, s.words.say(key, a))
	}
	s.runs = s.runs[:0]
	return dst
}

// milliseconds writes ns with as many digits as a capture's clock has.
func milliseconds(ns int64, digits uint8) string { return report.Milliseconds(float64(ns), digits) }
