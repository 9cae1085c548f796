package report

import (
	"math/bits"
	"strings"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// This file is the vocabulary in which the trees of protocols are written: lists of rows, each of which adds a node for every
// value that its field has in the layer, or in the part of it, that the list is about. A field without a value there adds
// nothing, so that one list does for all the messages of a protocol.

// row is an entry of such a list.
type row struct {
	field *field.Field
	look  look
	name  string                                         // in labels; "" for the field's
	only  int                                            // of several values, the one to take, from 1; 0 for all
	label func(t *tree, v *field.Value)                  // writes the whole label; nil for the default
	more  func(t *tree, v *field.Value)                  // writes what follows the label
	unit  string                                         // follows the label
	rows  []row                                          // below each node
	parts bool                                           // a node for each part of the layer that the field is read from, and rows about it
	read  func(t *tree, dst []field.Value) []field.Value // the values, if the field is not in the table
	call  func(t *tree)                                  // does instead what no row can
	cond  func(t *tree) bool
	bits  int // of the integer that the field is some bits of; 0 for what the field says
}

// show adds a field, with rows below it.
func show(name string, rows ...row) row {
	f, ok := field.Lookup(name)
	if !ok {
		panic("report: no field " + name)
	}
	return row{field: f, rows: rows}
}

// known adds a field that tells what the analyzer knows.
func known(name string, rows ...row) row { return show(name, rows...).looking(generated) }

// hide adds a field that only JSON shows.
func hide(name string) row { return show(name).looking(hidden) }

// each adds a field for each of the parts of the layer that it is read from, with rows about the part.
func each(name string, rows ...row) row {
	r := show(name, rows...)
	r.parts = true
	return r
}

// own adds a field that is not in the table, since nothing but a tree shows it.
func own(f field.Field, read func(t *tree, dst []field.Value) []field.Value, rows ...row) row {
	return row{field: &f, read: read, rows: rows}
}

// ownBits adds a field that is not in the table: some bits, or all for the mask 0, of the integer of so many bytes that is at an
// offset of the header.
func ownBits(f field.Field, offset, width int) row {
	f.Protocol, _, _ = strings.Cut(f.Name, ".")
	r := own(f, func(t *tree, dst []field.Value) []field.Value {
		b := t.header()
		if len(b) < offset+width {
			return dst
		}
		u := uint64(0)
		for _, c := range b[offset : offset+width] {
			u = u<<8 | uint64(c)
		}
		if f.Mask != 0 {
			u = u & f.Mask >> bits.TrailingZeros64(f.Mask)
		}
		return append(dst, field.Value{Uint: u})
	})
	r.bits = width * 8
	return r
}

// of sets the number of bits of the integer that a field is some bits of, where labels show fewer than there are.
func (r row) of(bits int) row {
	r.bits = bits
	return r
}

// call does what no row can.
func call(do func(t *tree)) row { return row{call: do} }

func (r row) looking(l look) row {
	r.look = l
	return r
}

// nth takes the n-th value only, from 1.
func (r row) nth(n int) row {
	r.only = n
	return r
}

// called sets the name that labels have.
func (r row) called(name string) row {
	r.name = name
	return r
}

// worded sets the whole label.
func (r row) worded(label func(t *tree, v *field.Value)) row {
	r.label = label
	return r
}

// with appends to the label.
func (r row) with(more func(t *tree, v *field.Value)) row {
	r.more = more
	return r
}

// flags appends to the label what the rows below tell: the names of the bits that are set, and of values that have names.
func (r row) flags() row {
	rows := r.rows
	return r.with(func(t *tree, _ *field.Value) { t.setFlags(rows) })
}

// in appends a unit to the label.
func (r row) in(unit string) row {
	r.unit = unit
	return r
}

// when adds the row only under a condition.
func (r row) when(cond func(t *tree) bool) row {
	r.cond = cond
	return r
}

// add adds what rows say about the layer, or the part, that the tree is at.
func (t *tree) add(rows []row) {
	for i := range rows {
		switch r := &rows[i]; {
		case r.cond != nil && !r.cond(t):
		case r.parts:
			t.addParts(r)
		case r.call != nil:
			r.call(t)
		default:
			t.addValues(r)
		}
	}
}

// addValues adds a node for each value.
func (t *tree) addValues(r *row) {
	if r.field.Known == field.Later && !t.twoPass {
		return
	}
	from := len(t.values)
	t.values = t.read(r, t.values)
	for i, to := from, len(t.values); i < to; i++ {
		if r.only == 0 || r.only == i-from+1 {
			t.addNode(r, t.values[i])
		}
	}
	t.values = t.values[:from]
}

// read appends the values of a row's field.
func (t *tree) read(r *row, dst []field.Value) []field.Value {
	if r.read != nil {
		return r.read(t, dst)
	}
	return r.field.Within(t.s, t.layer, t.part, dst)
}

// addParts adds a node for each part.
func (t *tree) addParts(r *row) {
	from := len(t.parts)
	t.parts = r.field.Parts(t.s, t.layer, t.parts)
	for i, to := from, len(t.parts); i < to; i++ {
		t.at(t.parts[i], func() {
			if r.call != nil {
				r.call(t)
			} else {
				t.addNode(r, field.Value{Bytes: t.part.Bytes})
			}
		})
	}
	t.parts = t.parts[:from]
}

// at does what is about a part of the layer.
func (t *tree) at(p field.Part, do func()) {
	outer := t.part
	t.part = p
	do()
	t.part = outer
}

func (t *tree) addNode(r *row, v field.Value) {
	t.begin(r.field, v, r.look)
	at := &t.nodes[len(t.nodes)-1].value
	switch {
	case r.look == hidden:
	case r.label != nil:
		r.label(t, at)
	default:
		t.defaultLabel(r, at)
	}
	if r.more != nil {
		r.more(t, at)
	}
	t.str(r.unit).end()
	t.depth++
	t.add(r.rows)
	t.depth--
}

// setFlags appends the names of those of the rows that are bits which are set, and of the values that have names.
func (t *tree) setFlags(rows []row) {
	from := len(t.values)
	for i := range rows {
		r := &rows[i]
		t.values = t.read(r, t.values[:from])
		if len(t.values) == from {
			continue
		}
		v := &t.values[from+max(0, r.only-1)]
		switch {
		case r.field.Type == field.Boolean && v.Uint != 0:
			t.str(", ").str(r.field.Label)
		case r.field.Type != field.Boolean && len(r.field.Names) > 0:
			t.str(", ").str(r.field.Label).str(": ").str(r.field.NameOf(v.Uint))
		}
	}
	t.values = t.values[:from]
}

// inPacket is a condition on layers: that they are what the packet is about, not something that carries or quotes it.
func inPacket(t *tree) bool { return t.s.Packet.Top == t.layer }

// here returns the layer that rows are about.
func (t *tree) here() *decode.Layer { return &t.s.Packet.Layers[t.layer] }
