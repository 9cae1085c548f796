package main

import (
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

// median returns the middle of the times.
func (r *result) median() time.Duration {
	sorted := slices.Sorted(slices.Values(r.times))
	return sorted[len(sorted)/2]
}

// race runs the rivals in turn on a file, output thrown away.
func race(rivals []rival, file string, runs int) ([]result, error) {
	results := make([]result, len(rivals))
	for range runs {
		for i, r := range rivals {
			argv := slices.Clone(r.argv)
			for j := range argv {
				if argv[j] == "FILE" {
					argv[j] = file
				}
			}
			took, peak, err := run(argv)
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
func printTable(w io.Writer, title string, frames int, results []result) {
	fmt.Fprintf(w, "\n%s, %d frames\n", title, frames)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "tool\tmedian ms\tframes/s\tof icmpsniff\tpeak MiB\t")
	for i := range results {
		r := &results[i]
		m := r.median()
		fmt.Fprintf(t, "%s\t%.1f\t%.0f\t%.2f ×\t%.1f\t\n", r.name, float64(m.Microseconds())/1e3, float64(frames)/m.Seconds(),
			m.Seconds()/results[0].median().Seconds(), float64(r.peak)/1024)
	}
	t.Flush()
}
