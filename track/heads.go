package track

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// heads finds the slot of a key's first row in a table: open addressing with linear probing, at most half full, whose
// entries hold the hash of a key, 32 bits, and the slot plus 1. A map would do, but is nearly half of the
// time of a flood, in which every packet enters a key and removes another; here the keys are in the rows alone.
type heads struct {
	entries []uint64 // hash<<32 | slot+1; 0 if free
	taken   int
}

const minEntries = 1 << 6

func newHeads() heads { return heads{entries: make([]uint64, minEntries)} }

// place returns the index in heads.entries of a key's entry, or of the free one where it belongs. The hash of a key comes
// with it, as calling a function that a type parameter brings would put every key on the heap.
func (t *table[K, R]) place(key *K, hash uint32) uint32 {
	mask := uint32(len(t.heads.entries) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		entry := t.heads.entries[at]
		if entry == 0 || uint32(entry>>32) == hash && t.rows[uint32(entry)-1].key == *key {
			return at
		}
	}
}

// put enters a slot at a place, which is that of its key.
func (h *heads) put(at, hash, slot uint32) {
	free := h.entries[at] == 0
	h.entries[at] = uint64(hash)<<32 | uint64(slot+1)
	if !free {
		return
	}
	if h.taken++; 2*h.taken > len(h.entries) {
		h.grow()
	}
}

// grow doubles the room.
func (h *heads) grow() {
	old := h.entries
	h.entries = make([]uint64, 2*len(old))
	mask := uint32(len(h.entries) - 1)
	for _, entry := range old {
		if entry == 0 {
			continue
		}
		at := uint32(entry>>32) & mask
		for h.entries[at] != 0 {
			at = (at + 1) & mask
		}
		h.entries[at] = entry
	}
}

// remove frees a place, and moves up the entries behind it that would no longer be found.
func (h *heads) remove(at uint32) {
	mask := uint32(len(h.entries) - 1)
	for next := (at + 1) & mask; h.entries[next] != 0; next = (next + 1) & mask {
		home := uint32(h.entries[next]>>32) & mask
		if (next-home)&mask >= (next-at)&mask {
			h.entries[at] = h.entries[next]
			at = next
		}
	}
	h.entries[at] = 0
	h.taken--
}

// seed is random, so that no capture can be made to fill one place.
var seed = [...]uint64{rand.Uint64(), rand.Uint64(), rand.Uint64(), rand.Uint64(), rand.Uint64()}

// hashAddresses spreads two addresses and what else makes a key.
func hashAddresses(asker, target *[16]byte, rest uint64) uint32 {
	return hashEnds(word8(asker[:]), word8(asker[8:]), word8(target[:]), word8(target[8:]), rest)
}

// hashEnds is hashAddresses of the words that the addresses are: products of those that the seed hides, folded.
func hashEnds(asker, asker2, target, target2, rest uint64) uint32 {
	a := fold(asker^seed[0], asker2^seed[1])
	b := fold(target^seed[2], target2^seed[3])
	h := fold(a^rest, b^seed[4])
	return uint32(h ^ h>>32)
}

// word4 and word8 return the first bytes of an address as the word that they are in a key.
func word4(b []byte) uint64 { return uint64(binary.LittleEndian.Uint32(b)) }
func word8(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

func fold(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}
