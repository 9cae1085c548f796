package report

import (
	"bytes"
	"html/template"
	"image/color"
	"regexp"
	"strconv"
	"sync"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// ink is what a line is drawn with. For the library it is a color of its own; on the page it is a class, whose color the style
// sheet has, one by day and one by night.
type ink uint8

// RGBA implements color.Color.
func (i ink) RGBA() (r, g, b, a uint32) { return color.NRGBA{R: 1, B: uint8(i), A: 255}.RGBA() }

const (
	inkAxis ink = iota
	inkGrid
	inkSpan
	inkLine
	inkDot
	inkLost
	inkError
	inkBar
	inkQuantile
	inkText
)

// inkClasses are the classes by ink.
var inkClasses = [...]string{
	inkAxis: "axis", inkGrid: "grid", inkSpan: "span", inkLine: "line", inkDot: "dot", inkLost: "lost", inkError: "error", inkBar: "bar",
	inkQuantile: "quantile", inkText: "",
}

// newPlot returns an empty plot with its axes named.
func newPlot(x, y string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.X.Label.Text, p.Y.Label.Text = x, y
	for _, a := range [...]*plot.Axis{&p.X, &p.Y} {
		a.LineStyle.Color, a.Tick.LineStyle.Color = inkAxis, inkAxis
		for _, s := range [...]*text.Style{&a.Label.TextStyle, &a.Tick.Label} {
			s.Color, s.Font = inkText, font.Font{Typeface: "Liberation", Variant: "Sans", Size: textSize}
		}
		a.Padding = 4
		a.Tick.Marker = ticks{}
	}
	return p
}

// edge is room at the right for half of the last label, which on the page may be wider than in the library's font.
const edge = 20

// textSize is that of the texts of plots, in units of their SVG: large enough where a telephone makes it smaller.
const textSize = 12

// stroke draws a path, if there is anything in it. Whether it is filled is up to the style sheet.
func stroke(c *draw.Canvas, with ink, path vg.Path) {
	if len(path) == 0 {
		return
	}
	c.SetColor(with)
	c.SetLineWidth(1)
	c.Stroke(path)
}

// drawn fills in the body of a plot.
func drawn(p *plot.Plot, d plotted) plotted {
	canvas := vgsvg.New(vg.Length(d.Width), vg.Length(d.Height))
	p.Draw(draw.Crop(draw.NewCanvas(canvas, vg.Length(d.Width), vg.Length(d.Height)), 0, -edge, 0, 0))
	var b bytes.Buffer
	canvas.WriteTo(&b) //nolint:errcheck // a bytes.Buffer takes everything
	d.Body = template.HTML(withClasses(inside(b.Bytes())))
	return d
}

// inside returns what is between the tags of the outermost element: the template has another one, with a title.
func inside(svg []byte) []byte {
	if start := bytes.Index(svg, []byte("<g ")); start >= 0 {
		svg = svg[start:]
	}
	if end := bytes.LastIndex(svg, []byte("</svg>")); end >= 0 {
		svg = svg[:end]
	}
	return svg
}

// styled are the style attributes that vgsvg writes, which the page's policy forbids, and the ink in them.
var styled = onDemand(`\s+style="[^"#]*(?:#0100([0-9A-F]{2}))?[^"]*"`)

// withClasses puts classes in place of styles.
func withClasses(svg []byte) []byte {
	svg = styled().ReplaceAllFunc(svg, func(style []byte) []byte {
		i, err := strconv.ParseUint(string(styled().FindSubmatch(style)[1]), 16, 8)
		if err != nil || int(i) >= len(inkClasses) || inkClasses[i] == "" {
			return nil
		}
		return []byte(` class="` + inkClasses[i] + `"`)
	})
	svg = pathData().ReplaceAllFunc(svg, func(path []byte) []byte { return fine().ReplaceAll(path, []byte("$1")) })
	return bytes.ReplaceAll(svg, []byte("\n\t"), []byte(" "))
}

// Coordinates have more digits than anybody sees: a tenth of a point is enough.
var (
	pathData = onDemand(` d="[^"]*"`)
	fine     = onDemand(`([0-9]\.[0-9])[0-9]+`)
)

// onDemand returns a regular expression that is compiled with its first use: most runs draw nothing.
func onDemand(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
