package track

import (
	"slices"

	"github.com/DataDog/sketches-go/ddsketch"
	"github.com/DataDog/sketches-go/ddsketch/mapping"
	"github.com/DataDog/sketches-go/ddsketch/store"
)

const (
	minExact = 8   // round-trip times that a flow has room for at first
	maxExact = 256 // with more, a flow's percentiles come from a sketch
	batch    = 64  // round-trip times that wait to be added to a flow's sketch together: a sketch is many cache lines
	maxBins  = 512 // of a sketch: at 1%, round-trip times from 1 to 28,000; smaller ones share the lowest bin
)

// distributions holds the flows' round-trip times for percentiles: all of them while a flow has few, then a DDSketch
// (Masson, Rim, Lee: VLDB 2019). Where there is no room for either, a flow has no percentiles.
type distributions struct {
	list     []distribution
	free     []uint32 // numbers of the list that were released
	samples  int      // room for exact ones in all of the list
	sketches []*ddsketch.DDSketch
	made     int
}

type distribution struct {
	exact  []int64 // all there are, or those not yet in the sketch
	sketch *ddsketch.DDSketch
	gaveUp bool
}

// add counts a round-trip time.
func (d *distributions) add(s *roundTrips, rtt int64) {
	s.add(rtt)
	if s.distribution == 0 {
		s.distribution = d.take() + 1
	}
	v := &d.list[s.distribution-1]
	if len(v.exact) == cap(v.exact) && !v.gaveUp {
		switch {
		case v.sketch != nil:
			v.condense()
		case !d.extend(v):
			d.startSketch(v)
		}
	}
	if !v.gaveUp {
		v.exact = append(v.exact, rtt)
	}
}

// take returns the number of an unused distribution.
func (d *distributions) take() uint32 {
	if n := len(d.free); n > 0 {
		number := d.free[n-1]
		d.free = d.free[:n-1]
		return number
	}
	d.list = append(d.list, distribution{})
	return uint32(len(d.list) - 1)
}

// extend makes room for more exact round-trip times. It returns false if there may be no more.
func (d *distributions) extend(v *distribution) bool {
	room := max(minExact, 2*cap(v.exact))
	if room > maxExact || d.samples+room-cap(v.exact) > maxSamples {
		return false
	}
	d.samples += room - cap(v.exact)
	v.exact = append(make([]int64, 0, room), v.exact...)
	return true
}

// startSketch turns exact round-trip times into a sketch, if there may be one more.
func (d *distributions) startSketch(v *distribution) {
	d.samples -= cap(v.exact)
	v.sketch = d.sketch()
	if v.sketch == nil {
		v.gaveUp, v.exact = true, nil
		return
	}
	v.condense()
	v.exact = make([]int64, 0, batch)
	d.samples += batch
}

// condense moves the round-trip times that wait into the sketch.
func (v *distribution) condense() {
	for _, rtt := range v.exact {
		v.sketch.Add(float64(rtt)) //nolint:errcheck // fails only below 0 and above 1e300
	}
	v.exact = v.exact[:0]
}

// sketch returns an empty sketch, or nil if there are too many.
func (d *distributions) sketch() *ddsketch.DDSketch {
	if n := len(d.sketches); n > 0 {
		s := d.sketches[n-1]
		d.sketches = d.sketches[:n-1]
		return s
	}
	if d.made == maxSketches {
		return nil
	}
	d.made++
	bins, err := mapping.NewCubicallyInterpolatedMapping(SketchAccuracy)
	if err != nil {
		panic(err) // SketchAccuracy is between 0 and 1
	}
	return ddsketch.NewDDSketch(bins, store.NewCollapsingLowestDenseStore(maxBins), store.NewSparseStore())
}

// release forgets a flow's round-trip times.
func (d *distributions) release(s *roundTrips) {
	if s.distribution == 0 {
		return
	}
	v := &d.list[s.distribution-1]
	if v.sketch != nil {
		v.sketch.Clear()
		d.sketches = append(d.sketches, v.sketch)
	}
	*v = distribution{exact: v.exact[:0]}
	d.free = append(d.free, s.distribution-1)
	s.distribution = 0
}

// summary returns a flow's round-trip times, percentiles included.
func (d *distributions) summary(s *roundTrips) RTT {
	r := s.summary()
	if s.distribution == 0 {
		return r
	}
	v := &d.list[s.distribution-1]
	percentiles := [...]struct {
		of   float64
		into *float64
	}{{0.50, &r.P50}, {0.95, &r.P95}, {0.99, &r.P99}}
	if v.sketch != nil {
		v.condense()
		r.Sketched = true
		for _, p := range percentiles {
			*p.into, _ = v.sketch.GetValueAtQuantile(p.of) // fails only if empty
		}
		return r
	}
	if v.gaveUp {
		r.NoPercentiles = true
		return r
	}
	sorted := slices.Clone(v.exact)
	slices.Sort(sorted)
	for _, p := range percentiles {
		*p.into = quantile(sorted, p.of)
	}
	return r
}

// quantile returns the value below which a share of the sorted values lies, interpolated linearly between two of them.
func quantile(sorted []int64, share float64) float64 {
	at := share * float64(len(sorted)-1)
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return float64(sorted[low]) + (at-float64(low))*float64(sorted[high]-sorted[low])
}
