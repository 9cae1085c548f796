package main

import (
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

// drafts are packets that are printed in two steps.
type drafts struct {
	to      *packetWriter
	printer report.Drafter
	text    []byte
	ends    []int // of the packets in text
	lacking []report.Draft
}

// drafts returns what makes room for a batch of drafts, nil if packets cannot be printed in two steps, or somebody waits for each.
func (w *packetWriter) drafts() func() pipeline.Drafts {
	printer, ok := report.AsDrafter(w.packets)
	if !ok || w.quiet || w.each || w.story != nil {
		return nil
	}
	return func() pipeline.Drafts { return &drafts{to: w, printer: printer} }
}

// Reset forgets all.
func (d *drafts) Reset() { d.text, d.ends, d.lacking = d.text[:0], d.ends[:0], d.lacking[:0] }

// Add writes a packet.
func (d *drafts) Add(s *field.Subject) {
	text, lacks := d.printer.Draft(d.text, s)
	d.text, d.ends, d.lacking = text, append(d.ends, len(text)), append(d.lacking, lacks)
}

// Print prints a packet.
func (d *drafts) Print(i int, r *track.Relation) error {
	start := 0
	if i > 0 {
		start = d.ends[i-1]
	}
	w := d.to
	w.buf = d.printer.Finish(append(w.buf[:0], d.text[start:d.ends[i]]...), d.lacking[i], r)
	return w.write(w.buf)
}
