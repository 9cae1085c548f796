package track

import "testing"

// TestClock protects timeouts from capture times that jump.
func TestClock(t *testing.T) {
	for _, c := range []struct {
		name  string
		times []int64 // seconds
		want  int64   // what has passed since the first, by the last
	}{
		{"forwards", []int64{100, 101, 105}, 5},
		{"slightly out of order", []int64{100, 105, 104, 105}, 5},
		{"set back, then on", []int64{1000, 1001, 100, 101, 103}, 3},
		{"one time far back", []int64{1000, 3, 1001}, 1},
		{"two times far back that do not agree", []int64{1000, 3, 500, 1001}, 1},
		{"before the epoch", []int64{-1000, -999}, 1},
		{"from the ends of time", []int64{-1 << 33, 1 << 33, 1<<33 + 5}, int64(maxStep/second) + 5},
		{"from the ends of time, and set back", []int64{1 << 33, -1 << 33, 1 - 1<<33, 6 - 1<<33}, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			var k clock
			first := k.advance(c.times[0] * second)
			before := first
			for _, at := range c.times[1:] {
				now := k.advance(at * second)
				if now < before {
					t.Errorf("at %d s the clock went back by %d ns", at, before-now)
				}
				before = now
			}
			if got := (before - first) / second; got != c.want {
				t.Errorf("%d s passed, want %d s", got, c.want)
			}
		})
	}
}
