package field

import mathbits "math/bits"

// Part is one of the stretches of a layer that repeat: an option, a record, an object. The zero Part is the layer itself,
// without its parts. One made of bytes alone is a part in the eyes of any field that is read from parts.
type Part struct {
	Bytes []byte
	of    *parts
}

// Parts appends the parts of layer i that the field is read from, in their order, to dst: none if it is no field of that
// layer, or not one of parts.
func (f *Field) Parts(s *Subject, i int, dst []Part) []Part {
	for ; f != nil; f = f.also {
		if f.parts == nil || !f.in(s.layer(i)) || !f.placed(s, i) {
			continue
		}
		b := f.parts.start(s.Packet.Bytes(s.layer(i)))
		for len(b) > 0 {
			var part []byte
			if part, b = f.parts.next(b); len(part) == 0 {
				break
			}
			if f.partCond == nil || f.partCond(part) {
				dst = append(dst, Part{part, f.parts})
			}
		}
	}
	return dst
}

// Within appends the values that the field has in one part of layer i, or, for the zero Part, in the layer itself. Fields of
// the frame ignore both. It is what Values tells of one place of a tree.
func (f *Field) Within(s *Subject, i int, p Part, dst []Value) []Value {
	for ; f != nil; f = f.also {
		switch {
		case f.whole != nil:
			dst = f.whole(s, dst)
		case i < 0 || !f.in(s.layer(i)) || !f.placed(s, i) || (f.parts == nil) != (p.Bytes == nil):
		case p.Bytes == nil:
			dst = f.from(s, i, s.Packet.Bytes(s.layer(i)), dst)
		case (p.of == nil || p.of == f.parts) && (f.partCond == nil || f.partCond(p.Bytes)):
			dst = f.from(s, i, p.Bytes, dst)
		}
	}
	return dst
}

// Container returns the number of bits of the integer that a field with a Mask is part of.
func (f *Field) Container() int {
	switch {
	case f.width > 0:
		return f.width * 8
	case f.Type != Boolean && f.Type.Size() > 0:
		return f.Type.Size() * 8
	}
	return (mathbits.Len64(f.Mask) + 7) / 8 * 8
}

// Bits returns a value of the field, shifted to where its Mask has it.
func (f *Field) Bits(v *Value) uint64 {
	u := v.Uint
	switch {
	case f.unit != 0:
		u /= f.unit
	case f.Type == Boolean && u != 0:
		return f.Mask
	}
	return u << mathbits.TrailingZeros64(f.Mask) & f.Mask
}
