package track

import (
	"net/netip"
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Note is something about a capture that is worth a look: an address that two hosts claim, a sweep, an error that no host
// may send. There is one for each kind and subject, to which later packets are added. It holds facts; package report words them.
//
// What the addresses are depends on the kind, as NoteKind says; one that a kind does not need is the zero Addr.
type Note struct {
	Kind     NoteKind
	Severity Severity

	Source      netip.Addr       // who sent the packets: the sweeper, the router that redirects, the reporter of an error
	Destination netip.Addr       // to whom
	About       netip.Addr       // the address that it is about: the one claimed, the one redirected
	Via         netip.Addr       // the gateway that a redirect names
	MACs        [2][6]byte       // two MAC addresses, the earlier first; zero if the kind has none
	Segments    []decode.Segment // stack of the packets
	Detail      uint16           // tells apart what a kind has several of, as NoteKind says; 0 if it has not
	Value       uint64           // what the kind counts or measures, the most of it

	Frames []uint64 // the first of the packets, in order of capture, no more than eight
	Count  uint64   // of all the packets
	Time   int64    // of the packet that raised it, ns since the Unix epoch
}

// Severity says how much a note matters.
type Severity uint8

// The severities of notes.
const (
	SeverityInfo    Severity = iota + 1 // good to know; nothing is wrong
	SeverityWarning                     // unusual: a fault, or somebody who tries something
	SeverityError                       // breaks something, or forbidden by an RFC
)

// String returns "info", "warning" or "error".
func (s Severity) String() string { return [...]string{"", "info", "warning", "error"}[s] }

// Bounds of notes: what a list that people read may hold.
const (
	maxNotes      = 256 // of one kind
	maxNoteFrames = 8   // of one note
)

// noteSubject is what there is one note of. IPv4 addresses take the first four bytes, as in flowKey.
type noteSubject struct {
	kind                            NoteKind
	family                          uint8 // 4 or 6 if there are addresses
	stack                           uint16
	detail                          uint16
	source, destination, about, via [16]byte
	macs                            [2][6]byte
}

// finding is what raises a note: its subject, and facts that need not be the same in each packet.
type finding struct {
	noteSubject
	has      uint8    // which addresses there are: hasSource and so on; others show as none
	severity Severity // 0 takes the kind's
	value    uint64
	earlier  uint64 // frame before this one that belongs to it, such as the first claim; 0 if there is none
}

// What finding.has says.
const (
	hasSource uint8 = 1 << iota
	hasDestination
	hasAbout
	hasVia
)

// notes are those raised so far, in the order of raising.
type notes struct {
	list      []noteRow
	numbers   map[noteSubject]noteNumber
	ofKind    [len(noteKinds)]int // how many
	threshold thresholds
	omitted   uint64 // what could not be noted or watched for want of room
}

// noteNumber is the index of a note in the list, plus 1; 0 for none. There are few enough of them for 16 bits.
type noteNumber uint16

type noteRow struct {
	finding
	frames [maxNoteFrames]uint64
	last   uint64 // frame
	count  uint64
	time   int64
}

// note raises a note on a packet, given by its frame and capture time, or adds the packet to the one there is of the
// subject. Whoever finds something calls it for each packet that shows it:
//
//	f := finding{noteSubject: noteSubject{kind: NoteARPConflict, stack: stack, macs: [2][6]byte{first, second}}, earlier: claim.frame}
//	f.setAbout(address)
//	t.note(p.Number, p.Time, &f)
//
// The event that tells of it comes with the next Advance, once for each note. It returns the number of the note, 0 if there is
// none, with which noteRow.more adds packets faster. To add a kind: a line in noteKinds, one in report's noteSentences, a
// section in docs/notes.md.
func (t *Tracker) note(frame uint64, time int64, f *finding) noteNumber {
	n := &t.notes
	if number, ok := n.numbers[f.noteSubject]; ok {
		row := n.of(number)
		row.severity = max(row.severity, f.severity)
		row.more(frame, f.value)
		return number
	}
	switch {
	case n.threshold[f.kind] == off:
		return 0
	case n.ofKind[f.kind] == maxNotes:
		n.omitted++
		return 0
	}
	if n.numbers == nil {
		n.numbers = map[noteSubject]noteNumber{}
	}
	n.ofKind[f.kind]++
	row := noteRow{finding: *f, time: time}
	if f.earlier != 0 {
		row.see(f.earlier)
	}
	row.see(frame)
	n.list = append(n.list, row)
	number := noteNumber(len(n.list))
	n.numbers[f.noteSubject] = number
	t.raised = append(t.raised, Event{Kind: Noted, Time: time, Frame: frame, Note: row.note(&t.stacks)})
	t.wakeAt(t.clock.now)
	return number
}

// of returns the row of a number other than 0.
func (n *notes) of(number noteNumber) *noteRow { return &n.list[number-1] }

// more adds a packet to a note, with what its kind counts or measures by now.
func (r *noteRow) more(frame, value uint64) {
	r.value = max(r.value, value)
	r.see(frame)
}

// see adds a frame, unless it was the last to be added. Frame 0 stands for none.
func (r *noteRow) see(frame uint64) {
	if r.last == frame {
		return
	}
	r.last = frame
	if r.count < maxNoteFrames {
		r.frames[r.count] = frame
	}
	r.count++
}

// note returns the row as others see it, in memory of its own.
func (r *noteRow) note(s *stacks) *Note {
	n := &Note{
		Kind: r.kind, Severity: r.severity, MACs: r.macs, Segments: s.segments(r.stack), Detail: r.detail, Value: r.value,
		Frames: slices.Clone(r.frames[:min(r.count, maxNoteFrames)]), Count: r.count, Time: r.time,
	}
	if n.Severity == 0 {
		n.Severity = noteKinds[r.kind].severity
	}
	for i, a := range [...]struct {
		to   *netip.Addr
		from *[16]byte
	}{{&n.Source, &r.source}, {&n.Destination, &r.destination}, {&n.About, &r.about}, {&n.Via, &r.via}} {
		if r.has&(1<<i) != 0 {
			*a.to = addressOf(a.from, addressLength(r.family))
		}
	}
	return n
}

// rows returns the notes in order of their first frame, first those without any.
func (n *notes) rows(s *stacks) []Note {
	all := make([]Note, len(n.list))
	for i := range n.list {
		all[i] = *n.list[i].note(s)
	}
	slices.SortStableFunc(all, func(a, b Note) int {
		return slices.Compare(a.Frames[:min(1, len(a.Frames))], b.Frames[:min(1, len(b.Frames))])
	})
	return all
}

// setEnds sets who sent a packet and to whom, if those are addresses of IP.
func (f *finding) setEnds(p *decode.Packet) {
	f.setSource(p.Source.Bytes)
	f.setDestination(p.Destination.Bytes)
}

// addressLength is the number of bytes of an address of a family.
func addressLength(family uint8) int {
	if family == 4 {
		return 4
	}
	return 16
}

func (f *finding) setSource(a []byte)      { f.set(&f.source, hasSource, a) }
func (f *finding) setDestination(a []byte) { f.set(&f.destination, hasDestination, a) }
func (f *finding) setAbout(a []byte)       { f.set(&f.about, hasAbout, a) }
func (f *finding) setVia(a []byte)         { f.set(&f.via, hasVia, a) }

// set sets an address of 4 or 16 bytes; one of another length is left out.
func (f *finding) set(field *[16]byte, which uint8, a []byte) {
	switch len(a) {
	case 4:
		f.family = 4
	case 16:
		f.family = 6
	default:
		return
	}
	f.has |= which
	copy(field[:], a)
}
