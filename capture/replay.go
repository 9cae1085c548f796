package capture

import (
	"io"
	"sync"
	"time"
)

// Replay delivers the frames of a saved capture when their times come, as if they were captured now. It is a LiveSource whose
// clock is the capture's: deadlines are times of the capture. All methods but Stop belong to one goroutine.
type Replay struct {
	Source
	speed   float64
	frame   Frame // the next, if held
	held    bool
	started bool
	begin   time.Time // when the first frame was delivered, less the silences that were cut
	first   int64     // its time
	stopped chan struct{}
	stop    sync.Once
}

const (
	// longestSilence is how long a replay waits for a frame, by the time of day: nobody watches a night pass.
	longestSilence = 10 * time.Second
	// shortestWait is how long it waits at least before it says that there is none: at high speed, deadlines are near.
	shortestWait = time.Millisecond
)

// NewReplay replays a source, so many times as fast as it was captured. The source now belongs to the replay.
func NewReplay(source Source, speed float64) *Replay {
	return &Replay{Source: source, speed: speed, stopped: make(chan struct{})}
}

// Now is the time by the capture's clock: what was captured before was delivered.
func (r *Replay) Now() time.Time {
	if !r.started {
		return time.Unix(0, 0)
	}
	return time.Unix(0, r.first).Add(time.Duration(float64(time.Since(r.begin)) * r.speed))
}

// Next waits for the time of the next frame. Frames without a time, and those that are late, come at once; a silence of more
// than ten seconds is cut short. It returns io.EOF at the end and after Stop.
func (r *Replay) Next(f *Frame) error {
	for {
		if err := r.NextBefore(f, r.Now().Add(time.Hour)); err != ErrTimeout {
			return err
		}
	}
}

// NextBefore is Next with a deadline by the capture's clock, at which it returns ErrTimeout.
func (r *Replay) NextBefore(f *Frame, deadline time.Time) error {
	select {
	case <-r.stopped:
		return io.EOF
	default:
	}
	if !r.held {
		if err := r.Source.Next(&r.frame); err != nil {
			return err
		}
		r.held = true
	}
	due := r.due()
	wait, late := due, false
	if until := r.until(deadline); due > 0 && until < due {
		wait, late = max(until, shortestWait), true
	}
	if wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.stopped:
			return io.EOF
		}
	}
	if late {
		return ErrTimeout
	}
	*f, r.held = r.frame, false
	return nil
}

// due is how long it is until the held frame, by the time of day.
func (r *Replay) due() time.Duration {
	switch {
	case !r.frame.HasTime:
		return 0
	case !r.started:
		r.started, r.begin, r.first = true, time.Now(), r.frame.Time
		return 0
	}
	due := r.until(time.Unix(0, r.frame.Time))
	if due > longestSilence {
		r.begin = r.begin.Add(-due)
		return 0
	}
	return due
}

// until is how long it is until a time of the capture, by the time of day.
func (r *Replay) until(at time.Time) time.Duration {
	return time.Duration(float64(at.Sub(r.Now())) / r.speed)
}

// Stop lets Next end with io.EOF at once. Any goroutine may call it, any number of times.
func (r *Replay) Stop() { r.stop.Do(func() { close(r.stopped) }) }
