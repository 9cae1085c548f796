package main

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Protects the promise that packet lines are tshark's, byte for byte, except for the deviations of the table, each of which
// docs/deviations.md explains.
func TestLinesAreTsharks(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range captures(t) {
		for _, way := range []struct{ extension, options string }{{"tshark", "-n"}, {"tshark-2", "-n -2"}} {
			t.Run(c.name+"/"+way.extension, func(t *testing.T) {
				args := append(strings.Fields(way.options), "--report", "none", "-r", c.path)
				got := sniff(t, args...)
				ours, theirs := numbered(t, got.stdout), numbered(t, c.answer(t, way.extension))
				for _, n := range slices.Sorted(maps.Keys(theirs)) {
					if ours[n].text == theirs[n].text {
						continue
					}
					rule := deviationOf(ours, theirs, n)
					if rule == "" {
						t.Errorf("frame %d\n got %s\nwant %s", n, ours[n].text, theirs[n].text)
					}
					seen[rule] = true
				}
				for n := range ours {
					if _, ok := theirs[n]; !ok {
						t.Errorf("tshark does not show frame %d: %s", n, ours[n].text)
					}
				}
			})
		}
	}
	for _, d := range deviations {
		if !seen[d.name] {
			t.Errorf("no line deviates because of %q any more: remove it, here and from docs/deviations.md", d.name)
		}
	}
}

// Protects the reader of a line that is not tshark's: the reason can be looked up.
func TestDeviationsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/deviations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deviations {
		if !strings.Contains(string(text), "\n### "+d.name+"\n") {
			t.Errorf("docs/deviations.md has no section %q", d.name)
		}
	}
}

// line is a packet's line, taken apart.
type line struct {
	text    string
	time    float64 // seconds
	message string  // without number, time, length, TTL and the pairing note: what a copy of the packet shows, too, with tags or without
	from    string
	to      string
	note    string // of tshark's kind, in parentheses at the end
}

// peer is the frame that a note such as "(request in 7)" names, or 0.
func (l line) peer(kind string) int {
	word, ok := strings.CutPrefix(l.note, kind+" in ")
	if !ok {
		return 0
	}
	word, _, _ = strings.Cut(word, ",")
	n, _ := strconv.Atoi(word)
	return n
}

var (
	linePattern = regexp.MustCompile(`^ *(\d+) +(-?[\d.]+) +(\S*) → (\S*) +(.*)$`)
	notePattern = regexp.MustCompile(` \((request in \d+(?:, duplicate)?|reply in \d+|no response found!|multicast|broadcast)\)$`)
	ttlPattern  = regexp.MustCompile(`, (?:ttl|hop limit)=\d+`)
	lenPattern  = regexp.MustCompile(`^(\S+) +\d+ `) // of the frame, after the protocol
)

// numbered takes the lines of packets apart, by frame number. Events between them are left out.
func numbered(t *testing.T, text string) map[int]line {
	t.Helper()
	lines := map[int]line{}
	for text := range strings.Lines(text) {
		text = strings.TrimSuffix(text, "\n")
		if strings.HasPrefix(text, "!") {
			continue
		}
		m := linePattern.FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("not a packet's line: %q", text)
		}
		n, _ := strconv.Atoi(m[1])
		l := line{text: text, from: m[3], to: m[4], message: m[5]}
		l.time, _ = strconv.ParseFloat(m[2], 64)
		if note := notePattern.FindStringSubmatch(l.message); note != nil {
			l.note, l.message = note[1], strings.TrimSuffix(l.message, note[0])
		}
		l.message = fmt.Sprintf("%s → %s %s", l.from, l.to, lenPattern.ReplaceAllString(ttlPattern.ReplaceAllString(l.message, ""), "$1 "))
		if _, twice := lines[n]; twice {
			t.Fatalf("frame %d has two lines", n)
		}
		lines[n] = l
	}
	return lines
}
