package track

// Bounds of what is remembered of sweeps.
const (
	sweepWindow = 10e9 // ns in which the addresses must be asked for
	maxSweepers = 1024 // sources that are watched
	sweepRecent = 16   // addresses of a source that are told from new ones
)

// sweeperKey names who asks, and by which protocol.
type sweeperKey struct {
	address [16]byte
	kind    NoteKind
	length  uint8 // of the address
}

func (k *sweeperKey) hash() uint32 {
	return hashAddresses(&k.address, &[16]byte{}, uint64(k.kind)<<8|uint64(k.length))
}

// sweep is what a source asked for in vain. Hosts that exist answer, so that one who asks for many that do not is looking for
// those that do; a monitor or a router, which ask for many that answer, are not taken for one.
type sweep struct {
	since  int64  // of the window, on the tracker's clock
	first  uint64 // frame in it
	silent uint16 // addresses in it
	total  uint64 // in all windows that had enough of them
	note   noteNumber
	recent [sweepRecent]uint32
}

// sweepOf are the kinds of sweeps for addresses.
var sweepOf = [...]NoteKind{ARP: NoteARPSweep, ND: NoteNDSweep}

// silent counts an address that a source asked for, at a time on the tracker's clock, and that has never answered it.
func (t *Tracker) silent(kind NoteKind, source, target *[16]byte, length int, stack uint16, request asked, born int64) {
	limit := t.notes.threshold[kind]
	if limit == off {
		return
	}
	key := sweeperKey{*source, kind, uint8(length)}
	slot := t.sweeps.onStack(t.sweeps.find(&key, key.hash()), stack)
	if slot == none {
		slot = t.sweeps.add(&key, key.hash(), stack)
		t.sweeps.rows[slot].value = sweep{since: born, first: request.frame}
	}
	s := t.sweeps.use(slot)
	if born-s.since > sweepWindow {
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
	f := finding{noteSubject: noteSubject{kind: kind, stack: stack}, value: s.total, earlier: s.first}
	f.setSource(source[:length])
	s.note = t.note(request.frame, request.time, &f)
}

// giveUpSweep counts a source that is no longer watched although its window has not passed.
func (t *Tracker) giveUpSweep(slot uint32) {
	if t.clock.now-t.sweeps.rows[slot].value.since <= sweepWindow {
		t.notes.omitted++
	}
}
