package explain

import (
	"math"
	"strconv"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Bounds of what a story remembers.
const (
	maxRuns  = 16   // that are gathered at once
	maxKnown = 4096 // steps that were told
)

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

// full reports whether it is time to tell of what repeats: there is too much of it, or, where Options say so, it has long gone on.
func (s *Story) full(now int64) bool {
	if len(s.runs) > maxRuns {
		return true
	}
	return s.options.Patience > 0 && len(s.runs) > 0 && now-s.runs[0].since >= int64(s.options.Patience)
}

// flush appends what repeated earlier steps, in the order in which it began.
func (s *Story) flush(dst []byte) []byte {
	if len(s.runs) == 0 {
		return dst
	}
	dst = append(dst, '\n')
	for i := range s.runs {
		r := &s.runs[i]
		a := args{"frames": span(r.first, r.last), "n": number(r.count), "asked": number(r.asked), "answered": number(r.answered),
			"title": r.title, "from": r.key.a.String(), "to": r.key.b.String()}
		key := "run"
		switch {
		case r.asked+r.answered == r.count && r.asked > 0 && r.longest > 0:
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
func milliseconds(ns int64, digits uint8) string {
	return strconv.FormatFloat(float64(ns)/1e6, 'f', min(max(int(digits), 3), 9)-3, 64)
}
