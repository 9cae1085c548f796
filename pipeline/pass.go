package pipeline

import (
	"context"
	"errors"
	"io"
	"math"
	"os"
	"sync/atomic"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// Sink receives what is to be shown. An error ends the pass.
type Sink interface {
	// Packet is called for every packet that passed the filters. All of it is lent until the call returns. io.EOF says that
	// enough was shown, which is a clean end.
	Packet(s *field.Subject) error
	// Event is called for everything that became known since the last packet.
	Event(e *track.Event, c field.Clock) error
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
	Drafts  func() Drafts                // room for a batch of packets that are printed in two steps; nil if Sink prints them. Not for live sources
	Answers *track.Answers               // of an earlier pass; nil if this is the only one
	Limit   uint64                       // frames to read, 0 for all
	OnFrame func(f *decode.Frame) bool   // called for every frame that passed Capture, before it is decoded; false if it is the last; may be nil
	Named   func(f *decode.Frame) string // the name of a frame's interface; nil if nobody asks
	Now     func() time.Time             // the time by a live source's clock; nil for the time of day
	Asked   <-chan os.Signal             // for Answer, which a live pass calls between two packets; nil if nobody asks
	Answer  func()                       // may look at all that belongs to the pass

	live     LiveSource    // Source, if it is one
	packet   decode.Packet // the current one
	reader   track.Reader
	message  track.Message // what the current one says
	relation track.Relation
	subject  field.Subject
	clock    field.Clock
	counts   Counts
	stopped  atomic.Bool   // asking a context itself takes longer than reading a frame
	left     uint64        // frames to read
	seen     atomic.Uint64 // counts.Frames, a little late
	due      time.Time     // when a live source that has nothing is to say so
}

// Counts says how much a pass has seen.
type Counts struct {
	Frames, Bytes uint64 // bytes as on the wire
	First, Last   int64  // the earliest and the latest time of a frame, ns since the Unix epoch
	HasTime       bool   // false if no frame carried one
	Digits        uint8  // the finest resolution of a frame's time
}

// Run reads the source to its end, to the limit, or until ctx is done, which is a clean end too; what has arrived at a live source by
// then is read: the reply that somebody saw before they pressed Ctrl-C is not to be called missing. It returns what it
// counted, with the source's or the sink's error if that ended it. What was read before the source's error is shown before.
func (r *Pass) Run(ctx context.Context) (Counts, error) {
	r.subject.Follow = r.Named != nil // fields are read
	r.live, _ = r.Source.(LiveSource)
	if r.Now == nil {
		r.Now = time.Now
	}
	r.left = math.MaxUint64
	if r.Limit > 0 {
		r.left = r.Limit
	}
	stop := func() { r.stopped.Store(true) }
	if r.live != nil {
		stop = r.live.Stop
	}
	if ctx.Err() != nil {
		stop()
	}
	defer context.AfterFunc(ctx, stop)()
	var err error
	if r.Sink == nil || r.Drafts != nil {
		err = r.overlapped()
	} else {
		err = r.inTurn()
	}
	return r.counts, err
}

// Counts returns what was seen until now. While Run runs, only Answer and the sink may ask.
func (r *Pass) Counts() Counts { return r.counts }

// Seen returns how many frames were read, less a few. Any goroutine may call it.
func (r *Pass) Seen() uint64 { return r.seen.Load() }

// inTurn takes each packet through all stages before it reads the next. There is a sink.
func (r *Pass) inTurn() error {
	p := &r.packet
	for {
		if r.live != nil {
			if r.asked() {
				r.Answer()
			}
			r.due = r.Now().Add(tick)
		}
		_, err := r.read(p, &r.message)
		if errors.Is(err, ErrTimeout) {
			if err := r.idle(); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return errors.Join(cleanEnd(err), r.events(r.Tracker.Finish(r.counts.Last), &r.clock))
		}
		if err := r.take(&r.message, &r.relation, &r.clock); err != nil {
			return err
		}
		if err := r.show(); errors.Is(err, io.EOF) {
			r.left = 0
		} else if err != nil {
			return err
		}
	}
}

// read fills p with the next frame that passes the capture filter, and m with what it says. It reports whether m refers to
// p. The error is io.EOF at the end.
func (r *Pass) read(p *decode.Packet, m *track.Message) (refers bool, err error) {
	for {
		if err := r.next(&p.Frame); err != nil {
			return false, err
		}
		if r.left--; r.Capture == nil || r.Capture(&p.Frame) {
			break
		}
	}
	r.counts.add(&p.Frame)
	if r.counts.Frames%1024 == 0 { // what another goroutine may read costs as much as the rest
		r.seen.Store(r.counts.Frames)
	}
	if r.OnFrame != nil && !r.OnFrame(&p.Frame) {
		r.left = 0
	}
	r.Decoder.Decode(p)
	return r.reader.Read(p, m), nil
}

// next reads a frame, unless the pass is to end.
func (r *Pass) next(f *decode.Frame) error {
	switch {
	case r.left == 0 || r.stopped.Load():
		return io.EOF
	case r.live != nil:
		return r.live.NextBefore(f, r.due)
	}
	return r.Source.Next(f)
}

// cleanEnd returns what went wrong where reading ended, nil if nothing did.
func cleanEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// take tracks a packet by what it says. What became known before it is told first.
func (r *Pass) take(m *track.Message, relation *track.Relation, c *field.Clock) error {
	time, ok := m.Time()
	if ok {
		if err := r.events(r.Tracker.Advance(time), c); err != nil {
			return err
		}
	}
	c.See(time, ok, m.Digits())
	r.Tracker.Take(m, relation)
	if r.Answers == nil {
		return nil
	}
	// What an earlier pass learned takes the place of what this one knows by now.
	if known, ok := r.Answers.Of(m.Frame()); ok {
		known.Conflict = relation.Conflict
		*relation = known
	}
	return nil
}

// show hands the packet to the sink, if it is to be shown.
func (r *Pass) show() error {
	if !r.selects(&r.packet, &r.relation) {
		return nil
	}
	if err := r.Sink.Packet(&r.subject); err != nil {
		return err
	}
	r.subject.Shown()
	return nil
}

// selects makes a packet the subject, and reports whether it is to be shown.
func (r *Pass) selects(p *decode.Packet, relation *track.Relation) bool {
	s := &r.subject
	s.Set(p, relation)
	if r.Named != nil {
		s.InterfaceName = r.Named(&p.Frame)
	}
	return r.Shown == nil || r.Shown(s)
}

// idle lets time pass while the wire is silent.
func (r *Pass) idle() error {
	if err := r.events(r.Tracker.Advance(r.silentUntil()), &r.clock); err != nil {
		return err
	}
	return r.Sink.Idle()
}

// asked reports whether somebody waits for Answer.
func (r *Pass) asked() bool {
	select {
	case <-r.Asked:
		return true
	default:
		return false
	}
}

// silentUntil is until when nothing more can come from a live source that has nothing, ns since the Unix epoch.
func (r *Pass) silentUntil() int64 { return r.Now().Add(-lag).UnixNano() }

// events hands the sink what became known.
func (r *Pass) events(events []track.Event, c *field.Clock) error {
	if len(events) == 0 || r.Sink == nil {
		return nil
	}
	for i := range events {
		if err := r.Sink.Event(&events[i], *c); err != nil {
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
		c.HasTime, c.First, c.Last = true, f.Time, f.Time
	}
	c.First, c.Last = min(c.First, f.Time), max(c.Last, f.Time)
}
