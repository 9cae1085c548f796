package top

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/icmpsniff/icmpsniff/report"
)

// aroundRows is how many lines of the screen are no rows: the capture, the tables to choose from, a blank, the heading, the totals,
// and the keys.
const aroundRows = 6

// View implements tea.Model.
func (m *model) View() tea.View {
	v := tea.NewView(strings.Join(m.lines(), "\n"))
	v.AltScreen = true
	return v
}

// lines returns the lines of the screen, as many as it has.
func (m *model) lines() []string {
	lines := []string{m.style.title(cut(m.headline(), m.width)), m.tabs()}
	switch {
	case m.help:
		lines = append(lines, m.helpLines()...)
	case m.shown == nil:
		lines = append(lines, "", "Nothing was captured yet.")
	case m.details:
		lines = append(lines, m.detailLines()...)
	default:
		lines = append(lines, m.tableLines()...)
	}
	for len(lines) < m.height-1 {
		lines = append(lines, "")
	}
	lines = append(lines[:max(0, m.height-1)], m.bottom())
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// headline says what is captured, and how much of it there is. A long name gives way to the numbers.
func (m *model) headline() string {
	words := ""
	if m.shown != nil {
		words = gap + strings.Join(m.progress(), gap)
	}
	const program, least = "icmpsniff" + gap, 12
	return program + cut(m.title, max(least, m.width-len(program)-report.Width(words))) + words
}

// progress is what the headline says of the capture, and of the screen.
func (m *model) progress() []string {
	c := &m.shown.capture
	words := []string{report.Counted(c.Frames, "frame"), bytesInWords(c.Bytes)}
	if c.HasTime {
		words = append(words, sinceInWords(m.shown.end()-c.First))
	}
	if m.lost > 0 {
		words = append(words, report.Counted(m.lost, "frame")+" dropped")
	}
	if e := c.Evicted + m.shown.sight.Summary.Evicted; e > 0 {
		words = append(words, strconv.FormatUint(e, 10)+" given up")
	}
	for _, state := range []struct {
		is   bool
		word string
	}{{m.shown.over, "OVER"}, {m.paused, "PAUSED"}, {m.frozen != nil, "FROZEN"}} {
		if state.is {
			words = append(words, state.word)
		}
	}
	return words
}

// tabs lists the tables, and says what is chosen of them.
func (m *model) tabs() string {
	var plain, painted []string
	for i := range panes {
		text := panes[i].title
		if m.shown != nil {
			text += " " + strconv.Itoa(panes[i].found(m.shown.sight))
		}
		text = " " + text + " "
		if i == m.pane {
			text = "[" + text[1:len(text)-1] + "]"
		}
		plain = append(plain, text)
		if i == m.pane {
			text = m.style.tab(text)
		}
		painted = append(painted, text)
	}
	chosen := ""
	if m.pane == flowsPane && m.order != 0 || m.reverse {
		chosen = "by " + orders[m.order].name
		if m.pane != flowsPane {
			chosen = "order"
		}
		if m.reverse {
			chosen += ", reversed"
		}
	}
	if m.filter != "" {
		chosen = strings.TrimPrefix(chosen+", only "+m.filter, ", ")
	}
	left := report.Width(strings.Join(plain, " "))
	if left > m.width {
		return m.style.tab(cut(plain[m.pane], m.width))
	}
	chosen = cut(chosen, m.width-left-len(gap))
	return strings.Join(painted, " ") + strings.Repeat(" ", max(0, m.width-left-report.Width(chosen))) + chosen
}

// room is how many rows of a table the screen has room for.
func (m *model) room() int {
	if m.shown == nil {
		return 1
	}
	return max(1, m.height-aroundRows-len(m.remarks()))
}

// remarks are the lines below the table.
func (m *model) remarks() []string {
	var lines []string
	if found := panes[m.pane].found(m.shown.sight); found > rows {
		lines = append(lines, fmt.Sprintf("%d of %d rows; a filter or another order shows others.", rows, found))
	}
	return append(lines, m.sheet().Notes()...)
}

// tableLines returns the part of the table around the cursor.
func (m *model) tableLines() []string {
	list := m.arranged()
	if len(list) == 0 {
		none := panes[m.pane].none
		if m.filter != "" {
			none = "Nothing with an address like " + m.filter + "; esc shows the others."
		}
		return []string{"", cut(none, m.width)}
	}
	at := m.cursor(list)
	first := min(max(0, at-m.room()/2), max(0, len(list)-m.room()))
	list = list[first:min(first+m.room(), len(list))]
	const mark = "> "
	columns := m.columns(list, m.width-len(mark))
	lines := []string{"", strings.Repeat(" ", len(mark)) + m.heading(columns)}
	for i := range list {
		line := strings.Repeat(" ", len(mark))
		if i == at-first {
			line = mark
		}
		lines = append(lines, line+m.row(columns, i, i == at-first))
	}
	if text := totals(columns); text != "" && m.filter == "" { // of all rows
		lines = append(lines, strings.Repeat(" ", len(mark))+text)
	}
	for _, remark := range m.remarks() {
		lines = append(lines, m.style.faint(cut(remark, m.width)))
	}
	return lines
}

// columns lays out some rows of the table.
func (m *model) columns(list []int, width int) []column {
	columns := columnsOf(m.sheet(), list)
	if m.pane != flowsPane {
		return fit(columns, width, panes[m.pane].spare)
	}
	last := column{key: "replied", title: "Replied", numeric: true}
	trips := column{key: "trips", title: "RTT", width: narrowest}
	longest := 0
	for _, row := range list {
		last.cells = append(last.cells, m.repliedAgo(row))
		longest = max(longest, len(m.shown.sight.Recent[row]))
	}
	last.measure()
	columns = fit(append(columns, last, trips), width, panes[m.pane].spare)
	wide := &columns[len(columns)-1]
	wide.width += max(0, min(width-widthOf(columns), longest-wide.width))
	for _, row := range list {
		wide.cells = append(wide.cells, spark(m.shown.sight.Recent[row], wide.width))
	}
	return columns
}

// repliedAgo is how long ago the latest reply of a flow came.
func (m *model) repliedAgo(row int) string {
	if m.shown.replied[row] == 0 {
		return unknown
	}
	return sinceInWords(m.shown.end() - m.shown.replied[row])
}

func (m *model) heading(columns []column) string {
	cells := make([]string, len(columns))
	for i := range columns {
		cells[i] = m.style.heading(columns[i].cell(columns[i].title))
	}
	return strings.Join(cells, gap)
}

func (m *model) row(columns []column, row int, chosen bool) string {
	cells := make([]string, len(columns))
	for i := range columns {
		c := &columns[i]
		text := c.cell(c.cells[row])
		switch alarm := alarming[c.key]; {
		case alarm != nil && alarm(c.cells[row]):
			text = m.style.alarm(text)
		case c.key == "trips":
			text = strings.ReplaceAll(text, string(lostSign), m.style.alarm(string(lostSign)))
		case chosen:
			text = m.style.cursor(text)
		}
		cells[i] = text
	}
	return strings.Join(cells, gap)
}

// totals returns the line below the rows, "" if there is none.
func totals(columns []column) string {
	cells, any := make([]string, len(columns)), false
	for i := range columns {
		any = any || columns[i].total != ""
		cells[i] = columns[i].cell(columns[i].total)
	}
	if !any {
		return ""
	}
	return strings.TrimRight(strings.Join(cells, gap), " ")
}

// bottom lists the keys, or asks for a filter.
func (m *model) bottom() string {
	if m.typing {
		return cut("only addresses with: "+m.typed+"_", m.width)
	}
	var words []string
	for _, k := range keys {
		if k.short != "" {
			words = append(words, strings.Fields(k.shown)[0]+" "+k.short)
		}
	}
	if m.details || m.help {
		words = []string{"esc back", "q quit"}
	}
	return m.style.faint(cut(strings.Join(words, gap), m.width))
}

// helpLines lists all keys.
func (m *model) helpLines() []string {
	lines := []string{""}
	for _, k := range keys {
		lines = append(lines, cut(fmt.Sprintf("%-13s%s", k.shown, k.does), m.width))
	}
	return lines
}

// bytesInWords writes a number of bytes with three digits or so: 9.4 kB.
func bytesInWords(n uint64) string {
	if n < 1000 {
		return strconv.FormatUint(n, 10) + " B"
	}
	value, unit := float64(n)/1000, 0
	for value >= 999.5 && unit < 4 {
		value /= 1000
		unit++
	}
	decimals := 0
	if value < 99.95 {
		decimals = 1
	}
	return strconv.FormatFloat(value, 'f', decimals, 64) + " " + [...]string{"kB", "MB", "GB", "TB", "PB"}[unit]
}

// sinceInWords writes how long something took, ns: 0.2 s, 1:05, 3:00:00.
func sinceInWords(ns int64) string {
	d := max(0, time.Duration(ns))
	seconds := int(d / time.Second)
	switch {
	case d < time.Minute:
		return strconv.FormatFloat(float64(d.Truncate(100*time.Millisecond))/1e9, 'f', 1, 64) + " s"
	case d < time.Hour:
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
