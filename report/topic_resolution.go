package report

import (
	"math"

	"github.com/icmpsniff/icmpsniff/track"
)

// resolutionTopic has a row for each address that someone asked for by ARP or neighbor discovery.
var resolutionTopic = topic{
	name: "resolutions", title: "ARP and ND, times in ms",
	rows:   func(r *Report) int { return len(r.Summary.Resolutions) },
	totals: func(r *Report) bool { return len(r.Summary.Resolutions) > 1 || r.Summary.Evicted > 0 },
	notes:  resolutionNotes,
	columns: []column{
		{key: "protocol", title: "Protocol", kind: word, cell: ofResolution(func(q *track.Resolution) string { return resolvers[q.Protocol] }), total: totalWord},
		{key: "asker", title: "Asker", kind: literal, cell: ofResolution(func(q *track.Resolution) string { return asker(q) })},
		{key: "asker_mac", title: "Asker MAC", kind: literal, shown: whenProbed,
			cell: ofResolution(func(q *track.Resolution) string { return mac(q.AskerMAC) })},
		{key: "target", title: "Target", kind: literal, cell: ofResolution(func(q *track.Resolution) string { return asked(q) })},
		{key: "vlan", title: "VLAN", kind: number, shown: whenSet, cell: ofResolution(func(q *track.Resolution) string { return stack(q.Segments) })},
		{key: "requests", title: "Asked", kind: number, cell: ofResolution(func(q *track.Resolution) string { return count(q.Requests) }),
			total: func(r *Report) string { return count(r.Summary.Totals.Requests) }},
		{key: "unanswered", title: "Unanswered", kind: number, cell: ofResolution(func(q *track.Resolution) string { return count(q.Unanswered) }),
			total: func(r *Report) string { return count(r.Summary.Totals.Unanswered) }},
		{key: "replies", title: "Replies", kind: number, dispensable: 1, cell: ofResolution(func(q *track.Resolution) string { return count(q.Replies) })},
		{key: "status", title: "Status", kind: word, cell: ofResolution(func(q *track.Resolution) string { return q.Status.String() })},
		{title: "Address", kind: literal, shown: whenSet, cell: ofResolution(func(q *track.Resolution) string { return address(q.Told) })},
		{title: "Answered by", kind: literal, cell: ofResolution(func(q *track.Resolution) string { return macList(q.AnsweredBy, 3) })},
		{key: "answered_by", kind: literal, shown: forPrograms, cell: ofResolution(func(q *track.Resolution) string { return macList(q.AnsweredBy, math.MaxInt) })},
		resolutionRTT("rtt_min_ms", "min", 3, func(t *track.RTT) float64 { return float64(t.Min) }),
		resolutionRTT("rtt_avg_ms", "avg", 2, func(t *track.RTT) float64 { return t.Avg }),
		resolutionRTT("rtt_max_ms", "max", 3, func(t *track.RTT) float64 { return float64(t.Max) }),
		{key: "first_frame", kind: number, shown: forPrograms, cell: ofResolution(func(q *track.Resolution) string { return count(q.FirstFrame) })},
		{key: "last_frame", kind: number, shown: forPrograms, cell: ofResolution(func(q *track.Resolution) string { return count(q.LastFrame) })},
		{key: "told", kind: literal, shown: forPrograms, cell: ofResolution(func(q *track.Resolution) string { return address(q.Told) })},
	},
}

// ofResolution makes a cell of the report's row out of one of a resolution.
func ofResolution(text func(*track.Resolution) string) func(*Report, int) string {
	return func(r *Report, row int) string { return text(&r.Summary.Resolutions[row]) }
}

// resolutionRTT is a column of resolution times.
func resolutionRTT(key, title string, dispensable uint8, get func(*track.RTT) float64) column {
	return column{key: key, title: title, kind: number, dispensable: dispensable, cell: func(r *Report, row int) string {
		rtt := &r.Summary.Resolutions[row].RTT
		if rtt.N == 0 {
			return ""
		}
		return Milliseconds(get(rtt), r.Capture.Digits)
	}}
}

// whenProbed shows who probed: a probe has no sender address to tell it by (RFC 5227 §2.1.1, RFC 4862 §5.4.2).
func whenProbed(_ *column, r *Report, rows int) bool {
	for i := range rows {
		if r.Summary.Resolutions[i].Asker.IsUnspecified() {
			return true
		}
	}
	return false
}

// asker returns who asks: by RARP, which is for hosts without an address, a MAC address.
func asker(q *track.Resolution) string {
	if !q.Asker.IsValid() {
		return mac(q.AskerMAC)
	}
	return address(q.Asker)
}

// asked returns the address that is asked for, or the MAC address whose address is.
func asked(q *track.Resolution) string {
	if !q.Target.IsValid() {
		return mac(q.TargetMAC)
	}
	return address(q.Target)
}

func resolutionNotes(r *Report) []string {
	var notes []string
	if rows := len(r.Summary.Resolutions); rows > 1 && whenProbed(nil, r, rows) {
		notes = append(notes, "Total: without the probes, which ask whether an address is free.")
	}
	if d := r.Capture.drops(); d.total() > 0 {
		notes = append(notes, "An answer may be among what is missing: "+d.words()+".")
	}
	return append(notes, evictionNotes(r)...)
}
