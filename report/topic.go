package report

import (
	"bufio"
	"io"
	"slices"
)

// topic is one table of the report, defined once for every format that prints tables.
// To add a table: define a topic and put it in topics, in the order of the report.
type topic struct {
	name    string // in file names: echo
	title   string // above the table
	columns []column
	rows    func(*Report) int
	totals  func(*Report) bool     // whether the row of totals says more than the rows do; nil is never
	notes   func(*Report) []string // sentences below the table; nil is none
}

// topics are in the order in which they are printed.
var topics = [...]*topic{&echoTopic, &queriesTopic, &resolutionTopic, &neighborTopic, &errorTopic, &pathTopic, &pathMTUTopic, &clocksTopic, &notesTopic,
	&captureTopic}

// column is one column of a topic.
type column struct {
	key   string // the column's name in CSV: stable, with its unit; "" keeps it out of CSV
	title string // its heading for people, who read the unit in the topic's title
	kind  kind
	cell  func(r *Report, row int) string // "" is not known
	total func(r *Report) string          // nil is none
	// dispensable orders the columns that a table leaves out where it is too wide: the highest go first, 0 never goes.
	dispensable uint8
	// shown says whether tables for people have the column; nil is always.
	shown func(c *column, r *Report, rows int) bool
}

// kind says how a cell is set.
type kind uint8

const (
	number  kind = iota // to the right
	word                // to the left
	literal             // to the left, and in Markdown as code: "2001:db8:100::" would show an emoji there
)

// whenSet shows a column in which some row or the total has something else than zero or nothing.
func whenSet(c *column, r *Report, rows int) bool {
	set := func(s string) bool { return s != "" && s != "0" }
	for i := range rows {
		if set(c.cell(r, i)) {
			return true
		}
	}
	return c.total != nil && set(c.total(r))
}

// forPrograms keeps a column out of the tables for people.
func forPrograms(*column, *Report, int) bool { return false }

// grid is a topic as people get to see it: without the columns that say nothing, and cut at the limit.
type grid struct {
	topic   *topic
	report  *Report
	columns []column
	rows    int // printed
	more    int // not printed
	cells   []string
}

// gridOf lays out a topic; ok is false if it has no rows and so is not printed.
func gridOf(t *topic, r *Report) (g grid, ok bool) {
	g = grid{topic: t, report: r, rows: t.rows(r)}
	if g.rows == 0 {
		return g, false
	}
	if r.Limit > 0 && g.rows > r.Limit {
		g.rows, g.more = r.Limit, g.rows-r.Limit
	}
	for _, c := range t.columns {
		if c.shown == nil || c.shown(&c, r, g.rows) {
			g.columns = append(g.columns, c)
		}
	}
	return g, true
}

// printGrids calls print for every topic that has rows, with an empty line between them.
func printGrids(w io.Writer, r *Report, print func(out *bufio.Writer, g *grid) error) error {
	// tablewriter does not look at write errors; a bufio.Writer keeps the first of them for Flush.
	out := bufio.NewWriter(w)
	first := true
	for _, t := range topics {
		g, ok := gridOf(t, r)
		if !ok {
			continue
		}
		if !first {
			out.WriteByte('\n')
		}
		first = false
		if err := print(out, &g); err != nil {
			return err
		}
	}
	return out.Flush()
}

// fit leaves out dispensable columns until a line is no longer than width, 0 meaning any.
func (g *grid) fit(width int) {
	for width > 0 && g.width() > width {
		most := uint8(1)
		for _, c := range g.columns {
			most = max(most, c.dispensable)
		}
		kept := slices.DeleteFunc(slices.Clone(g.columns), func(c column) bool { return c.dispensable == most })
		if len(kept) == len(g.columns) {
			return
		}
		g.columns = kept
	}
}

// width returns the length of the table's longest line.
func (g *grid) width() int {
	total := -len(gap)
	for _, w := range g.widths(asIs) {
		total += w + len(gap)
	}
	return total
}

// widths returns the width of each column, each cell passed through set. Cells are made again when they are printed,
// rather than kept: rows may be millions.
func (g *grid) widths(set func(column, string) string) []int {
	widths := make([]int, len(g.columns))
	measure := func(cells []string) {
		for i, s := range cells {
			widths[i] = max(widths[i], displayWidth(s))
		}
	}
	measure(g.titles())
	for i := range g.rows {
		measure(g.row(i, set))
	}
	measure(g.totals())
	return widths
}

// unknown stands in the tables for people where a value is not known.
const unknown = "–"

// row returns the cells of a row, each passed through set. They are valid until the next call.
func (g *grid) row(i int, set func(column, string) string) []string {
	g.cells = g.cells[:0]
	for _, c := range g.columns {
		s := c.cell(g.report, i)
		if s != "" {
			s = set(c, s)
		} else {
			s = unknown
		}
		g.cells = append(g.cells, s)
	}
	return g.cells
}

// totals returns the last row, nil if there is none.
func (g *grid) totals() []string {
	if g.topic.totals == nil || !g.topic.totals(g.report) {
		return nil
	}
	cells := make([]string, len(g.columns))
	for j, c := range g.columns {
		if c.total != nil {
			cells[j] = c.total(g.report)
		}
	}
	return cells
}

// titles returns the headings.
func (g *grid) titles() []string {
	cells := make([]string, len(g.columns))
	for j, c := range g.columns {
		cells[j] = c.title
	}
	return cells
}

// notes returns the sentences below the table.
func (g *grid) notes() []string {
	var notes []string
	if g.more > 0 {
		notes = append(notes, "… and "+Counted(uint64(g.more), "more row")+".")
	}
	if g.topic.notes != nil {
		notes = append(notes, g.topic.notes(g.report)...)
	}
	return notes
}

// evictionNotes says why the rows do not add up to the totals.
func evictionNotes(r *Report) []string {
	if r.Summary.Evicted == 0 {
		return nil
	}
	return []string{"Rows and requests given up for want of room: " + count(r.Summary.Evicted) + ". The totals count them."}
}

// totalWord stands in the first column of the row of totals.
func totalWord(*Report) string { return "Total" }

// Counted returns "1 frame" or "2 frames".
func Counted(n uint64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return count(n) + " " + what + "s"
}
