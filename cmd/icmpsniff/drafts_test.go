package main

import (
	"strings"
	"testing"
)

// TestDrafts protects packets that are printed in two steps, as they are from files, from being other than those that somebody waits for
// (-l), which are printed in one.
func TestDrafts(t *testing.T) {
	for _, args := range [][]string{
		{},
		{"-2", "--report", "none", "-t", "dd", "--color=always"},
		{"-2", "-Y", "icmp or arp or icmpv6.type >= 133", "-t", "u"},
		{"-T", "fields", "-e", "frame.number", "-e", "ip.src", "-e", "icmp.seq", "-e", "_ws.col.Protocol", "-E", "header=y"},
	} {
		lines := 0
		for _, c := range captures(t) {
			args := append(args, "-n", "-r", c.path)
			got, want := sniff(t, args...), sniff(t, append(args, "-l")...)
			if got != want {
				t.Errorf("%s %q: in two steps\n%.2000s\n%s\nin one\n%.2000s\n%s", c.name, args, got.stdout, got.stderr, want.stdout, want.stderr)
			}
			lines += strings.Count(got.stdout, "\n")
		}
		if lines < 5000 {
			t.Errorf("%q: %d lines", args, lines)
		}
	}
}
