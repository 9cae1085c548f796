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
	drafts  []report.Draft
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
func (d *drafts) Reset() { d.text, d.ends, d.drafts = d.text[:0], d.ends[:0], d.drafts[:0] }

// draftBytes is how much text is enough for a batch.
const draftBytes = 256 << 10

// Add writes a packet, and reports whether there is room for more.
func (d *drafts) Add(s *field.Subject) bool {
	d.drafts = append(d.drafts, report.Draft{})
	d.text = d.printer.Draft(d.text, &d.drafts[len(d.drafts)-1], s)
	d.ends = append(d.ends, len(d.text))
	return len(d.text) < draftBytes
}

// Print prints a packet.
func (d *drafts) Print(i int, r *track.Relation) error {
	start := 0
	if i > 0 {
		start = d.ends[i-1]
	}
	w := d.to
	w.buf = d.printer.Finish(w.buf[:0], d.text[start:d.ends[i]], &d.drafts[i], r)
	return w.write(w.buf)
}
