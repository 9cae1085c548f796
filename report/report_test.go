package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// printed returns a report in the format of the given name.
func printed(t testing.TB, format string, r *Report) []byte {
	t.Helper()
	target, err := ParseTarget(format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := target.Print(r, &b, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFormats protects every byte that people and programs get.
func TestFormats(t *testing.T) {
	for _, s := range samples() {
		for _, format := range Formats() {
			t.Run(s.name+"/"+format, func(t *testing.T) {
				got := printed(t, format, s.report)
				if format == "none" {
					if len(got) > 0 {
						t.Errorf("prints %q", got)
					}
					return
				}
				golden(t, "report/"+s.name+"."+format, got)
			})
		}
	}
}

// TestOrdinaryTableFits protects that the usual table does not wrap in a terminal of 120 columns.
func TestOrdinaryTableFits(t *testing.T) {
	for line := range strings.Lines(string(printed(t, "table", ordinary()))) {
		if line = strings.TrimSuffix(line, "\n"); utf8.RuneCountInString(line) > 120 || strings.TrimRight(line, " ") != line {
			t.Errorf("%d columns or blanks at its end: %q", utf8.RuneCountInString(line), line)
		}
	}
}

// TestNothingObeyed protects terminals: whatever a source is called, no format prints more than text.
func TestNothingObeyed(t *testing.T) {
	for _, format := range Formats() {
		for _, r := range string(printed(t, format, everything())) {
			if r != '\n' && (r < ' ' || r >= 0x7f && r <= 0x9f || r == '\u202e') {
				t.Errorf("%s: prints %U", format, r)
			}
		}
	}
}

type fullDisk struct{}

var errFull = errors.New("disk full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

// TestWriteErrors protects that no format takes a report for printed that was not.
func TestWriteErrors(t *testing.T) {
	for _, f := range formats {
		if f.name == "none" {
			continue
		}
		if err := f.printer.Print(fullDisk{}, ordinary()); !errors.Is(err, errFull) {
			t.Errorf("%s: %v, want %v", f.name, err, errFull)
		}
	}
}

// BenchmarkFormats measures reports of 500 flows; an operation is a report.
func BenchmarkFormats(b *testing.B) {
	r := ordinary()
	for range 9 {
		r.Summary.Flows = append(r.Summary.Flows, r.Summary.Flows...)
	}
	r.Summary.Flows = r.Summary.Flows[:500]
	for _, format := range Formats() {
		b.Run(format+"/500", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				printed(b, format, r)
			}
		})
	}
}
