package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/icmpsniff/icmpsniff/track"
)

// pathTopic has a row for each host that answered at a hop, and one for each hop at which nobody did.
var pathTopic = topic{
	name: "paths", title: "Paths, times in ms",
	rows:  func(r *Report) int { return len(r.pathRows()) },
	notes: pathNotes,
	columns: []column{
		{key: "family", kind: number, shown: forPrograms, cell: ofHop(func(h *pathRow) string { return strconv.Itoa(h.path.Family) })},
		{key: "source", title: "Source", kind: literal, cell: ofHop(func(h *pathRow) string { return address(h.path.Source) })},
		{key: "destination", title: "Destination", kind: literal, cell: ofHop(func(h *pathRow) string { return address(h.path.Destination) })},
		{key: "method", title: "Method", kind: word, cell: ofHop(func(h *pathRow) string { return methods[h.path.Method] })},
		{key: "vlan", title: "VLAN", kind: number, shown: whenSet, cell: ofHop(func(h *pathRow) string { return stack(h.path.Segments) })},
		{key: "hop", title: "Hop", kind: number, cell: ofHop(func(h *pathRow) string { return strconv.Itoa(h.hop.TTL) })},
		{title: "Address", kind: literal, cell: ofHop(func(h *pathRow) string { return orStar(h.address()) })},
		{key: "address", kind: literal, shown: forPrograms, cell: ofHop((*pathRow).address)},
		{key: "sent", title: "Sent", kind: number, cell: ofHop(func(h *pathRow) string { return count(h.hop.Sent) })},
		{key: "received", title: "Recv", kind: number, cell: ofHop((*pathRow).received)},
		{key: "loss_percent", kind: number, shown: forPrograms, cell: ofHop(hopLoss)},
		{title: "Loss %", kind: number, cell: func(r *Report, row int) string { return doubted(r, ofHop(hopLoss)(r, row)) }},
		{key: "pending", title: "Pending", kind: number, shown: whenSet, cell: ofHop(func(h *pathRow) string { return count(h.hop.Pending) })},
		hopRTT("rtt_min_ms", "min", 0, func(t *track.RTT) float64 { return float64(t.Min) }),
		hopRTT("rtt_avg_ms", "avg", 0, func(t *track.RTT) float64 { return t.Avg }),
		hopRTT("rtt_max_ms", "max", 0, func(t *track.RTT) float64 { return float64(t.Max) }),
		hopRTT("rtt_mdev_ms", "mdev", 2, func(t *track.RTT) float64 { return t.MDev }),
		{key: "mpls", title: "MPLS", kind: literal, shown: whenSet, cell: ofHop((*pathRow).labels)},
		{key: "end", title: "End", kind: word, shown: whenSet, cell: ofHop((*pathRow).end)},
		{key: "rounds", kind: number, shown: forPrograms, cell: ofHop(func(h *pathRow) string { return count(h.path.Rounds) })},
		{key: "first_frame", kind: number, shown: forPrograms, cell: ofHop(func(h *pathRow) string { return count(h.path.FirstFrame) })},
		{key: "last_frame", kind: number, shown: forPrograms, cell: ofHop(func(h *pathRow) string { return count(h.path.LastFrame) })},
	},
}

var methods = [...]string{track.MethodICMP: "ICMP", track.MethodTCP: "TCP", track.MethodUDP: "UDP"}

// pathRow is a row of the table: a hop's responder, or none if it is silent.
type pathRow struct {
	path      *track.Path
	hop       *track.Hop
	responder *track.HopResponder
	last      bool // of the path
}

// pathRows lays all paths out, once.
func (r *Report) pathRows() []pathRow {
	if r.paths != nil {
		return r.paths
	}
	for i := range r.Summary.Paths {
		p := &r.Summary.Paths[i]
		for j := range p.Hops {
			h := &p.Hops[j]
			row := pathRow{path: p, hop: h, last: j == len(p.Hops)-1}
			if len(h.Responders) == 0 {
				r.paths = append(r.paths, row)
			}
			for k := range h.Responders {
				row.responder = &h.Responders[k]
				r.paths = append(r.paths, row)
			}
		}
	}
	return r.paths
}

// ofHop makes a cell of the report's row out of one of a hop.
func ofHop(text func(*pathRow) string) func(*Report, int) string {
	return func(r *Report, row int) string { return text(&r.pathRows()[row]) }
}

// hopRTT is a column of round-trip times of a responder.
func hopRTT(key, title string, dispensable uint8, get func(*track.RTT) float64) column {
	return column{key: key, title: title, kind: number, dispensable: dispensable, cell: func(r *Report, row int) string {
		h := r.pathRows()[row].responder
		if h == nil || h.RTT.N == 0 {
			return ""
		}
		return Milliseconds(get(&h.RTT), r.Capture.Digits)
	}}
}

func (h *pathRow) address() string {
	if h.responder == nil {
		return ""
	}
	return address(h.responder.Address)
}

// orStar shows a hop that is silent as traceroute does.
func orStar(s string) string {
	if s == "" {
		return "*"
	}
	return s
}

func (h *pathRow) received() string {
	if h.responder == nil {
		return "0"
	}
	return count(h.responder.Received)
}

// hopLoss is that of the hop, whoever answered.
func hopLoss(h *pathRow) string {
	p, decided := h.hop.LossPercent()
	if !decided {
		return ""
	}
	return percent(p)
}

func (h *pathRow) labels() string {
	if h.responder == nil {
		return ""
	}
	return mplsLabels(h.responder.MPLS)
}

// end says on the path's last rows how it ended: with the destination, or with an error and who sent it, which the address
// of the row need not be.
func (h *pathRow) end() string {
	p := h.path
	switch {
	case !h.last:
		return ""
	case p.Ended.Reporter.IsValid() && h.address() == p.Ended.Reporter.String():
		return errorMark(p)
	case p.Reached && h.address() == p.Destination.String():
		return "reached"
	case p.Reached || p.Ended.Reporter.IsValid():
		return ""
	}
	return "not reached"
}

// errorMark is traceroute's mark of an error, if it has one, and the error's name.
func errorMark(p *track.Path) string {
	e := &p.Ended
	mark, ok := errorMarks[[3]uint8{uint8(p.Family), e.Type, e.Code}]
	switch {
	case ok:
	case p.Family == 4 && e.Type == 3 || p.Family == 6 && e.Type == 1: // destination unreachable
		mark = fmt.Sprintf("!<%d>", e.Code)
	default:
		mark = fmt.Sprintf("!<%d-%d>", e.Type, e.Code)
	}
	return strings.TrimLeft(mark+" "+pathEndName(p), " ")
}

// errorMarks are those that traceroute(8) explains, by the family, the type and the code; "" for those that it leaves
// unmarked. The others it shows as numbers.
var errorMarks = map[[3]uint8]string{
	{4, 3, 0}: "!N", {4, 3, 1}: "!H", {4, 3, 2}: "!P", {4, 3, 3}: "", {4, 3, 4}: "!F", {4, 3, 5}: "!S", {4, 3, 9}: "!X", {4, 3, 10}: "!X",
	{4, 3, 13}: "!X", {4, 3, 14}: "!V", {4, 3, 15}: "!C",
	{6, 1, 0}: "!N", {6, 1, 1}: "!X", {6, 1, 2}: "!S", {6, 1, 3}: "!H", {6, 1, 4}: "", {6, 2, 0}: "!F",
}

// pathEndName is the name of the error that ended a path.
func pathEndName(p *track.Path) string {
	return errorName(&track.Error{Family: p.Family, Type: p.Ended.Type, Code: p.Ended.Code})
}

func pathNotes(r *Report) []string {
	var notes []string
	if d := r.Capture.drops(); d.total() > 0 {
		notes = append(notes, doubtNote(d))
	}
	return notes
}
