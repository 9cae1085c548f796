package report

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/icmpsniff/icmpsniff/track"
)

const (
	maxBars  = 24 // of a distribution
	farApart = 20 // how many times the shortest time the longest is, from where on bars are of equal width by their logarithm
)

// spreadPlot plots how often which round-trip times were measured, with lines at p50 and p95.
func spreadPlot(id string, f *track.Flow, r *Report) plotted {
	b := spreadOf(f)
	p := newPlot("ms", "Replies")
	if b.logarithmic {
		p.X.Label.Text = "ms, logarithmic"
		p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	}
	p.Add(horizontalLines(), b)
	d := plotted{ID: id, Class: "spread", Title: "Distribution of round-trip times", Width: 300, Height: 190}
	d.Description = fmt.Sprintf("%s: %d replies, p50 %s ms, p95 %s ms", flowTitle(f), f.RTT.N, Milliseconds(f.RTT.P50, r.Capture.Digits), Milliseconds(f.RTT.P95, r.Capture.Digits))
	return drawn(p, d)
}

// spread is a histogram: bars between edges, ms.
type spread struct {
	logarithmic bool
	edges       []float64
	heights     []float64
	quantiles   []float64 // ms
}

func spreadOf(f *track.Flow) *spread {
	low, high := float64(f.RTT.Min)/1e6, float64(f.RTT.Max)/1e6
	b := &spread{logarithmic: low > 0 && high > farApart*low, quantiles: []float64{f.RTT.P50 / 1e6, f.RTT.P95 / 1e6}}
	scale, back := func(v float64) float64 { return v }, func(v float64) float64 { return v }
	if b.logarithmic {
		scale, back = math.Log, math.Exp
	}
	bars := int(min(maxBars, max(worthSpreading, f.RTT.N/2)))
	from, width := scale(low), (scale(high)-scale(low))/float64(bars)
	b.heights = make([]float64, bars)
	for i := range bars + 1 {
		b.edges = append(b.edges, back(from+float64(i)*width))
	}
	for _, t := range f.Course.Times {
		v := min(max(t.RTT/1e6, low), high) // a sketch may be off by its accuracy
		b.heights[min(int((scale(v)-from)/width), bars-1)] += float64(t.N)
	}
	return b
}

// DataRange implements plot.DataRanger.
func (b *spread) DataRange() (xmin, xmax, ymin, ymax float64) {
	for _, h := range b.heights {
		ymax = max(ymax, h)
	}
	return b.edges[0], b.edges[len(b.edges)-1], 0, ymax
}

// Plot implements plot.Plotter.
func (b *spread) Plot(canvas draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&canvas)
	var bars, quantiles vg.Path
	for i, h := range b.heights {
		if h == 0 {
			continue
		}
		left, right := toX(b.edges[i])+0.5, toX(b.edges[i+1])-0.5 // a gap between bars
		bars.Move(vg.Point{X: left, Y: toY(0)})
		bars.Line(vg.Point{X: left, Y: toY(h)})
		bars.Line(vg.Point{X: right, Y: toY(h)})
		bars.Line(vg.Point{X: right, Y: toY(0)})
		bars.Close()
	}
	for _, q := range b.quantiles {
		x := toX(min(max(q, b.edges[0]), b.edges[len(b.edges)-1]))
		quantiles.Move(vg.Point{X: x, Y: toY(0)})
		quantiles.Line(vg.Point{X: x, Y: canvas.Max.Y})
	}
	stroke(&canvas, inkBar, bars)
	stroke(&canvas, inkQuantile, quantiles)
}
