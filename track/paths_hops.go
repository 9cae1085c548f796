package track

import "encoding/binary"

// hop is what became of the probes of a path with one TTL, by the path's number and the TTL. Those that were neither answered
// nor wait are lost.
type hop struct {
	sent, received   uint64
	path, generation uint32 // slot of the path's row
	exceeded         bool   // some ran out of TTL here
	reached          bool   // some reached the destination
	ended            bool   // some were refused, as the error of type and code says
	tooBig           bool   // because they were too big, so that smaller ones may get further
	endType, endCode uint8
	endedBy          [16]byte
}

// hopResponder is a host that answered the probes of a hop, by the hop and its address.
type hopResponder struct {
	received         uint64
	rtt              roundTrips
	labels           labelStack // of the latest answer
	path, generation uint32
	firstFrame       uint64
}

type hopResponderKey struct {
	hop     uint64
	address [16]byte
}

func hopKey(number uint64, ttl uint8) uint64 { return number<<8 | uint64(ttl) }

func hashHop(key uint64) uint32 { return uint32(fold(key^seed[0], seed[1])) }

func (k *hopResponderKey) hash() uint32 {
	a := binary.LittleEndian.Uint64(k.address[:8])
	b := binary.LittleEndian.Uint64(k.address[8:])
	return uint32(fold(fold(a^seed[2], b^seed[3])^k.hop, seed[4]))
}

// hopOf returns the slot of the hop of a path at a TTL, made if there is none.
func (t *Tracker) hopOf(slot uint32, ttl uint8) uint32 {
	r := &t.paths.rows[slot]
	key := hopKey(r.value.number, ttl)
	at := t.hops.find(&key, hashHop(key))
	if at != none {
		t.hops.use(at)
		return at
	}
	at = t.hops.add(&key, hashHop(key), 0)
	t.hops.rows[at].value = hop{path: slot, generation: r.generation}
	return at
}

// hopResponderOf returns a host that answered at a hop of a path, made if there is none.
func (t *Tracker) hopResponderOf(slot uint32, ttl uint8, address *[16]byte, frame uint64) *hopResponder {
	r := &t.paths.rows[slot]
	key := hopResponderKey{hopKey(r.value.number, ttl), *address}
	at := t.hopResponders.find(&key, key.hash())
	if at != none {
		return t.hopResponders.use(at)
	}
	at = t.hopResponders.add(&key, key.hash(), 0)
	v := &t.hopResponders.rows[at].value
	*v = hopResponder{path: slot, generation: r.generation, firstFrame: frame}
	return v
}

// hopShown reports whether a hop's path is there to be shown. Others give way first, so that a flood of datagrams that are no
// path displaces itself.
func (t *Tracker) hopShown(slot uint32) bool {
	h := &t.hops.rows[slot].value
	return t.shown(h.path, h.generation)
}

func (t *Tracker) shown(path, generation uint32) bool {
	v := t.paths.of(path, generation)
	return v != nil && v.shown()
}

// giveUpHop and giveUpHopResponder forget a row, which is missed if its path is there to be shown.

func (t *Tracker) giveUpHop(slot uint32) {
	if t.hopShown(slot) {
		t.evicted++
	}
}

func (t *Tracker) giveUpHopResponder(slot uint32) {
	v := &t.hopResponders.rows[slot].value
	if t.shown(v.path, v.generation) {
		t.evicted++
	}
}
