package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/lab"
)

var update = flag.Bool("update", false, "write the golden files of this package anew, asking tshark")

// programs are what the test binary is when it is called by their names: scripts and the hosts of the lab find them in PATH.
var programs = map[string]func(){
	"icmpsniff":    main,
	"unprivileged": unprivileged,
	"escapee":      escapee,
	"old-kernel":   oldKernel,
}

func TestMain(m *testing.M) {
	if programs[filepath.Base(os.Args[0])] == nil {
		if err := lab.Enter(); err != nil {
			fmt.Fprintln(os.Stderr, err) // the tests that need a network say why they can't run
		}
	}
	testscript.Main(m, programs)
}

// unprivileged runs the command in its arguments as the same user, but without any capability: for root, too, what may not
// be captured or read is then forbidden.
func unprivileged() {
	runtime.LockOSThread()
	for capability := range uintptr(unix.CAP_LAST_CAP + 1) {
		_ = unix.Prctl(unix.PR_CAPBSET_DROP, capability, 0, 0, 0) // other users than root have none to drop
	}
	_ = unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		path := filepath.Join(dir, os.Args[1])
		if err := syscall.Exec(path, os.Args[1:], os.Environ()); err != nil && !os.IsNotExist(err) {
			fmt.Fprintln(os.Stderr, path, err)
		}
	}
	os.Exit(127)
}

// committed is where the lab keeps its captures.
const committed = "../../testdata/pcaps"

// labCapture is a capture of the lab, beside which lies what was said of it.
type labCapture struct{ name, path string }

// captures lists the captures of the lab.
func captures(t *testing.T) []labCapture {
	t.Helper()
	files, err := lab.Captures(committed)
	if err != nil {
		t.Fatal(err)
	}
	var all []labCapture
	for _, path := range files {
		name, _, _ := strings.Cut(filepath.Base(path), ".")
		all = append(all, labCapture{name, path})
	}
	if len(all) < 100 {
		t.Fatalf("there are %d captures in %s, expected more than 100", len(all), committed)
	}
	return all
}

// answer is what was said of a capture, such as its transcript ("txt").
func (c labCapture) answer(t *testing.T, extension string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(committed, c.name+"."+extension))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// result is what a run of the command said.
type result struct {
	stdout, stderr string
	status         int
}

// run runs the command in this process, which goes on to have the rights that it has.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return runConfined(ctx, args, stdin, stdout, stderr, func(capture.Needs) error { return nil })
}

// sniff runs the command in this process.
func sniff(t *testing.T, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
	return result{stdout.String(), stderr.String(), status}
}

// jsonReport is what these tests read of the JSON report.
type jsonReport struct {
	Capture struct {
		Frames        uint64
		KernelDropped uint64 `json:"kernel_dropped"`
		Error         *string
	}
	Flows       []jsonFlow
	Resolutions []jsonResolution
	Neighbors   []jsonNeighbor
	Notes       []jsonNote
	Clocks      []jsonClock
	Errors      []jsonError
	PathMTUs    []jsonPathMTU `json:"path_mtu"`
	Paths       []jsonPath
}

type jsonClock struct {
	Destination, Reference string
	Samples                int
	Offset                 *float64 `json:"offset_ms"`
	RoundTrip              *float64 `json:"round_trip_ms"`
}

type jsonFlow struct {
	Kind, Source, Destination                                 string
	ID                                                        int
	Sent, Received, Lost, Pending, Duplicates, Copies, Errors int
	OutOfOrder                                                int `json:"out_of_order"`
	Late, Unmatched, Backwards                                int
	Group                                                     bool
	Responders                                                int
	LossPercent                                               *float64               `json:"loss_percent"`
	RTT                                                       *struct{ Samples int } `json:"rtt_ms"`
}

type jsonResolution struct {
	Protocol, Asker, Target, Status string
	Requests, Unanswered, Replies   int
	AnsweredBy                      []string `json:"answered_by"`
	Told                            string
}

type jsonNeighbor struct {
	Address, MAC, State string
	VLAN                []int
	MACs                []string
}

type jsonNote struct {
	Severity, Kind, Text string
	Frames               []int
	Count                int
}

// analyzed is the JSON report of a capture.
func analyzed(t *testing.T, args ...string) jsonReport {
	t.Helper()
	got := sniff(t, append([]string{"-q", "--report", "json"}, args...)...)
	var r jsonReport
	if err := json.Unmarshal([]byte(got.stdout), &r); err != nil {
		t.Fatalf("icmpsniff %q: %v\n%s%s", args, err, got.stdout, got.stderr)
	}
	return r
}
