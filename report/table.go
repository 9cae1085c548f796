package report

import (
	"bufio"
	"bytes"
	"io"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// tablePrinter prints text for a terminal or a pipe: columns two spaces apart, a line under the headings.
type tablePrinter struct{}

func (tablePrinter) Print(w io.Writer, r *Report) error {
	return printGrids(w, r, func(out *bufio.Writer, g *grid) error {
		g.fit(r.Width)
		out.WriteString(g.topic.title + "\n")
		if err := renderTable(&trimmer{w: out}, g, textStyle(g), func(_ column, s string) string { return s }); err != nil {
			return err
		}
		for _, note := range g.notes() {
			out.WriteString(note + "\n")
		}
		return nil
	})
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

// renderTable prints a grid in the given style, each cell passed through set.
func renderTable(w io.Writer, g *grid, style []tablewriter.Option, set func(column, string) string) error {
	t := tablewriter.NewTable(w, style...)
	t.Header(g.titles())
	for i := range g.rows {
		if err := t.Append(g.row(i, set)); err != nil {
			return err
		}
	}
	if totals := g.totals(); totals != nil {
		t.Footer(totals)
	}
	return t.Render()
}

// textStyle has no borders, so that a row stays a line of words that can be selected, cut and searched.
func textStyle(g *grid) []tablewriter.Option {
	gap := tw.Padding{Right: "  ", Overwrite: true}
	padding := make([]tw.Padding, len(g.columns))
	for i := range padding {
		padding[i] = gap
	}
	padding[len(padding)-1] = tw.PaddingNone
	return append(plainCells(g, padding), tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
		Borders: tw.BorderNone,
		Symbols: tw.NewSymbols(tw.StyleLight),
		Settings: tw.Settings{
			Separators: tw.SeparatorsNone,
			Lines:      tw.Lines{ShowTop: tw.Off, ShowBottom: tw.Off, ShowHeaderLine: tw.On, ShowFooterLine: tw.On},
		},
	})))
}

// plainCells keeps tablewriter from wrapping, trimming and capitalising, and from asking the locale how wide "–" is.
func plainCells(g *grid, padding []tw.Padding) []tablewriter.Option {
	aligns := make([]tw.Align, len(g.columns))
	for i, c := range g.columns {
		aligns[i] = tw.AlignLeft
		if c.kind == number {
			aligns[i] = tw.AlignRight
		}
	}
	cells := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{PerColumn: aligns},
		Padding:    tw.CellPadding{PerColumn: padding},
	}
	return []tablewriter.Option{
		tablewriter.WithConfig(tablewriter.Config{Header: cells, Row: cells, Footer: cells}),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithEastAsian(tw.Off),
	}
}
