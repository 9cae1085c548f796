package report

import "github.com/icmpsniff/icmpsniff/track"

// pageTable is a table of the page. The first cell of a row names the row.
type pageTable struct {
	Name, Caption string
	Repeated      bool // the heading says what the caption does
	Columns       []pageColumn
	Rows          [][]pageCell
	Totals        []pageCell
	Notes         []string
}

// pageColumn has the column's key, as CSV has it; "" where it is for people only.
type pageColumn struct{ Key, Title, Class string }

// pageCell has a class where its word is a verdict.
type pageCell struct{ Text, Class string }

// pageClasses say how a kind of cell is set.
var pageClasses = [...]string{number: "n", word: "w", literal: "l"}

// verdicts are the columns whose words are from a short list, each of which has its color.
var verdicts = map[string]bool{"status": true, "state": true}

func tableOf(g *grid) pageTable {
	t := pageTable{Name: g.topic.name, Caption: g.topic.title, Repeated: g.topic.title == heading(g.topic), Notes: g.notes()}
	for _, c := range g.columns {
		t.Columns = append(t.Columns, pageColumn{c.key, c.title, pageClasses[c.kind]})
	}
	for i := range g.rows {
		t.Rows = append(t.Rows, pageRow(g, g.row(i, asIs)))
	}
	if totals := g.totals(); totals != nil {
		t.Totals = pageRow(g, totals)
	}
	return t
}

func pageRow(g *grid, texts []string) []pageCell {
	row := make([]pageCell, len(texts))
	for i, text := range texts {
		row[i] = pageCell{text, pageClasses[g.columns[i].kind]}
		if verdicts[g.columns[i].key] {
			row[i].Class += " is-" + text
		}
	}
	return row
}

// listClaims adds a table of who claims the addresses that several claim.
func (s *section) listClaims(r *Report) {
	t := pageTable{Name: "claims", Caption: "Addresses that several claim", Columns: []pageColumn{
		{"address", "Address", "l"}, {"vlan", "VLAN", "n"}, {"mac", "Claimed by", "l"}, {"first_frame", "First frame", "n"}, {"last_frame", "Last frame", "n"},
		{"first", "First", "l"}, {"last", "Last", "l"},
	}}
	for i := range r.Summary.Neighbors {
		n := &r.Summary.Neighbors[i]
		if len(n.Claims) < 2 {
			continue
		}
		for _, c := range n.Claims {
			if r.Limit > 0 && len(t.Rows) == r.Limit {
				t.Notes = []string{"… and more, in the JSON report."}
				break
			}
			t.Rows = append(t.Rows, claimRow(r, n, &c))
		}
	}
	if len(t.Rows) > 0 {
		s.Tables = append(s.Tables, t)
	}
}

func claimRow(r *Report, n *track.Neighbor, c *track.Claim) []pageCell {
	first, last := unknown, unknown
	if r.Capture.HasTime {
		first, last = timestamp(c.First, r.Capture.Digits), timestamp(c.Last, r.Capture.Digits)
	}
	network := stack(n.Segments)
	if network == "" {
		network = unknown
	}
	return []pageCell{
		{address(n.Address), "l"}, {network, "n"}, {mac(c.MAC), "l"}, {count(c.FirstFrame), "n"}, {count(c.LastFrame), "n"}, {first, "l"}, {last, "l"},
	}
}
