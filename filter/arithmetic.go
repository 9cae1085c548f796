package filter

import (
	"math"

	"github.com/icmpsniff/icmpsniff/field"
)

// negating compiles a minus sign before an operand of type t.
func negating(of values, t field.Type) values {
	var list []field.Value
	return func(s *field.Subject) []field.Value {
		list = list[:0]
		for _, v := range of(s) {
			if t == field.Double {
				v.Uint = math.Float64bits(-v.Float())
			} else {
				v.Uint = -v.Uint
			}
			list = append(list, v)
		}
		return list
	}
}

// computing compiles two operands of type t with a sign between them: every value of one with every value of the other.
// What cannot be computed, as a division by zero, is no value.
func computing(op string, left, right values, t field.Type) values {
	var list []field.Value
	var text []byte
	compute := integers(op, t.Signed() || t.Time())
	switch {
	case t == field.Double:
		compute = floats(op)
	case t.InBytes():
		compute = nil
	}
	return func(s *field.Subject) []field.Value {
		list, text = list[:0], text[:0]
		a := left(s)
		b := right(s)
		for i := range a {
			for j := range b {
				if compute == nil {
					n := len(text)
					for k := range min(len(a[i].Bytes), len(b[j].Bytes)) {
						text = append(text, a[i].Bytes[k]&b[j].Bytes[k])
					}
					list = append(list, field.Value{Bytes: text[n:]})
				} else if u, ok := compute(a[i].Uint, b[j].Uint); ok {
					list = append(list, field.Value{Uint: u})
				}
			}
		}
		return list
	}
}

// integers returns what a sign does with integers.
func integers(op string, signed bool) func(a, b uint64) (uint64, bool) {
	switch op {
	case "&":
		return func(a, b uint64) (uint64, bool) { return a & b, true }
	case "+":
		return func(a, b uint64) (uint64, bool) { return a + b, true }
	case "-":
		return func(a, b uint64) (uint64, bool) { return a - b, true }
	case "*":
		return func(a, b uint64) (uint64, bool) { return a * b, true }
	case "/":
		return func(a, b uint64) (uint64, bool) {
			switch {
			case b == 0:
				return 0, false
			case signed:
				return uint64(int64(a) / int64(b)), true
			}
			return a / b, true
		}
	}
	return func(a, b uint64) (uint64, bool) {
		switch {
		case b == 0:
			return 0, false
		case signed:
			return uint64(int64(a) % int64(b)), true
		}
		return a % b, true
	}
}

// floats returns what a sign does with floating-point numbers.
func floats(op string) func(a, b uint64) (uint64, bool) {
	return func(a, b uint64) (uint64, bool) {
		x, y := math.Float64frombits(a), math.Float64frombits(b)
		switch op {
		case "+":
			x += y
		case "-":
			x -= y
		case "*":
			x *= y
		default:
			x /= y
		}
		return math.Float64bits(x), !math.IsNaN(x) && !math.IsInf(x, 0)
	}
}
