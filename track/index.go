package track

import (
	"math/bits"
	"math/rand/v2"
)

// index finds the newest exchange with a key: open addressing with linear probing, whose slots hold 32 bits of hash and 31
// of a position. A map would do, but is half of the tracker's time: this one keeps eight consecutive sequence numbers of a
// flow in one cache line, and deletes nothing, as a slot whose exchange is forgotten is free. It is brought up to date when
// it is asked, which it is not where sequence numbers rise and each reply follows its request.
type index struct {
	slots  []uint64 // hash<<32 | taken | position; 0 where nothing was put since the last rebuild
	filled int      // slots that are not 0
	seed   uint64   // random, so that no capture can be made to fill one place
}

const (
	taken        = 1 << 31
	positionBits = taken - 1
	minSlots     = 1 << 10
)

func newIndex() index { return index{slots: make([]uint64, minSlots), seed: rand.Uint64()} }

// hash spreads keys, but for their last three bits.
func (i *index) hash(key uint64) uint32 {
	high, low := bits.Mul64(key>>3^i.seed, 0x9e3779b97f4a7c15) // 2⁶⁴ by the golden ratio, odd
	return uint32(high^low)<<3 | uint32(key&7)
}

// find returns the position of the newest exchange with a key.
func (e *exchanges) find(key uint64) (pos uint64, ok bool) {
	// Most replies come before the next request does.
	if last := e.head - 1; e.holds(last) && e.at(last).key == key {
		return last, true
	}
	for ; e.indexed != e.head; e.indexed++ {
		e.put(e.indexed)
	}
	hash := e.index.hash(key)
	mask := uint32(len(e.index.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		slot := e.index.slots[at]
		if slot == 0 {
			return 0, false
		}
		if uint32(slot>>32) == hash {
			if pos := e.position(slot); e.holds(pos) && e.at(pos).key == key {
				return pos, true
			}
		}
	}
}

// position returns the position that a slot names, one that the ring does not hold if its exchange is forgotten.
func (e *exchanges) position(slot uint64) uint64 {
	return e.tail + (slot-e.tail)&positionBits
}

// put makes pos the newest exchange with its key.
func (e *exchanges) put(pos uint64) {
	if 4*(e.index.filled+1) > 3*len(e.index.slots) {
		e.rebuild(pos)
	}
	key, again := e.at(pos).key, e.at(pos).older != 0
	hash := e.index.hash(key)
	mask := uint32(len(e.index.slots) - 1)
	at := hash & mask
	for ; e.index.slots[at] != 0; at = (at + 1) & mask {
		slot := e.index.slots[at]
		held := e.position(slot)
		if again && uint32(slot>>32) == hash && e.holds(held) && e.at(held).key == key || !again && !e.holds(held) {
			break
		}
	}
	if e.index.slots[at] == 0 {
		e.index.filled++
	}
	e.index.slots[at] = uint64(hash)<<32 | taken | pos&positionBits
}

// rebuild puts the exchanges before one that are remembered into slots, of which there are at least twice as many.
func (e *exchanges) rebuild(before uint64) {
	n := len(e.index.slots)
	for n < 4*e.len() {
		n *= 2
	}
	if n == len(e.index.slots) {
		clear(e.index.slots)
	} else {
		e.index.slots = make([]uint64, n)
	}
	e.index.filled = 0
	for pos := e.tail; pos != before; pos++ {
		e.put(pos)
	}
}
