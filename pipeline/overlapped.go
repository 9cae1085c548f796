package pipeline

import (
	"errors"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// Bounds of a batch, and how many are on their way. A batch is long enough that handing it to another goroutine, some
// microseconds, costs a frame next to nothing, and they all fit into a processor's second-level cache.
const (
	batchFrames = 2048
	batchBytes  = 256 << 10 // of the packets in it; the last may exceed it
	batches     = 4
)

// batch is what a run of frames says, and those packets that the messages refer to.
type batch struct {
	messages []track.Message
	packets  []decode.Packet // used again: those that the batch has are the first
	bytes    []byte          // what the packets borrowed
	drafts   Drafts          // of the packets that are shown; nil if nothing is
	shown    []uint16        // their messages
	silent   int64           // until when nothing more can come from a live source that had nothing, ns since the Unix epoch; 0: it had
	end      error           // why no batch follows; nil if one does
}

// Drafts are the packets of a batch, written before it is known what they are to others. Two goroutines use them by turns.
type Drafts interface {
	// Reset forgets all.
	Reset()
	// Add writes the next packet, whose Subject has no Relation, and reports whether there is room for more.
	Add(s *field.Subject) bool
	// Print prints the i-th packet, from 0, and what it is to others. An error ends the pass.
	Print(i int, r *track.Relation) error
}

// overlapped reads and decodes on one goroutine while another tracks what was read before. Of packets it hands on what they say,
// and what was written of them: a packet that is printed with all it has is cheaper to print where it was decoded, in the nearest
// cache.
func (r *Pass) overlapped() error {
	free, full := make(chan *batch, batches), make(chan *batch, batches)
	for range batches {
		b := &batch{messages: make([]track.Message, 0, batchFrames)}
		if r.Sink != nil {
			b.drafts = r.Drafts()
		}
		free <- b
	}
	go r.fillAll(free, full)
	s := new(second)
	for {
		b := <-full
		if err := r.track(b, s); err != nil {
			r.abandon(b, free, full)
			return err
		}
		if b.end != nil {
			return errors.Join(cleanEnd(b.end), r.events(r.Tracker.Finish(r.counts.Last), &s.clock))
		}
		free <- b
	}
}

// second is what the second stage keeps, apart from what the first one writes, so that they do not share a cache line.
type second struct {
	relation track.Relation
	clock    field.Clock
}

// abandon ends the first stage, whatever it has read.
func (r *Pass) abandon(b *batch, free chan<- *batch, full <-chan *batch) {
	for r.stopped.Store(true); b.end == nil; b = <-full {
		free <- b
	}
}

// fillAll is the first stage: it fills batches until the source ends.
func (r *Pass) fillAll(free chan *batch, full chan<- *batch) {
	for b := range free {
		r.fill(b)
		full <- b
		if b.end != nil {
			return
		}
		if r.live != nil && r.asked() {
			r.answerAlone(free)
		}
	}
}

// answerAlone answers once all batches are back: then nobody tracks.
func (r *Pass) answerAlone(free chan *batch) {
	var idle [batches]*batch
	for i := range idle {
		idle[i] = <-free
	}
	r.Answer()
	for _, b := range idle {
		free <- b
	}
}

// fill reads a batch and decodes it. What a live source delivers waits in it for no more than two ticks.
func (r *Pass) fill(b *batch) {
	b.messages, b.bytes, b.silent = b.messages[:0], b.bytes[:0], 0
	if b.drafts != nil {
		b.shown = b.shown[:0]
		b.drafts.Reset()
	}
	if r.live != nil {
		r.due = r.Now().Add(tick)
	}
	more := true
	for used := 0; more && len(b.messages) < batchFrames && len(b.bytes) < batchBytes; {
		if used == len(b.packets) {
			b.packets = append(b.packets, decode.Packet{})
		}
		p, m := &b.packets[used], &b.messages[:len(b.messages)+1][len(b.messages)]
		refers, err := r.read(p, m)
		switch {
		case err == nil:
		case errors.Is(err, ErrTimeout):
			b.silent = r.silentUntil()
			return
		default:
			b.end = err
			return
		}
		if b.drafts != nil && r.selects(p, nil) {
			b.shown = append(b.shown, uint16(len(b.messages)))
			more = b.drafts.Add(&r.subject)
			r.subject.Shown()
		}
		b.messages = b.messages[:len(b.messages)+1]
		if refers {
			b.keep(p)
			used++
		}
		if r.live != nil && b.old(p.Time) {
			return
		}
	}
}

// old reports whether a live source's frames have come for a tick by their own clock, which costs less to ask than the time of day. One
// that was set back makes a batch old, too.
func (b *batch) old(now int64) bool {
	first, _ := b.messages[0].Time()
	return uint64(now-first) > uint64(tick)
}

// keep makes a packet outlive its frame.
func (b *batch) keep(p *decode.Packet) {
	if n := p.Room(); n > cap(b.bytes)-len(b.bytes) {
		b.bytes = make([]byte, 0, 2*max(n, batchBytes)) // what was kept before stays where it is
	}
	b.bytes = p.Keep(b.bytes)
}

// track is the second stage: it takes what a batch says, and prints what was written of it.
func (r *Pass) track(b *batch, s *second) error {
	printed := 0
	for i := range b.messages {
		if err := r.take(&b.messages[i], &s.relation, &s.clock); err != nil {
			return err
		}
		if printed < len(b.shown) && int(b.shown[printed]) == i {
			if err := b.drafts.Print(printed, &s.relation); err != nil {
				return err
			}
			printed++
		}
	}
	if b.silent != 0 {
		return r.events(r.Tracker.Advance(b.silent), &s.clock)
	}
	return nil
}
