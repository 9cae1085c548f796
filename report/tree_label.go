package report

import (
	"cmp"
	"time"

	"github.com/icmpsniff/icmpsniff/field"
)

// shownBytes is how many bytes of a long value a label has.
const shownBytes = 36

// defaultLabel writes what most labels are: the bits that the field is, its name, and its value.
func (t *tree) defaultLabel(r *row, v *field.Value) {
	f := r.field
	if f.Mask != 0 && f.Type.Unsigned() {
		t.bits(f, v, cmp.Or(r.bits, f.Container()))
	}
	t.str(cmp.Or(r.name, f.Label))
	if f.Type == field.None || f.Type == field.Protocol {
		return
	}
	t.str(": ").value(f, v)
}

// bits writes the last n bits of the integer that a field is some bits of: dots where the others are, a blank after each four,
// and an equals sign.
func (t *tree) bits(f *field.Field, v *field.Value, n int) *tree {
	u := f.Bits(v)
	for i := n - 1; i >= 0; i-- {
		if f.Mask>>i&1 == 0 {
			t.text = append(t.text, '.')
		} else {
			t.text = append(t.text, '0'+byte(u>>i&1))
		}
		if i%4 == 0 && i > 0 {
			t.text = append(t.text, ' ')
		}
	}
	return t.str(" = ")
}

// value writes a value as labels have it: with its name, if it has one.
func (t *tree) value(f *field.Field, v *field.Value) *tree {
	switch {
	case f.Type == field.Boolean:
		return t.truth(f, v)
	case len(f.Names) > 0:
		name := f.NameOf(v.Uint)
		if name == "" {
			name = unnamed(f)
		}
		t.str(name)
		if f.Base == field.NoBase {
			return t
		}
		return t.str(" (").number(f, v).str(")")
	}
	switch f.Type {
	case field.AbsoluteTime:
		t.text = t.appendTime(t.text, v.Int())
	case field.RelativeTime:
		t.text = f.Append(t.text, v)
		t.str(" seconds")
	case field.Ether:
		t.mac(v.Bytes)
	case field.IPv4, field.IPv6:
		t.ip(v.Bytes)
	case field.String:
		t.escaped(v.Bytes)
	case field.Bytes:
		t.octets(f, v)
	case field.Double:
		t.text = f.Append(t.text, v)
	default:
		t.number(f, v)
	}
	return t
}

// unnamed is the name of a value that has none.
func unnamed(f *field.Field) string {
	if f.Type == field.Boolean {
		return ""
	}
	return "Unknown"
}

// truth writes a boolean's name.
func (t *tree) truth(f *field.Field, v *field.Value) *tree {
	if name := f.NameOf(v.Uint); name != "" {
		return t.str(name)
	}
	if v.Uint != 0 {
		return t.str("True")
	}
	return t.str("False")
}

// number writes an integer in its field's base, or in both. In hexadecimal it has the digits that its bits need.
func (t *tree) number(f *field.Field, v *field.Value) *tree {
	digits := f.Type.Size() * 2
	if f.Mask != 0 {
		digits = (width(f.Mask) + 3) / 4
	}
	switch f.Base {
	case field.Hex:
		return t.hex(v.Uint, digits)
	case field.HexDec:
		return t.hex(v.Uint, digits).str(" (").uint(v.Uint).str(")")
	case field.DecHex:
		return t.uint(v.Uint).str(" (").hex(v.Uint, digits).str(")")
	}
	t.text = f.Append(t.text, v)
	return t
}

// width returns how many bits a mask spans.
func width(mask uint64) (n int) {
	for ; mask != 0 && mask&1 == 0; mask >>= 1 {
	}
	for ; mask != 0; mask >>= 1 {
		n++
	}
	return n
}

// octets writes the first bytes of a value.
func (t *tree) octets(f *field.Field, v *field.Value) {
	short := field.Value{Bytes: v.Bytes[:min(len(v.Bytes), shownBytes)]}
	t.text = f.Append(t.text, &short)
	if len(v.Bytes) > shownBytes {
		t.str("…")
	}
}

// appendTime appends a moment with its date and time zone.
func (t *tree) appendTime(dst []byte, ns int64) []byte {
	return time.Unix(0, ns).In(t.zone).AppendFormat(dst, "Jan _2, 2006 15:04:05.000000000 MST")
}
