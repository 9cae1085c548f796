package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"text/tabwriter"
	"time"
)

// result is how a rival did: its times in the order of the runs, and its largest memory.
type result struct {
	name  string
	times []time.Duration
	peak  int64 // KiB resident
}

// median returns the middle of the values, of which there are some.
func median[T cmp.Ordered](values []T) T {
	return slices.Sorted(slices.Values(values))[len(values)/2]
}

// race runs the rivals in turn, output thrown away. What their words stand for is replaced.
func race(rivals []rival, runs int, words map[string]string) ([]result, error) {
	results := make([]result, len(rivals))
	for range runs {
		for i, r := range rivals {
			took, peak, err := run(said(r.argv, words))
			if err != nil {
				return nil, err
			}
			results[i].name = r.name
			results[i].times = append(results[i].times, took)
			results[i].peak = max(results[i].peak, peak)
		}
	}
	return results, nil
}

// said returns the words, those that stand for others replaced.
func said(argv []string, words map[string]string) []string {
	argv = slices.Clone(argv)
	for i, word := range argv {
		if w, ok := words[word]; ok {
			argv[i] = w
		}
	}
	return argv
}

func run(argv []string) (took time.Duration, peak int64, err error) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return 0, 0, err
	}
	defer null.Close()
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Stdout = null
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return 0, 0, fmt.Errorf("%v: %w", argv, err)
	}
	took = time.Since(start)
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		peak = usage.Maxrss
	}
	return took, peak, nil
}

// printTable prints how the rivals did; the first is the one that the others are compared with.
func printTable(w io.Writer, title string, frames int, results []result) error {
	least := leastPeak()
	fmt.Fprintf(w, "\n%s, %d frames\n", title, frames)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "tool\tmedian ms\tleast ms\tframes/s\tof the first\tpeak MiB\t")
	for i := range results {
		r := &results[i]
		m := median(r.times)
		peak := fmt.Sprintf("%.1f", float64(r.peak)/1024)
		if r.peak <= least {
			peak = "≤ " + peak
		}
		fmt.Fprintf(t, "%s\t%.1f\t%.1f\t%.0f\t%.2f ×\t%s\t\n", r.name, milliseconds(m), milliseconds(slices.Min(r.times)),
			float64(frames)/m.Seconds(), m.Seconds()/median(results[0].times).Seconds(), peak)
	}
	return t.Flush()
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }

// leastPeak is the least memory, in KiB, that the kernel tells of a child: it begins in the memory of its parent, and that is counted.
func leastPeak() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return usage.Maxrss
}
