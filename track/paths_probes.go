package track

// probe is a datagram that was sent along a path, without pointers.
type probe struct {
	pair            uint64 // as in leg, as are ends, sequence, ipID, checksum and length
	born            int64  // when it was sent, on the tracker's clock
	ends, sequence  uint32
	hop, generation uint32 // slot of its row
	older           uint32 // how many positions before this one the next older probe of its chain is, 0 if there is none
	ipID, checksum  uint16
	length          uint16
	ttl             uint8
	answered        bool
	sighting
}

// probes remembers the latest probes, and finds them by what their answers repeat.
type probes struct {
	ring[probe]
	newest []uint64 // of each chain: its position plus 1, or 0
}

// maxLooks is the number of probes of a chain that are looked at. The probes of traceroute and mtr have chains of their own;
// ordinary traffic, whose ports stay the same, has not.
const maxLooks = 64

func newProbes(limit int) probes {
	n := 1
	for n < limit {
		n *= 2
	}
	return probes{newest: make([]uint64, n)}
}

func (s *probes) chain(pair uint64, ends, sequence uint32) *uint64 {
	hash := fold(pair^uint64(ends), uint64(sequence)^seed[4])
	return &s.newest[hash&uint64(len(s.newest)-1)]
}

// full reports whether the oldest probe has to be dropped before another is remembered.
func (s *probes) full() bool { return s.len() == len(s.newest) }

// remember appends a probe. The caller fills in to which hop it belongs, and when it was sent.
func (s *probes) remember(l *leg) *probe {
	x, pos := s.push()
	*x = probe{pair: l.pair, ends: l.ends, sequence: l.sequence, ipID: l.ipID, checksum: l.checksum, length: l.length, ttl: l.ttl, sighting: l.sighting}
	chain := s.chain(l.pair, l.ends, l.sequence)
	if last := *chain - 1; *chain != 0 && s.holds(last) {
		x.older = uint32(pos - last)
	}
	*chain = pos + 1
	return x
}

// find returns the newest probe of a path with the ends and the sequence number, or nil. Probes that were sent too long ago
// are not looked at.
func (s *probes) find(pair uint64, ends, sequence uint32, now int64) *probe {
	return s.search(pair, ends, sequence, now, func(*probe) bool { return true })
}

// seen reports whether a datagram is a probe that is remembered.
func (s *probes) seen(l *leg, now int64) bool {
	return s.search(l.pair, l.ends, l.sequence, now, func(x *probe) bool { return x.isAgain(l) }) != nil
}

// quoted returns the newest probe that an error quotes, or nil. Of UDP the checksum may be all that tells probes apart. Captured
// with another one, it is the same probe if the IP identification tells, or if the network card was still to fill it in.
func (s *probes) quoted(l *leg, now int64) *probe {
	same := func(x *probe) bool { return x.ipID == l.ipID || l.method == MethodTCP }
	if l.method != MethodUDP {
		return s.search(l.pair, l.ends, l.sequence, now, same)
	}
	exact := func(x *probe) bool { return same(x) && x.length == l.length && x.checksum == l.checksum }
	if x := s.search(l.pair, l.ends, l.sequence, now, exact); x != nil {
		return x
	}
	return s.search(l.pair, l.ends, l.sequence, now, func(x *probe) bool {
		return same(x) && x.length == l.length && (l.ipID != 0 || x.checksum == 0 || x.checksum == l.unfilled)
	})
}

func (s *probes) search(pair uint64, ends, sequence uint32, now int64, fits func(*probe) bool) *probe {
	if s.len() == 0 {
		return nil
	}
	pos := *s.chain(pair, ends, sequence) - 1
	for range maxLooks {
		if !s.holds(pos) {
			return nil
		}
		x := s.at(pos)
		if now-x.born > memory {
			return nil
		}
		if x.pair == pair && x.ends == ends && x.sequence == sequence && fits(x) {
			return x
		}
		if x.older == 0 {
			return nil
		}
		pos -= uint64(x.older)
	}
	return nil
}

// ofFrame returns the probe that a frame was, or nil.
func (s *probes) ofFrame(frame uint64) *probe {
	low, high := s.tail, s.head
	for low < high {
		middle := low + (high-low)/2
		if s.at(middle).frame < frame {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low == s.head || s.at(low).frame != frame {
		return nil
	}
	return s.at(low)
}

// isAgain reports whether a datagram is the probe, seen once more: by a mirror port, or behind a router, which counts its TTL
// down; or a SYN that TCP repeats for want of an answer, which those who probe do not count.
func (x *probe) isAgain(l *leg) bool {
	if l.ttl > x.ttl {
		return false
	}
	return l.method == MethodTCP ||
		x.ipID == l.ipID && x.checksum == l.checksum && x.length == l.length && max(l.time-x.time, x.time-l.time) <= copyWindow
}
