package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"
	"testing"
)

// Protects ^C while nothing comes: a run that waits for a pipe ends as well as any other, with its report, wherever in the
// capture the pipe stands still.
func TestInterruptedWhileWaiting(t *testing.T) {
	ping, err := os.ReadFile(committed + "/ping.pcap")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		written int // bytes
		want    string
	}{
		{"before the header", 0, ""},
		{"in the header", 10, ""},
		{"after the header", fileHeader, ""},
		{"in the fourth packet", 300, "\nARP and ND, "},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, interrupt := context.WithCancel(t.Context())
			stdin, writer := io.Pipe()
			stdout, reported := io.Pipe()
			defer writer.Close()
			status := make(chan int)
			var stderr strings.Builder
			go func() {
				s := run(ctx, []string{"-n", "-l", "-"}, stdin, reported, &stderr)
				reported.Close()
				status <- s
			}()
			if _, err := writer.Write(ping[:c.written]); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewReader(stdout)
			if c.written > fileHeader {
				if first, err := lines.ReadString('\n'); err != nil || !strings.Contains(first, "Who has") {
					t.Errorf("first line %q, %v", first, err)
				}
			}
			interrupt()
			rest, err := io.ReadAll(lines)
			if err != nil {
				t.Fatal(err)
			}
			if s := <-status; s != statusDone || stderr.Len() > 0 {
				t.Errorf("status %d, %q", s, stderr.String())
			}
			if !strings.Contains(string(rest), c.want) {
				t.Errorf("no %q in what came after the interrupt:\n%s", c.want, rest)
			}
		})
	}
}
