package field

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// Subject is what fields are read from: a packet, what it is to other packets, and the times of the frames before it. The
// zero Subject is ready for the first frame. It is not safe for concurrent use.
type Subject struct {
	Packet *decode.Packet
	// Relation is nil where nothing follows who answers whom.
	Relation *track.Relation
	// InterfaceName is the name of the capturing interface, "" if it is not known.
	InterfaceName string
	// Follow asks to remember TCP streams and conversations, by which tshark tells data from protocols: some 200 KiB. It must be
	// set before the first packet.
	Follow bool

	first, previous, displayed int64 // times, ns
	time                       int64 // of this frame
	timed, shown               bool  // whether first and displayed are set
	text                       []byte

	streams  *streams // nil until there is something to follow
	repeated int      // the layer that is a TCP segment seen before, 0 for none
}

// Set makes a packet the subject. Call it for every frame read, in order, since some fields tell the time that passed
// between frames. r may be nil.
func (s *Subject) Set(p *decode.Packet, r *track.Relation) {
	s.Packet, s.Relation = p, r
	s.text = s.text[:0]
	s.previous = s.time
	s.repeated = 0
	if s.Follow {
		s.follow()
	}
	if !p.HasTime {
		return
	}
	s.time = p.Time
	if !s.timed {
		s.timed, s.first, s.previous = true, p.Time, p.Time
	}
	if !s.shown {
		s.displayed = p.Time
	}
}

// Shown says that the frame is displayed: frame.time_delta_displayed counts from it. Call it when the frame has been
// printed.
func (s *Subject) Shown() {
	if s.Packet.HasTime {
		s.displayed, s.shown = s.time, true
	}
}

// Restart forgets the frames before: a second pass begins.
func (s *Subject) Restart() { *s = Subject{Follow: s.Follow, text: s.text[:0]} }

// layer returns the i-th layer.
func (s *Subject) layer(i int) *decode.Layer { return &s.Packet.Layers[i] }

// written returns what was appended to s.text since it had the length n. Should s.text move to make room, what was
// returned before stays where it was.
func (s *Subject) written(n int) []byte { return s.text[n:len(s.text):len(s.text)] }
