package report

import "slices"

// Sheet is one table of the report as texts, for who lays it out otherwise than Target does, such as the live view. Its cells are
// those of the report, to the letter.
type Sheet struct{ grid }

// Sheet returns the table of a topic, by its name in the files of CSV, such as "echo". It has the columns that keys name, by
// their names in CSV, or the headings of those that only people see, and in that order; or, where none are named, those that people see. Columns that say nothing are left out.
// It panics on names that there are not.
func (r *Report) Sheet(name string, keys ...string) *Sheet {
	at := slices.IndexFunc(topics[:], func(t *topic) bool { return t.name == name })
	t := topics[at]
	if len(keys) > 0 {
		named := *t
		named.columns = nil
		for _, key := range keys {
			c := t.columns[slices.IndexFunc(t.columns, func(c column) bool { return c.name() == key })]
			named.columns = append(named.columns, c)
		}
		t = &named
	}
	g := grid{topic: t, report: r, rows: t.rows(r)}
	for _, c := range t.columns {
		if c.shown == nil || c.shown(&c, r, g.rows) {
			g.columns = append(g.columns, c)
		}
	}
	return &Sheet{g}
}

// Rows is how many rows there are.
func (s *Sheet) Rows() int { return s.rows }

// Titles returns the headings.
func (s *Sheet) Titles() []string { return s.titles() }

// Numeric reports whether a column is set to the right.
func (s *Sheet) Numeric(column int) bool { return s.columns[column].kind == number }

// Row returns the cells of a row, printable as they are.
func (s *Sheet) Row(i int) []string { return slices.Clone(s.row(i, asIs)) }

// Totals returns the row of totals, nil if it would say no more than the rows do.
func (s *Sheet) Totals() []string { return s.totals() }

// Key returns the name of a column in CSV, or, of one that only people see, its heading.
func (s *Sheet) Key(column int) string { return s.columns[column].name() }

// Columns is how many columns there are.
func (s *Sheet) Columns() int { return len(s.columns) }

// Notes returns the sentences that belong below the table.
func (s *Sheet) Notes() []string { return s.grid.notes() }

// Width returns how many columns of a terminal a printable text takes.
func Width(s string) int { return displayWidth(s) }

func (c *column) name() string {
	if c.key != "" {
		return c.key
	}
	return c.title
}
