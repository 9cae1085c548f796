package top

import (
	"net/netip"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/icmpsniff/icmpsniff/track"
)

// snapshotOf is a snapshot of flows, named by the last byte of their destination, with as many losses of ten.
func snapshotOf(flows ...[2]int) *snapshot {
	s := &snapshot{sight: &track.Sight{Summary: &track.Summary{}, Recent: make([][]track.Outcome, len(flows))},
		lines: make([][]string, len(flows)), replied: make([]int64, len(flows))}
	for _, f := range flows {
		s.sight.Summary.Flows = append(s.sight.Summary.Flows, track.Flow{
			Source: netip.MustParseAddr("192.0.2.1"), Destination: netip.AddrFrom4([4]byte{192, 0, 2, byte(f[0])}), FirstFrame: uint64(f[0]),
			Counts: track.Counts{Sent: 10, Lost: uint64(f[1]), Received: uint64(10 - f[1])},
		})
	}
	s.sight.Found.Flows = len(flows)
	return s
}

// rowsOf returns the destinations on the screen and their losses, the one with the cursor in brackets.
func rowsOf(m *model) string {
	var words []string
	for _, line := range m.tableLines()[2:] {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "Total" {
			continue
		}
		mark := f[0] == ">"
		if mark {
			f = f[1:]
		}
		word := strings.TrimPrefix(f[1], "192.0.2.") + ":" + f[4]
		if mark {
			word = "[" + word + "]"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// TestModel protects what keys do while the numbers go on.
func TestModel(t *testing.T) {
	first, second := [][2]int{{11, 2}, {12, 5}, {13, 1}}, [][2]int{{11, 9}, {12, 5}, {13, 7}, {14, 3}}
	for _, c := range []struct {
		name          string
		before, after []string // keys pressed before the second snapshot and after it
		want          string
	}{
		{"as they came", nil, nil, "[11:9] 12:5 13:7 14:3"},
		{"by loss", []string{"s"}, nil, "[11:9] 13:7 12:5 14:3"},
		{"reversed", []string{"s", "r"}, nil, "14:3 12:5 13:7 [11:9]"},
		{"round and back", []string{"s", "S"}, nil, "[11:9] 12:5 13:7 14:3"},
		{"the cursor stays on its flow", []string{"s", "down"}, nil, "11:9 [13:7] 12:5 14:3"},
		{"and goes on from there", []string{"down", "down"}, []string{"s", "down"}, "11:9 13:7 [12:5] 14:3"},
		{"not beyond the ends", []string{"up", "up"}, []string{"down", "down", "down", "down", "down"}, "11:9 12:5 13:7 [14:3]"},
		{"paused", []string{"p"}, nil, "[11:2] 12:5 13:1"},
		{"paused, and sorted then", []string{"p"}, []string{"s"}, "12:5 [11:2] 13:1"},
		{"paused, and on again", []string{"p"}, []string{"p"}, "[11:9] 12:5 13:7 14:3"},
		{"frozen: the order stays, the numbers don't", []string{"s", "f"}, nil, "12:5 [11:9] 13:7 14:3"},
		{"thawed", []string{"s", "f"}, []string{"f"}, "[11:9] 13:7 12:5 14:3"},
		{"sorting thaws", []string{"f"}, []string{"s"}, "[11:9] 13:7 12:5 14:3"},
		{"help and back", []string{"?", "x"}, nil, "[11:9] 12:5 13:7 14:3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := play(t, 80, 24, "ping")
			g.model.chosen = [len(panes)][2]uint64{{11}}
			g.update(snapshotOf(first...))
			for _, key := range c.before {
				g.tap(key)
			}
			g.update(snapshotOf(second...))
			for _, key := range c.after {
				g.tap(key)
			}
			if got := rowsOf(g.model); got != c.want {
				t.Errorf("rows %s, want %s", got, c.want)
			}
		})
	}
}

// tap presses a key without serving what it asks for.
func (g *stage) tap(name string) {
	code := map[string]rune{"down": tea.KeyDown, "up": tea.KeyUp}[name]
	if code != 0 {
		g.update(tea.KeyPressMsg{Code: code})
		return
	}
	g.update(tea.KeyPressMsg{Code: rune(name[0]), Text: name})
}

// TestDetailsOfOneThatWent protects the details from showing another flow than the one chosen.
func TestDetailsOfOneThatWent(t *testing.T) {
	g := play(t, 80, 24, "ping")
	g.update(snapshotOf([2]int{11, 0}, [2]int{12, 0}))
	g.tap("down")
	g.press("enter")
	if s := g.screen(); !strings.Contains(s, "Destination 192.0.2.12") {
		t.Errorf("the details are of another flow:\n%s", s)
	}
	g.update(snapshotOf([2]int{11, 0}))
	if s := g.screen(); strings.Contains(s, "192.0.2.11") || !strings.Contains(s, "not among those") {
		t.Errorf("the flow went, and it shows:\n%s", s)
	}
	g.press("esc")
	if got := rowsOf(g.model); got != "[11:0]" {
		t.Errorf("rows %s", got)
	}
}

// TestFilterKeys protects what can be typed: no control character gets to the screen, and no text of any length.
func TestFilterKeys(t *testing.T) {
	g := play(t, 80, 24, "ping")
	g.press("/")
	g.update(tea.PasteMsg{Content: "\x1b[31m10.0\n.0.1\x07" + strings.Repeat("9", 100)})
	if strings.ContainsAny(g.model.typed, "\x1b\n\x07") || len(g.model.typed) > longestFilter {
		t.Errorf("typed %q", g.model.typed)
	}
	g.press("esc")
	if g.model.filter != "" || g.model.typing {
		t.Error("esc applies what was typed")
	}
	g.press("/", "q", "backspace", "192", "enter")
	if g.model.filter != "192" {
		t.Errorf("filter %q, want 192", g.model.filter)
	}
	g.press("esc")
	if g.model.filter != "" {
		t.Error("esc does not take the filter back")
	}
}

// TestAbout protects what a filter means.
func TestAbout(t *testing.T) {
	for _, c := range []struct {
		filter, address string
		want            bool
	}{
		{"2.1", "192.0.2.11", true},
		{"2.1", "192.0.3.11", false},
		{"192.0.2.0/24", "192.0.2.11", true},
		{"192.0.2.0/24", "192.0.3.11", false},
		{"2001:DB8", "2001:db8::1", true},
		{"::/0", "192.0.2.1", false},
	} {
		if got := about(c.filter)(netip.MustParseAddr(c.address)); got != c.want {
			t.Errorf("%q means %s: %v, want %v", c.filter, c.address, got, c.want)
		}
	}
	if about("") != nil {
		t.Error("no filter is a filter")
	}
}

// TestTitle protects the terminal from the names of files.
func TestTitle(t *testing.T) {
	g := play(t, 80, 24, "ping")
	g.model = newModel(&Options{Title: "a\x1b[2Jb.pcap"}, &g.feed, nil)
	if s := g.model.headline(); strings.Contains(s, "\x1b") || !strings.Contains(s, `a\x1b[2Jb.pcap`) {
		t.Errorf("headline %q", s)
	}
}

// TestSpark protects the drawing of round trips.
func TestSpark(t *testing.T) {
	const lost, pending = track.OutcomeLost, track.OutcomePending
	for _, c := range []struct {
		outcomes []track.Outcome
		width    int
		want     string
	}{
		{nil, 8, ""},
		{[]track.Outcome{0, 1000, 4000, 8000, lost, pending}, 8, "▁▂▅█×·"},
		{[]track.Outcome{5, 5, 5}, 8, "███"},
		{[]track.Outcome{0}, 8, "▁"},
		{[]track.Outcome{1, 2, lost}, 2, "█×"},
		{[]track.Outcome{1 << 62, 1}, 2, "█▁"},
	} {
		if got := spark(c.outcomes, c.width); got != c.want {
			t.Errorf("%v: %s, want %s", c.outcomes, got, c.want)
		}
	}
}

// TestWords protects the figures of the headline.
func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{bytesInWords(0), "0 B"}, {bytesInWords(999), "999 B"}, {bytesInWords(1000), "1.0 kB"}, {bytesInWords(99_949), "99.9 kB"},
		{bytesInWords(99_950), "100 kB"}, {bytesInWords(999_500), "1.0 MB"}, {bytesInWords(18_446_744_073_709_551_615), "18447 PB"},
		{sinceInWords(-5), "0.0 s"}, {sinceInWords(59_999e6), "59.9 s"}, {sinceInWords(60e9), "1:00"}, {sinceInWords(3600e9), "1:00:00"},
		{cut("ab→cd", 4), "ab→…"}, {cut("abc", 3), "abc"}, {cut("abc", 1), "…"}, {cut("abc", 0), ""},
		{strings.Join(wrap("ab cd efghij k", 5), "|"), "ab cd|efghi|j k"}, {strings.Join(wrap("", 5), "|"), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
