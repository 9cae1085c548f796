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

// Drafter is a PacketPrinter that can write what a packet says before it is known what the packet is to others. Draft and Finish may be
// called by two goroutines.
type Drafter interface {
	PacketPrinter
	// Draft appends what the packet says, and makes d the rest of what is known.
	Draft(dst []byte, d *Draft, s *field.Subject) []byte
	// Finish appends all of the packet: text is what Draft appended, and r may be nil.
	Finish(dst, text []byte, d *Draft, r *track.Relation) []byte
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
func (p wholeDraft) Draft(dst []byte, _ *Draft, s *field.Subject) []byte { return p.Append(dst, s) }

// Finish appends the draft.
func (wholeDraft) Finish(dst, text []byte, _ *Draft, _ *track.Relation) []byte {
	return append(dst, text...)
}

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
	return p.end(p.Lines.Append(p.Paint.Start(dst, s.Packet), s))
}

// Draft appends what the packet says, and makes d the rest of what is known.
func (p *PacketLines) Draft(dst []byte, d *Draft, s *field.Subject) []byte {
	p.Lines.draft(d, s)
	if p.Paint.end != "" {
		d.shade = shadeOf(s.Packet)
	}
	d.source.keep(s.Packet.Source)
	d.destination.keep(s.Packet.Destination)
	return p.Lines.appendMiddle(dst, s.Packet)
}

// Finish appends the line of a draft.
func (p *PacketLines) Finish(dst, text []byte, d *Draft, r *track.Relation) []byte {
	dst = p.Lines.appendStart(p.Paint.start(dst, d.shade), d)
	dst = append(p.Lines.appendAddresses(dst, d.source.address(), d.destination.address()), text...)
	return p.end(p.Lines.appendEnd(dst, d, r))
}

// end appends the end of a line.
func (p *PacketLines) end(dst []byte) []byte { return append(p.Paint.End(dst), '\n') }

// End appends nothing.
func (*PacketLines) End(dst []byte) []byte { return dst }
