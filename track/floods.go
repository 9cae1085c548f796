package track

import (
	"github.com/icmpsniff/icmpsniff/decode"
)

// vigil is what notes remember of a flow from one echo request to the next. It is small, as every request touches it.
type vigil struct {
	burst               // of requests
	payload  uint16     // bytes in the latest request
	flood    noteNumber // of a flood
	redirect noteNumber // of a redirect that concerns it
	random   uint16     // requests with another length than the one before, whose payloads look random
	altered  uint16     // replies with another payload
}

// burst counts what happens within one second, which begins with the first event after the one before has ended.
type burst struct {
	since uint32 // in ticks
	n     uint16
}

// Ticks of the clock by which seconds are counted: a shift gives them, where milliseconds would take a division.
const (
	tickBits       = 20 // of nanoseconds: 1.05 ms
	ticksPerSecond = 1e9 >> tickBits
)

// count counts an event at a time on the tracker's clock, and returns how many there were in its second.
func (s *burst) count(now int64) int {
	if tick := uint32(now >> tickBits); tick-s.since > ticksPerSecond || s.n == 0 {
		s.since, s.n = tick, 0
	}
	if s.n < MaxThreshold {
		s.n++
	}
	return int(s.n)
}

// watchRequest looks at an echo request of a flow, before it is counted, for what is worth a note.
func (t *Tracker) watchRequest(p *decode.Packet, b []byte, slot uint32, f *flow) {
	w := &f.vigil
	if n := uint16(len(b) - minMessage); n != w.payload {
		t.watchLength(p, b, slot, f)
		w.payload = n
	}
	if n := w.count(t.clock.now); n > t.notes.threshold[NoteEchoFlood] {
		t.flood(p, slot, w)
	}
	if w.redirect != 0 {
		t.watchRedirected(p, w)
	}
	if f.Sent == 0 {
		t.watchFirst(p, slot, f)
	}
	// What was not answered may have been discarded: to verify the checksums of answered requests, too, would take longer
	// than all else that notes do.
	if f.Received != f.Sent || f.Sent == 0 {
		t.verify(p)
	}
}

// watchFirst looks at a request that begins a flow.
func (t *Tracker) watchFirst(p *decode.Packet, slot uint32, f *flow) {
	r := &t.flows.rows[slot]
	if len(t.redirected) > 0 {
		f.vigil.redirect = t.redirected[redirectKey{r.key.asker, r.key.target}]
	}
	target := &t.targets[hashAddresses(&r.key.target, &[16]byte{}, 0)%uint32(len(t.targets))]
	if target.address != r.key.target {
		*target = floodTarget{address: r.key.target}
	}
	if n := target.count(t.clock.now); n > t.notes.threshold[NoteEchoFlood] {
		if target.flood == 0 {
			f := finding{noteSubject: noteSubject{kind: NoteEchoFlood, stack: r.stack}, value: uint64(n)}
			f.setDestination(r.key.target[:r.key.addressLength()])
			target.flood = t.note(p.Number, p.Time, &f)
		} else {
			t.notes.of(target.flood).more(p.Number, uint64(n))
		}
	}
}

// maxFloodTargets is the number of hosts watched for floods from many sources. One whose place another takes is counted
// anew, which a flood that matters survives.
const maxFloodTargets = 256

// floodTarget counts the flows that begin with a request to a host.
type floodTarget struct {
	address [16]byte
	burst
	flood noteNumber
}

// flood notes that a flow has more requests in a second than a host needs who wants to know whether another is there.
func (t *Tracker) flood(p *decode.Packet, slot uint32, w *vigil) {
	if w.flood != 0 {
		t.notes.of(w.flood).more(p.Number, uint64(w.n))
		return
	}
	f := t.findingOf(NoteEchoFlood, slot)
	f.value = uint64(w.n)
	w.flood = t.note(p.Number, p.Time, &f)
}

// amplified notes that a group's hosts make of a request many replies, which go to whomever the request names as its sender.
func (t *Tracker) amplified(p *decode.Packet, slot uint32) {
	f := t.findingOf(NoteAmplification, slot)
	f.value = t.flows.rows[slot].value.Responders
	t.note(p.Number, p.Time, &f)
}

// findingOf returns a finding about the requests of a flow.
func (t *Tracker) findingOf(kind NoteKind, slot uint32) finding {
	r := &t.flows.rows[slot]
	f := finding{noteSubject: noteSubject{kind: kind, stack: r.stack}}
	f.setSource(r.key.asker[:r.key.addressLength()])
	f.setDestination(r.key.target[:r.key.addressLength()])
	return f
}

// negativeRTT notes a reply that is stamped before its request.
func (t *Tracker) negativeRTT(p *decode.Packet, x *exchange, rtt int64) {
	f := finding{noteSubject: noteSubject{kind: NoteNegativeRTT, stack: x.stack}, value: uint64(-rtt), earlier: x.frame}
	f.setEnds(p)
	t.note(p.Number, p.Time, &f)
}
