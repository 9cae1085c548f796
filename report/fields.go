package report

import "github.com/icmpsniff/icmpsniff/field"

// Fields prints a line for each packet, with the selected fields in columns: tshark -T fields.
type Fields struct {
	selection Selection
	form      FieldsForm
	reader    reader
}

// NewFields returns a printer of the selection. The lines say how columns such as _ws.col.Time are written, and whether
// what later frames tell is known.
func NewFields(selection Selection, form FieldsForm, lines Lines) *Fields {
	return &Fields{selection: selection, form: form, reader: newReader(lines)}
}

// Begin appends the byte order mark and the names, if they were asked for.
func (p *Fields) Begin(dst []byte) []byte {
	if p.form.BOM {
		dst = append(dst, "\ufeff"...)
	}
	if !p.form.Header {
		return dst
	}
	for i := range p.selection.items {
		if i > 0 {
			dst = append(dst, p.form.Separator)
		}
		dst = append(dst, p.selection.items[i].name...)
	}
	return append(dst, '\n')
}

// Append appends a packet's line.
func (p *Fields) Append(dst []byte, s *field.Subject) []byte {
	for i := range p.selection.items {
		if i > 0 {
			dst = append(dst, p.form.Separator)
		}
		item := &p.selection.items[i]
		if item.column != nil {
			dst = p.quote(dst)
			dst = item.column.append(&p.reader.lines, dst, s)
			dst = p.quote(dst)
			continue
		}
		values := p.form.Occurrence.of(p.reader.read(item.field, s))
		if len(values) == 0 {
			continue
		}
		dst = p.quote(dst)
		for j := range values {
			if j > 0 {
				dst = append(dst, p.form.Aggregator)
			}
			dst = p.reader.value(dst, item.field, s, values, j)
		}
		dst = p.quote(dst)
	}
	return append(dst, '\n')
}

// End appends nothing.
func (p *Fields) End(dst []byte) []byte { return dst }

// quote appends the quotation mark, if there is one.
func (p *Fields) quote(dst []byte) []byte {
	if p.form.Quote == 0 {
		return dst
	}
	return append(dst, p.form.Quote)
}
