package track

import (
	"cmp"
	"net/netip"
	"slices"
)

// Glance says what a live view wants of a Summary. Unlike a Summary, it costs little where there is much: only the rows that
// are shown are made.
type Glance struct {
	// Rows is how many of each table are wanted.
	Rows int
	// Outcomes is how many of each flow's latest requests are wanted.
	Outcomes int
	// About chooses the rows with an address for which it is true; nil is all rows.
	About func(netip.Addr) bool
	// Compare puts the flows in order of which the first are wanted; nil is the order of first appearance, which decides
	// between equals, too. Of the RTT it is shown N, Min, Max and Avg only.
	Compare func(a, b *Flow) int
}

// Sight is what a Glance sees.
type Sight struct {
	// Summary has the flows, in the order of Compare, and the resolutions, errors and notes; its other tables are empty. Of
	// resolutions the unanswered come first and then those used last, of errors and notes the newest; each are in the order
	// of a Summary.
	Summary *Summary
	// Recent has, for each of the flows, what became of its latest requests, the oldest first. Of requests longer ago than a
	// minute it may know nothing.
	Recent [][]Outcome
	// Found counts the rows that there were to choose from.
	Found struct{ Flows, Resolutions, Errors, Notes int }
}

// Outcome is what became of a request: the time from it to the latest reply, in ns but measured in µs, or one of the following.
type Outcome int64

// Outcomes without a reply.
const (
	OutcomePending Outcome = -1
	OutcomeLost    Outcome = -2 // after the timeout, or by an ICMP error
)

// Glance returns what is known now, as far as it is wanted. It changes nothing.
func (t *Tracker) Glance(g Glance) *Sight {
	s := &Sight{Summary: &Summary{Totals: t.totals, Evicted: t.evicted, ErrorsOmitted: t.errors.omitted, NotesOmitted: t.notes.omitted}}
	s.Summary.Totals.Answered += t.announcedMeanwhile()
	t.glanceFlows(&g, s)
	t.glanceResolutions(&g, s)
	for i := range t.errors.rows {
		e := &t.errors.rows[len(t.errors.rows)-1-i]
		if g.wants(e.Reporter, e.About.Source, e.About.Destination) {
			if s.Found.Errors++; s.Found.Errors <= g.Rows {
				s.Summary.Errors = append(s.Summary.Errors, *e)
			}
		}
	}
	slices.Reverse(s.Summary.Errors)
	for _, n := range slices.Backward(t.notes.rows(&t.stacks)) {
		if g.wants(n.Source, n.Destination, n.About) {
			if s.Found.Notes++; s.Found.Notes <= g.Rows {
				s.Summary.Notes = append(s.Summary.Notes, n)
			}
		}
	}
	slices.Reverse(s.Summary.Notes)
	return s
}

// wants reports whether a row with these addresses is wanted.
func (g *Glance) wants(addresses ...netip.Addr) bool {
	return g.About == nil || slices.ContainsFunc(addresses, func(a netip.Addr) bool { return a.IsValid() && g.About(a) })
}

// candidate is a row that may be among those wanted.
type candidate struct {
	slot uint32
	flow Flow // of flows
}

func (t *Tracker) glanceFlows(g *Glance, s *Sight) {
	s.Summary.Totals.Echo, s.Summary.Totals.Queries = t.gone, t.goneQueries
	flows := firsts[candidate]{limit: g.Rows, compare: func(a, b *candidate) int {
		if g.Compare != nil {
			if c := g.Compare(&a.flow, &b.flow); c != 0 {
				return c
			}
		}
		return cmp.Compare(a.flow.FirstFrame, b.flow.FirstFrame)
	}}
	for i := range t.flows.rows {
		r := &t.flows.rows[i]
		if !r.key.isEcho() {
			s.Summary.Totals.Queries.add(&r.value.Counts)
			continue
		}
		s.Summary.Totals.Echo.add(&r.value.Counts)
		f := candidate{uint32(i), t.flowOutline(r)}
		if g.wants(f.flow.Source, f.flow.Destination) {
			f.flow.RTT = r.value.rtt.outline()
			flows.add(&f)
		}
	}
	s.Found.Flows = flows.found
	slots := map[uint32]int{}
	for i, f := range flows.list() {
		slots[f.slot] = i
		s.Summary.Flows = append(s.Summary.Flows, t.flowRow(&t.flows.rows[f.slot]))
	}
	s.Recent = t.recent(slots, g.Outcomes)
}

// recent returns the outcomes of the latest requests of the flows in some slots, by the number that each has.
func (t *Tracker) recent(slots map[uint32]int, most int) [][]Outcome {
	all := make([][]Outcome, len(slots))
	short := len(slots) // flows that lack outcomes
	for pos := t.exchanges.head; pos != t.exchanges.tail && short > 0 && most > 0; pos-- {
		x := t.exchanges.at(pos - 1)
		i, ok := slots[x.flow]
		if !ok || len(all[i]) == most {
			continue
		}
		if f := t.flows.of(x.flow, x.generation); f == nil || x.key>>16 != f.conversation { // that of a responder, not a request
			continue
		}
		if all[i] = append(all[i], x.outcome()); len(all[i]) == most {
			short--
		}
	}
	for _, outcomes := range all {
		slices.Reverse(outcomes)
	}
	return all
}

func (x *exchange) outcome() Outcome {
	switch x.state {
	case answered:
		return Outcome(x.replyAge) * 1000
	case pending:
		return OutcomePending
	}
	return OutcomeLost
}

func (t *Tracker) glanceResolutions(g *Glance, s *Sight) {
	rows := t.resolutions.rows
	wanted := firsts[candidate]{limit: g.Rows, compare: func(a, b *candidate) int {
		v, w := &rows[a.slot].value, &rows[b.slot].value
		if (v.open > 0) != (w.open > 0) {
			return cmp.Compare(min(w.open, 1), min(v.open, 1))
		}
		return cmp.Compare(w.lastFrame, v.lastFrame)
	}}
	for i := range rows {
		asker, target, _ := rows[i].key.ends()
		if g.wants(asker, target) {
			wanted.add(&candidate{slot: uint32(i)})
		}
	}
	s.Found.Resolutions = wanted.found
	for _, r := range wanted.list() {
		s.Summary.Resolutions = append(s.Summary.Resolutions, t.resolutionRow(r.slot))
	}
	slices.SortFunc(s.Summary.Resolutions, func(a, b Resolution) int { return cmp.Compare(a.FirstFrame, b.FirstFrame) })
}

// firsts keeps those things that come first in an order, up to a limit.
type firsts[T any] struct {
	limit   int
	compare func(a, b *T) int
	found   int // how many there were
	things  []T // up to twice the limit; the first limit of them are sorted if full
	full    bool
}

func (f *firsts[T]) add(thing *T) {
	f.found++
	if f.limit <= 0 || f.full && f.compare(thing, &f.things[f.limit-1]) >= 0 {
		return
	}
	if f.things = append(f.things, *thing); len(f.things) >= 2*f.limit {
		f.list()
		f.full = true
	}
}

// list returns what was kept, in order.
func (f *firsts[T]) list() []T {
	slices.SortStableFunc(f.things, func(a, b T) int { return f.compare(&a, &b) })
	f.things = f.things[:min(len(f.things), max(f.limit, 0))]
	return f.things
}
