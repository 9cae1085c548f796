package report

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBorderlessIsBlueprint protects that rows set here stand below headings set by tablewriter, whatever is in them.
func TestBorderlessIsBlueprint(t *testing.T) {
	for _, s := range append(samples(), sample{name: "wide", report: wide()}) {
		for _, topic := range topics {
			g, ok := gridOf(topic, s.report)
			if !ok {
				continue
			}
			var ours, theirs bytes.Buffer
			if err := render(newBorderless(), &ours, &g, 0, asIs); err != nil {
				t.Fatal(err)
			}
			if err := render(newBorderless().Blueprint, &theirs, &g, 0, asIs); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(theirs.String(), ours.String()); diff != "" {
				t.Errorf("%s, %s (-tablewriter's +ours):\n%s", s.name, topic.name, diff)
			}
		}
	}
}

// wide is a report whose source has letters of two columns, of none, and of one that takes several bytes.
func wide() *Report {
	r := ordinary()
	r.Capture.Sources[0].Name = "日本語-e\u0301-é.pcap"
	return r
}

// TestDisplayWidth protects columns behind names in other scripts, in any locale.
func TestDisplayWidth(t *testing.T) {
	for in, want := range map[string]int{"": 0, "lab.pcap": 8, unknown: 1, "é": 1, "e\u0301": 1, "日本": 4, "──": 2} {
		if got := displayWidth(in); got != want {
			t.Errorf("displayWidth(%q) = %d, want %d", in, got, want)
		}
	}
}

// TestRowsAreCheap protects the end of a run: with a tablewriter.Table, a row takes more than 300 allocations.
func TestRowsAreCheap(t *testing.T) {
	const rows = 200
	r := ordinary()
	for len(r.Summary.Flows) < rows {
		r.Summary.Flows = append(r.Summary.Flows, r.Summary.Flows[0])
	}
	for format, most := range map[string]float64{"table": 50, "markdown": 300} {
		if got := testing.AllocsPerRun(5, func() { printed(t, format, r) }) / rows; got > most {
			t.Errorf("%s: %.0f allocations a row, want no more than %.0f", format, got, most)
		}
	}
}
