package main

import (
	"context"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/report/top"
)

// checkTop refuses what does not go with --top, and --speed without it.
func (o *options) checkTop() error {
	switch {
	case o.speed != 0 && (!o.top || o.live()):
		return usagef("--speed is how fast --top replays a file; give it --top and a file")
	case o.speed < 0 || o.speed > fastest || math.IsNaN(o.speed):
		return usagef("--speed is a number above 0, and no more than %d", fastest)
	case o.top && (o.packets.explicit || len(o.statistics) > 0):
		return usagef("--top doesn't go with -T, -V, -O, -P, -x and -z: it fills the screen; the report comes after it")
	}
	o.quiet = o.quiet || o.top
	return nil
}

// fastest is the highest speed that differs from none.
const fastest = 1_000_000

// screen is the live view of a pass.
type screen struct {
	view  *top.View
	pass  *pipeline.Pass
	stays bool // until the user ends it: a file may be over before anything could be read
}

// newScreen prepares the live view of a pass on the terminal, and lets the pass feed it.
func newScreen(o *options, source capture.Source, pass *pipeline.Pass, lines report.Lines, stdin io.Reader, stdout io.Writer) (*screen, error) {
	if !isTerminal(stdout) {
		return nil, usagef("--top needs a terminal; leave it out to write to a file or a pipe")
	}
	keyboard, err := keyboard(stdin)
	if err != nil {
		return nil, usagef("--top needs a terminal to read keys from: %v", err)
	}
	view := top.Options{
		Title: title(o, source), Tracker: pass.Tracker, Shown: pass.Shown, Lines: lines, Now: pass.Now,
		Colors: o.color != "never", Input: keyboard, Output: stdout.(*os.File),
		Capture: func() report.Capture {
			c := pass.Counts()
			return report.Capture{Frames: c.Frames, Bytes: c.Bytes, HasTime: c.HasTime, First: c.First, Last: c.Last, Digits: c.Digits,
				Live: o.live(), Evicted: pass.Decoder.Evicted()}
		},
	}
	if o.live() {
		view.Now = time.Now
		view.Dropped = func() uint64 {
			s := source.Stats()
			return s.Dropped + s.InterfaceDropped
		}
	}
	s := &screen{view: top.New(view), pass: pass, stays: !o.live()}
	pass.Sink, pass.Shown = s.view, nil // round trips are of all packets, whatever -Y is for the lines
	return s, nil
}

// run runs the pass while its view is on the screen. stop ends it, should the user want that.
func (s *screen) run(ctx context.Context, stop func()) (pipeline.Counts, error) {
	s.view.Start(stop)
	defer s.view.Close() // also if something panics: or the terminal would stay as it is
	counts, err := s.pass.Run(ctx)
	if s.stays {
		s.view.Linger(ctx)
	}
	return counts, errors.Join(err, s.view.Close())
}

// keyboard is the terminal where keys are pressed. Standard input may be the capture.
func keyboard(stdin io.Reader) (*os.File, error) {
	if f, ok := stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f, nil
	}
	return os.Open("/dev/tty")
}

// title names what is captured.
func title(o *options, source capture.Source) string {
	if !o.live() {
		return strings.Join(o.files, ", ")
	}
	var names []string
	for _, i := range source.Interfaces() {
		names = append(names, i.Name)
	}
	return strings.Join(names, ", ")
}
