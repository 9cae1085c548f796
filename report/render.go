package report

import (
	"io"

	"github.com/olekukonko/ll"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/tw"
)

// render prints a grid by one of tablewriter's renderers, with so many blanks of padding in each column, and each cell
// passed through set. A renderer is led from here and not by a tablewriter.Table: that keeps all rows to measure
// them, and takes 20 µs and 20 KiB to tell its renderer of one.
func render(r tw.Renderer, w io.Writer, g *grid, padding int, set func(column, string) string) error {
	twwidth.SetEastAsian(false)          // "–" is as wide as "-", whatever the locale says
	twwidth.SetCacheCapacity(0)          // cells hardly repeat, and to look one up takes longer than to measure it
	r.Logger(ll.New("report").Suspend()) // one that is merely off has its messages worded
	if err := r.Start(w); err != nil {
		return err
	}
	l := newLine(g.widths(set), padding, g.columns)
	r.Header(l.of(tw.Header, g.titles()))
	r.Line(l.formatting)
	for i := range g.rows {
		cells := g.row(i, set)
		_, formatting := l.of(tw.Row, cells)
		r.Row(cells, formatting)
	}
	if totals := g.totals(); totals != nil {
		r.Line(l.formatting)
		r.Footer(l.of(tw.Footer, totals))
	}
	return r.Close()
}

// asIs sets a cell as it is.
func asIs(_ column, s string) string { return s }

// line is what a renderer is told about a line. From one to the next only texts differ, so that there is one for a table.
type line struct{ formatting tw.Formatting }

func newLine(widths []int, padding int, columns []column) *line {
	row := tw.RowContext{Current: make(map[int]tw.CellContext), Widths: tw.NewMapper[int, int]()}
	for i, c := range columns {
		align := tw.AlignLeft
		if c.kind == number {
			align = tw.AlignRight
		}
		row.Current[i] = tw.CellContext{Align: align}
		row.Widths[i] = widths[i] + padding
	}
	return &line{tw.Formatting{Row: row}}
}

// of returns the arguments for a renderer's Header or Footer.
func (l *line) of(position tw.Position, texts []string) ([][]string, tw.Formatting) {
	l.formatting.Row.Position = position
	for i, text := range texts {
		c := l.formatting.Row.Current[i]
		c.Data = text
		l.formatting.Row.Current[i] = c
	}
	return [][]string{texts}, l.formatting
}

// displayWidth returns how many columns of a terminal a printable text takes.
func displayWidth(s string) int {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return twwidth.Width(s)
		}
	}
	return len(s)
}
