package track

// circling reports whether a datagram with little left to live was seen before, when it had more than a probe has: routers counted
// its TTL down, as they do when they send it to each other in a circle. It says nothing of the way that it was meant to go.
// Probes whose TTL rises are not, even if nothing else in them changes.
func (t *Tracker) circling(l *leg, m *Message, r *Relation) bool {
	if l.pair == 0 || l.ttl > smallTTL || t.probes.seen(l, t.clock.now) {
		return false
	}
	if m.role == Request {
		return r.Has(Copy) && t.probes.ofFrame(r.CopyOf) == nil
	}
	if m.found == 0 {
		return false
	}
	return t.sent.higher(&m.rest.datagrams[m.found-1], m)
}

// higher reports whether a datagram of a message was seen before with a higher TTL.
func (s *sent) higher(d *datagram, m *Message) bool {
	found := false
	s.walk(s.alike, d.alikeHash(), (*sentDatagram).nextAlike, func(o *sentDatagram) {
		found = found || o.frame < m.frame && o.ttl > d.ttl && o.same(d) && o.checksum == d.checksum && m.hasTime &&
			o.time != never && max(m.time-o.time, o.time-m.time) <= copyWindow
	})
	return found
}
