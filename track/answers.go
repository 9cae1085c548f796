package track

import (
	"cmp"
	"slices"
)

// Answers is what a first pass over a capture learned of each request and reply, for the second: requests know their
// replies. It takes 24 bytes a packet that asks, answers or reports an error.
type Answers struct {
	notes []note // by frame
}

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
	a.notes = append(a.notes, n)
}

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

func (a *Answers) find(frame uint64) *note {
	i, ok := slices.BinarySearchFunc(a.notes, frame, func(n note, frame uint64) int { return cmp.Compare(n.frame>>16, frame) })
	if !ok {
		return nil
	}
	return &a.notes[i]
}
