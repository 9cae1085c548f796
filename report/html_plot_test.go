package report

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/icmpsniff/icmpsniff/track"
)

// TestTicks protects labels that tell ticks apart, far from zero too.
func TestTicks(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to float64
		want     []string
	}{
		{"from zero", 0, 0.045, []string{"0.00", "0.02", "0.04"}},
		{"far from zero, close together", 3.0178, 3.0682, []string{"3.02", "3.04", "3.06"}},
		{"large", 0, 1200, []string{"0", "500", "1000"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, tick := range (ticks{}).Ticks(c.from, c.to) {
				if !tick.IsMinor() {
					got = append(got, tick.Label)
				}
			}
			if len(slices.Compact(slices.Clone(got))) != len(got) || len(got) < 2 {
				t.Errorf("labels %q do not tell ticks apart", got)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("labels (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSpread protects that every reply is in a bar, those of a sketch too, whose values lie somewhat beyond the shortest and the
// longest time.
func TestSpread(t *testing.T) {
	for _, c := range []struct {
		name        string
		rtt         track.RTT
		times       []track.Time
		bars        int
		logarithmic bool
	}{
		{"few", track.RTT{N: 5, Min: 1e6, Max: 2e6}, []track.Time{{RTT: 1e6, N: 1}, {RTT: 1.5e6, N: 1}, {RTT: 2e6, N: 3}}, 5, false},
		{"many", track.RTT{N: 1000, Min: 1e6, Max: 2e6}, []track.Time{{RTT: 0.99e6, N: 500}, {RTT: 2.02e6, N: 500}}, maxBars, false},
		{"nearly far apart", track.RTT{N: 40, Min: 1e6, Max: 20e6}, []track.Time{{RTT: 1e6, N: 20}, {RTT: 20e6, N: 20}}, 20, false},
		{"far apart", track.RTT{N: 40, Min: 1e6, Max: 21e6}, []track.Time{{RTT: 1e6, N: 20}, {RTT: 21e6, N: 20}}, 20, true},
		{"from zero", track.RTT{N: 10, Min: 0, Max: 21e6}, []track.Time{{RTT: 0, N: 9}, {RTT: 21e6, N: 1}}, 5, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := spreadOf(&track.Flow{RTT: c.rtt, Course: &track.Course{Times: c.times}})
			if len(b.heights) != c.bars || len(b.edges) != c.bars+1 || b.logarithmic != c.logarithmic {
				t.Errorf("%d bars, logarithmic %v; want %d, %v", len(b.heights), b.logarithmic, c.bars, c.logarithmic)
			}
			var sum float64
			for _, h := range b.heights {
				sum += h
			}
			if sum != float64(c.rtt.N) || b.heights[0] == 0 || b.heights[c.bars-1] == 0 {
				t.Errorf("bars of %v, want %d replies, the first and the last bar among them", b.heights, c.rtt.N)
			}
		})
	}
}
