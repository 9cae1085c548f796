package filter

import (
	"bytes"
	"cmp"

	"github.com/icmpsniff/icmpsniff/field"
)

// verdicts say which results of a three-way comparison each sign accepts.
var verdicts = map[string]func(order int) bool{
	"==":  func(o int) bool { return o == 0 },
	"===": func(o int) bool { return o == 0 },
	"!=":  func(o int) bool { return o != 0 },
	"!==": func(o int) bool { return o != 0 },
	">":   func(o int) bool { return o > 0 },
	"<":   func(o int) bool { return o < 0 },
	">=":  func(o int) bool { return o >= 0 },
	"<=":  func(o int) bool { return o <= 0 },
}

// pair reports whether a value of the left side and one of the right are as a sign asks.
type pair func(a, b *field.Value) bool

// comparison compiles a relation.
func comparison(n *relation) test {
	every := relations[n.op]
	if n.quantifier != "" {
		every = n.quantifier == "all"
	}
	t := typeOf(n.left)
	left := operand(n.left, t)
	if n.op == "matches" {
		return matching(left, t, n.right.(*literal), every)
	}
	if lit, ok := n.right.(*literal); ok && !every {
		if f := quick(n, t, lit); f != nil {
			return f
		}
	}
	right := operand(n.right, t)
	u := t
	if !fixed(n.right) {
		u = typeOf(n.right)
	}
	var mask []byte
	if lit, ok := n.right.(*literal); ok {
		mask = lit.value.mask
	}
	return quantified(every, left, right, paired(n.op, t, u, mask))
}

// quantified compiles a relation of any or of every pair of values.
func quantified(every bool, left, right values, ok pair) test {
	return func(s *field.Subject) bool {
		a := left(s)
		if len(a) == 0 {
			return false
		}
		b := right(s)
		for i := range a {
			for j := range b {
				if ok(&a[i], &b[j]) != every {
					return !every
				}
			}
		}
		return every && len(b) > 0
	}
}

// paired compiles a sign between values of types t and u. mask holds the bits of an address that count, nil for all.
func paired(op string, t, u field.Type, mask []byte) pair {
	if op == "contains" {
		return func(a, b *field.Value) bool { return len(b.Bytes) > 0 && bytes.Contains(a.Bytes, b.Bytes) }
	}
	accepts, order := verdicts[op], ordered(t, u)
	if mask != nil {
		order = func(a, b *field.Value) int { return maskedOrder(a.Bytes, b.Bytes, mask) }
	}
	return func(a, b *field.Value) bool { return accepts(order(a, b)) }
}

// ordered returns the three-way comparison of values of two compatible types.
func ordered(t, u field.Type) func(a, b *field.Value) int {
	switch {
	case t == field.Double:
		return func(a, b *field.Value) int { return cmp.Compare(a.Float(), b.Float()) }
	case t.Signed(), u.Signed(), t.Time(), t.Unsigned() && !wide(t) && !wide(u): // a difference of unsigned integers may be negative
		return func(a, b *field.Value) int { return cmp.Compare(a.Int(), b.Int()) }
	case t.InBytes():
		return func(a, b *field.Value) int { return bytes.Compare(a.Own(t), b.Own(u)) }
	}
	return func(a, b *field.Value) int { return cmp.Compare(a.Uint, b.Uint) }
}

// wide reports whether values of a type may be beyond what an int64 holds.
func wide(t field.Type) bool { return t.Unsigned() && t.Size() == 8 }

// maskedOrder compares two addresses by the bits of a mask.
func maskedOrder(a, b, mask []byte) int {
	for i := range min(len(a), len(b), len(mask)) {
		if o := cmp.Compare(a[i]&mask[i], b[i]&mask[i]); o != 0 {
			return o
		}
	}
	return 0
}

// quick compiles the everyday comparison, of a field with a number, without the generality. It returns nil for others.
func quick(n *relation, t field.Type, lit *literal) test {
	r, ok := n.left.(*reference)
	if !ok || r.layers != nil || !t.Unsigned() {
		return nil
	}
	f, want, list := r.field, lit.value.Uint, []field.Value(nil)
	if n.op == "==" && f.Plain() {
		return func(s *field.Subject) bool { return f.Is(s, want) }
	}
	if n.op == "==" {
		return func(s *field.Subject) bool {
			list = f.Values(s, list[:0])
			for i := range list {
				if list[i].Uint == want {
					return true
				}
			}
			return false
		}
	}
	accepts := verdicts[n.op]
	if accepts == nil {
		return nil
	}
	return func(s *field.Subject) bool {
		list = f.Values(s, list[:0])
		for i := range list {
			if accepts(cmp.Compare(list[i].Uint, want)) {
				return true
			}
		}
		return false
	}
}

// membership compiles a set.
func membership(n *member) test {
	t := typeOf(n.left)
	left := operand(n.left, t)
	var in []func(s *field.Subject, v *field.Value) bool
	for _, e := range n.set {
		if e.high == nil {
			in = append(in, equal(e.low, t))
			continue
		}
		order := ordered(t, t)
		low, high := operand(e.low, t), operand(e.high, t)
		in = append(in, func(s *field.Subject, v *field.Value) bool {
			lows, highs := low(s), high(s)
			return len(lows) > 0 && len(highs) > 0 && order(v, &lows[0]) >= 0 && order(v, &highs[0]) <= 0
		})
	}
	every := n.quantifier == "all"
	return func(s *field.Subject) bool {
		list := left(s)
		found := every && len(list) > 0
		for i := range list {
			one := false
			for _, has := range in {
				if has(s, &list[i]) {
					one = true
					break
				}
			}
			if one != every {
				found = !every
				break
			}
		}
		return found != n.negated
	}
}

// equal compiles one element of a set.
func equal(n node, t field.Type) func(s *field.Subject, v *field.Value) bool {
	var mask []byte
	u := t
	if lit, ok := n.(*literal); ok {
		mask = lit.value.mask
	} else if !fixed(n) {
		u = typeOf(n)
	}
	ok, of := paired("==", t, u, mask), operand(n, t)
	return func(s *field.Subject, v *field.Value) bool {
		list := of(s)
		for i := range list {
			if ok(v, &list[i]) {
				return true
			}
		}
		return false
	}
}
