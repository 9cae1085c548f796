package report

import "github.com/icmpsniff/icmpsniff/track"

// clocksTopic has a row for each host whose clock timestamp replies told, and each asker.
var clocksTopic = topic{
	name: "clocks", title: "Clocks, times in ms",
	rows:  func(r *Report) int { return len(r.Summary.Clocks) },
	notes: clockNotes,
	columns: []column{
		{key: "source", title: "Source", kind: literal, cell: ofClock(func(c *track.Clock) string { return address(c.Source) })},
		{key: "destination", title: "Destination", kind: literal, cell: ofClock(func(c *track.Clock) string { return address(c.Destination) })},
		{key: "vlan", title: "VLAN", kind: number, shown: whenSet, cell: ofClock(func(c *track.Clock) string { return stack(c.Segments) })},
		{key: "samples", title: "Samples", kind: number, cell: ofClock(func(c *track.Clock) string { return count(c.Samples) })},
		{key: "non_standard", title: "Not standard", kind: number, shown: whenSet, cell: ofClock(func(c *track.Clock) string { return count(c.NonStandard) })},
		{key: "round_trip_ms", title: "Round trip", kind: number, cell: clockRoundTrip},
		clockTime("processing_ms", "Processing", func(c *track.Clock) (float64, bool) { return c.Processing, c.Processed > 0 }),
		clockTime("offset_ms", "Offset", func(c *track.Clock) (float64, bool) { return c.Offset, c.Samples > 0 }),
		{key: "reference", title: "Against", kind: word, cell: ofClock(func(c *track.Clock) string { return c.Reference.String() })},
		{key: "first_frame", kind: number, shown: forPrograms, cell: ofClock(func(c *track.Clock) string { return count(c.FirstFrame) })},
		{key: "last_frame", kind: number, shown: forPrograms, cell: ofClock(func(c *track.Clock) string { return count(c.LastFrame) })},
	},
}

// ofClock makes a cell of the report's row out of one of a clock.
func ofClock(text func(*track.Clock) string) func(*Report, int) string {
	return func(r *Report, row int) string { return text(&r.Summary.Clocks[row]) }
}

// clockRoundTrip is measured by the clock of the capture.
func clockRoundTrip(r *Report, row int) string {
	c := &r.Summary.Clocks[row]
	if c.Samples == 0 {
		return ""
	}
	return Milliseconds(c.RoundTrip, r.Capture.Digits)
}

// clockTime is a column of what stamps tell, if they do: means of whole ms, whose second decimal nobody measured.
func clockTime(key, title string, get func(*track.Clock) (ns float64, known bool)) column {
	return column{key: key, title: title, kind: number, cell: ofClock(func(c *track.Clock) string {
		ns, known := get(c)
		if !known {
			return ""
		}
		return millisecondTenths(ns)
	})}
}

// offsetAssumption is what an offset is worth.
const offsetAssumption = "the way there takes as long as the way back"

// clockNotes say what an offset is against, and what it takes for granted.
func clockNotes(r *Report) []string {
	notes := []string{"Offset: how far the destination's clock is ahead, if " + offsetAssumption + "; stamps are whole ms."}
	against := map[track.Reference]bool{}
	for i := range r.Summary.Clocks {
		against[r.Summary.Clocks[i].Reference] = true
	}
	for reference, note := range [...]string{
		track.AskersClock:   "Against source: the source's own stamps; the time to the reply is the capture's, as if it had been made there.",
		track.CapturesClock: "Against capture: the source left its stamp empty, so that offsets are against the clock of the capture.",
	} {
		if against[track.Reference(reference)] {
			notes = append(notes, note)
		}
	}
	return append(notes, evictionNotes(r)...)
}
