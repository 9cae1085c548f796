package report

import (
	"slices"
	"strings"
	"testing"
)

// TestSheet protects that what lays out a table itself shows what the table shows.
func TestSheet(t *testing.T) {
	r := everything()
	table := string(printed(t, "table", r))
	for _, topic := range topics {
		s := r.Sheet(topic.name)
		if s.Rows() != topic.rows(r) {
			t.Errorf("%s has %d rows, want %d", topic.name, s.Rows(), topic.rows(r))
		}
		for i := range s.Rows() {
			for c, cell := range s.Row(i) {
				if !strings.Contains(table, cell) {
					t.Errorf("%s: the report has no %q in %s", topic.name, cell, s.Titles()[c])
				}
			}
		}
	}
	s := r.Sheet("echo", "Loss %", "source", "copies")
	titles := []string{"Loss %", "Source", "Copies"}
	if !slices.Equal(s.Titles(), titles) || !s.Numeric(0) || s.Numeric(1) || s.Key(0) != "Loss %" {
		t.Errorf("named columns: %q, want %q", s.Titles(), titles)
	}
	if totals := s.Totals(); len(totals) != 3 || totals[0] == "" {
		t.Errorf("totals %q", totals)
	}
	if s := ordinary().Sheet("echo", "sent", "copies"); !slices.Equal(s.Titles(), []string{"Sent"}) {
		t.Errorf("columns %q: those that say nothing are to be left out", s.Titles())
	}
}
