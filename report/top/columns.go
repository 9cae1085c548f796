package top

import (
	"slices"
	"strings"

	"github.com/icmpsniff/icmpsniff/report"
)

// gap stands between two columns.
const gap = "  "

// column is a column of a table as it is laid out.
type column struct {
	key     string
	title   string
	numeric bool // set to the right
	cells   []string
	total   string
	width   int
}

// columnsOf returns the columns of a sheet with some of its rows.
func columnsOf(s *report.Sheet, list []int) []column {
	columns := make([]column, s.Columns())
	titles, totals := s.Titles(), s.Totals()
	for i := range columns {
		columns[i] = column{key: s.Key(i), title: titles[i], numeric: s.Numeric(i)}
		if totals != nil {
			columns[i].total = totals[i]
		}
	}
	for _, row := range list {
		for i, cell := range s.Row(row) {
			columns[i].cells = append(columns[i].cells, cell)
		}
	}
	for i := range columns {
		columns[i].measure()
	}
	return columns
}

// measure sets the width to that of the longest text.
func (c *column) measure() {
	c.width = max(report.Width(c.title), report.Width(c.total))
	for _, cell := range c.cells {
		c.width = max(c.width, report.Width(cell))
	}
}

// narrowest is how far a column of words is narrowed.
const narrowest = 8

// fit makes columns fit into a width: it leaves out those to spare, the first of them first, then narrows the widest ones with
// words.
func fit(columns []column, width int, spare []string) []column {
	label := columns[0].total // of the totals, wherever the row begins
	for len(spare) > 0 && widthOf(columns) > width {
		columns = slices.DeleteFunc(columns, func(c column) bool { return c.key == spare[0] })
		spare = spare[1:]
	}
	columns[0].total = label
	for widthOf(columns) > width {
		widest := -1
		for i, c := range columns {
			if !c.numeric && c.width > narrowest && (widest < 0 || c.width > columns[widest].width) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		columns[widest].width--
	}
	return columns
}

func widthOf(columns []column) int {
	total := max(0, len(columns)-1) * len(gap)
	for _, c := range columns {
		total += c.width
	}
	return total
}

// cell returns a text as wide as the column, or cut to it.
func (c *column) cell(text string) string {
	text = cut(text, c.width)
	blanks := strings.Repeat(" ", max(0, c.width-report.Width(text)))
	if c.numeric {
		return blanks + text
	}
	return text + blanks
}

// cut shortens a text that is wider than so many columns of the screen; an ellipsis says so.
func cut(text string, width int) string {
	if report.Width(text) <= width {
		return text
	}
	cells := 0
	for i, c := range text {
		cells += report.Width(string(c))
		if cells >= width {
			if width <= 0 {
				return ""
			}
			return text[:i] + "…"
		}
	}
	return text
}

// wrap breaks a text into lines no wider than width, between words where it can.
func wrap(text string, width int) []string {
	var lines []string
	for report.Width(text) > width && width > 0 {
		end, blank, cells := 0, 0, 0
		for i, c := range text {
			if cells += report.Width(string(c)); cells > width {
				break
			}
			if end = i + len(string(c)); c == ' ' {
				blank = i
			}
		}
		if end == 0 {
			break
		}
		if blank > 0 && text[end] != ' ' {
			end = blank
		}
		lines = append(lines, text[:end])
		text = strings.TrimLeft(text[end:], " ")
	}
	return append(lines, text)
}
