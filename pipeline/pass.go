package pipeline

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// Sink receives what is to be shown. An error ends the pass.
type Sink interface {
	// Packet is called for every packet that passed the filters. All of it is lent until the call returns.
	Packet(s *field.Subject) error
	// Event is called for everything that became known since the last packet.
	Event(e *track.Event, s *field.Subject) error
	// Idle is called when a live source has nothing to deliver, for output that waits in buffers.
	Idle() error
}

// Pass is one run over a source.
type Pass struct {
	Source  Source
	Decoder *decode.Decoder
	Tracker *track.Tracker

	Capture func(f *decode.Frame) bool   // frames to look at; nil for all
	Shown   func(s *field.Subject) bool  // packets to hand to the sink; nil for all
	Sink    Sink                         // nil to show nothing
	Answers *track.Answers               // of an earlier pass; nil if this is the only one
	Limit   uint64                       // frames to read, 0 for all
	OnFrame func(f *decode.Frame)        // called for every frame that passed Capture; may be nil
	Named   func(f *decode.Frame) string // the name of a frame's interface; nil if nobody asks

	live     LiveSource       // Source, if it is one
	now      func() time.Time // the time of day, which tests set
	packet   decode.Packet    // the current one
	relation track.Relation
	subject  field.Subject
	counts   Counts
}

// Counts says how much a pass has seen.
type Counts struct {
	Frames, Bytes uint64 // bytes as on the wire
	First, Last   int64  // times of the first and the last frame, ns since the Unix epoch
	HasTime       bool   // false if no frame carried one
	Digits        uint8  // the finest resolution of a frame's time
}

// Run reads the source to its end, to the limit, or until ctx is done, which is a clean end too. It returns what it
// counted, with the source's or the sink's error if that ended it. What was read before the source's error is shown before.
func (r *Pass) Run(ctx context.Context) (Counts, error) {
	r.subject.Packet, r.subject.Relation = &r.packet, &r.relation
	r.subject.Follow = r.Named != nil // fields are read
	r.live, _ = r.Source.(LiveSource)
	if r.now == nil {
		r.now = time.Now
	}
	var stopped atomic.Bool // asking ctx itself takes longer than reading a frame
	stopped.Store(ctx.Err() != nil)
	defer context.AfterFunc(ctx, func() { stopped.Store(true) })()

	var ended error
	for read := uint64(0); !stopped.Load() && (r.Limit == 0 || read < r.Limit); {
		if err := r.next(); errors.Is(err, ErrTimeout) {
			if err := r.idle(); err != nil {
				return r.counts, err
			}
			continue
		} else if err != nil {
			if !errors.Is(err, io.EOF) {
				ended = err
			}
			break
		}
		read++
		if r.Capture != nil && !r.Capture(&r.packet.Frame) {
			continue
		}
		if err := r.frame(); err != nil {
			return r.counts, err
		}
	}
	return r.counts, errors.Join(ended, r.events(r.Tracker.Finish(r.counts.Last)))
}

// next reads a frame.
func (r *Pass) next() error {
	if r.live != nil {
		return r.live.NextBefore(&r.packet.Frame, r.now().Add(tick))
	}
	return r.Source.Next(&r.packet.Frame)
}

// frame takes one frame through the stages.
func (r *Pass) frame() error {
	p := &r.packet
	r.counts.add(&p.Frame)
	if r.OnFrame != nil {
		r.OnFrame(&p.Frame)
	}
	if p.HasTime {
		if err := r.events(r.Tracker.Advance(p.Time)); err != nil {
			return err
		}
	}
	r.Decoder.Decode(p)
	r.Tracker.Packet(p, &r.relation)
	if r.Answers != nil {
		r.recall()
	}
	if r.Sink == nil {
		return nil
	}
	return r.show()
}

// recall puts what an earlier pass learned of the packet in place of what this one knows by now.
func (r *Pass) recall() {
	if known, ok := r.Answers.Of(r.packet.Number); ok {
		known.Conflict = r.relation.Conflict
		r.relation = known
	}
}

// show hands the packet to the sink, if it is to be shown.
func (r *Pass) show() error {
	s := &r.subject
	s.Set(&r.packet, &r.relation)
	if r.Named != nil {
		s.InterfaceName = r.Named(&r.packet.Frame)
	}
	if r.Shown != nil && !r.Shown(s) {
		return nil
	}
	if err := r.Sink.Packet(s); err != nil {
		return err
	}
	s.Shown()
	return nil
}

// idle lets time pass while the wire is silent.
func (r *Pass) idle() error {
	if err := r.events(r.Tracker.Advance(r.now().Add(-lag).UnixNano())); err != nil {
		return err
	}
	if r.Sink == nil {
		return nil
	}
	return r.Sink.Idle()
}

// events hands the sink what became known.
func (r *Pass) events(events []track.Event) error {
	if r.Sink == nil {
		return nil
	}
	for i := range events {
		if err := r.Sink.Event(&events[i], &r.subject); err != nil {
			return err
		}
	}
	return nil
}

func (c *Counts) add(f *decode.Frame) {
	c.Frames++
	c.Bytes += uint64(f.Length)
	c.Digits = max(c.Digits, f.Digits)
	if !f.HasTime {
		return
	}
	if !c.HasTime {
		c.HasTime = true
		c.First = f.Time
	}
	c.Last = f.Time
}
