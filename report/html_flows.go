package report

import (
	"fmt"
	"html/template"

	"github.com/icmpsniff/icmpsniff/track"
)

// flowDrawing is a flow's round-trip times over time and, where there are enough, their distribution.
type flowDrawing struct {
	Title, Figures string
	Open           bool
	Plots          []plotted
	Thinned        string // how much one point stands for; "" if one request
}

// plotted is a plot: the inside of an SVG of that size.
type plotted struct {
	ID, Class, Title, Description string
	Width, Height                 int
	Body                          template.HTML
}

const (
	openFlows      = 4 // drawings that are seen at first; the others unfold
	worthDrawing   = 2 // moments that make a course
	worthSpreading = 5 // round-trip times that make a distribution
)

// drawFlows draws the flows that have a course.
func (s *section) drawFlows(r *Report, flows []track.Flow) {
	kept := false
	for i := range flows {
		f := &flows[i]
		kept = kept || f.Course != nil
		if f.Course == nil || len(f.Course.Moments) < worthDrawing {
			continue
		}
		d := flowDrawing{Title: flowTitle(f), Figures: flowFigures(f, r), Open: len(s.Flows) < openFlows}
		id := fmt.Sprintf("%s-%d", s.ID, len(s.Flows)+1)
		d.Plots = append(d.Plots, coursePlot(id+"-course", f, r))
		if f.RTT.N >= worthSpreading && f.RTT.Max > f.RTT.Min && len(f.Course.Times) > 0 {
			d.Plots = append(d.Plots, spreadPlot(id+"-spread", f, r))
		}
		if decided := f.Received + f.Lost; decided > uint64(len(f.Course.Moments)) {
			d.Thinned = fmt.Sprintf("%d requests in %d points: each stands for up to %s s of them, its bar from the shortest to the longest time, its dot at the mean.",
				decided, len(f.Course.Moments), seconds(f.Course.Width, 3))
		}
		s.Flows = append(s.Flows, d)
	}
	if n := uint64(len(flows) - len(s.Flows)); kept && n > 0 {
		s.Omitted = "Not drawn: " + Counted(n, "flow") + " of which fewer than two requests were answered or lost, or that came after the first 200."
	}
}

// flowTitle names a flow as its row does.
func flowTitle(f *track.Flow) string {
	title := address(f.Source) + " → " + address(f.Destination)
	if id := flowID(f); id != "" {
		title += ", id " + id
	}
	if network := NetworkName(f.Segments); network != "" {
		title += ", " + network
	}
	if f.Kind != "echo" {
		title = f.Kind + ": " + title
	}
	return title
}

// flowFigures says what the drawing shows, for those who do not see it.
func flowFigures(f *track.Flow, r *Report) string {
	text := count(f.Sent) + " sent, " + count(f.Received) + " received"
	if !f.Group {
		text += ", " + count(f.Lost) + " lost"
		if p := flowLoss(f); p != "" {
			text += " (" + doubted(r, p) + " %)"
		}
	}
	if f.Errors > 0 {
		text += ", " + Counted(f.Errors, "error")
	}
	if digits := r.Capture.Digits; f.RTT.N > 0 {
		text += fmt.Sprintf("; %s to %s ms, %s on average", Milliseconds(float64(f.RTT.Min), digits), Milliseconds(float64(f.RTT.Max), digits), Milliseconds(f.RTT.Avg, digits))
	}
	return text
}
