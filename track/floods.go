package track

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
func (t *Tracker) watchRequest(m *Message, slot uint32, f *flow) {
	v := &f.vigil
	if m.length != v.payload {
		t.watchLength(m, slot, f)
		v.payload = m.length
	}
	if n := v.count(t.clock.now); n > t.notes.threshold[NoteEchoFlood] {
		t.flood(m, slot, v)
	}
	if f.Sent == 0 {
		t.watchFirst(m, slot, f)
	}
	if v.redirect != 0 {
		t.watchRedirected(m, v)
	}
}

// watchFirst looks at a request that begins a flow.
func (t *Tracker) watchFirst(m *Message, slot uint32, f *flow) {
	key := &m.echo.key
	if len(t.redirected) > 0 {
		f.vigil.redirect = t.redirected[redirectKey{key.asker, key.target, m.echo.stack}]
	}
	target := &t.targets[hashAddresses(&key.target, &[16]byte{}, 0)%maxFloodTargets]
	if target.address != key.target {
		*target = floodTarget{address: key.target}
	}
	n := target.count(t.clock.now)
	switch {
	case target.flood != 0 && n > t.notes.threshold[NoteEchoFlood]:
		t.notes.of(target.flood).more(m.frame, uint64(n))
	case n == t.notes.threshold[NoteEchoFlood]+1:
		f := finding{noteSubject: noteSubject{kind: NoteEchoFlood, stack: m.echo.stack}, value: uint64(n)}
		f.setDestination(key.target[:key.addressLength()])
		target.flood = t.note(m.frame, m.time, &f)
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

// flood notes that a flow has more requests in a second than it takes to know whether a host is there.
func (t *Tracker) flood(m *Message, slot uint32, v *vigil) {
	if v.flood != 0 {
		t.notes.of(v.flood).more(m.frame, uint64(v.n))
		return
	}
	if int(v.n) > t.notes.threshold[NoteEchoFlood]+1 {
		return // there was no room for a note
	}
	f := t.findingOf(NoteEchoFlood, slot)
	f.value = uint64(v.n)
	v.flood = t.note(m.frame, m.time, &f)
}

// amplified notes that a group's hosts make of a request many replies, which go to whomever the request names as its sender.
func (t *Tracker) amplified(m *Message, x *exchange) {
	f := t.findingOf(NoteAmplification, x.flow)
	f.value, f.earlier = t.flows.rows[x.flow].value.Responders, x.frame
	t.note(m.frame, m.time, &f)
}
