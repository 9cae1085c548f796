package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/lab"
)

const (
	liveLimit = 30 * time.Second // of the live test, which takes about 5 s
	prompt    = 250 * time.Millisecond
)

// laboratory is a network of test hosts. In CI there must be one.
func laboratory(t *testing.T) *lab.Net {
	t.Helper()
	if testing.Short() {
		t.Skip("a lab takes seconds")
	}
	if err := lab.Available(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	n, err := lab.New(lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// heard is a line and when it was read.
type heard struct {
	text string
	at   time.Time
}

// listener is a program that prints what it captures, as it runs on a host of the lab.
type listener struct {
	cmd   *exec.Cmd
	lines chan heard     // of standard output, until it ends
	got   []heard        // those taken from lines
	said  *bufio.Scanner // standard error
}

// listen starts a program and returns once it has said that it is listening.
func listen(ctx context.Context, t *testing.T, h *lab.Host, listening, program string, args ...string) *listener {
	t.Helper()
	l := &listener{cmd: h.Command(ctx, program, args...), lines: make(chan heard, 1000)}
	stdout, err := l.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := l.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := l.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(l.lines)
		for s := bufio.NewScanner(stdout); s.Scan(); {
			l.lines <- heard{s.Text(), time.Now()}
		}
	}()
	l.said = bufio.NewScanner(stderr)
	for l.said.Scan() {
		if strings.Contains(l.said.Text(), listening) {
			return l
		}
	}
	t.Fatalf("%s ended before it listened", program)
	return nil
}

// await returns once n lines with a text in them were read.
func (l *listener) await(t *testing.T, text string, n int) {
	t.Helper()
	for line := range l.lines {
		l.got = append(l.got, line)
		if strings.Contains(line.text, text) {
			if n--; n == 0 {
				return
			}
		}
	}
	t.Errorf("%d more lines with %q were expected", n, text)
}

// stop interrupts the program as ^C does, and returns its lines and the rest of what it said on standard error.
func (l *listener) stop(t *testing.T) ([]heard, string) {
	t.Helper()
	if err := l.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for line := range l.lines {
		l.got = append(l.got, line)
	}
	var said strings.Builder
	for l.said.Scan() {
		fmt.Fprintln(&said, l.said.Text())
	}
	if err := l.cmd.Wait(); err != nil {
		t.Errorf("%s: %v\n%s", l.cmd.Path, err, said.String())
	}
	return l.got, said.String()
}

// loseEveryFifthReply has a host drop one in five of its echo replies.
func loseEveryFifthReply(ctx context.Context, t *testing.T, h *lab.Host) {
	t.Helper()
	lossy := h.Command(ctx, "nft", "add table inet lab; add chain inet lab output { type filter hook output priority 0; };"+
		"add rule inet lab output icmp type echo-reply numgen inc mod 5 == 2 drop")
	if out, err := lossy.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// Protects what icmpsniff is for: while a ping loses replies and somebody asks for nobody, the lines come as it happens, the
// notes within 250 ms of the timeout, and at ^C a report that counts what ping and tcpdump count.
func TestLive(t *testing.T) {
	n := laboratory(t)
	ctx, cancel := context.WithTimeout(t.Context(), liveLimit)
	defer cancel()
	h1, h2 := n.Host("h1"), n.Host("h2")
	loseEveryFifthReply(ctx, t, h2)
	icmpsniff := listen(ctx, t, h1, "Capturing on 'eth0'", "icmpsniff", "-n", "-t", "e", "-l", "-i", "eth0", "--report", "json")
	tcpdump := listen(ctx, t, h1, "listening on eth0", "tcpdump", "-n", "--immediate-mode", "-i", "eth0", "arp or icmp")

	nobody := h1.Command(ctx, "ping", "-n", "-c", "1", "192.0.2.99")
	if err := nobody.Start(); err != nil {
		t.Fatal(err)
	}
	said, err := h1.Command(ctx, "ping", "-n", "-c", "10", "-i", "0.1", "-W", "1", "192.0.2.12").Output()
	if err != nil {
		t.Fatalf("ping: %v", err)
	}
	through := time.Now()
	icmpsniff.await(t, "Echo (ping) reply", 1)
	if before := through.Sub(icmpsniff.got[0].at); before < 500*time.Millisecond {
		t.Errorf("the first line was read %v before ping was through: expected it as ping began", before)
	}
	icmpsniff.await(t, "nobody answered for 192.0.2.99", 3)
	_ = nobody.Wait() // it fails: that is what it is for

	lines, _ := icmpsniff.stop(t)
	_, summary := tcpdump.stop(t)
	report := checkLive(t, lines)
	ping := command{host: "h1", args: []string{"ping", "192.0.2.12"}, output: string(said)}.ping(t)
	if len(report.Flows) != 1 {
		t.Fatalf("flows: %+v, expected one", report.Flows)
	}
	if ping.sent != 10 || ping.received != 8 {
		t.Errorf("the lab lost the wrong pings:\n%s", said)
	}
	ping.check(t, &report.Flows[0])
	if r := resolution(report, "192.0.2.99"); r == nil || r.Requests != 3 || r.Unanswered != 3 || r.Status != "unanswered" {
		t.Errorf("nobody was asked for like this: %+v, want three requests, all of them unanswered", r)
	}
	if same := fmt.Sprintf("%d packets captured", report.Capture.Frames); !strings.Contains(summary, same) ||
		!strings.Contains(summary, "0 packets dropped by kernel") || report.Capture.KernelDropped != 0 {
		t.Errorf("icmpsniff saw %d frames and missed %d; tcpdump said:\n%s", report.Capture.Frames, report.Capture.KernelDropped, summary)
	}
}

var liveNote = regexp.MustCompile(`^! +(\d+)\.(\d{9}) ARP: nobody answered for 192\.0\.2\.99, asked by 192\.0\.2\.11 \(frame (\d+)`)

// checkLive looks at when the lines came and returns the report after them.
func checkLive(t *testing.T, lines []heard) jsonReport {
	t.Helper()
	notes := 0
	asked := map[string]time.Time{} // requests for nobody, by frame
	for i, l := range lines {
		if strings.HasPrefix(l.text, "{") {
			if notes != 3 {
				t.Errorf("%d notes, want 3", notes)
			}
			return readReport(t, lines[i:])
		}
		if m := liveNote.FindStringSubmatch(l.text); m != nil {
			notes++
			known := epoch(t, m[1], m[2])
			if delay := l.at.Sub(known); delay < 0 || delay > prompt {
				t.Errorf("%v after the timeout came %q, expected it within %v", delay, l.text, prompt)
			}
			if timeout := known.Sub(asked[m[3]]); timeout != time.Second {
				t.Errorf("%v after its frame timed out %q, expected 1 s", timeout, l.text)
			}
		} else if f := strings.Fields(l.text); len(f) > 1 {
			seconds, fraction, _ := strings.Cut(f[1], ".")
			at := epoch(t, seconds, fraction)
			if strings.Contains(l.text, "Who has 192.0.2.99?") {
				asked[f[0]] = at
			}
			if delay := l.at.Sub(at); delay > time.Second {
				t.Errorf("%v after its packet came %q", delay, l.text)
			}
		}
	}
	t.Fatal("there is no report")
	return jsonReport{}
}

// epoch is a time of -t e.
func epoch(t *testing.T, seconds, fraction string) time.Time {
	t.Helper()
	s, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	ns, err := strconv.ParseInt(fraction, 10, 64)
	if err != nil || len(fraction) != 9 {
		t.Fatalf("time %s.%s has no nanoseconds", seconds, fraction)
	}
	return time.Unix(s, ns)
}

func readReport(t *testing.T, lines []heard) jsonReport {
	t.Helper()
	var text bytes.Buffer
	for _, l := range lines {
		fmt.Fprintln(&text, l.text)
	}
	var r jsonReport
	if err := json.Unmarshal(text.Bytes(), &r); err != nil {
		t.Fatalf("the report: %v\n%s", err, text.String())
	}
	return r
}
