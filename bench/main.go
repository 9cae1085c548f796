// Command bench measures icmpsniff beside tshark and tcpdump on captures that it makes itself, the same ones each time.
//
//	go run ./bench [-only works] [-n frames] [-runs 5] [-tool ./icmpsniff] [-dir folder]
//	go run ./bench -wire [-only tools] [-runs 5] [-rate frames] [-soak frames] [-tool ./icmpsniff]
//
// The captures are made once, in the folder, which takes 3.4 GB; the tools take turns, run by run, so that a busy machine slows all of
// them alike. For each work (works.go) there is a table with each tool's median and shortest time, its frames a second, how many
// times longer than the first it took, and its peak memory. Rows of ours are limits: the headers of the records walked through
// icmpsniff's own reader, cat, and where all are pings, the least that can be called pairing (bare.go).
//
// With -wire they listen, each alone, on a wire of the lab to which frames are sent at rising rates, until many of them are lost; it
// takes root, or user namespaces. That table has, for each rate, which part of the frames arrived, in the median and in the worst run, and the
// processor time that each cost the tool.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	n := flag.Int("n", 1_000_000, "`frames` in a capture; ten times as many in long ones")
	runs := flag.Int("runs", 5, "runs of each tool")
	tool := flag.String("tool", "./icmpsniff", "the icmpsniff to measure")
	dir := flag.String("dir", filepath.Join(os.TempDir(), "icmpsniff-bench"), "the `folder` where captures are kept")
	only := flag.String("only", "", "do only works whose names match this `expression`; there are "+strings.Join(names(works), ", ")+"; with -wire, tools")
	walked := flag.String("walk", "", "only walk the headers of a `file`")
	paired := flag.String("bare", "", "only pair the pings of a `file`; with -lines, print them, too")
	lines := flag.Bool("lines", false, "with -bare: print a line for each")
	wire := flag.Bool("wire", false, "measure how many frames a second are received live")
	rate := flag.Int("rate", 0, "with -wire: send only so many `frames` a second")
	soak := flag.Int("soak", 0, "with -wire: then have icmpsniff listen to so many `frames`, a multiple of 20, from as many sources")
	flag.Parse()
	chosen, err := regexp.Compile(*only)
	switch {
	case err != nil:
	case *walked != "":
		err = walk(*walked)
	case *paired != "" && *lines:
		err = bare(*paired, os.Stdout)
	case *paired != "":
		err = bare(*paired, nil)
	case *wire:
		if *rate > 0 {
			wireRates = []int{*rate}
		}
		err = onWire(*tool, *runs, chosen, *soak)
	default:
		err = bench(*n, *runs, *tool, *dir, chosen)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench does the chosen works, so many runs each, on captures of n frames, and prints a table for each.
func bench(n, runs int, tool, dir string, chosen *regexp.Regexp) error {
	if n < 1 || runs < 1 {
		return fmt.Errorf("%d runs on %d frames measure nothing", runs, n)
	}
	if _, err := exec.LookPath(tool); err != nil {
		return fmt.Errorf("%w: make build makes it, -tool says where it is", err)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	todo := slices.DeleteFunc(slices.Clone(works), func(w work) bool { return !chosen.MatchString(w.name) })
	if len(todo) == 0 {
		return fmt.Errorf("no work matches %q; there are %s", chosen, strings.Join(names(works), ", "))
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, w := range todo {
		file, err := generated(dir, w.capture, w.length(n))
		if err != nil {
			return err
		}
		words := map[string]string{"TOOL": tool, "SELF": self, "FILE": file}
		installed := slices.DeleteFunc(slices.Clone(w.rivals), func(r rival) bool {
			_, err := exec.LookPath(said(r.argv[:1], words)[0])
			return err != nil
		})
		results, err := race(installed, runs, words)
		if err != nil {
			return err
		}
		if err := printTable(os.Stdout, w.name+": "+w.title, w.length(n), results); err != nil {
			return err
		}
	}
	return nil
}

// names are those of works, as -only takes them.
func names(works []work) []string {
	var all []string
	for _, w := range works {
		all = append(all, w.name)
	}
	return all
}
