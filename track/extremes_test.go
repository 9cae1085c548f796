package track

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
)

// The ends of time as captures can tell it, in nanoseconds since 1970: the years 1677 and 2262.
const (
	firstMoment = math.MinInt64
	lastMoment  = math.MaxInt64
	today       = 1_767_323_045 * second
)

// TestFarTimes protects the account, and the clock, from frames of any time: what is paired, lost and pending around a frame from
// the ends of time is what it would be without that frame's time.
func TestFarTimes(t *testing.T) {
	for name, far := range map[string]int64{"1677": firstMoment, "1970, before": -1, "1970": 0, "2106": (1<<32 - 1) * second, "2262": lastMoment} {
		t.Run(name, func(t *testing.T) {
			for _, start := range []int64{today, -today, -200 * 365 * 86400 * second} {
				tracker := New(Options{})
				d := decode.New()
				var p decode.Packet
				var relations []Relation
				for i, k := range []packet{
					ping(start, 1), pong(start+ms, 1), pong(far, 99), ping(start+2*ms, 2), ping(start+3*ms, 3), pong(start+4*ms, 3),
					ping(start+5*second, 4), ping(start+10*second, 5),
				} {
					var r Relation
					load(&p, k, uint64(i+1))
					d.Decode(&p)
					tracker.Advance(p.Time)
					tracker.Packet(&p, &r)
					relations = append(relations, r)
				}
				tracker.Finish(start + 10*second)
				balanced(t, 0, tracker)
				if relations[1].RTT != ms || relations[5].RTT != ms {
					t.Errorf("from %d: round-trip times %d, %d", start, relations[1].RTT, relations[5].RTT)
				}
				// In the stray frame's future nothing waits for an answer that is 5 s late.
				if c := tracker.Summary().Totals.Echo; c.Sent != 5 || c.Received != 2 || c.Lost != 2 || c.Pending != 1 {
					t.Errorf("from %d: %d sent, %d received, %d lost, %d pending", start, c.Sent, c.Received, c.Lost, c.Pending)
				}
			}
		})
	}
}

// TestTimesFromEndToEnd protects from captures whose every frame is at the other end of time.
func TestTimesFromEndToEnd(t *testing.T) {
	times := []int64{firstMoment, lastMoment, 0, -1, 1, today, -today, firstMoment + 1, lastMoment - 1}
	for _, timeout := range []time.Duration{time.Nanosecond, time.Second, math.MaxInt64} {
		for seed := range uint64(50) {
			random := rand.New(rand.NewPCG(seed, 2))
			tracker := New(Options{Timeout: timeout})
			d := decode.New()
			var p decode.Packet
			var r Relation
			for number := uint64(1); number <= 200; number++ {
				k := randomPacket(random)
				k.at = times[random.IntN(len(times))]
				load(&p, k, number)
				d.Decode(&p)
				tracker.Advance(k.at)
				tracker.Packet(&p, &r)
			}
			tracker.Finish(lastMoment)
			balanced(t, seed, tracker)
		}
	}
}

// TestTimeThatRunsBackwards protects pairs from a capture in reverse: each request, one millisecond before the one ahead of it
// in the file, meets its reply, whose negative time is no statistic.
func TestTimeThatRunsBackwards(t *testing.T) {
	const pings = 10_000
	tracker := New(Options{})
	d := decode.New()
	var p decode.Packet
	var r Relation
	for i := range uint64(pings) {
		at := today - int64(i)*ms
		for j, k := range []packet{ping(at, uint16(i)), pong(at-ms/2, uint16(i))} {
			load(&p, k, 2*i+uint64(j)+1)
			d.Decode(&p)
			tracker.Advance(p.Time)
			tracker.Packet(&p, &r)
		}
		if r.Role != Reply || !r.Has(Backwards) || r.Peer != 2*i+1 {
			t.Fatalf("reply %d is a %s", i, describe(r))
		}
	}
	if f := tracker.Summary().Flows[0]; f.Received != pings || f.Lost != 0 || f.RTT.N != 0 || f.Backwards != pings {
		t.Errorf("%+v", f)
	}
}
