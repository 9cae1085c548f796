package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"slices"

	"golang.org/x/term"

	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/report/explain"
	"github.com/icmpsniff/icmpsniff/track"
)

// outputBuffer is how much is gathered before it is written, where nobody waits for each line.
const outputBuffer = 256 << 10

// packetWriter is the pipeline's sink: packets in the format of -T, and, where people read them, the events between them.
type packetWriter struct {
	out     *bufio.Writer
	packets report.PacketPrinter
	lines   report.Lines   // how packets are written, if in lines
	story   *explain.Story // what is told instead of events; nil for none
	quiet   bool           // neither packets nor events
	notes   bool           // events
	clock   report.TimeFormat
	paint   report.Paint
	each    bool // write each packet at once
	wrote   bool // anything
	buf     []byte
	time    []byte
}

func newPacketWriter(o *options, stdout io.Writer) *packetWriter {
	w := &packetWriter{
		out:   bufio.NewWriterSize(stdout, outputBuffer),
		quiet: o.quiet,
		notes: (o.packets.lined() || o.packets.detailed()) && !o.onlyPackets(),
		clock: o.time,
		each:  o.lineByLine || isTerminal(stdout),
	}
	lines := report.Lines{Time: o.time, TwoPass: o.twoPass, Paired: !o.onlyPackets()}
	if !o.numeric || o.names != "" {
		lines.Names = report.LinkNames()
	}
	if o.color == "always" || o.color == "auto" && isTerminal(stdout) && os.Getenv("NO_COLOR") == "" {
		w.paint = report.Colors
	}
	w.lines = lines
	w.packets = packetPrinter(o, lines, w.paint)
	return w
}

// onlyPackets reports whether --report none asks for what tshark prints, and no more.
func (o *options) onlyPackets() bool {
	return !slices.ContainsFunc(o.targets, func(t report.Target) bool { return t.Format != "none" })
}

// width returns the number of characters in a line of the terminal that w is, 0 if it is none.
func width(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return columns
}

// isTerminal reports whether somebody reads w as it is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// begin prints what stands before the first packet.
func (w *packetWriter) begin() error {
	if w.quiet {
		return nil
	}
	return w.write(w.packets.Begin(w.buf[:0]))
}

// Packet prints a packet.
func (w *packetWriter) Packet(s *field.Subject) error {
	if w.quiet {
		return nil
	}
	w.buf = w.packets.Append(w.buf[:0], s)
	if w.story != nil {
		w.buf = w.story.Packet(w.buf, s)
	}
	return w.write(w.buf)
}

// Event prints what became known.
func (w *packetWriter) Event(e *track.Event, c field.Clock) error {
	switch {
	case w.quiet:
		return nil
	case w.story != nil:
		return w.write(w.story.Event(w.buf[:0], e))
	case !w.notes:
		return nil
	}
	w.time = w.clock.AppendMoment(w.time[:0], e.Time, c)
	w.buf = w.paint.StartNote(w.buf[:0])
	w.buf = report.AppendEvent(w.buf, e, w.time)
	w.buf = w.paint.End(w.buf)
	return w.write(append(w.buf, '\n'))
}

// Idle writes what waits while a live source is silent.
func (w *packetWriter) Idle() error { return w.out.Flush() }

// end prints what stands after the last packet.
func (w *packetWriter) end(t *track.Tracker) error {
	if w.quiet {
		return nil
	}
	err := w.write(w.packets.End(w.buf[:0]))
	if w.story != nil {
		err = errors.Join(err, w.write(w.story.End(w.buf[:0], t.Summary())))
	}
	return err
}

func (w *packetWriter) write(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	w.wrote = true
	_, err := w.out.Write(b)
	if err == nil && w.each {
		err = w.out.Flush()
	}
	return err
}
