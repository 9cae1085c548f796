package filter

import "github.com/icmpsniff/icmpsniff/field"

// test is a compiled condition.
type test func(s *field.Subject) bool

// values is a compiled operand: it returns its values in s, which are its own and valid until it is called again.
type values func(s *field.Subject) []field.Value

// compile turns a checked condition into a test.
func compile(n node) test {
	switch n := n.(type) {
	case *logic:
		return joined(n.op, compile(n.left), compile(n.right))
	case *not:
		of := compile(n.of)
		return func(s *field.Subject) bool { return !of(s) }
	case *exists:
		return existence(n.of)
	case *relation:
		return comparison(n)
	case *member:
		return membership(n)
	}
	return func(*field.Subject) bool { return true }
}

func joined(op string, left, right test) test {
	switch op {
	case "&&":
		return func(s *field.Subject) bool { return left(s) && right(s) }
	case "||":
		return func(s *field.Subject) bool { return left(s) || right(s) }
	}
	return func(s *field.Subject) bool { return left(s) != right(s) }
}

// existence tests that an operand has a value; if it is arithmetic, one that is not zero.
func existence(n node) test {
	switch n := n.(type) {
	case *reference:
		if n.layers == nil {
			f, scratch := n.field, []field.Value(nil)
			return func(s *field.Subject) (there bool) {
				there, scratch = f.Present(s, scratch)
				return there
			}
		}
	case *arithmetic, *negative:
		of := operand(n, typeOf(n))
		return func(s *field.Subject) bool {
			for _, v := range of(s) {
				if !zero(v) {
					return true
				}
			}
			return false
		}
	}
	of := operand(n, field.None)
	return func(s *field.Subject) bool { return len(of(s)) > 0 }
}

func zero(v field.Value) bool {
	if v.Bytes == nil {
		return v.Uint == 0
	}
	for _, c := range v.Bytes {
		if c != 0 {
			return false
		}
	}
	return true
}

// typeOf returns the type of the values of a checked operand.
func typeOf(n node) field.Type {
	switch n := n.(type) {
	case *reference:
		return n.field.Type
	case *call:
		return functions[n.name].gives(typeOf(n.changing()))
	case *negative:
		return typeOf(n.of)
	case *arithmetic:
		if fixed(n.left) {
			return typeOf(n.right)
		}
		return typeOf(n.left)
	}
	return field.Bytes
}

// operand compiles an operand; t is the type that its literals have.
func operand(n node, t field.Type) values {
	switch n := n.(type) {
	case *literal:
		list := []field.Value{n.value.Value}
		return func(*field.Subject) []field.Value { return list }
	case *reference:
		return reading(n)
	case *slice:
		return slicing(operand(n.of, t), typeOf(n.of), n.parts)
	case *call:
		return calling(n)
	case *negative:
		return negating(operand(n.of, t), t)
	case *arithmetic:
		return computing(n.op, operand(n.left, t), operand(n.right, t), t)
	}
	panic("filter: an operand of no kind")
}

// reading compiles a field.
func reading(n *reference) values {
	f, layers, list := n.field, n.layers, []field.Value(nil)
	if layers == nil {
		return func(s *field.Subject) []field.Value {
			list = f.Values(s, list[:0])
			return list
		}
	}
	return func(s *field.Subject) []field.Value {
		list = f.Values(s, list[:0])
		last := uint8(0)
		for _, v := range list {
			last = max(last, v.Layer)
		}
		kept := list[:0]
		for _, v := range list {
			if inLayers(int(v.Layer), int(last), layers) {
				kept = append(kept, v)
			}
		}
		return kept
	}
}

// inLayers reports whether one of so many layers is in an interval. Layers count from 1, and from -1 at the end.
func inLayers(layer, of int, list []interval) bool {
	for _, v := range list {
		from, to := v.from, v.to
		if from < 0 {
			from += of + 1
		}
		if to < 0 {
			to += of + 1
		}
		if layer >= from && (v.open || layer <= to) {
			return true
		}
	}
	return false
}

// slicing compiles bytes of an operand. A value that does not reach a part has none.
func slicing(of values, t field.Type, parts []interval) values {
	var list []field.Value
	var joined []byte
	return func(s *field.Subject) []field.Value {
		list, joined = list[:0], joined[:0]
	next:
		for _, v := range of(s) {
			own := v.Own(t)
			start := len(joined)
			for _, part := range parts {
				b, ok := part.of(own)
				if !ok {
					continue next
				}
				if len(parts) == 1 {
					list = append(list, field.Value{Bytes: b, Uint: uint64(len(b))})
					continue next
				}
				joined = append(joined, b...)
			}
			list = append(list, field.Value{Bytes: joined[start:]})
		}
		return list
	}
}

// of returns the bytes of b in the interval, and false if b does not reach it. A stretch that ends beyond b is cut.
func (v interval) of(b []byte) ([]byte, bool) {
	from, to := v.from, v.to
	if from < 0 {
		from += len(b)
	}
	if v.open {
		to = len(b) - 1
	} else if v.to < 0 {
		to += len(b)
	}
	if from < 0 || from > to || from >= len(b) || to >= len(b) {
		return nil, false
	}
	return b[from : to+1], true
}
