package report

import (
	"math"
	"strings"

	"github.com/icmpsniff/icmpsniff/decode"
)

// captureTopic is one row on where it all comes from. It is never empty: that nothing was captured is worth saying.
var captureTopic = topic{
	name: "capture", title: "Capture",
	rows:  func(*Report) int { return 1 },
	notes: captureNotes,
	columns: []column{
		{title: "Source", kind: literal, cell: func(r *Report, _ int) string { return sourceNames(r.Capture.Sources, 3) }},
		{key: "source", kind: literal, shown: forPrograms, cell: func(r *Report, _ int) string { return sourceNames(r.Capture.Sources, math.MaxInt) }},
		{key: "frames", title: "Frames", kind: number, cell: func(r *Report, _ int) string { return count(r.Capture.Frames) }},
		{key: "bytes", title: "Bytes", kind: number, cell: func(r *Report, _ int) string { return count(r.Capture.Bytes) }},
		{key: "duration_s", title: "Seconds", kind: number, cell: whenTimed(func(c *Capture) string { return seconds(decode.Between(c.First, c.Last), c.Digits) })},
		{key: "first", title: "First", kind: literal, dispensable: 1, cell: whenTimed(func(c *Capture) string { return timestamp(c.First, c.Digits) })},
		{key: "last", title: "Last", kind: literal, dispensable: 2, cell: whenTimed(func(c *Capture) string { return timestamp(c.Last, c.Digits) })},
		{key: "kernel_dropped", title: "Kernel drops", kind: number, shown: whenSet,
			cell: func(r *Report, _ int) string { return count(r.Capture.KernelDropped) }},
		{key: "interface_dropped", title: "Interface drops", kind: number, shown: whenSet,
			cell: func(r *Report, _ int) string { return count(r.Capture.InterfaceDropped) }},
		{key: "evicted", title: "Evicted", kind: number, shown: whenSet, cell: func(r *Report, _ int) string { return count(r.evicted()) }},
	},
}

// whenTimed leaves a cell empty if no frame had a time.
func whenTimed(text func(*Capture) string) func(*Report, int) string {
	return func(r *Report, _ int) string {
		if !r.Capture.HasTime {
			return ""
		}
		return text(&r.Capture)
	}
}

// sourceNames lists the sources with their link types, no more than most of them.
func sourceNames(sources []Source, most int) string {
	var b strings.Builder
	for i, s := range sources {
		if i == most {
			b.WriteString(" and " + count(uint64(len(sources)-most)) + " more")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(escaped(s.Name))
		if s.LinkType != "" {
			b.WriteString(" (" + escaped(s.LinkType) + ")")
		}
	}
	return b.String()
}

func captureNotes(r *Report) []string {
	if r.Capture.Err == nil {
		return nil
	}
	return []string{"The capture was not read to its end: " + escaped(r.Capture.Err.Error()) + "."}
}
