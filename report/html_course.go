package report

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/icmpsniff/icmpsniff/track"
)

// coursePlot plots the round-trip times of a flow by when their requests were sent. What was lost is marked along the top.
func coursePlot(id string, f *track.Flow, r *Report) plotted {
	c := &courseMarks{moments: f.Course.Moments, first: r.Capture.First}
	c.unit, c.unitName = timeUnit(f.Course.Moments[len(f.Course.Moments)-1].Time - f.Course.Moments[0].Time)
	p := newPlot(c.unitName+" since the capture began", "ms")
	p.Add(horizontalLines(), c)
	p.Y.Min, p.Y.Max = 0, headroom*float64(f.RTT.Max)/1e6
	if p.Y.Max == 0 {
		p.Y.Max = 1
	}
	height := 190
	if f.RTT.N == 0 {
		height = 80
		p.HideY() // which would measure nothing
		p.Y.Label.Text, p.Y.Padding = "", 2*markSize
	}
	if p.X.Min == p.X.Max {
		p.X.Min, p.X.Max = p.X.Min-1, p.X.Max+1
	}
	return drawn(p, plotted{ID: id, Class: "course", Title: "Round-trip times over time", Description: flowTitle(f) + ": " + flowFigures(f, r), Width: 420, Height: height})
}

// headroom leaves room above the longest time for what was lost.
const headroom = 1.2

// timeUnits are what spans of time are shown in, the longest first: from so many ns on.
var timeUnits = [...]struct {
	from, unit float64
	name       string
}{{3 * 86400e9, 86400e9, "Days"}, {3 * 3600e9, 3600e9, "Hours"}, {600e9, 60e9, "Minutes"}, {0, 1e9, "Seconds"}}

func timeUnit(span int64) (unit float64, name string) {
	for _, u := range timeUnits {
		if float64(span) >= u.from {
			return u.unit, u.name
		}
	}
	return 1e9, "Seconds"
}

func horizontalLines() *plotter.Grid {
	g := plotter.NewGrid()
	g.Vertical.Color = nil
	g.Horizontal.Color = inkGrid
	return g
}

// courseMarks draws moments: a bar from the shortest to the longest time, a line through the means, a cross for what was lost
// and a triangle for what an error answered.
type courseMarks struct {
	moments  []track.Moment
	first    int64
	unit     float64 // ns
	unitName string
}

func (c *courseMarks) x(m *track.Moment) float64 { return float64(m.Time-c.first) / c.unit }

// DataRange implements plot.DataRanger.
func (c *courseMarks) DataRange() (xmin, xmax, ymin, ymax float64) {
	for i := range c.moments {
		ymax = max(ymax, float64(c.moments[i].Max)/1e6)
	}
	return c.x(&c.moments[0]), c.x(&c.moments[len(c.moments)-1]), 0, ymax
}

// Plot implements plot.Plotter.
func (c *courseMarks) Plot(canvas draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&canvas)
	var spans, means, dots, crosses, triangles vg.Path
	joined, crowded := false, len(c.moments) > maxDots
	for i := range c.moments {
		m := &c.moments[i]
		x := toX(c.x(m))
		if m.N > 0 {
			mean := vg.Point{X: x, Y: toY(m.Avg / 1e6)}
			if m.Max > m.Min {
				spans.Move(vg.Point{X: x, Y: toY(float64(m.Min) / 1e6)})
				spans.Line(vg.Point{X: x, Y: toY(float64(m.Max) / 1e6)})
			}
			if joined {
				means.Line(mean)
			} else {
				means.Move(mean)
			}
			if !crowded || !joined && (i+1 == len(c.moments) || c.moments[i+1].N == 0) {
				dot(&dots, mean)
			}
		}
		joined = m.N > 0
		top := canvas.Max.Y - markSize
		if m.Lost > m.Errors {
			cross(&crosses, vg.Point{X: x, Y: top})
		}
		if m.Errors > 0 {
			triangle(&triangles, vg.Point{X: x, Y: top - 3*markSize})
		}
	}
	for _, s := range [...]struct {
		ink  ink
		path vg.Path
	}{{inkSpan, spans}, {inkLine, means}, {inkDot, dots}, {inkLost, crosses}, {inkError, triangles}} {
		stroke(&canvas, s.ink, s.path)
	}
}

// maxDots is up to how many moments each has a dot; of more, those alone that no line leads to or from.
const maxDots = 64

// markSize is half the width of a mark, points.
const markSize = 4

// dot is a line without length, which round ends make a dot of.
func dot(p *vg.Path, at vg.Point) {
	p.Move(at)
	p.Line(at)
}

func cross(p *vg.Path, at vg.Point) {
	p.Move(vg.Point{X: at.X - markSize, Y: at.Y - markSize})
	p.Line(vg.Point{X: at.X + markSize, Y: at.Y + markSize})
	p.Move(vg.Point{X: at.X - markSize, Y: at.Y + markSize})
	p.Line(vg.Point{X: at.X + markSize, Y: at.Y - markSize})
}

func triangle(p *vg.Path, at vg.Point) {
	p.Move(vg.Point{X: at.X - markSize, Y: at.Y - markSize})
	p.Line(vg.Point{X: at.X, Y: at.Y + markSize})
	p.Line(vg.Point{X: at.X + markSize, Y: at.Y - markSize})
	p.Close()
}
