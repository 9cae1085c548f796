package track

import (
	"math/rand/v2"
	"testing"
)

// TestIndex protects that the newest exchange with a key is found, and none that was forgotten: against a map, through
// growth and reuse of its slots, and where thousands come and go before anybody asks.
func TestIndex(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	e := exchanges{index: newIndex()}
	want := map[uint64]uint64{}
	for i := range uint64(200_000) {
		fresh := uint64(1) << 40 // from there on, keys that only one exchange has
		key := fresh + i
		var pos uint64
		var ok bool
		if i/5000%2 == 0 {
			key = random.Uint64N(3000)<<16 | random.Uint64N(16)
			for _, key := range []uint64{fresh + random.Uint64N(i+1), key} {
				if pos, ok = e.find(key); ok != (want[key] != 0) || ok && pos != want[key]-1 {
					t.Fatalf("step %d: key %#x is at %d, %v; want %d", i, key, pos, ok, want[key]-1)
				}
			}
		}
		for e.len() > 0 && (e.len() > 20_000 || random.IntN(3) == 0) {
			if k := e.at(e.tail).key; want[k] == e.tail+1 {
				delete(want, k)
			}
			e.drop()
		}
		e.remember(key, int64(i), pos, ok)
		want[key] = e.head
	}
}
