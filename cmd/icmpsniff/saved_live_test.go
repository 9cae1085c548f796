package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/lab"
)

// Protects a capture from how its run ends: what was captured is in the file, and tshark reads it, whether the run is
// interrupted, loses its interface, or is killed.
func TestSavedLive(t *testing.T) {
	n := laboratory(t)
	for _, tt := range []struct {
		name   string
		end    func(t *testing.T, h *lab.Host, l *listener)
		status int           // -1: killed
		lost   time.Duration // frames that were printed so long before the end must be in the file
		whole  bool          // the file has its statistics
	}{
		{name: "interrupted", end: signals(os.Interrupt), whole: true},
		{name: "terminated", end: signals(syscall.SIGTERM), whole: true},
		{name: "hung up", end: signals(syscall.SIGHUP), whole: true},
		{name: "killed", end: signals(syscall.SIGKILL), status: -1, lost: time.Second},
		{name: "interface gone", status: 1, whole: true, end: func(t *testing.T, h *lab.Host, _ *listener) {
			if out, err := h.Command(t.Context(), "ip", "link", "delete", "eth0").CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), liveLimit)
			defer cancel()
			dir := t.TempDir()
			file, report := filepath.Join(dir, "out.pcapng"), filepath.Join(dir, "report.json")
			h := n.Host("h3")
			l := listen(ctx, t, h, "Capturing on 'eth0'", "icmpsniff", "-n", "-P", "-l", "-i", "eth0", "-w", file, "--report", "json:"+report)
			ping := h.Command(ctx, "ping", "-n", "-i", "0.02", "192.0.2.11")
			if err := ping.Start(); err != nil {
				t.Fatal(err)
			}
			seconds := 0.3 + tt.lost.Seconds()
			l.await(t, "Echo (ping) reply", int(50*seconds))
			tt.end(t, h, l)
			at := time.Now()
			_ = ping.Process.Kill()
			_ = ping.Wait()
			for line := range l.lines {
				l.got = append(l.got, line)
			}
			_ = l.cmd.Wait()
			if status := l.cmd.ProcessState.ExitCode(); status != tt.status {
				t.Errorf("exit status %d, want %d", status, tt.status)
			}

			certain := 0
			for _, line := range l.got {
				if strings.Contains(line.text, " → ") && at.Sub(line.at) >= tt.lost {
					certain++
				}
			}
			frames, interfaces := contents(t, file)
			if len(frames) < certain || certain < 10 {
				t.Errorf("the file has %d frames, of which %d were printed %v before the end", len(frames), certain, tt.lost)
			}
			if len(interfaces) != 1 || interfaces[0].Name != "eth0" || interfaces[0].Digits != 9 || interfaces[0].SnapLen != capture.MaxFrame ||
				!strings.HasPrefix(interfaces[0].Filter, "arp or rarp or icmp") {
				t.Errorf("interfaces %+v", interfaces)
			}
			if tt.whole {
				checkWhole(t, file, report, len(frames))
			}
			checkTshark(t, file, len(frames))
		})
	}
}

func signals(s os.Signal) func(*testing.T, *lab.Host, *listener) {
	return func(t *testing.T, _ *lab.Host, l *listener) {
		if err := l.cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
}

// checkWhole compares a file with the report of the run that wrote it, and looks for its last block, the statistics.
func checkWhole(t *testing.T, file, report string, frames int) {
	t.Helper()
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var r jsonReport
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if r.Capture.Frames != uint64(frames) {
		t.Errorf("the file has %d frames, and the report %d", frames, r.Capture.Frames)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const statistics = 8 + 12 + 2*12 + 4*12 + 4 + 4 // bytes of the block: head, interface and time, options, end, length
	if last := content[len(content)-statistics:]; !bytes.HasPrefix(last, []byte{5, 0, 0, 0, statistics, 0, 0, 0}) {
		t.Errorf("the file ends with % x, want an Interface Statistics Block", last)
	}
}

// checkTshark has tshark and capinfos read a file, where they are installed.
func checkTshark(t *testing.T, file string, frames int) {
	t.Helper()
	if _, err := exec.LookPath("tshark"); err != nil {
		t.Log(err)
		return
	}
	var complaints bytes.Buffer
	tshark := exec.CommandContext(t.Context(), "tshark", "-n", "-r", file)
	tshark.Stderr = &complaints
	lines, err := tshark.Output()
	if got := bytes.Count(lines, []byte("\n")); err != nil || got != frames {
		t.Errorf("tshark: %d frames, want %d; %v %s", got, frames, err, complaints.String())
	}
	if out, err := exec.CommandContext(t.Context(), "capinfos", "-c", file).CombinedOutput(); err != nil || !bytes.Contains(out, fmt.Appendf(nil, " %d\n", frames)) {
		t.Errorf("capinfos: %v\n%s", err, out)
	}
}

// Protects that files begin and end by the clock while nothing is captured, and that the last ends the run.
func TestSavedSilence(t *testing.T) {
	n := laboratory(t)
	ctx, cancel := context.WithTimeout(t.Context(), liveLimit)
	defer cancel()
	dir := t.TempDir()
	for _, d := range []string{dir, filepath.Dir(dir)} { // files of a ring are created when root is given up already
		if err := os.Chmod(d, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	cmd := n.Host("h1").Command(ctx, "icmpsniff", "-i", "eth0", "-b", "duration:0.2", "-a", "files:3", "-b", "printname:-", "--report", "none",
		"-w", filepath.Join(dir, "out.pcapng"), "igmp")
	said, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	names := strings.Fields(string(said))
	if len(names) != 3 {
		t.Fatalf("it named %d files, want three: %q", len(names), said)
	}
	for i, name := range names {
		if !strings.HasPrefix(filepath.Base(name), fmt.Sprintf("out_%05d_20", i+1)) || filepath.Ext(name) != ".pcapng" {
			t.Errorf("file %d is %s", i+1, name)
		}
		if _, interfaces := contents(t, name); len(interfaces) != 1 {
			t.Errorf("%s has %d interfaces, want one", name, len(interfaces))
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v: others can read a capture", info.Mode(), err)
		}
	}
}
