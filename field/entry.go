package field

import "github.com/icmpsniff/icmpsniff/decode"

// This file is the vocabulary in which the tables of the other files are written.

// in returns a protocol's fields: those of layers of some kinds.
func in(protocol string, set kinds, list ...*Field) []*Field {
	return inPlace(protocol, set, nil, list...)
}

// inPlace is in for a protocol that only some of the layers of a kind are.
func inPlace(protocol string, set kinds, place func(s *Subject, i int) bool, list ...*Field) []*Field {
	for _, f := range list {
		if f.place == nil {
			f.place = place
		}
		f.Protocol = protocol
		if f.whole == nil && f.kinds == 0 {
			f.kinds = set
		}
	}
	return list
}

func number(name, label string, t Type, offset int) *Field {
	return &Field{Name: name, Label: label, Type: t, Base: Dec, offset: offset, width: t.Size()}
}

// u8 … u64 are unsigned integers at an offset, in network byte order, written in decimal.
func u8(name, label string, offset int) *Field  { return number(name, label, Uint8, offset) }
func u16(name, label string, offset int) *Field { return number(name, label, Uint16, offset) }
func u24(name, label string, offset int) *Field { return number(name, label, Uint24, offset) }
func u32(name, label string, offset int) *Field { return number(name, label, Uint32, offset) }
func u64(name, label string, offset int) *Field { return number(name, label, Uint64, offset) }
func i32(name, label string, offset int) *Field { return number(name, label, Int32, offset) }

func fixed(name, label string, t Type, offset int) *Field {
	return &Field{Name: name, Label: label, Type: t, offset: offset, width: t.Size()}
}

// ip4, ip6 and mac are addresses at an offset.
func ip4(name, label string, offset int) *Field { return fixed(name, label, IPv4, offset) }
func ip6(name, label string, offset int) *Field { return fixed(name, label, IPv6, offset) }
func mac(name, label string, offset int) *Field { return fixed(name, label, Ether, offset) }

// octets are so many bytes at an offset; 0 means all that there are.
func octets(name, label string, offset, length int) *Field {
	return &Field{Name: name, Label: label, Type: Bytes, offset: offset, width: length}
}

// bits narrows an integer to some of its bits.
func bits(f *Field, mask uint64) *Field {
	f.Mask = mask
	return f
}

// read is a field whose values a function appends. It gets the bytes of layer i, or of each part of it.
func read(name, label string, t Type, values func(s *Subject, i int, b []byte, dst []Value) []Value) *Field {
	f := &Field{Name: name, Label: label, Type: t, read: values}
	if t.Unsigned() && t != Boolean && t != FrameNum || t.Signed() {
		f.Base = Dec
	}
	return f
}

// whole is a field of the frame, not of a layer.
func whole(name, label string, t Type, values func(s *Subject, dst []Value) []Value) *Field {
	f := read(name, label, t, nil)
	f.whole = values
	return f
}

// protocol is a field that is there when a layer of one of the kinds is. own returns how many of the layer's bytes are the
// protocol's own.
func protocol(name, label string, own func(s *Subject, i int) int, list ...decode.Kind) *Field {
	f := read(name, label, Protocol, func(s *Subject, i int, b []byte, dst []Value) []Value {
		return append(dst, Value{Bytes: b, Uint: uint64(own(s, i))})
	})
	f.kinds = kindSet(list...)
	return f
}

// mark is a field without a value.
func mark(name, label string, there func(s *Subject, i int, b []byte) bool) *Field {
	return read(name, label, None, func(s *Subject, i int, b []byte, dst []Value) []Value {
		if there(s, i, b) {
			dst = append(dst, Value{})
		}
		return dst
	})
}

// base sets how numbers are written.
func (f *Field) base(b Base) *Field {
	f.Base = b
	return f
}

func (f *Field) hex() *Field { return f.base(Hex) }

// digits writes a number in hexadecimal as one of so many bytes.
func (f *Field) digits(size int) *Field {
	f.written = size
	return f
}

// flag makes an integer a boolean, true if any of its bits is set, with the names of true and false.
func (f *Field) flag(names []Name) *Field {
	f.Type, f.Base, f.Names = Boolean, NoBase, names
	return f
}

// named gives the values names.
func (f *Field) named(names []Name) *Field {
	f.Names = names
	return f
}

// as changes the type, and not where the value is.
func (f *Field) as(t Type) *Field {
	f.Type = t
	return f
}

// times makes the value so many times the integer.
func (f *Field) times(unit uint64) *Field {
	f.unit = unit
	return f
}

// le reads the integer in little-endian order.
func (f *Field) le() *Field {
	f.little = true
	return f
}

// when limits the field to layers for whose bytes cond is true.
func (f *Field) when(cond func(b []byte) bool) *Field {
	f.cond = cond
	return f
}

// at limits the field to layers in a place among others.
func (f *Field) at(place func(s *Subject, i int) bool) *Field {
	f.place = place
	return f
}

// each looks for the field in every part of a layer.
func (f *Field) each(p *parts) *Field {
	f.parts = p
	return f
}

// known says when the values are.
func (f *Field) known(s Stage) *Field {
	f.Known = s
	return f
}

// only limits the field to layers of other kinds than its list is about.
func (f *Field) only(list ...decode.Kind) *Field {
	f.kinds = kindSet(list...)
	return f
}

// first returns a condition on a layer's first byte: a message's type.
func first(values ...byte) func(b []byte) bool { return byteAt(0, values...) }

// byteAt returns a condition on the byte at an offset: that it is one of the values.
func byteAt(offset int, values ...byte) func(b []byte) bool {
	var set [256]bool
	for _, v := range values {
		set[v] = true
	}
	return func(b []byte) bool { return len(b) > offset && set[b[offset]] }
}

// empty says that bytes may be none.
func (f *Field) empty() *Field {
	f.mayBeEmpty = true
	return f
}

// unread is a field that filters and -e may name and that has no values yet.
func unread(name, label string, t Type) *Field {
	return read(name, label, t, func(_ *Subject, _ int, _ []byte, dst []Value) []Value { return dst })
}

// masked says which bits of the integer a field is whose function has masked them already.
func (f *Field) masked(mask uint64) *Field {
	f.Mask = mask
	return f
}
