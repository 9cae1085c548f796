package pipeline

import (
	"errors"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Source delivers frames in order.
type Source interface {
	// Next fills f with the next frame. It returns io.EOF at the end, and any other error if the source failed.
	Next(f *decode.Frame) error
}

// LiveSource is a Source that may have nothing to deliver for a while.
type LiveSource interface {
	Source
	// NextBefore is Next that gives up with ErrTimeout at a deadline. It may overshoot by 50 ms.
	NextBefore(f *decode.Frame, deadline time.Time) error
	// Stop makes the source deliver what has arrived by now, and then end with io.EOF. Any goroutine may call it.
	Stop()
}

// ErrTimeout is returned by a LiveSource that delivered nothing before the deadline.
var ErrTimeout = errors.New("no frame in time")

// tick is how long a live source may stay silent before the tracker is told that time has passed, and lag is how far
// behind the time of day that time is: a reply that waits in the kernel's buffer is not to be taken for missing. Together
// with what NextBefore may overshoot they bound how late an unanswered request is noticed: 200 ms.
const (
	tick = 50 * time.Millisecond
	lag  = 100 * time.Millisecond
)
