package track

// Bounds of what is remembered of sweeps.
const (
	sweepWindow = 10e9 // ns in which the addresses must be asked for
	maxSweepers = 1024 // sources that are watched
	sweepRecent = 16   // addresses of a source that are told from new ones
)

// sweeper names who asks, and by which protocol.
type sweeper struct {
	address [16]byte
	kind    NoteKind
	length  uint8 // of the address
	stack   uint16
}

// sweep is what a source asked for in vain. Hosts that exist answer, so that one who asks for many that do not is looking for
// those that do; a monitor or a router, which ask for many that answer, are not taken for one.
type sweep struct {
	sweeper
	silent uint16     // addresses in the window
	note   noteNumber // 0 if there is none
	since  int64      // of the window, on the tracker's clock
	first  uint64     // frame in it
	total  uint64     // addresses in all windows that had enough of them
	recent [sweepRecent]uint32
}

// sweepOf are the kinds of sweeps for addresses.
var sweepOf = [...]NoteKind{ARP: NoteARPSweep, ND: NoteNDSweep}

// silent counts an address that a source asked for, at a time on the tracker's clock, and that has never answered it.
func (t *Tracker) silent(who sweeper, target *[16]byte, request asked, born int64) {
	s := t.sweepBy(who)
	if s.silent == 0 || born-s.since > sweepWindow {
		s.since, s.first, s.silent = born, request.frame, 0
	}
	address := hashAddresses(target, &[16]byte{}, 0)
	for _, known := range s.recent[:min(s.silent, sweepRecent)] {
		if known == address {
			return
		}
	}
	s.recent[s.silent%sweepRecent] = address
	if s.silent < MaxThreshold {
		s.silent++
	}
	limit := t.notes.threshold[who.kind]
	switch n := int(s.silent); {
	case n < limit:
		return
	case n == limit:
		s.total += uint64(n)
	default:
		s.total++
	}
	if s.note != 0 {
		t.notes.of(s.note).more(request.frame, s.total)
		return
	}
	f := finding{noteSubject: noteSubject{kind: who.kind, stack: who.stack}, value: s.total, earlier: s.first}
	f.setSource(who.address[:who.length])
	known := min(request.time+t.timeout, t.clock.raw) // at the timeout, or before it by an error
	s.note = t.note(request.frame, known, &f)
}

// sweepBy returns what a source asked for. Each has a place that its name leads to, which it takes from whoever has it: all
// that ask in vain come here, and of a flood from forged sources every one does.
func (t *Tracker) sweepBy(who sweeper) *sweep {
	s := &t.sweeps[hashAddresses(&who.address, &[16]byte{}, uint64(who.kind)<<24|uint64(who.length)<<16|uint64(who.stack))%maxSweepers]
	if s.sweeper == who {
		return s
	}
	if s.silent > 1 && t.clock.now-s.since <= sweepWindow {
		t.notes.omitted++
	}
	*s = sweep{sweeper: who}
	return s
}
