package report

import (
	"bytes"
	"encoding/csv"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCSVSections protects that each section is one table with a name for every cell, and holds every row.
func TestCSVSections(t *testing.T) {
	r := limited()
	sections := strings.Split(string(printed(t, "csv", r)), "\n\n")
	if len(sections) != 2 {
		t.Fatalf("%d sections, want echo and capture", len(sections))
	}
	in := csv.NewReader(strings.NewReader(sections[0]))
	in.Comment = '#'
	records, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(records), 1+len(r.Summary.Flows); got != want {
		t.Errorf("%d records, want %d", got, want)
	}
	for i, want := range map[string]string{"source": "192.168.77.8", "id": "0x1b1d", "loss_percent": "20.0", "rtt_min_ms": "0.021", "vlan": ""} {
		if got := records[1][slices.Index(records[0], i)]; got != want {
			t.Errorf("%s is %q, want %q", i, got, want)
		}
	}
}

// TestCSVColumns protects every topic's columns in CSV: each has a name of its own, that a program can use as one, and
// numbers are numbers, or nothing where they are not known.
func TestCSVColumns(t *testing.T) {
	name := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	for _, s := range samples() {
		for _, topic := range topics {
			var b bytes.Buffer
			if err := printCSV(&b, topic, s.report); err != nil {
				t.Fatal(err)
			}
			records, err := csv.NewReader(&b).ReadAll() // refuses records that are shorter or longer than the first
			if err != nil {
				t.Fatalf("%s: %s: %v", s.name, topic.name, err)
			}
			if got, want := len(records), 1+topic.rows(s.report); got != want {
				t.Errorf("%s: %s: %d records, want the names and %d rows", s.name, topic.name, got, want-1)
			}
			for i, key := range records[0] {
				if !name.MatchString(key) || slices.Index(records[0], key) != i {
					t.Errorf("%s: a column is called %q, or two are", topic.name, key)
				}
				if !numeric(topic, key) {
					continue
				}
				for _, record := range records[1:] {
					if _, err := strconv.ParseFloat(record[i], 64); err != nil && record[i] != "" {
						t.Errorf("%s: %s: %s is %q, want a number", s.name, topic.name, key, record[i])
					}
				}
			}
		}
	}
}

// numeric reports whether the cells of a column are numbers. Those of lines are not: identifiers in hexadecimal, stacks of VLANs and virtual networks.
func numeric(t *topic, key string) bool {
	i := slices.IndexFunc(t.columns, func(c column) bool { return c.key == key })
	return t.columns[i].kind == number && key != "id" && key != "vlan"
}

// memoryFile is a file that remembers having been closed.
type memoryFile struct {
	strings.Builder
	closed bool
}

func (f *memoryFile) Close() error { f.closed = true; return nil }

// TestCSVFiles protects one section a file, empty ones included, each closed.
func TestCSVFiles(t *testing.T) {
	target, err := ParseTarget("csv:out/a.b.csv")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*memoryFile{}
	err = target.Print(limited(), nil, func(name string) (io.WriteCloser, error) {
		files[name] = new(memoryFile)
		return files[name], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]int{}
	for name, f := range files {
		lines[name] = strings.Count(f.String(), "\n")
		if !f.closed {
			t.Errorf("%s is left open", name)
		}
	}
	want := map[string]int{"out/a.b-echo.csv": 6, "out/a.b-queries.csv": 1, "out/a.b-resolutions.csv": 1, "out/a.b-neighbors.csv": 1, "out/a.b-errors.csv": 1,
		"out/a.b-paths.csv": 1, "out/a.b-path-mtu.csv": 1, "out/a.b-clocks.csv": 1, "out/a.b-notes.csv": 1, "out/a.b-capture.csv": 2}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("lines of files (-want +got):\n%s", diff)
	}
}

// TestNoFormula protects those who open a report in a spreadsheet.
func TestNoFormula(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "192.168.77.8": "192.168.77.8", "-0.5": "-0.5", "+1e3": "+1e3", "=1+1": "'=1+1", "-1+cmd|' /C calc'!A0": "'-1+cmd|' /C calc'!A0",
		"@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\n=1": "'\n=1", "＝1+1": "'＝1+1", "\xef=1": "\xef=1", "2=3": "2=3", "–": "–",
	} {
		if got := noFormula(in); got != want {
			t.Errorf("noFormula(%q) = %q, want %q", in, got, want)
		}
	}
}
