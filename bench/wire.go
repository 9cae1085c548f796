package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/icmpsniff/icmpsniff/lab"
)

// wireTime is how long each rate lasts, and settleTime how long a tool may go on before it is stopped: what the kernel has by then
// counts as received.
const (
	wireTime   = 2 * time.Second
	settleTime = 2 * time.Second
)

// wireRates are the frames a second that are tried, one after another until a tool loses some.
var wireRates = []int{10_000, 25_000, 50_000, 100_000, 200_000, 400_000, 800_000}

// wireTool is a tool that listens on a wire.
type wireTool struct {
	name  string
	argv  []string // WIRE stands for the interface, FILE for what it writes
	count func(stderr, file string) (received uint64, err error)
}

// wireTools are what is measured, each alone on the wire.
func wireTools(icmpsniff string) []wireTool {
	return []wireTool{
		{"icmpsniff -q", []string{icmpsniff, "-n", "-q", "-i", "WIRE", "--report", "json:FILE"}, reported},
		{"icmpsniff -q -B 64", []string{icmpsniff, "-n", "-q", "-B", "64", "-i", "WIRE", "--report", "json:FILE"}, reported},
		{"icmpsniff, lines to a file", []string{icmpsniff, "-n", "-i", "WIRE", "--report", "json:FILE"}, reported},
		{"tcpdump -w", []string{"tcpdump", "-n", "-i", "WIRE", "-w", "FILE"}, printedCount(`(\d+) packets captured`)},
		{"tcpdump, lines to a file", []string{"tcpdump", "-nn", "-i", "WIRE"}, printedCount(`(\d+) packets captured`)},
		{"tshark -w", []string{"tshark", "-n", "-q", "-i", "WIRE", "-w", "FILE"}, printedCount(`(\d+) packets? captured`)},
		{"tshark, lines to a file", []string{"tshark", "-n", "-i", "WIRE"}, printedCount(`(\d+) packets? captured`)},
	}
}

// reported is what icmpsniff's JSON report says that it received.
func reported(_, file string) (uint64, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	var report struct{ Capture struct{ Frames uint64 } }
	err = json.Unmarshal(text, &report)
	return report.Capture.Frames, err
}

// printedCount finds on standard error how much was received.
func printedCount(pattern string) func(stderr, file string) (uint64, error) {
	expression := regexp.MustCompile(pattern)
	return func(stderr, _ string) (uint64, error) {
		m := expression.FindStringSubmatch(stderr)
		if m == nil {
			return 0, fmt.Errorf("no count in %q", stderr)
		}
		return strconv.ParseUint(m[1], 10, 64)
	}
}

// onWire measures tools on a wire of the lab at rising rates, and then has icmpsniff listen to soak frames from as many sources.
func onWire(icmpsniff string, soak int) error {
	if err := lab.Enter(); err != nil {
		return err
	}
	net, err := lab.New(lab.Options{})
	if err != nil {
		return err
	}
	defer net.Close()
	w, err := newWire(net.Host("h1"))
	if err != nil {
		return err
	}
	defer w.close()
	dir, err := os.MkdirTemp("", "icmpsniff-wire")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)

	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "tool\tframes/s\tsent\treceived\t")
	for _, tool := range wireTools(icmpsniff) {
		if _, err := exec.LookPath(tool.argv[0]); err != nil {
			continue
		}
		for _, rate := range wireRates {
			l, err := w.listen(tool, dir)
			if err != nil {
				return err
			}
			sent, took, err := w.send(rate, int(float64(rate)*wireTime.Seconds()), nil)
			received, stopped := l.stop()
			if err := errors.Join(err, stopped); err != nil {
				return fmt.Errorf("%s: %w", tool.name, err)
			}
			fmt.Fprintf(t, "%s\t%.0f\t%d\t%d\t\n", tool.name, float64(sent)/took.Seconds(), sent, received)
			t.Flush()
			if received < uint64(sent) {
				break
			}
		}
	}
	if soak == 0 {
		return nil
	}
	return w.soak(wireTools(icmpsniff)[0], dir, soak)
}

// soakRate is the frames a second of a soak: few enough that most of them are received.
const soakRate = 100_000

// soak sends frames, and prints how much memory the tool has after each twentieth of them.
func (w *wire) soak(tool wireTool, dir string, frames int) error {
	l, err := w.listen(tool, dir)
	if err != nil {
		return err
	}
	fmt.Println("\nframes sent  MiB resident")
	sent, took, err := w.send(soakRate, frames, func(sent int) error {
		if sent%(frames/20) != 0 {
			return nil
		}
		kib, err := resident(l.cmd.Process.Pid)
		fmt.Printf("%11d  %12.1f\n", sent, float64(kib)/1024)
		return err
	})
	received, stopped := l.stop()
	fmt.Printf("sent %d in %.0f s, received %d\n", sent, took.Seconds(), received)
	return errors.Join(err, stopped)
}

// resident returns the memory of a process in RAM, in KiB.
func resident(pid int) (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	m := regexp.MustCompile(`VmRSS:\s+(\d+)`).FindSubmatch(status)
	if m == nil {
		return 0, errors.New("no VmRSS")
	}
	return strconv.Atoi(string(m[1]))
}

// listener is a tool that runs.
type listener struct {
	tool   wireTool
	cmd    *exec.Cmd
	stderr *heard
	out    *os.File
	file   string
}

// heard keeps what a tool says on standard error, and tells when it says that it listens.
type heard struct {
	text  strings.Builder
	ready chan struct{}
	told  bool
}

func (h *heard) Write(b []byte) (int, error) {
	h.text.Write(b)
	if text := strings.ToLower(h.text.String()); !h.told && (strings.Contains(text, "listening on") || strings.Contains(text, "capturing on")) {
		h.told = true
		close(h.ready)
	}
	return len(b), nil
}

// listen starts a tool and waits until it listens.
func (w *wire) listen(tool wireTool, dir string) (*listener, error) {
	l := &listener{tool: tool, stderr: &heard{ready: make(chan struct{})}, file: filepath.Join(dir, "written")}
	var argv []string
	for _, word := range tool.argv {
		argv = append(argv, strings.NewReplacer("WIRE", w.far, "FILE", l.file).Replace(word))
	}
	if path, err := exec.LookPath(argv[0]); err == nil {
		argv[0], _ = filepath.Abs(path)
	}
	_ = os.Remove(l.file) // tcpdump gives its files to a user of its own, and tshark then can't write them
	var err error
	if l.out, err = os.Create(filepath.Join(dir, "lines")); err != nil {
		return nil, err
	}
	l.cmd = w.host.Command(context.Background(), argv[0], argv[1:]...)
	l.cmd.Stdout, l.cmd.Stderr = l.out, io.Writer(l.stderr)
	if err := l.cmd.Start(); err != nil {
		return nil, err
	}
	select {
	case <-l.stderr.ready:
		time.Sleep(500 * time.Millisecond) // tshark says so before its dumpcap does
		return l, nil
	case <-time.After(10 * time.Second):
		_ = l.cmd.Process.Kill()
		return nil, errors.Join(fmt.Errorf("%s does not listen", tool.name), l.cmd.Wait())
	}
}

// stop lets the tool finish, and returns how many frames it received.
func (l *listener) stop() (uint64, error) {
	time.Sleep(settleTime)
	err := l.cmd.Process.Signal(os.Interrupt)
	err = errors.Join(err, l.cmd.Wait(), l.out.Close())
	received, counted := l.tool.count(l.stderr.text.String(), l.file)
	return received, errors.Join(err, counted)
}

// newGenerator returns a generator of frames that are not written anywhere.
func newGenerator() *generator { return &generator{random: rand.New(rand.NewPCG(1, 2))} }
