package decode

import (
	"bytes"
	"cmp"
	"slices"
	"unsafe"
)

// Bounds of reassembly. A datagram that is not whole within its age is given up: RFC 791 §3.2 lets a host choose,
// RFC 1122 §3.3.2 wants 60 to 120 seconds, RFC 8200 §4.5 says 60.
const (
	fragmentAge       = 60e9     // nanoseconds from a datagram's first fragment
	maxDatagrams      = 4096     // datagrams that are not whole
	maxFragmentBytes  = 16 << 20 // bytes of memory held for them all
	maxDatagram       = 65535    // bytes of one
	maxFragmentsOfOne = 8192     // the most that a datagram divides into, as offsets count 8 bytes
	maxFree           = 16       // datagrams' memory kept for reuse
	maxRemembered     = 1 << 20  // fragments whose completing frame is remembered
)

// fragmentKey tells datagrams apart: RFC 791 §3.2 for IPv4, RFC 8200 §4.5 for IPv6, where the protocol does not count. It has no
// pointers, so that the garbage collector need not look into the map.
type fragmentKey struct {
	src, dst [16]byte
	id       uint32
	segment  Segment // the innermost
	proto    uint8   // of IPv4
	v6       bool
}

// reassembly holds datagrams that are not whole yet.
type reassembly struct {
	pending        map[fragmentKey]*datagram
	oldest, newest *datagram   // of the pending, in the order in which their first fragments came
	bytes          int         // memory held for the pending
	done           []*datagram // whole ones, whose bytes the current packet uses
	free           []*datagram
	evicted        uint64

	// completedIn maps a fragment's frame to the frame that completed its datagram. It is filled when a first pass asks
	// for it, and is what lets a second pass say so on the fragment's own line.
	completedIn map[uint64]uint64
}

// datagram is one whose fragments are still coming.
type datagram struct {
	key          fragmentKey
	older, newer *datagram // its neighbours in the order of arrival

	first  int64 // time of the first fragment seen, ns
	total  int32 // length, known once a last fragment was seen; -1 before
	proto  uint8 // that the fragment with offset 0 states, the one to go by (RFC 8200 §4.5)
	have   []extent
	pieces []Piece
	buf    []byte
}

// Piece is one fragment of a datagram that is whole.
type Piece struct {
	Frame          uint64 // that brought it
	Offset, Length int32  // bytes
	Overlaps       bool   // it brought bytes that another had brought
	Conflicts      bool   // and they were not the same
}

// extent is a stretch [from, to) of a datagram that has been seen.
type extent struct{ from, to int32 }

func newReassembly() reassembly {
	return reassembly{pending: map[fragmentKey]*datagram{}}
}

// add takes in one fragment, which announces a protocol. It returns the datagram if that made it whole, valid until recycle, and the number
// of the frame in which the datagram is known to be completed, 0 if it is not known. Where fragments overlap, or disagree on where the
// datagram ends, the one that came first counts: RFC 791 leaves that open, and RFC 5722 has IPv6 hosts give up.
func (r *reassembly) add(key fragmentKey, proto uint8, offset int32, more bool, b []byte, frame uint64, now int64) (whole []byte, in uint64) {
	in = r.completedIn[frame]
	end := offset + int32(len(b))
	if end > maxDatagram {
		return nil, in
	}
	g := r.datagram(key, now)
	if len(g.pieces) >= maxFragmentsOfOne {
		return nil, in
	}
	r.bytes -= g.memory()
	piece := Piece{Frame: frame, Offset: offset, Length: int32(len(b))}
	piece.Overlaps, piece.Conflicts = g.overlap(offset, end, b)
	if offset == 0 && (len(g.have) == 0 || g.have[0].from > 0) {
		g.proto = proto
	}
	g.put(offset, end, more, b)
	g.pieces = append(g.pieces, piece)
	r.bytes += g.memory()
	if !g.whole() {
		r.evict(func(*datagram) bool { return r.bytes > maxFragmentBytes })
		return nil, in
	}
	if r.completedIn != nil && len(r.completedIn) < maxRemembered {
		for _, piece := range g.pieces {
			r.completedIn[piece.Frame] = frame
		}
	}
	r.unlink(g)
	r.done = append(r.done, g)
	slices.SortStableFunc(g.pieces, func(a, b Piece) int { return cmp.Compare(a.Offset, b.Offset) })
	return g.buf[:g.total], frame
}

// last returns the datagram that became whole last.
func (r *reassembly) last() *datagram { return r.done[len(r.done)-1] }

// datagram returns the pending datagram of a key, a new one if there is none or if it is too old.
func (r *reassembly) datagram(key fragmentKey, now int64) *datagram {
	tooOld := func(g *datagram) bool { return now-g.first > fragmentAge }
	g := r.pending[key]
	if g != nil && tooOld(g) {
		r.drop(g)
		g = nil
	}
	if g != nil {
		return g
	}
	for r.oldest != nil && tooOld(r.oldest) {
		r.drop(r.oldest)
	}
	r.evict(func(*datagram) bool { return len(r.pending) >= maxDatagrams })
	if n := len(r.free); n > 0 {
		g, r.free = r.free[n-1], r.free[:n-1]
	} else {
		g = &datagram{}
	}
	g.key, g.first, g.total = key, now, -1
	g.older, g.newer = r.newest, nil
	if r.newest != nil {
		r.newest.newer = g
	} else {
		r.oldest = g
	}
	r.newest = g
	r.pending[key] = g
	r.bytes += g.memory()
	return g
}

// evict gives up the oldest datagrams while needed says so of the oldest.
func (r *reassembly) evict(needed func(*datagram) bool) {
	for r.oldest != nil && needed(r.oldest) {
		r.evicted++
		r.drop(r.oldest)
	}
}

// drop forgets a datagram that is not whole.
func (r *reassembly) drop(g *datagram) {
	r.unlink(g)
	r.keep(g)
}

// unlink takes a datagram from the pending ones.
func (r *reassembly) unlink(g *datagram) {
	delete(r.pending, g.key)
	r.bytes -= g.memory()
	if g.older != nil {
		g.older.newer = g.newer
	} else {
		r.oldest = g.newer
	}
	if g.newer != nil {
		g.newer.older = g.older
	} else {
		r.newest = g.older
	}
}

// keep makes a datagram's memory available to another.
func (r *reassembly) keep(g *datagram) {
	if len(r.free) < maxFree {
		*g = datagram{have: g.have[:0], pieces: g.pieces[:0], buf: g.buf[:0]}
		r.free = append(r.free, g)
	}
}

// recycle takes back the memory of whole datagrams, before the next packet.
func (r *reassembly) recycle() {
	for _, g := range r.done {
		r.keep(g)
	}
	r.done = r.done[:0]
}

// memory returns the bytes that g holds.
func (g *datagram) memory() int {
	return cap(g.buf) + 8*cap(g.have) + int(unsafe.Sizeof(Piece{}))*cap(g.pieces)
}

// overlap reports whether a fragment brings bytes that are there, and whether they differ.
func (g *datagram) overlap(from, to int32, b []byte) (overlaps, conflicts bool) {
	for _, e := range g.have[g.reaching(from):] {
		lo, hi := max(from, e.from), min(to, e.to)
		if e.from >= to {
			break
		}
		if lo < hi {
			overlaps = true
			conflicts = conflicts || !bytes.Equal(g.buf[lo:hi], b[lo-from:hi-from])
		}
	}
	return overlaps, conflicts
}

// put copies what is new of a fragment, which ends the datagram unless more follow, to its place.
func (g *datagram) put(from, to int32, more bool, b []byte) {
	if !more && g.total < 0 {
		g.total = to
	}
	if n := len(g.buf); int(to) > n {
		g.buf = slices.Grow(g.buf, int(to)-n)[:to]
	}
	at := from
	for _, e := range g.have[g.reaching(from):] {
		if e.from >= to {
			break
		}
		if at < e.from {
			copy(g.buf[at:e.from], b[at-from:])
		}
		at = e.to
	}
	if at < to {
		copy(g.buf[at:to], b[at-from:])
	}
	g.see(from, to)
}

// see merges [from, to) into the extents, which stay sorted and apart.
func (g *datagram) see(from, to int32) {
	i := g.reaching(from)
	j := i
	for j < len(g.have) && g.have[j].from <= to {
		from, to = min(from, g.have[j].from), max(to, g.have[j].to)
		j++
	}
	g.have = slices.Replace(g.have, i, j, extent{from, to})
}

// reaching returns the index of the first extent that ends at from or behind it.
func (g *datagram) reaching(from int32) int {
	i, _ := slices.BinarySearchFunc(g.have, from, func(e extent, from int32) int { return cmp.Compare(e.to, from) })
	return i
}

// whole reports whether every byte up to the end has been seen.
func (g *datagram) whole() bool {
	return g.total >= 0 && g.have[0].from == 0 && g.have[0].to >= g.total
}

// RememberReassembly makes the Decoder remember which frame completed each fragment's datagram, for a second pass; of the
// first million fragments, so that memory is bounded.
func (d *Decoder) RememberReassembly() { d.fragments.completedIn = map[uint64]uint64{} }

// Restart forgets the datagrams that are not whole, and keeps what RememberReassembly asked for: call it between passes.
func (d *Decoder) Restart() {
	done := d.fragments.completedIn
	d.fragments = newReassembly()
	d.fragments.completedIn = done
}

// Evicted returns the number of datagrams given up for want of room. Those that never become whole are forgotten, too, when they
// are too old.
func (d *Decoder) Evicted() uint64 { return d.fragments.evicted }
