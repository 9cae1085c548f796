package explain

import (
	"math"
	"strconv"
	"strings"

	"github.com/icmpsniff/icmpsniff/track"
)

// End appends what is known at the end.
func (s *Story) End(dst []byte, sum *track.Summary) []byte {
	dst = s.flush(dst)
	for _, section := range []func(*track.Summary) []*step{s.statistics, s.resolutions, s.paths, s.pathMTUs, s.clocks} {
		steps := section(sum)
		rest := 0
		if s.options.Limit > 0 && len(steps) > s.options.Limit {
			rest, steps = len(steps)-s.options.Limit, steps[:s.options.Limit]
		}
		for _, st := range steps {
			dst = s.tellBetween(dst, st)
		}
		if rest > 0 {
			dst = appendWrapped(dst, indent, s.words.say("more", args{"n": strconv.Itoa(rest)}))
		}
	}
	return dst
}

// span writes the first and the last frame of something.
func span(first, last uint64) string {
	if first == last {
		return number(first)
	}
	return number(first) + "-" + number(last)
}

// statistics are those that ping prints.
func (s *Story) statistics(sum *track.Summary) (steps []*step) {
	for i := range sum.Flows {
		f := &sum.Flows[i]
		a := args{"from": f.Source.String(), "to": f.Destination.String(), "id": hex16(f.ID), "sent": number(f.Sent), "received": number(f.Received),
			"lost": number(f.Lost), "pending": number(f.Pending), "frames": span(f.FirstFrame, f.LastFrame), "errors": number(f.Errors),
			"duplicates": number(f.Duplicates), "late": number(f.Late), "responders": number(f.Responders)}
		st := &step{title: s.words.say("statistics", a)}
		switch percent, known := f.LossPercent(); {
		case f.Group:
			st.says(s, "statistics.group", a)
		case f.Sent == 0:
			st.says(s, "statistics.unmatched", a.with(args{"n": number(f.Unmatched)}))
		case known:
			a["percent"] = strconv.FormatFloat(percent, 'f', 1, 64)
			a["decided"] = number(f.Sent - f.Pending)
			st.says(s, "statistics.counts", a)
		default:
			st.says(s, "statistics.pending", a)
		}
		if f.RTT.N > 0 {
			r := &f.RTT
			st.says(s, "statistics.rtt", a.with(args{"min": milliseconds(r.Min, s.digits), "avg": milliseconds(int64(r.Avg), s.digits), "max": milliseconds(r.Max, s.digits),
				"mdev": milliseconds(int64(r.MDev), s.digits)}))
			s.teaches(st, "statistics.rtt.why", a)
		}
		for _, c := range []struct {
			n   uint64
			key string
		}{{f.Errors, "statistics.errors"}, {f.Duplicates, "statistics.duplicates"}, {f.Late, "statistics.late"}, {f.Pending, "statistics.waiting"}} {
			if c.n > 0 && !f.Group {
				st.says(s, c.key, a)
			}
		}
		if f.Lost > f.Errors {
			s.teaches(st, "statistics.lost.why", a)
		}
		steps = append(steps, st)
	}
	return steps
}

// resolutions are the questions for addresses whose end is worth a word: those that nobody answered, and probes.
func (s *Story) resolutions(sum *track.Summary) (steps []*step) {
	for i := range sum.Resolutions {
		r := &sum.Resolutions[i]
		if r.Status == track.StatusAnswered || r.Status == track.StatusPending {
			continue
		}
		a := args{"asker": address(r.Asker), "target": address(r.Target), "n": number(r.Requests), "unanswered": number(r.Unanswered),
			"frames": span(r.FirstFrame, r.LastFrame), "mac": mac(r.AskerMAC[:]), "by": macs(r.AnsweredBy)}
		if !r.Target.IsValid() {
			a["target"], a["asker"] = mac(r.TargetMAC[:]), mac(r.AskerMAC[:])
		}
		key := "resolution." + r.Status.String()
		if r.Status == track.StatusUnanswered && (r.Protocol == track.RARP || r.Protocol == track.InARP) {
			key = "resolution.reverse"
		}
		st := &step{title: s.words.say(key, a)}
		st.says(s, key+".what", a)
		s.teaches(st, key+".why", a)
		steps = append(steps, st)
	}
	return steps
}

func macs(all [][6]byte) string {
	list := make([]string, len(all))
	for i, m := range all {
		list[i] = mac(m[:])
	}
	return strings.Join(list, ", ")
}

// paths are those that traceroute and its like walked, hop by hop.
func (s *Story) paths(sum *track.Summary) (steps []*step) {
	for i := range sum.Paths {
		p := &sum.Paths[i]
		a := args{"from": p.Source.String(), "to": p.Destination.String(), "frames": span(p.FirstFrame, p.LastFrame),
			"method": strings.ToUpper(p.Method.String()), "n": strconv.Itoa(len(p.Hops))}
		st := &step{title: s.words.say("path", a)}
		for j := range p.Hops {
			h := &p.Hops[j]
			b := args{"ttl": strconv.Itoa(h.TTL), "sent": number(h.Sent), "received": number(h.Received)}
			if len(h.Responders) == 0 {
				st.says(s, "path.silent", b)
				continue
			}
			var who []string
			for k := range h.Responders {
				r := &h.Responders[k]
				text := r.Address.String()
				if r.RTT.N > 0 {
					text += " " + milliseconds(int64(r.RTT.Avg), s.digits) + " ms"
				}
				who = append(who, text)
			}
			st.says(s, "path.hop", b.with(args{"who": strings.Join(who, ", ")}))
		}
		if p.Reached {
			st.says(s, "path.reached", a)
		} else {
			st.says(s, "path.unreached", a)
		}
		s.teaches(st, "path.why", a)
		steps = append(steps, st)
	}
	return steps
}

// pathMTUs are the smallest MTUs that routers told.
func (s *Story) pathMTUs(sum *track.Summary) (steps []*step) {
	for i := range sum.PathMTUs {
		m := &sum.PathMTUs[i]
		a := args{"to": m.Destination.String(), "mtu": number(uint64(m.MTU)), "router": m.Reporter.String(), "frame": number(m.Frame), "from": address(m.Sender),
			"exceeded": number(m.Exceeded)}
		st := &step{title: s.words.say("pathmtu", a)}
		st.says(s, [...]string{track.ObeyedUnknown: "pathmtu.unknown", track.Obeyed: "pathmtu.obeyed", track.Disobeyed: "pathmtu.disobeyed"}[m.Obeyed], a)
		s.teaches(st, "pathmtu.why", a)
		steps = append(steps, st)
	}
	return steps
}

// clocks are what timestamp replies tell of hosts' clocks.
func (s *Story) clocks(sum *track.Summary) (steps []*step) {
	for i := range sum.Clocks {
		c := &sum.Clocks[i]
		if c.Samples == 0 {
			continue
		}
		a := args{"from": c.Source.String(), "to": c.Destination.String(), "n": number(c.Samples), "offset": milliseconds(int64(math.Abs(c.Offset)), s.digits),
			"roundtrip": milliseconds(int64(c.RoundTrip), s.digits)}
		steps = append(steps, &step{title: s.words.say("clock", a), text: []string{s.words.say("clock.what"+direction(int64(c.Offset)), a)}})
	}
	return steps
}
