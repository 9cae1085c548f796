package lab

import (
	"math/rand/v2"
	"time"
)

// A Shape is what a line does to one direction's traffic: for each frame, in order, the frames that come out and when.
// It is called from one goroutine and may keep counts. An empty answer loses the frame.
type Shape func(frame []byte) []Departure

// A Departure is a frame leaving a line some time after it entered; zero is at once, in order.
type Departure struct {
	Frame []byte
	After time.Duration
}

func pass(frame []byte) []Departure { return []Departure{{Frame: frame}} }

// of is what comes out for a frame; no shape passes everything.
func (s Shape) of(frame []byte) []Departure {
	if s == nil {
		return pass(frame)
	}
	return s(frame)
}

// transform wraps or unwraps each frame; nil loses it.
func transform(f func([]byte) []byte) Shape {
	return func(frame []byte) []Departure {
		if out := f(frame); out != nil {
			return []Departure{{Frame: out}}
		}
		return nil
	}
}

// then is one shape behind another.
func (s Shape) then(next Shape) Shape {
	return func(frame []byte) []Departure {
		var out []Departure
		for _, d := range s.of(frame) {
			for _, e := range next.of(d.Frame) {
				out = append(out, Departure{e.Frame, d.After + e.After})
			}
		}
		return out
	}
}

// onEcho applies one departure list per echo message (request or reply, either family), going round the list; everything else passes.
// Each entry is the delays of the copies that come out: {0} passes, {} loses, {0, 0} doubles.
func onEcho(rounds ...[]time.Duration) func() Shape {
	return func() Shape {
		count := 0
		return func(frame []byte) []Departure {
			if _, ok := readEcho(frame); !ok {
				return pass(frame)
			}
			count++
			return departures(frame, rounds[(count-1)%len(rounds)])
		}
	}
}

// onEachFlow is onEcho, but each flow goes round the list by itself.
func onEachFlow(rounds ...[]time.Duration) func() Shape {
	return func() Shape {
		counts := map[echoFlow]int{}
		return func(frame []byte) []Departure {
			m, ok := readEcho(frame)
			if !ok {
				return pass(frame)
			}
			n := counts[m.echoFlow]
			counts[m.echoFlow]++
			return departures(frame, rounds[n%len(rounds)])
		}
	}
}

func departures(frame []byte, delays []time.Duration) []Departure {
	var out []Departure
	for _, after := range delays {
		out = append(out, Departure{frame, after})
	}
	return out
}

// weather is how badly echo messages fare at random: the chances of each of a hundred, and times.
type weather struct {
	lost, doubled, held int
	jitter              time.Duration // that every message takes, at most
	hold                time.Duration // that those that are held take beyond
}

// onEchoAtRandom disturbs echo messages by dice that fall the same each time. The first of each flow passes, so that a
// ping of one request, which ends a capture, is no matter of chance.
func onEchoAtRandom(w weather, seed uint64) func() Shape {
	return func() Shape {
		random := rand.New(rand.NewPCG(seed, 0))
		seen := map[echoFlow]bool{}
		return func(frame []byte) []Departure {
			m, ok := readEcho(frame)
			if !ok {
				return pass(frame)
			}
			if !seen[m.echoFlow] {
				seen[m.echoFlow] = true
				return pass(frame)
			}
			after := time.Duration(random.Int64N(int64(w.jitter)))
			dice := random.IntN(100)
			switch {
			case dice < w.lost:
				return nil
			case dice < w.lost+w.doubled:
				return departures(frame, []time.Duration{after, after + ms})
			case dice < w.lost+w.doubled+w.held:
				after += w.hold
			}
			return departures(frame, []time.Duration{after})
		}
	}
}
