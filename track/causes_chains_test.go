package track

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestChains protects that each datagram which the ring holds is found by both of its chains, the newest first, however many came
// before anybody asked, and where positions no longer fit into 32 bits.
func TestChains(t *testing.T) {
	for _, already := range []uint64{0, 1<<32 - 100, 1 << 32} { // datagrams that came before
		random := rand.New(rand.NewPCG(5, 6))
		s := newSent(16)
		s.end += already
		var all []datagram
		for range 300 {
			d := datagram{source: 1 + random.Uint32N(2), ends: random.Uint32N(2), rest: random.Uint32N(2)}
			s.add(&d, uint64(len(all)), 0, true)
			all = append(all, d)
			if random.IntN(20) > 0 {
				continue
			}
			var want, alike, loose []uint64
			for i := len(all) - 1; i >= max(0, len(all)-16); i-- {
				if all[i] == d {
					want = append(want, uint64(i))
				}
			}
			collect := func(frames *[]uint64) func(*sentDatagram) {
				return func(found *sentDatagram) {
					if found.datagram == d {
						*frames = append(*frames, found.frame)
					}
				}
			}
			s.walk(s.alike, d.alikeHash(), (*sentDatagram).nextAlike, collect(&alike))
			s.walk(s.loose, looseHash(d.source, d.rest), (*sentDatagram).nextLoose, collect(&loose))
			if !slices.Equal(alike, want) || !slices.Equal(loose, want) {
				t.Fatalf("%d came before: after %d, %+v is found in frames %d and %d, want %d", already, len(all), d, alike, loose, want)
			}
		}
	}
}
