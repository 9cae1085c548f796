package track

import (
	"math/bits"

	"github.com/icmpsniff/icmpsniff/decode"
)

// outcome is what an ICMP error means to the probe that it is about.
type outcome uint8

const (
	noOutcome    outcome = iota
	ranOut               // of TTL: there is a hop
	wasTooBig            // for the next link: who probes may go on with smaller ones (RFC 1191 §4, RFC 8201 §4)
	wasDelivered         // but nobody listens (RFC 1122 §3.2.2.1): the destination, if it says so itself
	wasRefused           // it goes no further
)

// outcomes of errors, by the family, the type and the code; those of a type's codes that are not here are at anyCode.
var outcomes = map[[3]uint8]outcome{
	{4, 3, anyCode}: wasRefused, {4, 3, 3}: wasDelivered, {4, 3, 4}: wasTooBig,
	{4, 11, anyCode}: wasRefused, {4, 11, 0}: ranOut,
	{4, 12, anyCode}: wasRefused,
	{6, 1, anyCode}:  wasRefused, {6, 1, 4}: wasDelivered,
	{6, 2, anyCode}: wasTooBig,
	{6, 3, anyCode}: wasRefused, {6, 3, 0}: ranOut,
	{6, 4, anyCode}: wasRefused,
}

const anyCode = 0xff

// probeFailed counts an ICMP error as the answer to the probe that it is about, if it is about one.
func (t *Tracker) probeFailed(p *decode.Packet, b []byte) {
	if t.probes.len() == 0 {
		return
	}
	family := uint8(family(len(p.Source.Bytes)))
	o, ok := outcomes[[3]uint8{family, b[0], b[1]}]
	if !ok {
		o = outcomes[[3]uint8{family, b[0], anyCode}]
	}
	if o == noOutcome {
		return
	}
	x := t.quotedProbe(p)
	h, v := t.waiting(x)
	if h == nil {
		return
	}
	var reporter [16]byte
	copy(reporter[:], p.Source.Bytes)
	t.probeAnswered(x, h, &reporter, sightingOf(p)).labels.read(p)
	switch destination := reporter == v.destination; {
	case o == ranOut:
		h.exceeded, v.exceeded = true, true
	case destination && o == wasDelivered:
		h.reached = true
	default:
		h.reached = h.reached || destination
		if !h.ended {
			h.ended, h.tooBig, h.endType, h.endCode, h.endedBy = true, o == wasTooBig, b[0], b[1], reporter
		}
	}
}

// quotedProbe returns the probe that an error quotes, or nil. If there is a NAT on the way, the cause of the error is it.
func (t *Tracker) quotedProbe(p *decode.Packet) *probe {
	var l leg
	if l.readQuoted(p); l.pair != 0 {
		if x := t.probes.quoted(&l, t.clock.now); x != nil {
			return x
		}
	}
	if c, ok := t.cause(p); ok {
		return t.probes.ofFrame(c.frame)
	}
	return nil
}

// probeReply counts the destination's own answer to a probe.
func (t *Tracker) probeReply(l *leg) {
	if t.paths.find(&l.back, uint32(l.back)) == none {
		return
	}
	x := t.probes.find(l.back, bits.RotateLeft32(l.ends, 16), l.sequence, t.clock.now)
	if h, v := t.waiting(x); h != nil {
		t.probeAnswered(x, h, &v.destination, l.sighting)
		h.reached = true
	}
}

// waiting returns the hop and the path of a probe that has no answer yet, nil if it has one, or if they were given up. Any
// further answer is a copy of the first, or a duplicate.
func (t *Tracker) waiting(x *probe) (*hop, *path) {
	if x == nil || x.answered {
		return nil, nil
	}
	h := t.hops.of(x.hop, x.generation)
	if h == nil {
		return nil, nil
	}
	v := t.paths.of(h.path, h.generation)
	if v == nil {
		return nil, nil
	}
	return h, v
}

// probeAnswered counts the answer to a probe at its hop, and returns what is known of whom it came from.
func (t *Tracker) probeAnswered(x *probe, h *hop, from *[16]byte, answer sighting) *hopResponder {
	x.answered = true
	t.hops.use(x.hop).received++
	t.paths.use(h.path).lastFrame = answer.frame
	v := t.hopResponderOf(h.path, x.ttl, from, answer.frame)
	v.received++
	if rtt := answer.time - x.time; rtt >= 0 && answer.hasTime && x.hasTime {
		v.rtt.add(rtt)
	}
	return v
}
