package top

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

var update = flag.Bool("update", false, "write the golden files below testdata instead of comparing with them")

// saved lets the pipeline read a capture.
type saved struct{ capture.Source }

func (s saved) Next(f *decode.Frame) error { return s.Source.Next((*capture.Frame)(f)) }

// stage is a view without a terminal: what it was fed is on the screen.
type stage struct {
	t     testing.TB
	feed  feed
	model *model
	pass  *pipeline.Pass
}

// play reads captures of the lab, one after another, to their end, and shows them on a screen of a size.
func play(t testing.TB, width, height int, captures ...string) *stage {
	t.Helper()
	var paths []string
	for _, name := range captures {
		paths = append(paths, filepath.Join("../../testdata/pcaps", name+".pcap"))
	}
	source, err := capture.OpenFiles(paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	g := &stage{t: t}
	g.pass = &pipeline.Pass{Source: saved{source}, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: &g.feed}
	o := &Options{Title: strings.Join(captures, ", "), Tracker: g.pass.Tracker, Capture: func() report.Capture {
		c := g.pass.Counts()
		return report.Capture{Frames: c.Frames, Bytes: c.Bytes, HasTime: c.HasTime, First: c.First, Last: c.Last, Digits: c.Digits}
	}}
	g.feed = newFeed(o)
	g.model = newModel(o, &g.feed, nil)
	g.model.style = style{title: plain, tab: plain, heading: plain, cursor: plain, alarm: plain, faint: plain}
	g.update(tea.WindowSizeMsg{Width: width, Height: height})
	if _, err := g.pass.Run(context.Background()); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	g.feed.over = true
	g.serve()
	return g
}

func plain(texts ...string) string { return strings.Join(texts, " ") }

// serve shows what the pass would deliver.
func (g *stage) serve() {
	g.feed.hand(g.feed.next)
	g.update(<-g.feed.out)
}

func (g *stage) update(msg tea.Msg) { g.model.Update(msg) }

// press presses keys, by their names in Bubble Tea or by what they type, and shows what the pass delivers then.
func (g *stage) press(names ...string) *stage {
	special := map[string]rune{"tab": tea.KeyTab, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "down": tea.KeyDown, "up": tea.KeyUp, "end": tea.KeyEnd,
		"pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace}
	for _, name := range names {
		if code, ok := special[name]; ok {
			g.update(tea.KeyPressMsg{Code: code})
		} else {
			for _, c := range name {
				g.update(tea.KeyPressMsg{Code: c, Text: string(c)})
			}
		}
		select {
		case <-g.feed.asked:
			g.serve()
		default:
		}
	}
	return g
}

// screen returns what is on the screen, and checks that it fits.
func (g *stage) screen() string {
	g.t.Helper()
	content := g.model.View().Content
	lines := strings.Split(content, "\n")
	if len(lines) != g.model.height {
		g.t.Errorf("%d lines on a screen of %d", len(lines), g.model.height)
	}
	for i, line := range lines {
		if w := report.Width(line); w > g.model.width {
			g.t.Errorf("%d columns on a screen of %d: %s", w, g.model.width, line)
		}
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// golden compares got with testdata/NAME.txt; `go test ./report/top -update` makes that file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, []byte(got)) {
		t.Errorf("%s differs (-want +got):\n%s", path, cmp.Diff(string(want), got))
	}
}

// everything is captures in which each table has rows.
var everything = []string{"ping-loss", "ping6-loss", "ping-nobody", "host-unreachable", "arp-conflict", "ping-sweep", "forwarder-late", "mtr-lossy"}

// TestScreens protects what is seen, at the two usual sizes of a terminal: each table, details, help, and what keys make of them.
func TestScreens(t *testing.T) {
	for _, size := range []struct {
		name          string
		width, height int
	}{{"80x24", 80, 24}, {"120x40", 120, 40}} {
		for _, c := range []struct {
			name     string
			captures []string
			keys     []string
		}{
			{"loss", []string{"ping-loss"}, nil},
			{"flows", everything, nil},
			{"flows-by-loss", everything, []string{"s", "down", "down"}},
			{"flows-by-loss-reversed", everything, []string{"s", "r"}},
			{"flows-filtered", everything, []string{"/", "2001:db8", "enter"}},
			{"filter-typed", everything, []string{"/", "192.0.2.0/2"}},
			{"filter-of-nobody", everything, []string{"/", "203.0.113.77", "enter"}},
			{"flow", []string{"ping-loss"}, []string{"enter"}},
			{"arp", everything, []string{"tab"}},
			{"resolution", everything, []string{"tab", "enter"}},
			{"errors", everything, []string{"tab", "tab"}},
			{"error", []string{"mtr-lossy"}, []string{"tab", "tab", "down", "enter"}},
			{"notes", everything, []string{"tab", "tab", "tab"}},
			{"note", everything, []string{"tab", "tab", "tab", "end", "enter"}},
			{"group", []string{"ping6-multicast"}, nil},
			{"long-addresses", []string{"bad-day"}, []string{"tab"}},
			{"help", []string{"ping-loss"}, []string{"?"}},
			{"nothing", []string{"igmpv2"}, []string{"s"}},
		} {
			t.Run(c.name+"-"+size.name, func(t *testing.T) {
				golden(t, c.name+"-"+size.name, play(t, size.width, size.height, c.captures...).press(c.keys...).screen())
			})
		}
	}
}

// TestSizes protects the screen from what is too small for it: it is cut, and nothing breaks.
func TestSizes(t *testing.T) {
	g := play(t, 80, 24, everything...)
	for _, size := range [][2]int{{1, 1}, {2, 2}, {10, 3}, {20, 5}, {40, 8}, {60, 24}, {80, 2}, {300, 100}, {0, 0}} {
		g.update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		for range panes {
			g.press("tab")
			for _, keys := range [][]string{nil, {"enter"}, {"esc", "?"}, {"esc"}} {
				g.press(keys...)
				content := g.model.View().Content
				if n := strings.Count(content, "\n") + 1; n > max(1, size[1]) {
					t.Errorf("%v: %d lines", size, n)
				}
			}
		}
	}
}

// TestManual protects the page on the live view: it has every key.
func TestManual(t *testing.T) {
	page, err := os.ReadFile("../../docs/top.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		if row := "| `" + k.shown + "` | " + k.does + " |\n"; !strings.Contains(string(page), row) {
			t.Errorf("docs/top.md lacks %s", row)
		}
	}
}
