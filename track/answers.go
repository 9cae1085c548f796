package track

import "sort"

// Answers is what a first pass over a capture learned of each request and reply, for the second: requests know their
// replies. It takes 24 bytes a packet that asks, answers or reports an error. It belongs to one goroutine.
type Answers struct {
	pieces []*[notesInPiece]note // by frame, all but the last full: what lay in one piece would be copied, and kept twice, as it grows
	count  int                   // notes
	near   int                   // index of a note near the one that was found last
}

// notesInPiece is how many notes are made room for at a time.
const notesInPiece = 1 << 14

// note is a relation without what can be computed: frames are kept as distances, which fit into half the bytes.
type note struct {
	rtt    int64
	frame  uint64 // <<16, with Role<<8 and Marks below
	peer   int32  // frames from this one to its peer, 0 for none
	copyOf int32  // frames back to the one that this is a copy of, 0 for none
}

// Remember makes the tracker keep what Answers returns. It must be called before the first packet.
func (t *Tracker) Remember() { t.answers = &Answers{} }

// Answers returns what is known of each packet by now, or nil if Remember was not called.
func (t *Tracker) Answers() *Answers { return t.answers }

// Of returns what a frame is to all others, before and after it: a request has its first reply as Peer and that reply's
// RTT, or the mark Lost. It returns false for a frame that neither asks nor answers.
func (a *Answers) Of(frame uint64) (Relation, bool) {
	n := a.find(frame)
	if n == nil {
		return Relation{}, false
	}
	r := n.relation()
	if r.Role == Request && r.CopyOf != 0 {
		if original := a.find(r.CopyOf); original != nil {
			o := original.relation()
			r.Peer, r.RTT = o.Peer, o.RTT
			r.Marks |= o.Marks
		}
	}
	return r, true
}

func (n *note) relation() Relation {
	frame := n.frame >> 16
	r := Relation{Role: Role(n.frame >> 8), Marks: Mark(n.frame), RTT: n.rtt}
	if n.peer != 0 {
		r.Peer = frame + uint64(int64(n.peer))
	}
	if n.copyOf != 0 {
		r.CopyOf = frame - uint64(n.copyOf)
	}
	return r
}

// note keeps a packet's relation to those before it. Frames come in ascending order.
func (a *Answers) note(frame uint64, r *Relation) {
	n := note{frame: frame<<16 | uint64(r.Role)<<8 | uint64(r.Marks), rtt: r.RTT}
	if r.Peer != 0 {
		n.peer = int32(int64(r.Peer - frame))
	}
	if r.CopyOf != 0 {
		n.copyOf = int32(frame - r.CopyOf)
	}
	if a.count%notesInPiece == 0 {
		a.pieces = append(a.pieces, new([notesInPiece]note))
	}
	*a.at(a.count) = n
	a.count++
}

func (a *Answers) at(i int) *note { return &a.pieces[i/notesInPiece][i%notesInPiece] }

// answered adds to a request its first reply.
func (a *Answers) answered(request uint64, reply *Relation, frame uint64) {
	if n := a.find(request); n != nil {
		n.peer = int32(frame - request)
		n.rtt = reply.RTT
		n.frame = n.frame&^uint64(Lost) | uint64(reply.Marks&(Late|Backwards))
	}
}

// lost marks a request as lost.
func (a *Answers) lost(request uint64) {
	if n := a.find(request); n != nil {
		n.frame |= uint64(Lost)
	}
}

// find searches around what was found last, further and further: in a first pass requests are answered, and in a second packets are
// shown, in the order of their frames.
func (a *Answers) find(frame uint64) *note {
	before := func(i int) bool { return a.at(i).frame>>16 < frame }
	low, high := a.near, a.near // all below low are before, none from high on
	for step := 1; low > 0 && !before(low-1); step *= 2 {
		low, high = max(0, low-step), low-1
	}
	for step := 1; high < a.count && before(high); step *= 2 {
		low, high = high+1, min(a.count, high+1+step)
	}
	a.near = low + sort.Search(high-low, func(i int) bool { return !before(low + i) })
	if a.near == a.count || a.at(a.near).frame>>16 != frame {
		return nil
	}
	return a.at(a.near)
}
