package track

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
)

// TestHeads protects what a table finds while rows give way to others: the same as a map of the rows' keys does.
func TestHeads(t *testing.T) {
	const limit = 300
	var flows table[flowKey, int]
	known := map[flowKey]uint32{}
	flows = newTable[flowKey, int](limit, func(slot uint32) { delete(known, flows.rows[slot].key) })
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var key flowKey
		binary.LittleEndian.PutUint64(key.asker[:], random.Uint64N(3*limit))
		hash := key.hash() & 0x1f // so that most collide
		slot, ok := known[key]
		if !ok {
			slot = none
		}
		if found := flows.find(&key, hash); found != slot {
			t.Fatalf("found in slot %d, want %d", found, slot)
		}
		if !ok {
			known[key] = flows.add(&key, hash, 0)
		}
		if flows.heads.taken != len(known) {
			t.Fatalf("%d entries, want %d", flows.heads.taken, len(known))
		}
	}
}
