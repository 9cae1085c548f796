package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/report/top"
	"github.com/icmpsniff/icmpsniff/track"
)

// here makes a command on this host.
func here(t *testing.T) func(string, ...string) *exec.Cmd {
	return func(name string, args ...string) *exec.Cmd {
		ctx := context.WithoutCancel(t.Context()) // it still has to end the terminal when the test has ended
		return exec.CommandContext(ctx, name, args...)
	}
}

// compareScreen waits for a screen to become testdata/top/NAME.txt, which is written anew with -update.
func (m *terminal) compareScreen(name string) {
	m.t.Helper()
	path := filepath.Join("testdata", "top", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(m.screen()), 0o644); err != nil {
			m.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		m.t.Fatal(err)
	}
	m.until("what "+path+" has", func() bool { return m.screen() == string(want) })
}

// TestTopOfFile protects what is seen on a real terminal, at both usual sizes: the tables, what a resize makes of them, that the
// view stays until the user ends it, and that the terminal then has the report on it.
func TestTopOfFile(t *testing.T) {
	m := open(t, here(t), 80, 24, "cd ../../testdata/pcaps && icmpsniff --top ping-loss.pcap")
	m.shows("OVER", "Total")
	m.compareScreen("loss-80x24")
	m.press("Enter")
	m.shows("esc back")
	m.compareScreen("flow-80x24")
	m.do("resize-window", "-x", "120", "-y", "40")
	m.shows("seq=32/8192")
	m.compareScreen("flow-120x40")
	m.press("Escape")
	m.shows("q quit  ? help")
	m.compareScreen("loss-120x40")
	m.press("Tab")
	m.shows("[ARP and ND 1]", "answered")
	m.press("q")
	if status := m.ended(); status != 0 {
		t.Errorf("status %d", status)
	}
	m.shows("Echo, times in ms", "Capture")
}

// TestTopReplays protects a replay: frames come in their own time, what was lost is known when its time is up, and q ends it
// before its end.
func TestTopReplays(t *testing.T) {
	m := open(t, here(t), 80, 24, "icmpsniff --top --speed 20 ../../testdata/pcaps/ping-nobody.pcap")
	m.shows("OVER", "7 frames", "4.3 s")
	m.press("Tab")
	m.shows("unanswered", "192.0.2.99")
	m.press("q")
	m.ended()
	m = open(t, here(t), 80, 24, "icmpsniff --top --speed 0.2 ../../testdata/pcaps/ping-nobody.pcap")
	m.shows("1 frame ")
	m.press("q")
	if status := m.ended(); status != 0 {
		t.Errorf("status %d", status)
	}
	m.shows("192.0.2.99", "pending", "Capture")
}

// TestTopTerminated protects the terminal: it is given back at SIGTERM, too, and the report comes.
func TestTopTerminated(t *testing.T) {
	m := open(t, here(t), 80, 24, "icmpsniff --top ../../testdata/pcaps/ping.pcap")
	m.shows("OVER", "Sent")
	if err := m.process().Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if status := m.ended(); status != 0 {
		t.Errorf("status %d", status)
	}
	m.shows("Neighbors", "Capture")
}

// TestTopLive protects the live view: while a ping loses replies on a wire of the lab, the screen comes to show the numbers that
// the report has in the end.
func TestTopLive(t *testing.T) {
	n := laboratory(t)
	ctx, cancel := context.WithTimeout(t.Context(), liveLimit)
	defer cancel()
	h1, h2 := n.Host("h1"), n.Host("h2")
	loseEveryFifthReply(ctx, t, h2)
	file := filepath.Join(t.TempDir(), "report.json")
	m := open(t, func(name string, args ...string) *exec.Cmd {
		return h1.Command(context.WithoutCancel(ctx), name, args...)
	}, 120, 40,
		"icmpsniff --top -i eth0 --report json:"+file)
	m.shows("eth0", "No pings yet.")
	out, err := h1.Command(ctx, "ping", "-n", "-c", "20", "-i", "0.05", "-W", "1", "192.0.2.12").Output()
	if err != nil {
		t.Fatalf("ping: %v", err)
	}
	m.until("20 pings of which 4 are lost", func() bool {
		row := rowOf(m.screen(), "192.0.2.12")
		return row["Sent"] == "20" && row["Lost"] == "4"
	})
	screen := m.screen()
	row := rowOf(screen, "192.0.2.12")
	if marks := strings.Count(row["RTT"], "×"); marks != 4 || len([]rune(row["RTT"])) != 20 {
		t.Errorf("round trips %q, want 20, of which 4 are lost", row["RTT"])
	}
	m.press("q")
	if status := m.ended(); status != 0 {
		t.Errorf("status %d", status)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var result jsonReport
	var times struct {
		Flows []struct {
			RTT struct{ Avg, Max float64 } `json:"rtt_ms"`
		}
	}
	if err := errors.Join(json.Unmarshal(text, &result), json.Unmarshal(text, &times)); err != nil {
		t.Fatal(err)
	}
	if len(result.Flows) != 1 {
		t.Fatalf("%d flows, want one:\n%s", len(result.Flows), text)
	}
	f := &result.Flows[0]
	want := map[string]string{
		"Sent": strconv.Itoa(f.Sent), "Recv": strconv.Itoa(f.Received), "Lost": strconv.Itoa(f.Lost),
		"Loss %": strconv.FormatFloat(*f.LossPercent, 'f', 1, 64),
		"avg":    strconv.FormatFloat(times.Flows[0].RTT.Avg, 'f', 6, 64), "max": strconv.FormatFloat(times.Flows[0].RTT.Max, 'f', 6, 64),
	}
	for title, value := range want {
		if row[title] != value && !(title == "avg" && tied(row[title], value)) {
			t.Errorf("%s: the screen has %q, the report %q:\n%s", title, row[title], value, screen)
		}
	}
	command{host: "h1", args: []string{"ping", "192.0.2.12"}, output: string(out)}.ping(t).check(t, f)
}

// rowOf returns the cells of the first row with a word in it, by their headings, which are above their right or left ends.
func rowOf(screen, word string) map[string]string {
	lines := strings.Split(screen, "\n")
	cells := map[string]string{}
	for i, line := range lines {
		if i < 4 || !strings.Contains(line, word) {
			continue
		}
		titles := strings.Fields(strings.ReplaceAll(lines[3], "Loss %", "Loss_%"))
		values := strings.Fields(strings.TrimPrefix(line, ">"))
		for j := range min(len(titles), len(values)) {
			if titles[j] == "Replied" { // "0.5 s" has a blank
				if j+2 < len(values) {
					cells["RTT"] = values[j+2]
				}
				break
			}
			cells[strings.ReplaceAll(titles[j], "_", " ")] = values[j]
		}
		break
	}
	return cells
}

// TestTopOptions protects what does not go with --top, which the sentence says.
func TestTopOptions(t *testing.T) {
	const file = committed + "/ping.pcap"
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--top", file}, "--top needs a terminal"},
		{[]string{"--top", "-V", file}, "--top doesn't go with"},
		{[]string{"--top", "-T", "json", file}, "--top doesn't go with"},
		{[]string{"--top", "-z", "icmp,srt", file}, "--top doesn't go with"},
		{[]string{"--speed", "2", file}, "--speed is how fast --top replays a file"},
		{[]string{"--top", "--speed", "2", "-i", "lo"}, "--speed is how fast --top replays a file"},
		{[]string{"--top", "--speed", "-1", file}, "--speed is a number above 0"},
		{[]string{"--top", "--speed", "NaN", file}, "--speed is a number above 0"},
		{[]string{"--top", "--speed", "fast", file}, "--speed takes a number"},
	} {
		if out := sniff(t, c.args...); out.status != statusUsage || !strings.Contains(out.stderr, c.want) {
			t.Errorf("%q: status %d, %q; want %q", c.args, out.status, out.stderr, c.want)
		}
	}
}

// broken is a source that panics.
type broken struct{}

func (broken) Next(*decode.Frame) error { panic("a bug") }

// TestTopPanics protects the terminal from our own bugs: whoever finds one gets to read it on a screen that is not the view's.
func TestTopPanics(t *testing.T) {
	keys, input, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	written, output, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	pass := &pipeline.Pass{Source: broken{}, Decoder: decode.New(), Tracker: track.New(track.Options{})}
	s := &screen{pass: pass, view: top.New(top.Options{Tracker: pass.Tracker, Input: keys, Output: output,
		Capture: func() report.Capture { return report.Capture{} }})}
	pass.Sink = s.view
	func() {
		defer func() {
			if recover() != "a bug" {
				t.Error("the bug is not to be read")
			}
		}()
		_, err := s.run(t.Context(), func() {})
		t.Errorf("it did not panic: %v", err)
	}()
	output.Close()
	said, err := io.ReadAll(written)
	if err != nil {
		t.Fatal(err)
	}
	const enter, leave = "\x1b[?1049h", "\x1b[?1049l" // xterm's alternate screen
	if in, out := strings.LastIndex(string(said), enter), strings.LastIndex(string(said), leave); out < in {
		t.Errorf("the view's screen is not left: %q", said)
	}
}

// tied reports whether two means are equal but for the last digit: half of it may be rounded up here and down there.
func tied(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) < 1.5e-6
}
