package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
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

// wireRates are the frames a second that are asked of the sender, one after another. It sends fewer where it can't.
var wireRates = []int{100_000, 200_000, 400_000, 800_000, 1_200_000}

// hopeless is the part of the frames below which a tool is not asked for more of them.
const hopeless = 0.8

// wireTrial is how a tool did at one rate: in each run, how many frames a second were sent, and which part of them it received.
type wireTrial struct {
	tool    *wireTool
	asked   int // frames a second
	sent    []float64
	arrived []float64 // 0 to 1
	cpu     []float64 // processor time that each received frame took the tool, µs
}

// onWire measures tools on a wire of the lab at rising rates, and then has icmpsniff listen to soak frames from as many sources.
func onWire(icmpsniff string, runs int, only *regexp.Regexp, soak int) error {
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
	tools := wireTools(icmpsniff)
	if err := w.compare(tools, runs, only, dir); err != nil || soak == 0 {
		return err
	}
	return w.soak(&tools[0], dir, soak)
}

// compare has the tools take turns, each alone on the wire, so that a busy machine slows all of them alike, and prints how they did at
// each rate.
func (w *wire) compare(tools []wireTool, runs int, only *regexp.Regexp, dir string) error {
	lost := map[*wireTool]bool{}
	for _, rate := range wireRates {
		var turn []*wireTrial
		for i := range tools {
			if _, err := exec.LookPath(tools[i].argv[0]); err == nil && only.MatchString(tools[i].name) && !lost[&tools[i]] {
				turn = append(turn, &wireTrial{tool: &tools[i], asked: rate})
			}
		}
		for range runs {
			for _, t := range turn {
				if err := w.try(t, dir); err != nil {
					return fmt.Errorf("%s: %w", t.tool.name, err)
				}
			}
		}
		printWire(os.Stdout, turn)
		for _, t := range turn {
			lost[t.tool] = median(t.arrived) < hopeless
		}
	}
	return nil
}

// try runs a tool once.
func (w *wire) try(t *wireTrial, dir string) error {
	l, err := w.listen(t.tool, dir)
	if err != nil {
		return err
	}
	sent, took, err := w.send(t.asked, int(float64(t.asked)*wireTime.Seconds()), nil)
	received, stopped := l.stop()
	t.sent = append(t.sent, float64(sent)/took.Seconds())
	t.arrived = append(t.arrived, float64(received)/float64(sent))
	used := l.cmd.ProcessState.UserTime() + l.cmd.ProcessState.SystemTime()
	t.cpu = append(t.cpu, float64(used.Microseconds())/float64(received))
	return errors.Join(err, stopped)
}

// printWire prints the median of the rates, the median and the worst of what arrived, and the median of what it cost.
func printWire(w io.Writer, trials []*wireTrial) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "tool\tasked/s\tsent/s\tarrived\tworst\tµs/frame\t")
	for _, trial := range trials {
		fmt.Fprintf(t, "%s\t%d\t%.0f\t%.2f%%\t%.2f%%\t%.2f\t\n", trial.tool.name, trial.asked, median(trial.sent),
			100*median(trial.arrived), 100*slices.Min(trial.arrived), median(trial.cpu))
	}
	t.Flush()
}

// soakRate is the frames a second of a soak: few enough that most of them are received.
const soakRate = 100_000

// soak sends frames, and prints how much memory the tool has after each twentieth of them.
func (w *wire) soak(tool *wireTool, dir string, frames int) error {
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
