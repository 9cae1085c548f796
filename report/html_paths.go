package report

import (
	"fmt"
	"math"
	"strconv"

	"github.com/icmpsniff/icmpsniff/track"
)

// pathDrawing is a path, hop below hop.
type pathDrawing struct {
	Title, End string
	Reached    bool
	Source     string
	Hops       []hopDrawing
}

// hopDrawing is a hop, and who answered at it: several, if routers share the load, or nobody.
type hopDrawing struct {
	TTL, Sent, Loss string
	Lossy           bool
	Responders      []responderDrawing
}

// responderDrawing has a bar from the shortest time to the longest, and the mean, as shares of barLength.
type responderDrawing struct {
	Address, Times, Labels string
	Bar                    *timeBar
}

type timeBar struct{ From, Length, Mean string }

const (
	maxPathDrawings = 100
	barLength       = 200 // units of the bars' SVG
)

// drawPaths draws the first paths; the table has them all.
func (s *section) drawPaths(r *Report) {
	for i := range r.Summary.Paths {
		if i == maxPathDrawings {
			s.Omitted = "Not drawn: " + Counted(uint64(len(r.Summary.Paths)-i), "more path") + ". The JSON report has them."
			break
		}
		s.Paths = append(s.Paths, pathOf(&r.Summary.Paths[i], r))
	}
}

func pathOf(p *track.Path, r *Report) pathDrawing {
	d := pathDrawing{Title: address(p.Source) + " → " + address(p.Destination) + " by " + methods[p.Method], Reached: p.Reached, Source: address(p.Source)}
	if network := NetworkName(p.Segments); network != "" {
		d.Title += ", " + network
	}
	switch {
	case p.Ended.Reporter.IsValid():
		d.End = "ended by " + address(p.Ended.Reporter) + ": " + errorMark(p)
	case p.Reached:
		d.End = "reached at hop " + strconv.Itoa(p.Hops[len(p.Hops)-1].TTL)
	default:
		d.End = "not reached"
	}
	var longest int64
	for i := range p.Hops {
		for j := range p.Hops[i].Responders {
			longest = max(longest, p.Hops[i].Responders[j].RTT.Max)
		}
	}
	for i := range p.Hops {
		d.Hops = append(d.Hops, hopOf(&p.Hops[i], longest, r))
	}
	return d
}

func hopOf(h *track.Hop, longest int64, r *Report) hopDrawing {
	digits := r.Capture.Digits
	d := hopDrawing{TTL: strconv.Itoa(h.TTL), Sent: Counted(h.Sent, "probe"), Lossy: h.Lost > 0}
	if p, decided := h.LossPercent(); decided {
		d.Loss = doubted(r, percent(p)) + " % lost"
	}
	for i := range h.Responders {
		x := &h.Responders[i]
		v := responderDrawing{Address: address(x.Address), Labels: mplsLabels(x.MPLS)}
		if t := &x.RTT; t.N > 0 {
			v.Times = fmt.Sprintf("%s ms", Milliseconds(t.Avg, digits))
			if t.N > 1 {
				v.Times += fmt.Sprintf(" (%s to %s)", Milliseconds(float64(t.Min), digits), Milliseconds(float64(t.Max), digits))
			}
			v.Bar = barOf(t, longest)
		}
		d.Responders = append(d.Responders, v)
	}
	return d
}

func barOf(t *track.RTT, longest int64) *timeBar {
	at := func(ns float64) float64 { return barLength * ns / float64(max(longest, 1)) }
	text := func(v float64) string { return strconv.FormatFloat(math.Round(10*v)/10, 'f', -1, 64) }
	return &timeBar{From: text(at(float64(t.Min))), Length: text(max(1, at(float64(t.Max-t.Min)))), Mean: text(at(t.Avg))}
}
