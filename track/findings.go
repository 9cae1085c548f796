package track

// findingOf returns a finding about the requests of a flow.
func (t *Tracker) findingOf(kind NoteKind, slot uint32) finding {
	r := &t.flows.rows[slot]
	f := finding{noteSubject: noteSubject{kind: kind, stack: r.stack}}
	f.setSource(r.key.asker[:r.key.addressLength()])
	f.setDestination(r.key.target[:r.key.addressLength()])
	return f
}

// negativeRTT notes a reply that is stamped before its request.
func (t *Tracker) negativeRTT(m *Message, x *exchange, rtt int64) {
	f := findingOfReply(NoteNegativeRTT, m, x)
	f.value = uint64(-rtt)
	t.note(m.frame, m.time, &f)
}

// findingOfReply returns a finding about a reply to the request of x.
func findingOfReply(kind NoteKind, m *Message, x *exchange) finding {
	f := finding{noteSubject: noteSubject{kind: kind, stack: x.stack}, earlier: x.frame}
	key := &m.echo.key
	f.setSource(key.target[:key.addressLength()])
	f.setDestination(key.asker[:key.addressLength()])
	return f
}

// Dropped notes that the capture dropped frames: their number, of all of it.
func (t *Tracker) Dropped(frames uint64) {
	if frames > 0 {
		t.note(0, 0, &finding{noteSubject: noteSubject{kind: NoteDropped}, value: frames})
	}
}
