package capture

import (
	"io"
	"testing"
	"testing/synctest"
	"time"
)

// recorded delivers empty frames with these times, in ms; a negative one stands for a frame without a time.
type recorded struct {
	Source
	times []int64
	at    int
}

func (s *recorded) Next(f *Frame) error {
	if s.at == len(s.times) {
		return io.EOF
	}
	ms := s.times[s.at]
	s.at++
	*f = Frame{Number: uint64(s.at), Time: int64(time.Hour) + ms*int64(time.Millisecond), HasTime: ms >= 0}
	return nil
}

// TestReplay protects when frames come: at the distances they were captured, by the speed, and never much later than a silence
// that somebody would sit through.
func TestReplay(t *testing.T) {
	for _, c := range []struct {
		name  string
		speed float64
		times []int64 // of the capture, ms
		want  []int64 // by the time of day, ms after the start
	}{
		{"in real time", 1, []int64{0, 100, 1100}, []int64{0, 100, 1100}},
		{"ten times as fast", 10, []int64{0, 100, 1100}, []int64{0, 10, 110}},
		{"slowly", 0.5, []int64{0, 100}, []int64{0, 200}},
		{"clock set back, and on", 1, []int64{500, 0, 600}, []int64{0, 0, 100}},
		{"no time", 1, []int64{-1, 0, -1, 100}, []int64{0, 0, 0, 100}},
		{"silence as long as can be", 1, []int64{0, 10_000}, []int64{0, 10_000}},
		{"night", 1, []int64{0, 8 * 3600_000, 8*3600_000 + 50}, []int64{0, 0, 50}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := NewReplay(&recorded{times: c.times}, c.speed)
				start := time.Now()
				for i, want := range c.want {
					var f Frame
					if err := r.Next(&f); err != nil {
						t.Fatal(err)
					}
					if got := time.Since(start).Milliseconds(); got != want || f.Number != uint64(i+1) {
						t.Errorf("frame %d came after %d ms, want %d after %d", f.Number, got, i+1, want)
					}
				}
				if err := r.Next(&Frame{}); err != io.EOF {
					t.Errorf("after the last frame: %v, want io.EOF", err)
				}
			})
		})
	}
}

// TestReplayDeadlines protects that time passes by the capture's clock while nothing comes, so that requests time out as they did.
func TestReplayDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewReplay(&recorded{times: []int64{0, 1000}}, 10)
		var f Frame
		start, silences := time.Now(), 0
		for {
			err := r.NextBefore(&f, r.Now().Add(50*time.Millisecond))
			if err == io.EOF {
				break
			}
			if err == ErrTimeout {
				silences++
			}
		}
		if got := time.Since(start); got != 100*time.Millisecond {
			t.Errorf("it took %v, want 100ms", got)
		}
		if silences < 19 || silences > 20 {
			t.Errorf("%d silences of 50 ms within a second", silences)
		}
		if now := r.Now().UnixMilli(); now != time.Hour.Milliseconds()+1000 {
			t.Errorf("the capture's clock shows %d ms", now)
		}
	})
}

// TestReplayStops protects that nobody has to wait for the next frame to end a replay.
func TestReplayStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewReplay(&recorded{times: []int64{0, 9000}}, 1)
		var f Frame
		if err := r.Next(&f); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		time.AfterFunc(time.Second, r.Stop)
		if err := r.Next(&f); err != io.EOF || time.Since(start) != time.Second {
			t.Errorf("%v after %v, want io.EOF after 1s", err, time.Since(start))
		}
		r.Stop()
		if err := r.Next(&f); err != io.EOF {
			t.Errorf("stopped twice: %v", err)
		}
	})
}
