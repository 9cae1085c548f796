package report

import (
	"slices"
	"strconv"

	"github.com/icmpsniff/icmpsniff/track"
)

// echoTopic has a row for each flow of echo requests.
var echoTopic = topicOf("echo", "Echo, times in ms", echoFlows, echoFlows.columns())

// flowSet is the flows of one topic, and what they count together.
type flowSet struct {
	rows   func(*track.Summary) []track.Flow
	counts func(*track.Summary) *track.Counts
}

var echoFlows = flowSet{
	rows:   func(s *track.Summary) []track.Flow { return s.Flows },
	counts: func(s *track.Summary) *track.Counts { return &s.Totals.Echo },
}

// topicOf is the topic of a set of flows. The first column that people see has the word for the totals.
func topicOf(name, title string, s flowSet, columns []column) topic {
	columns[slices.IndexFunc(columns, func(c column) bool { return c.title != "" })].total = totalWord
	return topic{
		name: name, title: title, columns: columns, notes: s.notes,
		rows:   func(r *Report) int { return len(s.rows(r.Summary)) },
		totals: func(r *Report) bool { return len(s.rows(r.Summary)) > 1 || r.Summary.Evicted > 0 },
	}
}

// columns are those that all flows have.
func (s flowSet) columns() []column {
	return []column{
		{key: "family", kind: number, shown: forPrograms, cell: s.cell(func(f *track.Flow) string { return strconv.Itoa(f.Family) })},
		{key: "source", title: "Source", kind: literal, cell: s.cell(func(f *track.Flow) string { return address(f.Source) })},
		{key: "destination", title: "Destination", kind: literal, cell: s.cell(func(f *track.Flow) string { return address(f.Destination) })},
		{key: "id", title: "ID", kind: number, cell: s.cell(flowID)},
		{key: "vlan", title: "VLAN", kind: number, shown: whenSet, cell: s.cell(func(f *track.Flow) string { return stack(f.Segments) })},
		s.counter("sent", "Sent", nil, func(c *track.Counts) uint64 { return c.Sent }),
		s.counter("received", "Recv", nil, func(c *track.Counts) uint64 { return c.Received }),
		s.counter("lost", "Lost", nil, func(c *track.Counts) uint64 { return c.Lost }),
		{key: "loss_percent", kind: number, shown: forPrograms, cell: s.cell(flowLoss)},
		{title: "Loss %", kind: number, cell: func(r *Report, row int) string { return doubted(r, s.cell(flowLoss)(r, row)) },
			total: func(r *Report) string { return doubted(r, loss(s.counts(r.Summary))) }},
		s.counter("pending", "Pending", whenSet, func(c *track.Counts) uint64 { return c.Pending }),
		s.counter("duplicates", "Dup", whenSet, func(c *track.Counts) uint64 { return c.Duplicates }),
		s.counter("copies", "Copies", whenSet, func(c *track.Counts) uint64 { return c.Copies }),
		s.counter("out_of_order", "Reordered", whenSet, func(c *track.Counts) uint64 { return c.OutOfOrder }),
		s.counter("late", "Late", whenSet, func(c *track.Counts) uint64 { return c.Late }),
		s.counter("errors", "Errors", whenSet, func(c *track.Counts) uint64 { return c.Errors }),
		s.counter("unmatched", "Unmatched", whenSet, func(c *track.Counts) uint64 { return c.Unmatched }),
		{key: "responders", title: "Responders", kind: number, shown: whenSet, cell: s.cell(responders)},
		s.counter("backwards", "", forPrograms, func(c *track.Counts) uint64 { return c.Backwards }),
		s.rtt("rtt_min_ms", "min", 0, 1, func(t *track.RTT) float64 { return float64(t.Min) }),
		s.rtt("rtt_avg_ms", "avg", 0, 1, func(t *track.RTT) float64 { return t.Avg }),
		s.rtt("rtt_max_ms", "max", 0, 1, func(t *track.RTT) float64 { return float64(t.Max) }),
		s.rtt("rtt_mdev_ms", "mdev", 1, 1, func(t *track.RTT) float64 { return t.MDev }),
		s.percentile("rtt_p50_ms", "p50", func(t *track.RTT) float64 { return t.P50 }),
		s.percentile("rtt_p95_ms", "p95", func(t *track.RTT) float64 { return t.P95 }),
		s.percentile("rtt_p99_ms", "p99", func(t *track.RTT) float64 { return t.P99 }),
		s.rtt("jitter_ms", "jitter", 2, 2, func(t *track.RTT) float64 { return t.Jitter }),
		{key: "first_frame", kind: number, shown: forPrograms, cell: s.cell(func(f *track.Flow) string { return count(f.FirstFrame) })},
		{key: "last_frame", kind: number, shown: forPrograms, cell: s.cell(func(f *track.Flow) string { return count(f.LastFrame) })},
	}
}

// cell makes a cell of the report's row out of one of a flow.
func (s flowSet) cell(text func(*track.Flow) string) func(*Report, int) string {
	return func(r *Report, row int) string { return text(&s.rows(r.Summary)[row]) }
}

// counter is a column of one of a flow's counts, with its total.
func (s flowSet) counter(key, title string, shown func(*column, *Report, int) bool, get func(*track.Counts) uint64) column {
	return column{
		key: key, title: title, kind: number, shown: shown,
		cell:  s.cell(func(f *track.Flow) string { return count(get(&f.Counts)) }),
		total: func(r *Report) string { return count(get(s.counts(r.Summary))) },
	}
}

// rtt is a column of round-trip times, known from the given number of samples on.
func (s flowSet) rtt(key, title string, dispensable uint8, samples uint64, get func(*track.RTT) float64) column {
	return column{key: key, title: title, kind: number, dispensable: dispensable, cell: func(r *Report, row int) string {
		rtt := &s.rows(r.Summary)[row].RTT
		if rtt.N < samples {
			return ""
		}
		return Milliseconds(get(rtt), r.Capture.Digits)
	}}
}

// percentile is a column of a percentile, which some flows have no room for.
func (s flowSet) percentile(key, title string, get func(*track.RTT) float64) column {
	c := s.rtt(key, title, 3, 1, get)
	whole := c.cell
	c.cell = func(r *Report, row int) string {
		if s.rows(r.Summary)[row].RTT.NoPercentiles {
			return ""
		}
		return whole(r, row)
	}
	return c
}

// flowID is empty where requests have no identifier.
func flowID(f *track.Flow) string {
	if f.NoID {
		return ""
	}
	return identifier(f.ID)
}

// flowLoss leaves groups out: nobody has to answer those, so that a percentage would say nothing.
func flowLoss(f *track.Flow) string {
	if f.Group {
		return ""
	}
	return loss(&f.Counts)
}

// responders counts the hosts of a group; of one host the column would say what Recv says.
func responders(f *track.Flow) string {
	if !f.Group {
		return ""
	}
	return count(f.Responders)
}

func loss(c *track.Counts) string {
	p, decided := c.LossPercent()
	if !decided {
		return ""
	}
	return percent(p)
}

func (s flowSet) notes(r *Report) []string {
	var notes []string
	if d := r.Capture.drops(); d.total() > 0 {
		notes = append(notes, doubtNote(d))
	}
	if n := s.counts(r.Summary).Backwards; n > 0 {
		notes = append(notes, Counted(n, "pair")+" with the reply stamped before its request: left out of the times.")
	}
	var sketched, unknown uint64
	rows := s.rows(r.Summary)
	for i := range rows {
		switch rtt := &rows[i].RTT; {
		case rtt.Sketched:
			sketched++
		case rtt.NoPercentiles:
			unknown++
		}
	}
	if sketched > 0 {
		notes = append(notes, "p50, p95 and p99 of long flows are within "+strconv.FormatFloat(100*track.SketchAccuracy, 'g', 3, 64)+" %.")
	}
	if unknown > 0 {
		notes = append(notes, "p50, p95 and p99 of "+Counted(unknown, "long flow")+" are not known, for want of room.")
	}
	return append(notes, evictionNotes(r)...)
}
