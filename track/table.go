package track

import "slices"

// none is the slot that no row has.
const none = ^uint32(0)

// table holds rows by key and stack. Rows with one key are chained, so that a packet finds its counterpart on its own
// stack or, if there is none, on any other.
//
// The row given up for a new one is one that has long been idle: a hand goes round, and takes the first row not used since
// it last came by, which costs a used row no more than a mark. A new row has none, so that a flood of them displaces itself.
//
// A slot names a row; with its generation, it names it even after the row was given up.
type table[K comparable, R any] struct {
	heads heads // where the chain of a key starts
	rows  []row[K, R]
	limit int
	hand  uint32
	evict func(slot uint32)      // called before a row gives way, while it is still there
	spare func(slot uint32) bool // rows that others give way for, as long as those are near; nil for none
}

type row[K comparable, R any] struct {
	key        K
	next       uint32 // slot of the next row of the key's chain
	hash       uint32 // of the key
	generation uint32 // how often the slot was given away
	stack      uint16
	used       bool
	value      R
}

func newTable[K comparable, R any](limit int, evict func(slot uint32)) table[K, R] {
	return table[K, R]{heads: newHeads(), limit: limit, evict: evict}
}

// find returns the slot of a key's first row, or none.
func (t *table[K, R]) find(key *K, hash uint32) uint32 {
	at := t.place(key, hash)
	return uint32(t.heads.entries[at]) - 1
}

// onStack returns the slot of the row of the chain that is on a stack, or none.
func (t *table[K, R]) onStack(head uint32, stack uint16) uint32 {
	slot := head
	for slot != none && t.rows[slot].stack != stack {
		slot = t.rows[slot].next
	}
	return slot
}

// use returns the row in a slot, and marks it as not idle.
func (t *table[K, R]) use(slot uint32) *R {
	t.rows[slot].used = true
	return &t.rows[slot].value
}

// of returns the row in a slot if it is still the one of that generation, or nil.
func (t *table[K, R]) of(slot, generation uint32) *R {
	if r := &t.rows[slot]; r.generation == generation {
		return &r.value
	}
	return nil
}

// add returns the slot of a new row, chained behind its key's first.
func (t *table[K, R]) add(key *K, hash uint32, stack uint16) uint32 {
	slot := t.room(key, hash)
	r := &t.rows[slot]
	*r = row[K, R]{key: *key, next: none, hash: hash, generation: r.generation, stack: stack}
	at := t.place(key, hash)
	if head := uint32(t.heads.entries[at]) - 1; head != none {
		r.next, t.rows[head].next = t.rows[head].next, slot
	} else {
		t.heads.put(at, hash, slot)
	}
	return slot
}

// room returns a free slot: a new one, or that of a row that gives way to a row with the key.
func (t *table[K, R]) room(key *K, hash uint32) uint32 {
	victim := t.overlong(key, hash)
	if victim == none {
		if n := len(t.rows); n < t.limit {
			if n == cap(t.rows) {
				t.rows = slices.Grow(t.rows, min(max(n, 64), t.limit-n)) // never beyond the limit
			}
			t.rows = append(t.rows, row[K, R]{})
			return uint32(n)
		}
		victim = t.idle()
	}
	t.evict(victim)
	t.unchain(victim)
	t.rows[victim].generation++
	return victim
}

// overlong returns the last row of a key's chain if the chain is as long as it may be, or none.
func (t *table[K, R]) overlong(key *K, hash uint32) uint32 {
	head := t.find(key, hash)
	if head == none {
		return none
	}
	n := 1
	for t.rows[head].next != none {
		head = t.rows[head].next
		n++
	}
	if n < maxChain {
		return none
	}
	return head
}

// maxSpared is the number of rows that are looked at for one that is not spared.
const maxSpared = 64

// idle returns the next row that was not used since the hand last came by, and is not spared.
func (t *table[K, R]) idle() uint32 {
	for spared := 0; ; {
		slot := t.hand
		if t.hand++; int(t.hand) == len(t.rows) {
			t.hand = 0
		}
		r := &t.rows[slot]
		switch {
		case r.used:
			r.used = false
		case t.spare != nil && spared < maxSpared && t.spare(slot):
			spared++
		default:
			return slot
		}
	}
}

// unchain takes a row out of its key's chain.
func (t *table[K, R]) unchain(slot uint32) {
	r := &t.rows[slot]
	at := t.place(&r.key, r.hash)
	head := uint32(t.heads.entries[at]) - 1
	switch {
	case head != slot:
		for t.rows[head].next != slot {
			head = t.rows[head].next
		}
		t.rows[head].next = r.next
	case r.next != none:
		t.heads.put(at, r.hash, r.next)
	default:
		t.heads.remove(at)
	}
}
