package track

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Step is one of the first packets that asked for an address or answered, or the silence after one.
type Step struct {
	Kind          StepKind
	Protocol      Protocol
	Frame         uint64 // of a silence: the question's
	Time          int64  // ns since the Unix epoch; of a silence: when the timeout was over
	HasTime       bool
	Asker, Target netip.Addr // as Resolution has them; an announcement has no asker
	TargetMAC     [6]byte
	MAC           [6]byte // of whoever speaks
	Segments      []decode.Segment
	Answers       uint64 // of an answer: the frame of the question, 0 if that was not captured
	RTT           int64  // of an answer to a question: ns
	Probe         bool   // of questions and silences: whether the address may be used was asked, not where it is
	Copy          bool   // a packet seen again
}

// StepKind tells steps apart.
type StepKind uint8

// The kinds of steps.
const (
	StepQuestion StepKind = iota
	StepAnswer
	StepAnnouncement // of an address, unasked
	StepSilence      // nobody answered a question within the timeout
)

// maxSteps is how many steps are kept: the first ones.
const maxSteps = 200

// steps are the first ones. Their order is that in which they became known.
type steps struct {
	list    []Step
	omitted uint64
}

// step returns a new step to be filled in, nil if none are kept or there is no room for more.
func (t *Tracker) step(kind StepKind, key *resolutionKey, stack uint16, mac [6]byte) *Step {
	if t.history == nil {
		return nil
	}
	s := &t.history.steps
	if len(s.list) == maxSteps {
		s.omitted++
		return nil
	}
	s.list = append(s.list, Step{Kind: kind, Protocol: key.protocol, MAC: mac, Segments: t.stacks.segments(stack)})
	n := &s.list[len(s.list)-1]
	n.Asker, n.Target, n.TargetMAC = key.ends()
	if kind != StepAnnouncement {
		n.Probe = key.probing()
	}
	return n
}

// said records a packet that asks, answers or announces, once its relation is known.
func (t *Tracker) said(kind StepKind, p *decode.Packet, key *resolutionKey, mac [6]byte, r *Relation) {
	if t.history == nil {
		return
	}
	n := t.step(kind, key, t.stacks.of(p.Segments), mac)
	if n == nil {
		return
	}
	n.Frame, n.Time, n.HasTime = p.Number, p.Time, p.HasTime
	n.Copy = r.Has(Copy)
	switch kind {
	case StepAnswer:
		n.Answers, n.RTT = r.Peer, r.RTT
	case StepAnnouncement:
		n.Asker = netip.Addr{}
	}
}

// silence records that a question timed out.
func (t *Tracker) silence(q *question, key *resolutionKey, stack uint16, asker [6]byte) {
	if n := t.step(StepSilence, key, stack, asker); n != nil {
		n.Frame, n.Time, n.HasTime = q.frame, q.time+t.timeout, q.timed
	}
}
