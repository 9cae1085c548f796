package field

import (
	"encoding/binary"
	mathbits "math/bits"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Field is one named piece of a packet.
type Field struct {
	Name     string // as filters and -e spell it
	Label    string // as trees show it
	Type     Type
	Base     Base
	Names    []Name // names of values, nil if they have none
	Known    Stage
	Protocol string // the protocol it is listed under
	Mask     uint64 // the bits of the integer that belong to the field, 0 for all

	kinds      kinds // layers it is in; none for fields of the whole frame
	offset     int   // of the integer or the bytes, in the layer or in each part of it
	width      int   // bytes; 0 for all the rest
	unit       uint64
	little     bool                         // byte order
	written    int                          // bytes that hexadecimal digits show, 0 for as many as the type has
	mayBeEmpty bool                         // of bytes: none are a value like any other
	also       *Field                       // where else values of this name are
	cond       func(b []byte) bool          // on a layer's bytes
	place      func(s *Subject, i int) bool // on what layer i follows
	parts      *parts
	partCond   func(b []byte) bool // of a part
	read       func(s *Subject, i int, b []byte, dst []Value) []Value
	whole      func(s *Subject, dst []Value) []Value
}

// Name is a value that has one.
type Name struct {
	Value uint64
	Name  string
}

// kinds is a set of decode.Kind.
type kinds uint64

func kindSet(list ...decode.Kind) (set kinds) {
	for _, k := range list {
		set |= 1 << k
	}
	return set
}

func (s kinds) has(k decode.Kind) bool { return s>>k&1 != 0 }

// parts cuts a layer into options or records. start returns the bytes that hold them, next the first of them and the rest;
// an empty part ends them.
type parts struct {
	start func(b []byte) []byte
	next  func(b []byte) (part, rest []byte)
}

// Values appends the field's values in s to dst, in the order in which tshark shows them.
func (f *Field) Values(s *Subject, dst []Value) []Value {
	for ; f != nil; f = f.also {
		dst = f.values(s, dst)
	}
	return dst
}

// values appends those values that are in one place.
func (f *Field) values(s *Subject, dst []Value) []Value {
	if f.whole != nil {
		return f.whole(s, dst)
	}
	ordinal := uint8(0)
	for i := range s.Packet.Layers {
		l := &s.Packet.Layers[i]
		if !f.in(l) || f.place != nil && !f.place(s, i) {
			continue
		}
		if ordinal == 0 || l.Kind != decode.MPLS || s.kind(i-1) != decode.MPLS { // a stack of labels is one layer
			ordinal++
		}
		b := s.Packet.Bytes(l)
		if f.cond != nil && !f.cond(b) {
			continue
		}
		n := len(dst)
		if f.parts == nil {
			dst = f.from(s, i, b, dst)
		} else {
			dst = f.fromParts(s, i, dst)
		}
		for ; n < len(dst); n++ {
			dst[n].Layer = ordinal
		}
	}
	return dst
}

// fromParts appends the values in each of the parts of layer i.
func (f *Field) fromParts(s *Subject, i int, dst []Value) []Value {
	b := f.parts.start(s.Packet.Bytes(s.layer(i)))
	for len(b) > 0 {
		var part []byte
		part, b = f.parts.next(b)
		if len(part) == 0 {
			break
		}
		if f.partCond != nil && !f.partCond(part) {
			continue
		}
		dst = f.from(s, i, part, dst)
	}
	return dst
}

// from appends the value, or the values, in the bytes b of layer i.
func (f *Field) from(s *Subject, i int, b []byte, dst []Value) []Value {
	if f.read != nil {
		return f.read(s, i, b, dst)
	}
	if f.width == 0 {
		if f.offset >= len(b) {
			return dst
		}
		return append(dst, Value{Bytes: b[f.offset:]})
	}
	end := f.offset + f.width
	if end > len(b) {
		return dst
	}
	b = b[f.offset:end:end]
	if f.Type >= IPv4 {
		return append(dst, Value{Bytes: b})
	}
	return append(dst, Value{Uint: f.number(b)})
}

// number returns the integer that is in b.
func (f *Field) number(b []byte) (u uint64) {
	if f.little {
		u = uint64(binary.LittleEndian.Uint16(b))
	} else {
		for _, c := range b {
			u = u<<8 | uint64(c)
		}
	}
	if f.Mask != 0 {
		u = u & f.Mask >> mathbits.TrailingZeros64(f.Mask)
		if f.Type == Boolean && u != 0 {
			u = 1
		}
	}
	if f.unit != 0 {
		u *= f.unit
	}
	if f.Type == Int32 {
		u = uint64(int64(int32(u)))
	}
	return u
}

// Present reports whether the field has a value in s. scratch is used to find out, and returned for the next call.
func (f *Field) Present(s *Subject, scratch []Value) (bool, []Value) {
	if f.Type != Protocol || f.whole != nil {
		scratch = f.Values(s, scratch[:0])
		return len(scratch) > 0, scratch
	}
	for i := range s.Packet.Layers {
		if f.in(s.layer(i)) && f.placed(s, i) {
			return true, scratch
		}
	}
	return false, scratch
}

// in reports whether the field is one of a layer's. A header that was cut before it could be read has no fields, and is not
// there.
func (f *Field) in(l *decode.Layer) bool {
	return f.kinds.has(l.Kind) && l.Flags&(decode.Unread|decode.Aside) == 0
}

// placed reports whether layer i, which is of the right kind, also meets the field's conditions.
func (f *Field) placed(s *Subject, i int) bool {
	return (f.place == nil || f.place(s, i)) && (f.cond == nil || f.cond(s.Packet.Bytes(s.layer(i))))
}

// Plain reports whether Is can be asked.
func (f *Field) Plain() bool {
	return f.Type.Unsigned() && f.width > 0 && f.parts == nil && f.read == nil && f.whole == nil && f.also == nil
}

// Is reports whether one of the values of a plain field, an integer in a fixed place of a header, is u: what Values would tell,
// quicker.
func (f *Field) Is(s *Subject, u uint64) bool {
	for i := range s.Packet.Layers {
		l := &s.Packet.Layers[i]
		if !f.in(l) || !f.placed(s, i) {
			continue
		}
		b := s.Packet.Bytes(l)
		if end := f.offset + f.width; end <= len(b) && f.number(b[f.offset:end]) == u {
			return true
		}
	}
	return false
}

// NameOf returns the name of a value, "" if it has none.
func (f *Field) NameOf(u uint64) string {
	for i := range f.Names {
		if f.Names[i].Value == u {
			return f.Names[i].Name
		}
	}
	return ""
}
