package report

import (
	"slices"
	"strings"

	"github.com/icmpsniff/icmpsniff/field"
)

// Selection is what -e names: fields, and columns of the packet lines. The zero Selection is empty.
type Selection struct {
	items []selected
}

// selected is one -e: a field, or a column.
type selected struct {
	name   string // as it was spelt
	field  *field.Field
	column *lineColumn
}

// Select looks up names such as ip.ttl and _ws.col.Info. The error is an [*UnknownFields].
func Select(names []string) (Selection, error) {
	var s Selection
	var unknown UnknownFields
	for _, name := range names {
		item := selected{name: name, column: lookupColumn(name)}
		if item.column == nil {
			item.field, _ = field.Lookup(name)
		}
		if item.column == nil && item.field == nil {
			unknown.Names = append(unknown.Names, name)
		}
		s.items = append(s.items, item)
	}
	if unknown.Names != nil {
		return Selection{}, &unknown
	}
	return s, nil
}

// Empty reports whether nothing is selected.
func (s *Selection) Empty() bool { return len(s.items) == 0 }

// alone reports whether all that is selected is known from each packet alone.
func (s *Selection) alone() bool {
	return !slices.ContainsFunc(s.items, func(i selected) bool {
		return i.column != nil && i.column.related || i.field != nil && i.field.Known != field.Decoded
	})
}

// UnknownFields is the error of names that no field and no column has.
type UnknownFields struct{ Names []string }

// Error is tshark's sentence, which lists the names, the last first, with what may have been meant.
func (e *UnknownFields) Error() string {
	var b strings.Builder
	b.WriteString("Some fields aren't valid:")
	for _, name := range slices.Backward(e.Names) {
		b.WriteString("\n\t" + escaped(name) + meant(name))
	}
	return b.String()
}

// meant returns, in parentheses, what a name that does not exist may stand for.
func meant(name string) string {
	if strings.HasPrefix(name, columnPrefix) {
		titles := make([]string, len(lineColumns))
		for i := range lineColumns {
			titles[i] = lineColumns[i].title
		}
		return " (the columns are " + strings.Join(titles, ", ") + ")"
	}
	if near := field.Near(name); name != "" && near != "" {
		return " (did you mean " + near + "?)"
	}
	return ""
}

// reader reads what is selected from one packet after another, with memory of its own, so that no packet costs any.
type reader struct {
	lines   Lines
	tree    tree // of the packet whose protocols were asked for last
	values  []field.Value
	scratch []byte
}

func newReader(lines Lines) reader {
	details := DetailOptions{Names: lines.Names, TwoPass: lines.TwoPass}
	return reader{lines: lines, tree: details.tree()}
}

// read returns the values of a field, valid until the next call. What only later frames tell is not known in a first pass,
// where tshark's fields are empty, too.
func (r *reader) read(f *field.Field, s *field.Subject) []field.Value {
	if f.Known == field.Later && !r.lines.TwoPass {
		return nil
	}
	r.values = f.Values(s, r.values[:0])
	return r.values
}

// value appends the i-th value of a field as tshark -T fields, -T json and -T ek write it with -e. Text from the frame is
// escaped. A protocol is its title in the tree, if that says more than a name ("Ethernet II, Src: …"), else its short name;
// data are the bytes.
func (r *reader) value(dst []byte, f *field.Field, s *field.Subject, values []field.Value, i int) []byte {
	switch f.Type {
	case field.String:
		return appendFrameText(dst, values[i].Bytes)
	case field.Protocol:
		if f.Name == "data" {
			return appendHex(dst, values[i].Bytes)
		}
		if i == 0 {
			r.tree.fill(s)
		}
		if title := r.tree.title(f, i); title != nil && string(title) != f.Label {
			return append(dst, title...)
		}
		return append(dst, f.Name...)
	}
	return f.Append(dst, &values[i])
}

// title returns the label of the i-th node of a protocol, nil if there are not so many.
func (t *tree) title(protocol *field.Field, i int) []byte {
	for j := range t.nodes {
		if t.nodes[j].field == protocol {
			if i == 0 {
				return t.label(j)
			}
			i--
		}
	}
	return nil
}

// text returns the text of a column, valid until the next call.
func (r *reader) text(c *lineColumn, s *field.Subject) []byte {
	r.scratch = c.append(&r.lines, r.scratch[:0], s)
	return r.scratch
}

// each calls do with the text of each value of what is selected, and its number from 0. A column always has one, which may
// be empty.
func (r *reader) each(item *selected, s *field.Subject, do func(text []byte, nth int)) {
	if item.column != nil {
		do(r.text(item.column, s), 0)
		return
	}
	for i, values := 0, r.read(item.field, s); i < len(values); i++ {
		r.scratch = r.value(r.scratch[:0], item.field, s, values, i)
		do(r.scratch, i)
	}
}
