package report

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

var frameRows = []row{
	show("frame.section_number"),
	show("frame.interface_id", show("frame.interface_name")).with(func(t *tree, _ *field.Value) {
		t.str(" (").repeat(interfaceNameField, "", "")
		t.str(")")
	}),
	show("frame.encap_type"),
	show("frame.time"),
	known("frame.offset_shift"),
	show("frame.time_epoch"),
	known("frame.time_delta"),
	known("frame.time_delta_displayed"),
	known("frame.time_relative"),
	show("frame.number"),
	show("frame.len").called("Frame Length").with(sizeOf),
	show("frame.cap_len").called("Capture Length").with(sizeOf),
	known("frame.marked"),
	known("frame.ignored"),
	known("frame.protocols"),
}

var (
	frameField         = show("frame").field
	interfaceNameField = show("frame.interface_name").field
)

// frame adds what is known of the frame as a whole.
func (t *tree) frame() {
	p := t.s.Packet
	t.addNode(&frameRow, field.Value{Bytes: p.Data, Uint: uint64(len(p.Data))})
}

var frameRow = row{field: frameField, rows: frameRows, label: func(t *tree, _ *field.Value) {
	p := t.s.Packet
	t.str("Frame ").uint(p.Number).str(": ")
	t.size(uint64(p.Length), "on wire").str(", ").size(uint64(len(p.Data)), "captured")
	if p.Section != 0 {
		t.str(" on interface ").repeat(interfaceNameField, "", "")
		t.str(", id ").uint(uint64(p.Interface))
	}
}}

// size writes a number of bytes, and of bits.
func (t *tree) size(n uint64, where string) *tree {
	return t.plural(n, " byte").str(" ").str(where).str(" (").uint(n * 8).str(" bits)")
}

func sizeOf(t *tree, v *field.Value) {
	if v.Uint == 1 {
		t.str(" byte (")
	} else {
		t.str(" bytes (")
	}
	t.uint(v.Uint * 8).str(" bits)")
}

// plural writes a number and a noun.
func (t *tree) plural(n uint64, noun string) *tree {
	t.uint(n).str(noun)
	if n != 1 {
		t.str("s")
	}
	return t
}

// verdict adds what is wrong with the frame as a whole.
func (t *tree) verdict() {
	switch t.s.Packet.Verdict {
	case decode.Limited:
		t.broken("[Packet size limited during capture: ", " truncated]")
	case decode.Malformed:
		t.broken("[Malformed Packet: ", "]")
		t.depth++
		t.remark(&malformed)
		t.begin(verdictFields[decode.Malformed], field.Value{}, hidden)
		t.str("Malformed Packet").end()
		t.depth--
	case decode.Unreassembled:
		t.broken("[BoundErrorUnreassembled Packet: ", "]")
	}
}

var malformed = remark{
	field:    &field.Field{Name: "_ws.malformed.expert", Label: "Malformed Packet (Exception occurred)", Type: field.None, Protocol: "_ws.malformed"},
	severity: grave, group: onMalformed, text: says("Malformed Packet (Exception occurred)"),
}

// verdictFields are the protocols that JSON has for verdicts.
var verdictFields = map[decode.Verdict]*field.Field{
	decode.Limited:       {Name: "_ws.short", Label: "Short Frame", Type: field.Protocol, Protocol: "_ws.short"},
	decode.Malformed:     {Name: "_ws.malformed", Label: "Malformed Packet", Type: field.Protocol, Protocol: "_ws.malformed"},
	decode.Unreassembled: {Name: "_ws.unreassembled", Label: "Unreassembled Fragmented Packet", Type: field.Protocol, Protocol: "_ws.unreassembled"},
}

// broken adds a verdict with the name of the protocol that the bytes ended in.
func (t *tree) broken(before, after string) {
	p := t.s.Packet
	t.begin(verdictFields[p.Verdict], field.Value{}, plain)
	t.str(before)
	switch top := p.Summary(); {
	case top == nil:
	case top.Kind == decode.ARP:
		t.str("ARP/RARP")
	default:
		t.text = appendKind(t.text, p, top)
	}
	t.str(after).end()
}
