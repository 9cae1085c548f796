package report

import (
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// PacketPrinter prints packets in one format, one after another. What it appends is complete: line breaks, commas and
// blank lines between packets are the printer's own business. A printer is not safe for concurrent use, and allocates
// nothing for a packet once dst is long enough.
type PacketPrinter interface {
	// Begin appends what stands before the first packet.
	Begin(dst []byte) []byte
	// Append appends a packet that is displayed.
	Append(dst []byte, s *field.Subject) []byte
	// End appends what stands after the last packet.
	End(dst []byte) []byte
}

// Drafter is a PacketPrinter that can write a packet before it is known what it is to others. Draft and Finish may be called by two
// goroutines.
type Drafter interface {
	PacketPrinter
	// Draft appends as much of a packet as the packet itself tells.
	Draft(dst []byte, s *field.Subject) ([]byte, Draft)
	// Finish appends to a draft what it lacks; r may be nil.
	Finish(dst []byte, d Draft, r *track.Relation) []byte
}

// AsDrafter returns the printer as a Drafter, and false if what it prints depends on others throughout.
func AsDrafter(p PacketPrinter) (Drafter, bool) {
	switch p := p.(type) {
	case *PacketLines:
		return p, true
	case *Fields:
		return wholeDraft{p}, p.selection.alone()
	}
	return nil, false
}

// wholeDraft is a Drafter whose drafts lack nothing.
type wholeDraft struct{ PacketPrinter }

// Draft appends the packet.
func (p wholeDraft) Draft(dst []byte, s *field.Subject) ([]byte, Draft) {
	return p.Append(dst, s), Draft{}
}

// Finish appends nothing.
func (wholeDraft) Finish(dst []byte, _ Draft, _ *track.Relation) []byte { return dst }

// Sequence prints every packet in several forms, one under the other.
type Sequence []PacketPrinter

// Begin appends what the forms begin with.
func (q Sequence) Begin(dst []byte) []byte {
	for _, p := range q {
		dst = p.Begin(dst)
	}
	return dst
}

// Append appends a packet in each form.
func (q Sequence) Append(dst []byte, s *field.Subject) []byte {
	for _, p := range q {
		dst = p.Append(dst, s)
	}
	return dst
}

// End appends what the forms end with.
func (q Sequence) End(dst []byte) []byte {
	for _, p := range q {
		dst = p.End(dst)
	}
	return dst
}

// PacketLines prints a packet's summary on a line, in colour if there is a Paint.
type PacketLines struct {
	Lines Lines
	Paint Paint
}

// Begin appends nothing.
func (*PacketLines) Begin(dst []byte) []byte { return dst }

// Append appends the line of a packet.
func (p *PacketLines) Append(dst []byte, s *field.Subject) []byte {
	dst, d := p.Draft(dst, s)
	return p.Finish(dst, d, s.Relation)
}

// Draft appends as much of the line as the packet itself tells.
func (p *PacketLines) Draft(dst []byte, s *field.Subject) ([]byte, Draft) {
	return p.Lines.Draft(p.Paint.Start(dst, s.Packet), s)
}

// Finish appends the rest of the line.
func (p *PacketLines) Finish(dst []byte, d Draft, r *track.Relation) []byte {
	return append(p.Paint.End(p.Lines.Finish(dst, d, r)), '\n')
}

// End appends nothing.
func (*PacketLines) End(dst []byte) []byte { return dst }
