package report

import (
	"bufio"
	"bytes"
	"io"

	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// Table prints the report as text, as the format table does.
var Table Printer = tablePrinter{}

// tablePrinter prints text for a terminal or a pipe: columns two spaces apart, a line under the headings.
type tablePrinter struct{}

func (tablePrinter) Print(w io.Writer, r *Report) error {
	return printGrids(w, r, func(out *bufio.Writer, g *grid) error {
		g.fit(r.Width)
		out.WriteString(g.topic.title + "\n")
		if err := render(newBorderless(), &trimmer{w: out}, g, 0, asIs); err != nil {
			return err
		}
		for _, note := range g.notes() {
			out.WriteString(note + "\n")
		}
		return nil
	})
}

// gap stands between two columns.
const gap = "  "

// borderless is tablewriter's renderer without borders, so that a row stays a line of words that can be selected, cut and
// searched. It prints rows itself, as Blueprint would, in 3 µs each instead of 11: Blueprint measures a cell five times to put
// blanks beside it, and prepares ten messages for a log.
type borderless struct {
	*renderer.Blueprint
	w    io.Writer
	line []byte
}

func newBorderless() *borderless {
	return &borderless{Blueprint: renderer.NewBlueprint(tw.Rendition{
		Borders: tw.BorderNone,
		Symbols: tw.NewSymbolCustom("borderless").WithColumn(gap).WithRow("─").WithCenter("──"),
	})}
}

func (b *borderless) Start(w io.Writer) error {
	b.w = w
	return b.Blueprint.Start(w)
}

func (b *borderless) Row(cells []string, formatting tw.Formatting) {
	b.line = b.line[:0]
	for i, s := range cells {
		if i > 0 {
			b.line = append(b.line, gap...)
		}
		right := formatting.Row.Current[i].Align == tw.AlignRight
		if !right {
			b.line = append(b.line, s...)
		}
		for range formatting.Row.Widths[i] - displayWidth(s) {
			b.line = append(b.line, ' ')
		}
		if right {
			b.line = append(b.line, s...)
		}
	}
	b.line = append(b.line, '\n')
	b.w.Write(b.line)
}

// trimmer passes lines on without the blanks at their ends.
type trimmer struct {
	w    *bufio.Writer
	line []byte
}

func (t *trimmer) Write(b []byte) (int, error) {
	for part := range bytes.Lines(b) {
		t.line = append(t.line, part...)
		if bytes.HasSuffix(part, []byte("\n")) {
			t.w.Write(append(bytes.TrimRight(t.line, " \n"), '\n'))
			t.line = t.line[:0]
		}
	}
	return len(b), nil // the bufio.Writer keeps its error
}
