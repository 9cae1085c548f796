package pipeline

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// Source delivers frames in order.
type Source interface {
	// Next fills f with the next frame. It returns io.EOF at the end, and any other error if the source failed.
	Next(f *decode.Frame) error
}

// LiveSource is a Source that may have nothing to deliver for a while.
type LiveSource interface {
	Source
	// NextBefore is Next that gives up with ErrTimeout at a deadline.
	NextBefore(f *decode.Frame, deadline time.Time) error
}

// ErrTimeout is returned by a LiveSource that delivered nothing before the deadline.
var ErrTimeout = errors.New("no frame in time")

// tick is how long a live source may stay silent before the tracker is told that time has passed. It bounds how late an
// unanswered request is noticed.
const tick = 100 * time.Millisecond

// Sink receives what is to be shown. An error ends the pass.
type Sink interface {
	// Packet is called for every packet that passed the filters.
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

	Capture func(f *decode.Frame) bool  // frames to look at; nil for all
	Shown   func(s *field.Subject) bool // packets to hand to the sink; nil for all
	Sink    Sink                        // nil to show nothing
	Answers *track.Answers              // of an earlier pass; nil if this is the only one
	Limit   uint64                      // frames to read, 0 for all
	OnFrame func(f *decode.Frame)       // called for every frame that passed Capture; may be nil
	Named   func(i uint32) string       // the name of a capturing interface, by Frame.Interface; nil if nobody asks

	relation track.Relation // of the current packet
}

// Counts says how much a pass has seen.
type Counts struct {
	Frames, Bytes uint64 // bytes as on the wire
	First, Last   int64  // times of the first and the last frame, ns since the Unix epoch
	HasTime       bool   // false if no frame carried one
	Digits        uint8  // the finest resolution of a frame's time
}

// Run reads the source to its end, to the limit, or until ctx is done, which is a clean end too. It returns what it
// counted, with the source's or the sink's error if that ended it.
func (r *Pass) Run(ctx context.Context) (Counts, error) {
	var counts Counts
	var p decode.Packet
	s := field.Subject{Packet: &p}
	s.Relation = &r.relation
	live, _ := r.Source.(LiveSource)
	stop := ctx.Done()
	var err error
	for read := uint64(0); r.Limit == 0 || read < r.Limit; {
		select {
		case <-stop:
			return counts, r.finish(&counts, &s)
		default:
		}
		if live != nil {
			err = live.NextBefore(&p.Frame, time.Now().Add(tick))
			if errors.Is(err, ErrTimeout) {
				if err = r.idle(time.Now().UnixNano(), &s); err != nil {
					return counts, err
				}
				continue
			}
		} else {
			err = r.Source.Next(&p.Frame)
		}
		if err != nil {
			break
		}
		read++
		if r.Capture != nil && !r.Capture(&p.Frame) {
			continue
		}
		if err = r.frame(&counts, &s); err != nil {
			return counts, err
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return counts, errors.Join(err, r.finish(&counts, &s))
}

// frame takes one frame through the stages.
func (r *Pass) frame(counts *Counts, s *field.Subject) error {
	p := s.Packet
	counts.add(&p.Frame)
	if r.OnFrame != nil {
		r.OnFrame(&p.Frame)
	}
	if p.HasTime {
		if err := r.events(r.Tracker.Advance(p.Time), s); err != nil {
			return err
		}
	}
	r.Decoder.Decode(p)
	r.relation = r.Tracker.Packet(p)
	if r.Answers != nil {
		if known, ok := r.Answers.Of(p.Number); ok {
			known.Conflict = r.relation.Conflict
			r.relation = known
		}
	}
	s.Set(p, &r.relation)
	if r.Named != nil {
		s.InterfaceName = r.Named(p.Interface)
	}
	if r.Sink != nil && (r.Shown == nil || r.Shown(s)) {
		if err := r.Sink.Packet(s); err != nil {
			return err
		}
		s.Shown()
	}
	return nil
}

// idle lets time pass while the wire is silent.
func (r *Pass) idle(now int64, s *field.Subject) error {
	if err := r.events(r.Tracker.Advance(now), s); err != nil {
		return err
	}
	if r.Sink == nil {
		return nil
	}
	return r.Sink.Idle()
}

// finish settles what the end of the capture settles.
func (r *Pass) finish(counts *Counts, s *field.Subject) error {
	return r.events(r.Tracker.Finish(counts.Last), s)
}

func (r *Pass) events(events []track.Event, s *field.Subject) error {
	if r.Sink == nil {
		return nil
	}
	for i := range events {
		if err := r.Sink.Event(&events[i], s); err != nil {
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

// Concerned reports whether a packet is one that is shown without a filter: ARP, RARP, ICMP, ICMPv6, IGMP, or a fragment
// of them.
func Concerned(p *decode.Packet) bool {
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Quoted > 0 {
			break
		}
		switch l.Kind {
		case decode.ARP, decode.ICMPv4, decode.ICMPv6, decode.IGMP:
			return true
		case decode.IPv4:
			if h := p.Header(l); l.Flags&decode.Fragment != 0 && len(h) >= 20 && (h[9] == 1 || h[9] == 2) {
				return true
			}
		case decode.IPv6Fragment:
			if h := p.Header(l); l.Flags&decode.Fragment != 0 && len(h) >= 8 && h[0] == 58 {
				return true
			}
		}
	}
	return false
}
