package main

import (
	"bytes"
	"errors"
	"io"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/decode"
)

// TestKinds protects what is measured: captures that hold what their titles say, in frames that are whole and right, the same each time.
func TestKinds(t *testing.T) {
	const frames = 20_000
	for _, c := range []struct {
		kind    string
		sources int // different ones, at least
		tagged  bool
		shares  map[decode.Kind]float64 // of the frames, what their lines speak of
		bytes   float64                 // a frame, on average
	}{
		{"pings", 2000, false, map[decode.Kind]float64{decode.ICMPv4: 1}, 98},
		{"pings6", 2000, false, map[decode.Kind]float64{decode.ICMPv6: 1}, 118},
		{"tagged", 2000, true, map[decode.Kind]float64{decode.ICMPv4: 1}, 102},
		{"flood", frames * 0.99, false, map[decode.Kind]float64{decode.ICMPv4: 1}, 98},
		{"mixed", 202, false, map[decode.Kind]float64{decode.ICMPv4: 0.05, decode.ARP: 0.05, decode.UDP: 0.15, decode.TCP: 0.75}, 690},
	} {
		t.Run(c.kind, func(t *testing.T) {
			var file, again bytes.Buffer
			if err := errors.Join(generate(&file, c.kind, frames), generate(&again, c.kind, frames)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(file.Bytes(), again.Bytes()) {
				t.Error("made twice, the captures differ")
			}
			seen := read(t, &file)
			if seen.frames != frames || seen.tagged != c.tagged || len(seen.sources) < c.sources {
				t.Errorf("%d frames of %d sources, tagged: %v; want %d, %d, %v", seen.frames, len(seen.sources), seen.tagged, frames, c.sources, c.tagged)
			}
			for kind, n := range seen.kinds {
				if got, want := float64(n)/frames, c.shares[kind]; !near(got, want) {
					t.Errorf("%v: %.3f of the frames, want %.3f", kind, got, want)
				}
			}
			if got := float64(seen.bytes) / frames; !near(got, c.bytes) {
				t.Errorf("%.0f bytes a frame, want %.0f", got, c.bytes)
			}
		})
	}
}

// near allows for what is drawn at random.
func near(got, want float64) bool { return got > 0.9*want && got < 1.1*want }

// contents is what is in a capture.
type contents struct {
	frames, bytes int
	sources       map[netip.Addr]bool
	kinds         map[decode.Kind]int
	tagged        bool // all of it
}

// read decodes a capture, of which every frame has to be good and every checksum of ICMP and IP right.
func read(t *testing.T, file io.Reader) contents {
	t.Helper()
	source, err := capture.OpenReader("test", file)
	if err != nil {
		t.Fatal(err)
	}
	seen := contents{sources: map[netip.Addr]bool{}, kinds: map[decode.Kind]int{}, tagged: true}
	d := decode.New()
	var f capture.Frame
	var p decode.Packet
	for {
		if err := source.Next(&f); errors.Is(err, io.EOF) {
			return seen
		} else if err != nil {
			t.Fatal(err)
		}
		p.Frame = decode.Frame(f)
		d.Decode(&p)
		if p.Verdict != decode.Good {
			t.Fatalf("frame %d is not good: %x", f.Number, f.Data)
		}
		for i := range p.Layers {
			if p.ChecksumState(i) == decode.ChecksumBad {
				t.Fatalf("frame %d, %v: the checksum is bad: %x", f.Number, p.Layers[i].Kind, f.Data)
			}
		}
		seen.frames++
		seen.bytes += f.Length
		seen.sources[p.Source.IP()] = true
		seen.kinds[p.Summary().Kind]++
		seen.tagged = seen.tagged && len(p.Segments) == 1
	}
}

// TestBare protects the limit: it pairs what can be paired, and no less.
func TestBare(t *testing.T) {
	const frames = 3000
	file, err := generated(t.TempDir(), "pings", frames)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := bare(file, &text); err != nil {
		t.Fatal(err)
	}
	lines, replies, paired := strings.Count(text.String(), "\n"), strings.Count(text.String(), " reply "), strings.Count(text.String(), "(request in ")
	if lines != frames || replies == 0 || paired != replies {
		t.Errorf("%d of %d lines, %d of %d replies paired", lines, frames, paired, replies)
	}
	if err := bare(file, nil); err != nil {
		t.Error(err)
	}
}

// TestWorks protects the list: each work has its name, a capture that can be made, and words for icmpsniff to begin with.
func TestWorks(t *testing.T) {
	known := map[string]bool{}
	for _, w := range works {
		if known[w.name] {
			t.Errorf("two works are called %s", w.name)
		}
		known[w.name] = true
		if kinds[w.capture] == nil {
			t.Errorf("%s: no capture %q", w.name, w.capture)
		}
		if w.rivals[0].argv[0] != "TOOL" {
			t.Errorf("%s: the others are compared with %s", w.name, w.rivals[0].name)
		}
		for _, r := range w.rivals {
			if !slices.Contains(r.argv, "FILE") {
				t.Errorf("%s: %s reads something else", w.name, r.name)
			}
		}
	}
	if err := bench(1, 1, "true", t.TempDir(), regexp.MustCompile("pinks")); err == nil || !strings.Contains(err.Error(), "pings") {
		t.Errorf("-only pinks: %v, want the names that there are", err)
	}
}

// TestTurns protects fairness: the tools take turns run by run, so that what slows the machine for a while slows all of them.
func TestTurns(t *testing.T) {
	file := t.TempDir() + "/turns"
	writes := func(name string) rival {
		return rival{name, []string{"sh", "-c", `printf %s "$0" >>"$1"`, name, "FILE"}}
	}
	results, err := race([]rival{writes("a"), writes("b")}, 3, map[string]string{"FILE": file})
	if err != nil {
		t.Fatal(err)
	}
	if order, err := os.ReadFile(file); err != nil || string(order) != "ababab" {
		t.Errorf("the order was %q, %v", order, err)
	}
	if len(results) != 2 || len(results[1].times) != 3 || results[1].peak == 0 {
		t.Errorf("got %+v", results)
	}
}

// TestTable protects the figures that are compared.
func TestTable(t *testing.T) {
	const ms = time.Millisecond
	var text bytes.Buffer
	if err := printTable(&text, "lines", 10_000, []result{
		{"icmpsniff", []time.Duration{30 * ms, 10 * ms, 20 * ms}, 1 << 30},
		{"tshark", []time.Duration{40 * ms, 50 * ms, 60 * ms}, 1},
	}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"icmpsniff 20.0 10.0 500000 1.00 × 1048576.0", "tshark 50.0 40.0 200000 2.50 × ≤ 0.0"} {
		if !strings.Contains(strings.Join(strings.Fields(text.String()), " "), want) {
			t.Errorf("no %q in %s", want, &text)
		}
	}
}
