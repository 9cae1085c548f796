package track

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRoundTrips protects the statistics that ping prints, with numbers that a spreadsheet gives.
func TestRoundTrips(t *testing.T) {
	for _, c := range []struct {
		name string
		rtts []int64
		want RTT
	}{
		{"none", nil, RTT{}},
		{"one", []int64{5}, RTT{N: 1, Min: 5, Max: 5, Avg: 5, P50: 5, P95: 5, P99: 5}},
		{"four", []int64{2, 4, 4, 6}, RTT{N: 4, Min: 2, Max: 6, Avg: 4, MDev: math.Sqrt2, P50: 4, P95: 5.7, P99: 5.94, Jitter: 4. / 3}},
		{"zero", []int64{0, 0}, RTT{N: 2}},
		// (x − mean)² is 1, where x² has 21 digits: a float would have lost it.
		{"nearly equal", []int64{30_000_000_000, 30_000_000_002}, RTT{N: 2, Min: 30_000_000_000, Max: 30_000_000_002,
			Avg: 30_000_000_001, MDev: 1, P50: 30_000_000_001, P95: 30_000_000_001.9, P99: 30_000_000_001.98, Jitter: 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var d distributions
			var s roundTrips
			for _, rtt := range c.rtts {
				d.add(&s, rtt)
			}
			got := d.summary(&s)
			for _, v := range []struct {
				name      string
				got, want float64
			}{
				{"n", float64(got.N), float64(c.want.N)},
				{"min", float64(got.Min), float64(c.want.Min)},
				{"max", float64(got.Max), float64(c.want.Max)},
				{"avg", got.Avg, c.want.Avg},
				{"mdev", got.MDev, c.want.MDev},
				{"p50", got.P50, c.want.P50},
				{"p95", got.P95, c.want.P95},
				{"p99", got.P99, c.want.P99},
				{"jitter", got.Jitter, c.want.Jitter},
			} {
				if math.Abs(v.got-v.want) > 1e-9*max(1, v.want) {
					t.Errorf("%s: got %v, want %v", v.name, v.got, v.want)
				}
			}
		})
	}
}

// TestSketch protects the stated accuracy of the percentiles of long flows, over the round-trip times that networks have.
func TestSketch(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var d distributions
	var s roundTrips
	var all []int64
	for range 20_000 {
		rtt := int64(200_000 * math.Exp(random.NormFloat64())) // around 0.2 ms, up to some 10 ms
		all = append(all, rtt)
		d.add(&s, rtt)
	}
	got := d.summary(&s)
	if !got.Sketched {
		t.Fatal("20,000 round-trip times are not sketched")
	}
	slices.Sort(all)
	for share, p := range map[float64]float64{0.50: got.P50, 0.95: got.P95, 0.99: got.P99} {
		// One more for the rank, which the sketch rounds.
		low, high := float64(all[int(share*19_999)-1]), float64(all[int(share*19_999)+1])
		if p < low*(1-SketchAccuracy) || p > high*(1+SketchAccuracy) {
			t.Errorf("quantile %v: got %v, want %v ± 1%%", share, p, low)
		}
	}
}

// TestDistributionsRelease protects that the room of a flow that was given up serves the next.
func TestDistributionsRelease(t *testing.T) {
	var d distributions
	for range 3 * maxSketches {
		var s roundTrips
		for i := range int64(maxExact + 1) {
			d.add(&s, i)
		}
		if r := d.summary(&s); !r.Sketched || r.P50 < 125 || r.P50 > 131 {
			t.Fatalf("got %+v, want a sketch with a median of 128", r)
		}
		d.release(&s)
	}
	if len(d.list) != 1 || d.made != 1 || d.samples > maxExact {
		t.Errorf("%d distributions, %d sketches, %d samples; want 1, 1 and no more than %d", len(d.list), d.made, d.samples, maxExact)
	}
}

// TestDistributionsBounds protects the memory: where there is no room for a sketch, there are no percentiles, and the rest is exact.
func TestDistributionsBounds(t *testing.T) {
	d := distributions{made: maxSketches}
	var s roundTrips
	for range maxExact + 1 {
		d.add(&s, 7)
	}
	if r := d.summary(&s); r.Sketched || !r.NoPercentiles || r.P50 != 0 || r.Avg != 7 || r.N != maxExact+1 {
		t.Errorf("got %+v, want an average of 7 and no percentiles", r)
	}
	d = distributions{samples: maxSamples}
	s = roundTrips{}
	if d.add(&s, 7); !d.summary(&s).Sketched || d.summary(&s).NoPercentiles {
		t.Error("a flow has exact round-trip times beyond the limit of them, or no percentiles")
	}
}
