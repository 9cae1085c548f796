package report

import "github.com/icmpsniff/icmpsniff/field"

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
	dst = p.Paint.Start(dst, s.Packet)
	dst = p.Lines.Append(dst, s)
	return append(p.Paint.End(dst), '\n')
}

// End appends nothing.
func (*PacketLines) End(dst []byte) []byte { return dst }
