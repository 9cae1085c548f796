package top

import (
	"fmt"
	"strings"

	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

// detailLines returns all that is known of the chosen row; of a flow also its round trips and its latest packets.
func (m *model) detailLines() []string {
	list := m.arranged()
	at := m.cursor(list)
	if at < 0 || panes[m.pane].frame(m.shown.sight.Summary, list[at]) != m.chosen[m.pane] {
		return []string{"", "The row is not among those that are shown any more; esc goes back to the others."}
	}
	row := list[at]
	s := m.sheetOf()
	var terms []string
	widest := 0
	for i, cell := range s.Row(row) {
		terms = append(terms, s.Titles()[i]+" "+cell)
		widest = max(widest, report.Width(terms[i]))
	}
	lines := append([]string{""}, m.beside(terms, widest)...)
	if m.pane != flowsPane {
		return lines
	}
	lines = append(lines, "", "Round trips, the newest to the right; "+string(lostSign)+" lost, "+string(pendingSign)+" pending: "+m.span(row))
	lines = append(lines, cut(spark(m.shown.sight.Recent[row], m.width), m.width))
	lines = append(lines, "", "Latest packets; last reply "+m.ago(row))
	packets := m.shown.lines[row]
	if len(packets) == 0 {
		return append(lines, "None is kept: there are many flows, or -Y hides them.")
	}
	for _, line := range packets[max(0, len(packets)-max(1, m.height-1-len(lines))):] {
		lines = append(lines, cut(line, m.width))
	}
	return lines
}

// beside puts terms beside each other, in columns, and long ones on lines of their own.
func (m *model) beside(terms []string, widest int) []string {
	const usual = 38 // two of them fit into 80 columns
	width := min(widest, usual)
	across := max(1, (m.width+len(gap))/(width+len(gap)))
	var lines []string
	var line []string
	flush := func() {
		if len(line) > 0 {
			lines = append(lines, strings.TrimRight(strings.Join(line, gap), " "))
		}
		line = nil
	}
	for _, term := range terms {
		if report.Width(term) > width {
			flush()
			lines = append(lines, wrap(term, m.width)...)
			continue
		}
		line = append(line, term+strings.Repeat(" ", width-report.Width(term)))
		if len(line) == across {
			flush()
		}
	}
	flush()
	return lines
}

// span tells between which times the round trips that are drawn lie.
func (m *model) span(row int) string {
	shortest, longest := track.Outcome(-1), track.Outcome(-1)
	outcomes := m.shown.sight.Recent[row]
	for _, o := range outcomes[max(0, len(outcomes)-m.width):] {
		if o < 0 {
			continue
		}
		if shortest < 0 || o < shortest {
			shortest = o
		}
		longest = max(longest, o)
	}
	if longest < 0 {
		return "none"
	}
	return fmt.Sprintf("%.3f to %.3f ms", float64(shortest)/1e6, float64(longest)/1e6)
}

// ago is repliedAgo as a part of a sentence.
func (m *model) ago(row int) string {
	if text := m.repliedAgo(row); text != unknown {
		return text + " ago"
	}
	return "not seen"
}
