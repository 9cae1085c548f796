package report

import (
	"regexp"
	"strings"
	"testing"
)

// TestMarkdownTables protects that GitHub takes each table for one: headings, a line of hyphens, and as many cells in
// every row, whatever a name holds (GFM §4.10).
func TestMarkdownTables(t *testing.T) {
	rule := regexp.MustCompile(`^\|(:?-{3,}:?\|)+$`)
	for _, s := range samples() {
		for block := range strings.SplitSeq(string(printed(t, "markdown", s.report)), "\n\n") {
			if !strings.HasPrefix(block, "|") {
				continue
			}
			lines := strings.Split(strings.TrimSuffix(block, "\n"), "\n")
			if len(lines) < 3 || !rule.MatchString(lines[1]) {
				t.Fatalf("%s: no table:\n%s", s.name, block)
			}
			for _, line := range lines {
				if got, want := cellsOf(line), cellsOf(lines[0]); got != want {
					t.Errorf("%s: %d cells, want %d: %s", s.name, got, want, line)
				}
			}
		}
	}
}

// cellsOf counts the cells of a row, in which an escaped bar separates nothing.
func cellsOf(line string) int { return strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") - 1 }

// TestMarkdownCell protects against names that are markup, and addresses that are emoji.
func TestMarkdownCell(t *testing.T) {
	tests := []struct {
		name     string
		kind     kind
		in, want string
	}{
		{"number", number, "20.0", "20.0"},
		{"address", literal, "2001:db8:100::8", "`2001:db8:100::8`"},
		{"bar in code", literal, "a|b", "`a\\|b`"},
		{"backquote cannot be code", literal, "a`<b>|@c", "a\\`&lt;b>\\|\\@c"},
		{"word", word, "_answered_", `\_answered\_`},
	}
	for _, tt := range tests {
		if got := markdownCell(column{kind: tt.kind}, tt.in); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
