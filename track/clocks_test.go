package track

import (
	"encoding/binary"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// orderedReading is a reading of stamps in an order of bytes.
type orderedReading struct {
	reading
	order byteOrder
}

// readAll gives a tracker readings of one clock, in frames from 1 on.
func readAll(readings ...orderedReading) []Clock {
	tracker := New(Options{})
	var source, destination [16]byte
	putAddress4(&source, []byte{10, 0, 0, 10})
	putAddress4(&destination, []byte{10, 0, 0, 11})
	for i, r := range readings {
		tracker.readClock(&source, &destination, 4, 0, uint64(i+1), r.reading, r.order)
	}
	return tracker.Summary().Clocks
}

// TestClockRows protects what a row makes of its readings: means, and which clock they are against.
func TestClockRows(t *testing.T) {
	row := func(c Clock) Clock {
		c.Source, c.Destination = netip.MustParseAddr(a4), netip.MustParseAddr(b4)
		return c
	}
	in := func(r reading) orderedReading { return orderedReading{r, inOrder} }
	const half = 12 * 3600 * second
	for _, c := range []struct {
		name     string
		readings []orderedReading
		want     []Clock
	}{
		{"means", []orderedReading{in(reading{AskersClock, true, 4 * ms, 0, -second}), in(reading{AskersClock, true, 8 * ms, 3 * ms, -2 * second})},
			[]Clock{row(Clock{Samples: 2, Processed: 1, RoundTrip: 6e6, Processing: 1.5e6, Offset: -1.5e9, FirstFrame: 1, LastFrame: 2})}},
		{"not standard: nothing but counted", []orderedReading{in(reading{}), in(reading{})},
			[]Clock{row(Clock{NonStandard: 2, FirstFrame: 1, LastFrame: 2})}},
		{"some not standard", []orderedReading{in(reading{}), in(reading{AskersClock, true, ms, 0, second})},
			[]Clock{row(Clock{Samples: 1, NonStandard: 1, RoundTrip: 1e6, Offset: 1e9, FirstFrame: 1, LastFrame: 2})}},
		{"half a day off, seen from both sides of midnight", []orderedReading{in(reading{AskersClock, true, 0, 0, half - 2*ms}), in(reading{AskersClock, true, 0, 0, -half + 2*ms})},
			[]Clock{row(Clock{Samples: 2, Offset: float64(half), FirstFrame: 1, LastFrame: 2})}},
		{"a row for each reference", []orderedReading{in(reading{CapturesClock, true, 0, 0, ms}), in(reading{AskersClock, true, 0, 0, 2 * ms})},
			[]Clock{
				row(Clock{Reference: CapturesClock, Samples: 1, Offset: 1e6, FirstFrame: 1, LastFrame: 1}),
				row(Clock{Samples: 1, Offset: 2e6, FirstFrame: 2, LastFrame: 2}),
			}},
		{"one that looks right in the other order by chance",
			[]orderedReading{in(reading{AskersClock, true, ms, 0, 7200 * second}), {reading{AskersClock, true, ms, 0, 5 * second}, backwards}, in(reading{AskersClock, true, ms, 0, 7200 * second})},
			[]Clock{row(Clock{Samples: 2, NonStandard: 1, RoundTrip: 1e6, Offset: 7200e9, FirstFrame: 1, LastFrame: 3})}},
		{"little-endian, and one that looks right as it is",
			[]orderedReading{{reading{AskersClock, true, ms, 0, second}, backwards}, {reading{AskersClock, true, ms, 0, second}, backwards}, in(reading{AskersClock, true, ms, 0, 2 * second})},
			[]Clock{row(Clock{Samples: 2, NonStandard: 1, RoundTrip: 1e6, Offset: 1e9, FirstFrame: 1, LastFrame: 3})}},
		{"most not standard: the rest is chance", []orderedReading{in(reading{}), in(reading{AskersClock, true, ms, 0, second}), in(reading{})},
			[]Clock{row(Clock{NonStandard: 3, FirstFrame: 1, LastFrame: 3})}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, readAll(c.readings...), cmp.Comparer(func(a, b netip.Addr) bool { return a == b })); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// TestManyClocks protects memory from those who answer for more hosts than there are.
func TestManyClocks(t *testing.T) {
	tracker := New(Options{})
	var asker, host [16]byte
	for i := range uint32(maxClocks + 10) {
		binary.BigEndian.PutUint32(host[:], i)
		tracker.readClock(&asker, &host, 4, 0, uint64(i), reading{}, inOrder)
	}
	if s := tracker.Summary(); len(s.Clocks) != maxClocks || s.Evicted != 10 {
		t.Errorf("%d rows, %d evicted; want %d, 10", len(s.Clocks), s.Evicted, maxClocks)
	}
}
