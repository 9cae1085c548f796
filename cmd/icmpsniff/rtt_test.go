package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/track"
)

// resptimes is what tshark says of the lab's captures: for each, its name, then "frame milliseconds" of every reply that it
// pairs. go test -update asks again.
const resptimes = "testdata/resptime.txt"

// Protects that a round-trip time is tshark's to the last digit of the capture's clock, wherever both pair the same request.
func TestRoundTripsAreTsharks(t *testing.T) {
	if *update {
		askRoundTrips(t)
	}
	theirs := readRoundTrips(t)
	compared := 0
	for _, c := range captures(t) {
		t.Run(c.name, func(t *testing.T) {
			if theirs[c.name] == nil {
				t.Fatalf("%s does not know this capture; go test -update asks tshark", resptimes)
			}
			ours := roundTrips(t, c)
			for _, frame := range slices.Sorted(maps.Keys(theirs[c.name])) {
				relation, ok := ours[frame]
				if !ok {
					t.Errorf("frame %d: tshark pairs it, and icmpsniff does not", frame)
					continue
				}
				if hasCopies(ours, relation.Peer) {
					continue // tshark measures from the last copy of the request
				}
				compared++
				want, err := strconv.ParseFloat(theirs[c.name][frame], 64)
				if err != nil {
					t.Fatal(err)
				}
				if got := float64(relation.RTT) / 1e6; fmt.Sprintf("%.6f", got) != fmt.Sprintf("%.6f", want) {
					t.Errorf("frame %d: %v ms, want %v", frame, got, want)
				}
			}
		})
	}
	if compared < 400 {
		t.Errorf("%d round trips were compared, expected 400 or more", compared)
	}
}

// hasCopies reports whether a request has copies.
func hasCopies(relations map[uint64]track.Relation, request uint64) bool {
	for _, r := range relations {
		if r.CopyOf == request {
			return true
		}
	}
	return false
}

// relationSink keeps what every packet is to the others.
type relationSink map[uint64]track.Relation

func (s relationSink) Packet(p *field.Subject) error {
	if p.Relation.Peer != 0 && p.Relation.Role == track.Reply || p.Relation.Has(track.Copy) {
		s[p.Packet.Number] = *p.Relation
	}
	return nil
}

func (relationSink) Event(*track.Event, field.Clock) error { return nil }
func (relationSink) Idle() error                           { return nil }

// roundTrips analyzes a capture as the command does, and returns its replies and copies by frame.
func roundTrips(t *testing.T, c labCapture) map[uint64]track.Relation {
	t.Helper()
	source, err := openFiles(context.Background(), &options{files: []string{c.path}}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	sink := relationSink{}
	pass := pipeline.Pass{Source: fileSource{source}, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: sink}
	if _, err := pass.Run(context.Background()); err != nil && c.name != "ping-cut-short" {
		t.Fatal(err)
	}
	return sink
}

// askRoundTrips writes the golden file.
func askRoundTrips(t *testing.T) {
	var all strings.Builder
	for _, c := range captures(t) {
		cmd := exec.Command("tshark", "-n", "-r", c.path, "-T", "fields", "-e", "frame.number", "-e", "icmp.resptime", "-e", "icmpv6.resptime",
			"-Y", "icmp.resptime or icmpv6.resptime")
		cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "LC_ALL=C", "TZ=UTC")
		out, err := cmd.Output()
		var exit *exec.ExitError
		if err != nil && !(errors.As(err, &exit) && bytes.Contains(exit.Stderr, []byte("cut short"))) {
			t.Fatalf("tshark -r %s: %v", c.path, err)
		}
		fmt.Fprintln(&all, c.name)
		for text := range strings.Lines(string(out)) {
			fmt.Fprintln(&all, "\t"+strings.Join(strings.Fields(text), " "))
		}
	}
	if err := os.WriteFile(resptimes, []byte(all.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readRoundTrips reads the golden file: milliseconds as tshark wrote them, by capture and frame.
func readRoundTrips(t *testing.T) map[string]map[uint64]string {
	t.Helper()
	text, err := os.ReadFile(resptimes)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[uint64]string{}
	var name string
	for text := range strings.Lines(string(text)) {
		reply, ofCapture := strings.CutPrefix(strings.TrimSuffix(text, "\n"), "\t")
		if !ofCapture {
			name = reply
			all[name] = map[uint64]string{}
			continue
		}
		frame, ms, _ := strings.Cut(reply, " ")
		n, err := strconv.ParseUint(frame, 10, 64)
		if err != nil {
			t.Fatalf("%s: %q: %v", resptimes, text, err)
		}
		all[name][n] = ms
	}
	return all
}
