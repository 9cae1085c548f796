package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
)

// wireTool is a tool that listens on a wire.
type wireTool struct {
	name  string
	argv  []string // WIRE stands for the interface, FILE for what it writes, REPORT for another file
	count func(stderr, report string) (received uint64, err error)
}

// wireTools are what is measured: with the kernel's buffer that each has when nobody asks, icmpsniff's 16 MiB and the others' 2, and with each other's.
func wireTools(icmpsniff string) []wireTool {
	ours := func(name string, words ...string) wireTool {
		return wireTool{"icmpsniff " + name, append([]string{icmpsniff, "-n", "-i", "WIRE", "--report", "json:REPORT"}, words...), reported}
	}
	theirs := func(name string, words ...string) wireTool {
		return wireTool{name, append(words, "-i", "WIRE"), printedCount(`(\d+) packets? captured`)}
	}
	return []wireTool{
		ours("-q", "-q"),
		ours("-w", "-w", "FILE"),
		theirs("tcpdump -w", "tcpdump", "-n", "-w", "FILE"),
		theirs("tshark -w", "tshark", "-n", "-q", "-w", "FILE"),
		ours("-q, 2 MiB", "-q", "-B", "2"),
		ours("-w, 2 MiB", "-B", "2", "-w", "FILE"),
		theirs("tcpdump -w, 16 MiB", "tcpdump", "-n", "-B", "16384", "-w", "FILE"),
		theirs("tshark -w, 16 MiB", "tshark", "-n", "-q", "-B", "16", "-w", "FILE"),
		ours("lines"),
		theirs("tcpdump lines", "tcpdump", "-nn"),
		theirs("tshark lines", "tshark", "-n"),
	}
}

// reported is what icmpsniff's JSON report says that it received.
func reported(_, report string) (uint64, error) {
	text, err := os.ReadFile(report)
	if err != nil {
		return 0, err
	}
	var r struct{ Capture struct{ Frames uint64 } }
	err = json.Unmarshal(text, &r)
	return r.Capture.Frames, err
}

// printedCount finds on standard error how much was received.
func printedCount(pattern string) func(stderr, report string) (uint64, error) {
	expression := regexp.MustCompile(pattern)
	return func(stderr, _ string) (uint64, error) {
		m := expression.FindStringSubmatch(stderr)
		if m == nil {
			return 0, fmt.Errorf("no count in %q", stderr)
		}
		return strconv.ParseUint(m[1], 10, 64)
	}
}
