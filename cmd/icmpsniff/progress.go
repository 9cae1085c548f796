package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"
)

// progress shows on a terminal how far the reading of files has come, and leaves no trace there.
type progress struct {
	w      io.Writer
	width  int // of the terminal
	size   int64
	read   atomic.Int64
	frames func() uint64 // read so far; called by another goroutine
}

const (
	patient    = time.Second // work that takes less long shows no progress
	refreshed  = 200 * time.Millisecond
	eraseLine  = "\r\x1b[K" // ECMA-48 §8.3.41
	shortest   = 20         // columns below which there is no room for it
	usualWidth = 80
)

// newProgress returns what shows the progress of reading the files of -r, or nil where nobody would see it, or where it would
// stand between the lines, or where nobody knows how much there is to read.
func newProgress(o *options, stdout, stderr io.Writer) *progress {
	if o.live() || o.top || !isTerminal(stderr) || !o.quiet && isTerminal(stdout) {
		return nil
	}
	p := &progress{w: stderr, width: usualWidth}
	if w := width(stderr); w > 0 {
		p.width = w
	}
	for _, name := range o.files {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			return nil
		}
		p.size += info.Size()
	}
	return p
}

// count returns where to count the bytes read, nil if there is no progress.
func (p *progress) count() *atomic.Int64 {
	if p == nil {
		return nil
	}
	return &p.read
}

// show shows the progress from now on. What it returns ends that; nothing is written any more when it has returned.
func (p *progress) show(frames func() uint64) (end func()) {
	if p == nil || p.width < shortest {
		return func() {}
	}
	p.frames = frames
	p.read.Store(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		start := time.Now()
		shown := false
		for wait := patient; ; wait = refreshed {
			select {
			case <-time.After(wait):
				io.WriteString(p.w, eraseLine+p.text(time.Since(start)))
				shown = true
			case <-stop:
				if shown {
					io.WriteString(p.w, eraseLine)
				}
				return
			}
		}
	}()
	return func() {
		close(stop)
		<-stopped
	}
}

// text says how far it is: "1.2 of 2.1 GB, 57 %, 4.1 million frames/s, 12 s left".
func (p *progress) text(elapsed time.Duration) string {
	read := min(p.read.Load(), p.size)
	unit, name := 1e6, "MB"
	if p.size >= 1e9 {
		unit, name = 1e9, "GB"
	}
	text := fmt.Sprintf("%.1f of %.1f %s", float64(read)/unit, float64(p.size)/unit, name)
	if p.size > 0 {
		text += fmt.Sprintf(", %d %%", read*100/p.size)
	}
	if rate := float64(p.frames()) / elapsed.Seconds(); rate >= 1e5 {
		text += fmt.Sprintf(", %.1f million frames/s", rate/1e6)
	} else {
		text += fmt.Sprintf(", %.0f frames/s", rate)
	}
	if read > 0 {
		left := time.Duration(float64(elapsed) / float64(read) * float64(p.size-read))
		text += ", " + left.Round(time.Second).String() + " left"
	}
	return text[:min(len(text), p.width-1)] // a terminal may wrap a line that fills it
}
