package main

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestProgressText protects what is said of the progress, and that it stays on its line.
func TestProgressText(t *testing.T) {
	for _, c := range []struct {
		name       string
		size, read int64
		frames     uint64
		elapsed    time.Duration
		width      int
		want       string
	}{
		{"big", 2_100_000_000, 1_200_000_000, 8_200_000, 2 * time.Second, 80, "1.2 of 2.1 GB, 57 %, 4.1 million frames/s, 2s left"},
		{"slow", 50_000_000, 5_000_000, 50_000, 10 * time.Second, 80, "5.0 of 50.0 MB, 10 %, 5000 frames/s, 1m30s left"},
		{"nothing yet", 50_000_000, 0, 0, time.Second, 80, "0.0 of 50.0 MB, 0 %, 0 frames/s"},
		{"empty", 0, 0, 0, time.Second, 80, "0.0 of 0.0 MB, 0 frames/s"},
		{"grown meanwhile", 1_000_000, 2_000_000, 0, time.Second, 80, "1.0 of 1.0 MB, 100 %, 0 frames/s, 0s left"},
		{"narrow", 2_100_000_000, 1_200_000_000, 8_200_000, 2 * time.Second, 20, "1.2 of 2.1 GB, 57 %"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &progress{size: c.size, width: c.width, frames: func() uint64 { return c.frames }}
			p.read.Store(c.read)
			if got := p.text(c.elapsed); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// written is what was written to a terminal, by any goroutine.
type written struct {
	sync.Mutex
	bytes.Buffer
}

func (w *written) Write(b []byte) (int, error) {
	w.Lock()
	defer w.Unlock()
	return w.Buffer.Write(b)
}

// TestProgressLeavesNoTrace protects standard error: nothing comes of short work, and of long work the line is erased in the end.
func TestProgressLeavesNoTrace(t *testing.T) {
	for _, c := range []struct {
		takes time.Duration
		lines int
	}{{0, 0}, {patient - 1, 0}, {patient + refreshed + 1, 2}} {
		synctest.Test(t, func(t *testing.T) {
			var w written
			p := &progress{w: &w, width: 80, size: 100}
			end := p.show(func() uint64 { return 7 })
			time.Sleep(c.takes)
			end()
			if got := strings.Count(w.String(), "frames/s"); got != c.lines {
				t.Errorf("%v of work show %d lines, want %d: %q", c.takes, got, c.lines, w.String())
			}
			if c.lines > 0 && !strings.HasSuffix(w.String(), "left"+eraseLine) && !strings.HasSuffix(w.String(), "frames/s"+eraseLine) {
				t.Errorf("a line is left: %q", w.String())
			}
		})
	}
	var none *progress
	none.show(nil)()
	if none.count() != nil {
		t.Error("where nobody watches, bytes are counted")
	}
}

// TestNoProgress protects what programs read: where standard error is no terminal there is no progress.
func TestNoProgress(t *testing.T) {
	var w bytes.Buffer
	if p := newProgress(&options{files: []string{committed + "/ping.pcap"}, quiet: true}, &w, &w); p != nil {
		t.Error("progress would be written to what is no terminal")
	}
}
