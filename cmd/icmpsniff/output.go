package main

import (
	"bufio"
	"io"
	"os"

	"golang.org/x/term"

	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

// outputBuffer is how much is gathered before it is written, where nobody waits for each line.
const outputBuffer = 256 << 10

// linePrinter is the pipeline's sink for packet lines and the events between them.
type linePrinter struct {
	out   *bufio.Writer
	lines report.Lines
	paint report.Paint
	each  bool // write each line at once
	wrote bool // a line
	buf   []byte
	time  []byte
}

func newLinePrinter(o *options, stdout io.Writer) *linePrinter {
	l := &linePrinter{
		out:   bufio.NewWriterSize(stdout, outputBuffer),
		lines: report.Lines{Time: o.time, TwoPass: o.twoPass},
		each:  o.lineByLine,
	}
	if !o.numeric || o.names != "" {
		l.lines.Names = report.LinkNames()
	}
	if o.color == "always" || o.color == "auto" && isTerminal(stdout) && os.Getenv("NO_COLOR") == "" {
		l.paint = report.Colors
	}
	if isTerminal(stdout) && o.live() {
		l.each = true
	}
	return l
}

// isTerminal reports whether somebody reads w as it is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Packet prints a packet's line.
func (l *linePrinter) Packet(s *field.Subject) error {
	l.buf = l.paint.Start(l.buf[:0], s.Packet)
	l.buf = l.lines.Append(l.buf, s)
	l.buf = l.paint.End(l.buf)
	return l.write(append(l.buf, '\n'))
}

// Event prints what became known.
func (l *linePrinter) Event(e *track.Event, s *field.Subject) error {
	l.time = l.lines.Time.AppendMoment(l.time[:0], e.Time, s)
	l.buf = l.paint.StartNote(l.buf[:0])
	l.buf = report.AppendEvent(l.buf, e, l.time)
	l.buf = l.paint.End(l.buf)
	return l.write(append(l.buf, '\n'))
}

// Idle writes what waits while a live source is silent.
func (l *linePrinter) Idle() error { return l.out.Flush() }

func (l *linePrinter) write(b []byte) error {
	l.wrote = true
	_, err := l.out.Write(b)
	if err == nil && l.each {
		err = l.out.Flush()
	}
	return err
}
