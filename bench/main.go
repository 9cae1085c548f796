// Command bench measures icmpsniff beside tshark and tcpdump on captures that it makes itself, the same ones each time.
//
//	go run ./bench [-n frames] [-runs 5] [-tool ./icmpsniff] [-dir folder]
//	go run ./bench -wire [-runs 5] [-only tools] [-rate frames] [-soak frames] [-tool ./icmpsniff]
//
// The captures are made once, in the folder; the tools take turns, so that a busy machine slows all of them alike. The
// table has each tool's median time, its frames a second, how many times faster icmpsniff is, and its peak memory.
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
)

func main() {
	n := flag.Int("n", 1_000_000, "frames in a capture")
	runs := flag.Int("runs", 5, "runs of each tool")
	tool := flag.String("tool", "./icmpsniff", "the icmpsniff to measure")
	dir := flag.String("dir", filepath.Join(os.TempDir(), "icmpsniff-bench"), "where the captures are kept")
	wire := flag.Bool("wire", false, "measure how many frames a second are received live")
	only := flag.String("only", "", "with -wire: measure only the tools whose names match this `expression`")
	rate := flag.Int("rate", 0, "with -wire: send only so many `frames` a second")
	soak := flag.Int("soak", 0, "with -wire: then have icmpsniff listen to so many `frames`, a multiple of 20, from as many sources")
	flag.Parse()
	var err error
	if *wire {
		var chosen *regexp.Regexp
		if chosen, err = regexp.Compile(*only); err == nil {
			if *rate > 0 {
				wireRates = []int{*rate}
			}
			err = onWire(*tool, *runs, chosen, *soak)
		}
	} else {
		err = bench(*n, *runs, *tool, *dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(n, runs int, tool, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, w := range works {
		file := filepath.Join(dir, fmt.Sprintf("%s-%d.pcap", w.capture, w.frames(n)))
		if err := generated(file, w.capture, w.frames(n)); err != nil {
			return err
		}
		var rivals []rival
		for _, r := range w.rivals {
			if r.name == "icmpsniff" {
				r.argv = append([]string{tool}, r.argv...)
			}
			if _, err := exec.LookPath(r.argv[0]); err == nil {
				rivals = append(rivals, r)
			}
		}
		results, err := race(rivals, file, runs)
		if err != nil {
			return err
		}
		printTable(os.Stdout, w.title, w.frames(n), results)
	}
	return nil
}

// work is one row of the comparison: a capture, and what is asked of it.
type work struct {
	title   string
	capture string
	fixed   int // frames, where the capture has its own length
	rivals  []rival
}

func (w *work) frames(n int) int {
	if w.fixed > 0 {
		return w.fixed
	}
	return n
}

// rival is a tool and its words; FILE stands for the capture.
type rival struct {
	name string
	argv []string
}

// works are what is measured. The first rival is icmpsniff, the last the least that reading the file can cost.
var works = []work{
	{title: "report only (-q), pings in 1,000 flows", capture: "pings", rivals: []rival{
		{"icmpsniff", []string{"-q", "-n", "-r", "FILE"}},
		{"tshark", []string{"tshark", "-n", "-q", "-z", "icmp,srt", "-r", "FILE"}},
		{"cat", []string{"cat", "FILE"}},
	}},
	{title: "lines, pings in 1,000 flows", capture: "pings", rivals: []rival{
		{"icmpsniff", []string{"-n", "--report", "none", "-r", "FILE"}},
		{"tshark", []string{"tshark", "-n", "-r", "FILE"}},
		{"tcpdump", []string{"tcpdump", "-nn", "-r", "FILE"}},
		{"cat", []string{"cat", "FILE"}},
	}},
	{title: "report only (-q), mixed traffic, 10% ICMP and ARP", capture: "mixed", rivals: []rival{
		{"icmpsniff", []string{"-q", "-n", "-r", "FILE"}},
		{"tshark", []string{"tshark", "-n", "-r", "FILE", "-Y", "icmp or arp"}},
		{"tcpdump", []string{"tcpdump", "-nn", "-r", "FILE", "icmp or arp"}},
		{"cat", []string{"cat", "FILE"}},
	}},
	{title: "report only (-q), requests from 10 million sources", capture: "flood", fixed: 10_000_000, rivals: []rival{
		{"icmpsniff", []string{"-q", "-n", "-r", "FILE"}},
		{"cat", []string{"cat", "FILE"}},
	}},
	{title: "ten packets, start to end", capture: "pings", fixed: 10, rivals: []rival{
		{"icmpsniff", []string{"-n", "-r", "FILE"}},
		{"tshark", []string{"tshark", "-n", "-r", "FILE"}},
		{"tcpdump", []string{"tcpdump", "-nn", "-r", "FILE"}},
	}},
}
