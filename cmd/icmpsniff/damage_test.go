package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/lab"
)

var damageFolder = flag.String("damage", "", "TestDamagedCaptures: damage all captures of this `folder`, and at every byte")

// Where captures are damaged, and how much of a large one is read.
const (
	cutWithin  = 2048     // bytes of the file, each of which is an end
	flipWithin = 512      // bytes of the file, each of which is changed
	damageable = 64 << 10 // bytes of a capture that are read
	damageTime = 10 * time.Second
)

// damagedForms are how the damaged captures are printed, in turn.
var damagedForms = [][]string{
	{"--all"},
	{"-q", "--report", "json"},
	{"-V", "-x", "-P", "--all", "--report", "markdown"},
	{"-T", "json", "--report", "csv"},
	{"-T", "ek", "-c", "100"},
	{"-T", "jsonl", "--all", "-e", "frame.protocols", "-e", "icmp.resp_to"},
	{"-Tfields", "-e", "frame.number", "-e", "_ws.col.Info", "-e", "frame.interface_name"},
	{"-xx", "-t", "ad", "-z", "icmp,srt", "-Y", "icmp or arp or frame contains 00"},
}

// TestDamagedCaptures protects from every capture that a disk, a full one or an attacker made of a good one: cut at any byte, or
// with all bits, or one, of any byte changed. A run neither crashes nor hangs, ends with status 0 or 2, and prints text. Here some captures are damaged in
// some places, each time the same; docs/reliability.md says how to damage all of them in all places.
func TestDamagedCaptures(t *testing.T) {
	step, files := 23, []string{"traceroute-udp.pcap", "router6-any.pcap", "merged-interfaces.pcapng", "ping-gzip.pcap.gz", "ping6-zstd.pcap.zst", "arping-lz4.pcap.lz4"}
	for i, name := range files {
		files[i] = filepath.Join(committed, name)
	}
	if *damageFolder != "" {
		step = 1
		var err error
		if files, err = lab.Captures(*damageFolder); err != nil {
			t.Fatal(err)
		}
	}
	runs, path := 0, filepath.Join(t.TempDir(), "damaged")
	for _, file := range files {
		good, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		good = good[:min(len(good), damageable)]
		for n := 0; n <= min(len(good), cutWithin); n += step {
			damagedRun(t, fmt.Sprintf("%s cut at %d", file, n), runs, path, good[:n])
			runs++
		}
		for at := 0; at < min(len(good), flipWithin); at += step {
			for _, change := range []byte{0xff, 1 << (at % 8)} {
				bad := bytes.Clone(good)
				bad[at] ^= change
				damagedRun(t, fmt.Sprintf("%s with byte %d ^ %#x", file, at, change), runs, path, bad)
				runs++
			}
		}
	}
	t.Log(strconv.Itoa(runs) + " runs on " + strconv.Itoa(len(files)) + " captures")
}

// damagedRun reads a capture, from a file at path and through a pipe by turns, and checks what holds for all.
func damagedRun(t *testing.T, what string, turn int, path string, file []byte) {
	form := damagedForms[turn%len(damagedForms)]
	if turn/len(damagedForms)%2 == 1 {
		path = "-"
	} else if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), damageTime)
	defer cancel()
	hang := time.AfterFunc(2*damageTime, func() { panic(what + ": it hangs: icmpsniff " + strings.Join(form, " ")) })
	defer hang.Stop()
	var stdout, stderr bytes.Buffer
	got := run(ctx, append([]string{"-n", "-r", path}, form...), bytes.NewReader(file), &stdout, &stderr)
	if ctx.Err() != nil {
		t.Errorf("%s: %q takes longer than %v", what, form, damageTime)
	}
	if got != statusDone && got != statusInput {
		t.Errorf("%s: %q ends with status %d: %s", what, form, got, stderr.String())
	}
	if c := obeyed(stdout.String() + stderr.String()); c != "" {
		t.Errorf("%s: %q prints %q", what, form, c)
	}
}
