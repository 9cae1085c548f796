package filter

import "github.com/icmpsniff/icmpsniff/field"

// checker looks at a tree from its root down: every field may be asked for, every comparison makes sense, and every literal is
// a value of the type that it is compared with.
type checker struct {
	twoPass bool
	known   field.Stage // when all that was asked for so far is known
}

// constant is a literal's value.
type constant struct {
	field.Value
	mask []byte // of an address with a prefix length: the bits that count
}

// condition checks a condition.
func (c *checker) condition(n node) {
	switch n := n.(type) {
	case *always:
	case *logic:
		c.condition(n.left)
		c.condition(n.right)
	case *not:
		c.condition(n.of)
	case *exists:
		c.existence(n.of)
	case *relation:
		c.relation(n)
	case *member:
		c.membership(n)
	default:
		fail(n.at(), "a condition was expected here")
	}
}

// existence checks an operand that stands alone.
func (c *checker) existence(n node) {
	switch n := n.(type) {
	case *literal:
		c.noField(n, "%s is neither a field nor a protocol name%s", n)
	case *call:
		c.operand(n)
		fail(n.head, "you cannot test whether a function is present; compare its value")
	}
	c.operand(n)
}

// noField fails because a literal stands where only a field may.
func (c *checker) noField(n *literal, format string, what node) {
	hint := ""
	if n.kind == word && letter(n.text[0]) && !digit(n.text[0]) {
		hint = suggestion(n.text)
	}
	fail(what.at(), format, show(what), hint)
}

// relation checks a comparison.
func (c *checker) relation(n *relation) {
	if l, ok := n.left.(*literal); ok {
		c.noField(l, `left side of "`+n.op+`" must be a field or function, not %s%s`, n.left)
	}
	if fixed(n.left) {
		fail(n.left.at(), `left side of "%s" must be a field or function: this never changes`, n.op)
	}
	t := c.operand(n.left)
	if n.op == "matches" {
		r, ok := n.right.(*literal)
		if !ok || r.kind != quoted {
			fail(n.right.at(), "matches requires a double quoted string on the right side")
		}
	}
	if !participates(t, n.op) {
		fail(n.left.at(), "%s (type=%s) cannot participate in %s comparison", show(n.left), t.Words(), n.op)
	}
	if n.op == "matches" {
		compileRegexp(n.right.(*literal))
		return
	}
	if n.op == "contains" && t == field.Ether {
		t = field.Bytes // which may be fewer than an address has
	}
	c.against(n.right, n.left, t)
}

// participates reports whether values of a type can be compared in a way.
func participates(t field.Type, op string) bool {
	switch op {
	case "contains", "matches":
		return t == field.Bytes || t == field.Ether || t == field.String || t == field.Protocol
	}
	return t != field.None
}

// membership checks a set.
func (c *checker) membership(n *member) {
	r, ok := n.left.(*reference)
	if !ok {
		if l, literal := n.left.(*literal); literal {
			c.noField(l, "%s is neither a field nor a protocol name%s", n.left)
		}
		fail(n.left.at(), "only a field may be tested for membership in a set")
	}
	t := c.operand(r)
	if !participates(t, "==") {
		fail(r.at(), "%s (type=%s) cannot participate in membership", show(r), t.Words())
	}
	for _, e := range n.set {
		c.against(e.low, r, t)
		if e.high != nil {
			c.against(e.high, r, t)
		}
	}
}

// against checks an operand that is compared with another of type t: its literals become values of that type.
func (c *checker) against(n, other node, t field.Type) {
	if fixed(n) {
		c.literals(n, t, fieldOf(other))
		return
	}
	_, sliced := other.(*slice)
	if u := c.operand(n); !compatible(t, u) && !(sliced && u == field.Protocol) {
		fail(n.at(), "%s and %s are not of compatible types", show(other), show(n))
	}
}

// compatible reports whether values of two types can be compared with each other.
func compatible(t, u field.Type) bool {
	number := func(t field.Type) bool { return t.Unsigned() && t != field.Boolean || t.Signed() }
	bytes := func(t field.Type) bool { return t == field.Bytes || t == field.Ether }
	return t == u || number(t) && number(u) || bytes(t) && bytes(u) || t.Time() && u.Time() ||
		t == field.Bytes && (u == field.IPv4 || u == field.IPv6) || (t == field.IPv4 || t == field.IPv6) && u == field.Bytes
}
