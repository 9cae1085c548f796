package report

import (
	"math"
	"strconv"
	"time"

	"github.com/icmpsniff/icmpsniff/field"
)

// JSONLines prints a JSON object a line for each packet (-T jsonl). Its keys, in this order: frame, time (RFC 3339, UTC;
// absent if the source kept none), src and dst (absent if the packet has none), protocol, length (on the wire, bytes), info;
// then the selected fields and columns under their own names, those that the packet has. Values have types: numbers,
// booleans, strings, and an array where a field occurs more than once. Addresses are never names.
type JSONLines struct {
	selection Selection
	reader    reader
	keys      [][]byte // of the selection, each with its comma and its colon
}

// NewJSONLines returns a printer of the packet's line and of the selection, which may be empty.
func NewJSONLines(selection Selection, lines Lines) *JSONLines {
	lines.Names = Names{}
	p := &JSONLines{selection: selection, reader: newReader(lines)}
	for _, item := range selection.items {
		p.keys = append(p.keys, append(appendJSONText([]byte{','}, []byte(item.name)), ':'))
	}
	return p
}

// Begin appends nothing.
func (p *JSONLines) Begin(dst []byte) []byte { return dst }

// Append appends a packet's object.
func (p *JSONLines) Append(dst []byte, s *field.Subject) []byte {
	k := s.Packet
	dst = strconv.AppendUint(append(dst, `{"frame":`...), k.Number, 10)
	if k.HasTime {
		dst = appendMoment(append(dst, `,"time":"`...), k.Time, k.Digits)
		dst = append(dst, '"')
	}
	if len(k.Source.Bytes) > 0 {
		dst = p.reader.lines.Names.appendAddress(append(dst, `,"src":"`...), k.Source)
		dst = append(dst, '"')
	}
	if len(k.Destination.Bytes) > 0 {
		dst = p.reader.lines.Names.appendAddress(append(dst, `,"dst":"`...), k.Destination)
		dst = append(dst, '"')
	}
	dst = appendProtocol(append(dst, `,"protocol":"`...), k)
	dst = strconv.AppendInt(append(dst, `","length":`...), int64(k.Length), 10)
	p.reader.scratch = p.reader.lines.appendInformation(p.reader.scratch[:0], s)
	dst = appendJSONText(append(dst, `,"info":`...), p.reader.scratch)
	for i := range p.selection.items {
		dst = p.member(dst, i, s)
	}
	return append(dst, '}', '\n')
}

// End appends nothing.
func (p *JSONLines) End(dst []byte) []byte { return dst }

// member appends a selected field or column, if the packet has it.
func (p *JSONLines) member(dst []byte, i int, s *field.Subject) []byte {
	item := &p.selection.items[i]
	if item.column != nil {
		return appendJSONText(append(dst, p.keys[i]...), p.reader.text(item.column, s))
	}
	values := p.reader.read(item.field, s)
	if len(values) == 0 || item.name == "frame" { // whose key is taken, by what every packet has
		return dst
	}
	dst = append(dst, p.keys[i]...)
	if len(values) > 1 {
		dst = append(dst, '[')
	}
	for j := range values {
		if j > 0 {
			dst = append(dst, ',')
		}
		dst = p.value(dst, item.field, &values[j])
	}
	if len(values) > 1 {
		dst = append(dst, ']')
	}
	return dst
}

// value appends one value with its type.
func (p *JSONLines) value(dst []byte, f *field.Field, v *field.Value) []byte {
	switch f.Type {
	case field.None, field.Protocol:
		return append(dst, "true"...)
	case field.Boolean:
		return strconv.AppendBool(dst, v.Uint != 0)
	case field.Double:
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) { // which JSON cannot say
			return append(dst, "null"...)
		}
		return f.Append(dst, v)
	case field.RelativeTime:
		return f.Append(dst, v)
	case field.AbsoluteTime:
		return append(appendMoment(append(dst, '"'), v.Int(), 9), '"')
	case field.String:
		return appendJSONText(dst, v.Bytes)
	}
	if f.Type.Unsigned() {
		return strconv.AppendUint(dst, v.Uint, 10)
	}
	if f.Type.Signed() {
		return strconv.AppendInt(dst, v.Int(), 10)
	}
	return append(f.Append(append(dst, '"'), v), '"')
}

// appendMoment appends a time as RFC 3339 has it, in UTC, with so many digits after the second's point.
func appendMoment(dst []byte, ns int64, digits uint8) []byte {
	at := time.Unix(0, ns).UTC()
	dst = at.AppendFormat(dst, "2006-01-02T15:04:05")
	return append(appendFraction(dst, uint64(at.Nanosecond()), digits), 'Z')
}
