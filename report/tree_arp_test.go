package report

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestConflictAsTshark protects what details say where an address has been claimed by another: both MAC addresses, in
// tshark's words.
func TestConflictAsTshark(t *testing.T) {
	remarks := func(text []byte) (lines []string) {
		for line := range strings.Lines(string(text)) {
			if strings.Contains(line, "also in use by") {
				lines = append(lines, line)
			}
		}
		return lines
	}
	ours := remarks(printedTwice(t, "arp-conflict", NewDetails(DetailOptions{TwoPass: true, Zone: time.UTC})))
	theirs := remarks(sections(t, filepath.Join("testdata", "tree", "details.gz"))["arp-conflict"])
	if !slices.Equal(ours, theirs) || len(ours) == 0 {
		t.Errorf("got %q, and tshark has %q", ours, theirs)
	}
}
