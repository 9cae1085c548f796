package report

import (
	"strconv"

	"github.com/icmpsniff/icmpsniff/track"
)

// echoTopic has a row for each flow of echo requests.
var echoTopic = topic{
	name: "echo", title: "Echo, times in ms",
	rows:   func(r *Report) int { return len(r.Summary.Flows) },
	totals: func(r *Report) bool { return len(r.Summary.Flows) > 1 || r.Summary.Evicted > 0 },
	notes:  echoNotes,
	columns: []column{
		{key: "family", kind: number, shown: forPrograms, cell: ofFlow(func(f *track.Flow) string { return strconv.Itoa(f.Family) })},
		{key: "source", title: "Source", kind: literal, cell: ofFlow(func(f *track.Flow) string { return address(f.Source) }), total: totalWord},
		{key: "destination", title: "Destination", kind: literal, cell: ofFlow(func(f *track.Flow) string { return address(f.Destination) })},
		{key: "id", title: "ID", kind: number, cell: ofFlow(func(f *track.Flow) string { return identifier(f.ID) })},
		{key: "vlan", title: "VLAN", kind: number, shown: whenSet, cell: ofFlow(func(f *track.Flow) string { return vlanStack(f.VLANs) })},
		counter("sent", "Sent", nil, func(c *track.Counts) uint64 { return c.Sent }),
		counter("received", "Recv", nil, func(c *track.Counts) uint64 { return c.Received }),
		counter("lost", "Lost", nil, func(c *track.Counts) uint64 { return c.Lost }),
		{key: "loss_percent", title: "Loss %", kind: number, cell: ofFlow(flowLoss),
			total: func(r *Report) string { return loss(&r.Summary.Totals.Echo) }},
		counter("pending", "Pending", whenSet, func(c *track.Counts) uint64 { return c.Pending }),
		counter("duplicates", "Dup", whenSet, func(c *track.Counts) uint64 { return c.Duplicates }),
		counter("copies", "Copies", whenSet, func(c *track.Counts) uint64 { return c.Copies }),
		counter("out_of_order", "Reordered", whenSet, func(c *track.Counts) uint64 { return c.OutOfOrder }),
		counter("late", "Late", whenSet, func(c *track.Counts) uint64 { return c.Late }),
		counter("errors", "Errors", whenSet, func(c *track.Counts) uint64 { return c.Errors }),
		counter("unmatched", "Unmatched", whenSet, func(c *track.Counts) uint64 { return c.Unmatched }),
		{key: "responders", title: "Responders", kind: number, shown: whenSet, cell: ofFlow(responders)},
		counter("backwards", "", forPrograms, func(c *track.Counts) uint64 { return c.Backwards }),
		flowRTT("rtt_min_ms", "min", 0, 1, func(t *track.RTT) float64 { return float64(t.Min) }),
		flowRTT("rtt_avg_ms", "avg", 0, 1, func(t *track.RTT) float64 { return t.Avg }),
		flowRTT("rtt_max_ms", "max", 0, 1, func(t *track.RTT) float64 { return float64(t.Max) }),
		flowRTT("rtt_mdev_ms", "mdev", 1, 1, func(t *track.RTT) float64 { return t.MDev }),
		flowPercentile("rtt_p50_ms", "p50", func(t *track.RTT) float64 { return t.P50 }),
		flowPercentile("rtt_p95_ms", "p95", func(t *track.RTT) float64 { return t.P95 }),
		flowPercentile("rtt_p99_ms", "p99", func(t *track.RTT) float64 { return t.P99 }),
		flowRTT("jitter_ms", "jitter", 2, 2, func(t *track.RTT) float64 { return t.Jitter }),
		{key: "first_frame", kind: number, shown: forPrograms, cell: ofFlow(func(f *track.Flow) string { return count(f.FirstFrame) })},
		{key: "last_frame", kind: number, shown: forPrograms, cell: ofFlow(func(f *track.Flow) string { return count(f.LastFrame) })},
	},
}

// ofFlow makes a cell of the report's row out of one of a flow.
func ofFlow(text func(*track.Flow) string) func(*Report, int) string {
	return func(r *Report, row int) string { return text(&r.Summary.Flows[row]) }
}

// counter is a column of one of a flow's counts, with its total.
func counter(key, title string, shown func(*column, *Report, int) bool, get func(*track.Counts) uint64) column {
	return column{
		key: key, title: title, kind: number, shown: shown,
		cell:  ofFlow(func(f *track.Flow) string { return count(get(&f.Counts)) }),
		total: func(r *Report) string { return count(get(&r.Summary.Totals.Echo)) },
	}
}

// flowRTT is a column of round-trip times, known from the given number of samples on.
func flowRTT(key, title string, dispensable uint8, samples uint64, get func(*track.RTT) float64) column {
	return column{key: key, title: title, kind: number, dispensable: dispensable, cell: func(r *Report, row int) string {
		rtt := &r.Summary.Flows[row].RTT
		if rtt.N < samples {
			return ""
		}
		return milliseconds(get(rtt), r.Capture.Digits)
	}}
}

// flowPercentile is a column of a percentile, which some flows have no room for.
func flowPercentile(key, title string, get func(*track.RTT) float64) column {
	c := flowRTT(key, title, 3, 1, get)
	whole := c.cell
	c.cell = func(r *Report, row int) string {
		if r.Summary.Flows[row].RTT.NoPercentiles {
			return ""
		}
		return whole(r, row)
	}
	return c
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

func echoNotes(r *Report) []string {
	var notes []string
	if n := r.Capture.dropped(); n > 0 {
		notes = append(notes, "The capture dropped "+counted(n, "frame")+": loss may be overstated.")
	}
	if n := r.Summary.Totals.Echo.Backwards; n > 0 {
		notes = append(notes, counted(n, "pair")+" with the reply stamped before its request: left out of the times.")
	}
	var sketched, unknown uint64
	for i := range r.Summary.Flows {
		switch rtt := &r.Summary.Flows[i].RTT; {
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
		notes = append(notes, "p50, p95 and p99 of "+counted(unknown, "long flow")+" are not known, for want of room.")
	}
	return append(notes, evictionNotes(r)...)
}
