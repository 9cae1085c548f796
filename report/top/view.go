package top

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

// Options are what a View shows, and where.
type Options struct {
	Title   string                    // what is captured; printed escaped
	Tracker *track.Tracker            // belongs to the pass
	Capture func() report.Capture     // what was captured so far; called by the pass's goroutine
	Shown   func(*field.Subject) bool // packets whose lines are kept; nil for all
	Lines   report.Lines              // how they are written
	Now     func() time.Time          // the capture's clock while nothing comes; nil if it stands still then
	Dropped func() uint64             // frames that the capture lacks, so far; called by another goroutine, and may wait
	Colors  bool                      // NO_COLOR and terminals without colours are honoured all the same
	Input   *os.File                  // a terminal, in which keys are pressed
	Output  *os.File                  // a terminal
}

// View is a live view on a terminal, and the sink of the pass that it shows.
type View struct {
	feed
	program *tea.Program
	cancel  context.CancelFunc
	ended   chan struct{}
	err     error // why the screen ended, when it did
}

// New returns a view that is not on the screen yet.
func New(o Options) *View {
	v := &View{ended: make(chan struct{})}
	v.feed = newFeed(&o)
	ctx, cancel := context.WithCancel(context.Background())
	v.cancel = cancel
	m := newModel(&o, &v.feed, ctx.Done())
	environment := os.Environ()
	if !o.Colors {
		environment = append(environment, "NO_COLOR=1")
	}
	v.program = tea.NewProgram(m, tea.WithInput(o.Input), tea.WithOutput(o.Output), tea.WithEnvironment(environment), tea.WithoutSignalHandler())
	return v
}

// Start takes over the terminal. When the user has seen enough, or the screen fails, stop is called, once.
func (v *View) Start(stop func()) {
	go func() {
		defer stop()
		defer close(v.ended)
		if _, err := v.program.Run(); err != nil && !errors.Is(err, tea.ErrInterrupted) {
			v.err = fmt.Errorf("show the live view: %w", err)
		}
	}()
}

// Linger shows what there is after the pass has ended, until the context or the user does. It belongs to the pass's goroutine.
func (v *View) Linger(ctx context.Context) {
	v.over = true
	for {
		v.hand(time.Now())
		select {
		case <-v.asked:
		case <-v.ended:
			return
		case <-ctx.Done():
			return
		}
	}
}

// Close gives the terminal back as it was, and returns why the screen failed, if it did. It may be called twice, and after a
// panic; a View that was not started must not be closed.
func (v *View) Close() error {
	v.program.Quit()
	<-v.ended
	v.cancel()
	return v.err
}
