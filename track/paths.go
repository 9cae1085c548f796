package track

import (
	"math/bits"

	"github.com/icmpsniff/icmpsniff/decode"
)

// A path is what probes with rising TTLs from one host to another tell of the routers between them, as traceroute and mtr
// draw it: the router at which a TTL runs out says so (RFC 792, time exceeded; RFC 4443 §3.3), and the destination answers
// in its own way. Nobody says that a datagram is a probe. It is taken for one if it is of a kind that those tools send and
// has little left to live, so that most traffic costs a comparison. Whether it was one shows when its path is complete: see
// path.shown.

// smallTTL is the highest TTL of a datagram that begins a path. traceroute and mtr begin at 1 and go no further than 30
// unless told to.
const smallTTL = 32

// maxGap is by how much a TTL beyond smallTTL may exceed the highest of its path: those that rise to it are probes, and those
// that a host sends with its usual TTL are not.
const maxGap = 4

// path is a row of the table of paths, by the hash of its method and addresses and by its stack.
type path struct {
	source, destination [16]byte
	length              uint8 // of the addresses
	method              Method
	exceeded            bool      // the TTL of some probe ran out
	highest, latest     uint8     // TTLs
	ttls                [4]uint64 // a bit for each that was probed
	number              uint64    // of all paths, for the keys of its hops
	rounds              uint64
	firstFrame          uint64
	lastFrame           uint64
}

// trace takes what a packet is to the paths: a probe, the destination's answer to one, or, with UDP, either. The packet is needed
// only if leg.read said so.
func (t *Tracker) trace(l *leg, p *decode.Packet) {
	if l.pair != 0 && (l.ttl <= smallTTL || len(t.paths.rows) > 0) {
		t.probe(l, p)
	}
	if l.back != 0 && len(t.paths.rows) > 0 {
		t.probeReply(l)
	}
}

// probe counts a datagram as sent to its hop, unless it is no probe, or was seen before.
func (t *Tracker) probe(l *leg, p *decode.Packet) {
	slot := t.pathOf(l, p)
	if slot == none {
		return
	}
	v := &t.paths.rows[slot].value
	if l.ttl > smallTTL && int(l.ttl) > int(v.highest)+maxGap {
		return
	}
	v.lastFrame = l.frame
	if t.probes.seen(l, t.clock.now) {
		return
	}
	v.begin(l.ttl)
	at := t.hopOf(slot, l.ttl)
	h := &t.hops.rows[at]
	h.value.sent++
	t.makeRoomForProbe()
	x := t.probes.remember(l)
	x.born, x.hop, x.generation = t.clock.now, at, h.generation
}

// makeRoomForProbe drops the oldest probe if there is no room for one more. It is missed if it may still be answered.
func (t *Tracker) makeRoomForProbe() {
	if !t.probes.full() {
		return
	}
	x := t.probes.at(t.probes.tail)
	waits := !x.answered && t.clock.now-x.born < t.timeout
	if waits && t.hops.of(x.hop, x.generation) != nil && t.hopShown(x.hop) {
		t.evicted++
	}
	t.probes.tail++
}

// begin notes a TTL. Where it falls back to the lowest, a round begins.
func (v *path) begin(ttl uint8) {
	if v.rounds == 0 || ttl < v.latest && int(ttl) <= v.lowest() {
		v.rounds++
	}
	v.latest, v.highest = ttl, max(v.highest, ttl)
	v.ttls[ttl>>6] |= 1 << (ttl & 63)
}

// lowest returns the lowest TTL that was probed, 256 if there is none.
func (v *path) lowest() int {
	for i, word := range v.ttls {
		if word != 0 {
			return 64*i + bits.TrailingZeros64(word)
		}
	}
	return 256
}

// nearTTL is a TTL with which nothing arrives that was sent with a usual one, which is 32 at the least.
const nearTTL = 8

// shown reports whether there is a path to speak of: a TTL ran out on the way, or several were tried that begin near the
// source. Two TTLs of which neither is 1, or any higher ones, are what traffic has whose route to the capture changes.
func (v *path) shown() bool {
	n := 0
	for _, word := range v.ttls {
		n += bits.OnesCount64(word)
	}
	return v.exceeded || n > 1 && v.lowest() == 1 || n > 2 && v.lowest() <= nearTTL
}

// pathOf returns the slot of the path to which a datagram belongs, made if its TTL is small, or none.
func (t *Tracker) pathOf(l *leg, p *decode.Packet) uint32 {
	head := t.paths.find(&l.pair, uint32(l.pair))
	if l.ttl > smallTTL {
		if head != none {
			t.paths.use(head)
		}
		return head
	}
	stack := t.stacks.of(p.Segments)
	if slot := t.paths.onStack(head, stack); slot != none {
		t.paths.use(slot)
		return slot
	}
	// The same probe on another VLAN, as a mirror port may show it, makes no path of its own.
	to, _ := ethernetEnds(p)
	if t.probes.seen(l, t.clock.now) || isGroup(to, p.Destination.Bytes) {
		return none
	}
	slot := t.paths.add(&l.pair, uint32(l.pair), stack)
	t.pathsNumbered++
	v := &t.paths.rows[slot].value
	*v = path{method: l.method, length: uint8(len(p.Source.Bytes)), number: t.pathsNumbered, firstFrame: l.frame}
	copy(v.source[:], p.Source.Bytes)
	copy(v.destination[:], p.Destination.Bytes)
	return slot
}

// giveUpPath forgets a path. Only those that would have been shown are missed.
func (t *Tracker) giveUpPath(slot uint32) {
	if t.pathShown(slot) {
		t.evicted++
	}
}

func (t *Tracker) pathShown(slot uint32) bool { return t.paths.rows[slot].value.shown() }
