package main

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"testing"
)

// Protects whoever looks at the first lines only: when nobody reads them any more the capture ends, cleanly and with the report that
// goes elsewhere.
func TestLivePipeCloses(t *testing.T) {
	n := laboratory(t)
	ctx, cancel := context.WithTimeout(t.Context(), liveLimit)
	defer cancel()
	report := filepath.Join(t.TempDir(), "report.json")
	h := n.Host("h1")
	icmpsniff := h.Command(ctx, "icmpsniff", "-n", "-l", "-i", "eth0", "-f", "icmp", "--report", "table", "--report", "json:"+report)
	stdout, err := icmpsniff.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := icmpsniff.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := icmpsniff.Start(); err != nil {
		t.Fatal(err)
	}
	if said := bufio.NewScanner(stderr); !said.Scan() {
		t.Fatal("it does not listen")
	}
	ping := h.Command(ctx, "ping", "-n", "-q", "-i", "0.02", "192.0.2.12")
	if err := ping.Start(); err != nil {
		t.Fatal(err)
	}
	defer ping.Wait()
	defer ping.Process.Kill()
	if lines := bufio.NewScanner(stdout); !lines.Scan() {
		t.Error("nothing was printed")
	}
	if err := stdout.Close(); err != nil {
		t.Error(err)
	}
	if err := icmpsniff.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	if text, err := os.ReadFile(report); err != nil || len(text) == 0 {
		t.Errorf("the other report has %d bytes, %v", len(text), err)
	}
}
