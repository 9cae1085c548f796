package track

import (
	"math/rand/v2"
	"testing"
)

// TestIndex protects that the newest exchange with a key is found, and none that was forgotten: against a map, through
// growth and reuse of its slots.
func TestIndex(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	e := exchanges{index: newIndex()}
	want := map[uint64]uint64{}
	for i := range 200_000 {
		key := random.Uint64N(3000)<<16 | random.Uint64N(16)
		pos, ok := e.find(key)
		if ok != (want[key] != 0) || ok && pos != want[key]-1 {
			t.Fatalf("step %d: key %#x is at %d, %v; want %d", i, key, pos, ok, want[key]-1)
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
