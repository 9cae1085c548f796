package report

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestAppendEscaped protects terminals and readers from names.
func TestAppendEscaped(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "lab 1.pcap", "lab 1.pcap"},
		{"letters of any script", "측정-é.pcap", "측정-é.pcap"},
		{"backslash", `a\nb`, `a\\nb`},
		{"line breaks", "a\r\nb\tc", `a\r\nb\tc`},
		{"terminal escape", "\x1b[2J", `\x1b[2J`},
		{"DEL and NUL", "\x7f\x00", `\x7f\x00`},
		{"C1 control sequence introducer", "\u009b2J", `\u009b2J`},
		{"right-to-left override", "\u202egnp", `\u202egnp`},
		{"zero width", "a\u200bb\ufeff", `a\u200bb\ufeff`},
		{"line separator", "a\u2028b", `a\u2028b`},
		{"not UTF-8", "a\xff\xc3(", `a\xff\xc3(`},
		{"quotes stay", `"'`, `"'`},
		{"beyond 16 bits", "\U000e0001", `\U000e0001`},
		{"the replacement character itself", "\ufffd", "\ufffd"},
	}
	for _, tt := range tests {
		if got := escaped(tt.in); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func FuzzAppendEscaped(f *testing.F) {
	f.Add("a\x1b\\\u202e\xff")
	f.Fuzz(func(t *testing.T, s string) {
		out := escaped(s)
		if !utf8.ValidString(out) || strings.ContainsFunc(out, func(r rune) bool { return unicode.Is(unicode.C, r) || r == '\n' }) {
			t.Errorf("escaped(%q) = %q", s, out)
		}
	})
}
