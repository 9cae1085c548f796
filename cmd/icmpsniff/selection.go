package main

import (
	"io"

	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// selection is the sink for what -Y selects, where that is saved or counted.
type selection struct {
	*packetWriter
	saver *saver // nil if nothing is saved
	left  uint64 // packets until it is enough; 0 for no end
}

// Packet saves a packet and prints it.
func (s *selection) Packet(sub *field.Subject) error {
	last := s.saver != nil && !s.saver.pieces[sub.Packet.Number] && !s.saver.save(&sub.Packet.Frame)
	if s.left > 0 {
		s.left--
		last = last || s.left == 0
	}
	if err := s.packetWriter.Packet(sub); err != nil {
		return err
	}
	if last {
		return io.EOF
	}
	return nil
}

// pieces are the numbers of frames with fragments of datagrams. As a sink it gathers those of what is shown.
type pieces map[uint64]bool

// maxPieces bounds them: of more fragments no Decoder remembers where they belong.
const maxPieces = 1 << 20

// Packet gathers the fragments of a packet.
func (p pieces) Packet(s *field.Subject) error {
	for i := range s.Packet.Pieces {
		if len(p) < maxPieces {
			p[s.Packet.Pieces[i].Frame] = true
		}
	}
	return nil
}

// Event does nothing.
func (pieces) Event(*track.Event, field.Clock) error { return nil }

// Idle does nothing.
func (pieces) Idle() error { return nil }
