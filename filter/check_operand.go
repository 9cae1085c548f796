package filter

import (
	"slices"
	"strconv"

	"github.com/icmpsniff/icmpsniff/field"
)

// fixed reports whether an operand is made of literals only.
func fixed(n node) bool {
	switch n := n.(type) {
	case *literal:
		return true
	case *negative:
		return fixed(n.of)
	case *arithmetic:
		return fixed(n.left) && fixed(n.right)
	}
	return false
}

// fieldOf returns the field whose named values a literal may be compared with, or nil.
func fieldOf(n node) *field.Field {
	switch n := n.(type) {
	case *reference:
		return n.field
	case *arithmetic:
		if f := fieldOf(n.left); f != nil {
			return f
		}
		return fieldOf(n.right)
	}
	return nil
}

// literals turns the literals of a fixed operand into values of a type.
func (c *checker) literals(n node, t field.Type, f *field.Field) {
	switch n := n.(type) {
	case *literal:
		n.value = n.convert(t, f)
	case *negative:
		if !computable(t, "-") {
			fail(n.at(), "%s cannot -", t)
		}
		c.literals(n.of, t, f)
	case *arithmetic:
		if !computable(t, n.op) {
			fail(n.left.at(), "%s cannot %s", t, n.op)
		}
		c.literals(n.left, t, f)
		c.literals(n.right, t, f)
	}
}

// computable reports whether values of a type can be computed with.
func computable(t field.Type, op string) bool {
	integer := t.Unsigned() && t != field.Boolean && t != field.FrameNum || t.Signed()
	switch op {
	case "&":
		return integer || t.InBytes() && t != field.Protocol && t != field.String
	case "+", "-":
		return integer || t == field.Double || t == field.RelativeTime
	case "%":
		return integer
	}
	return integer || t == field.Double
}

// operand checks an operand that is not fixed and returns the type of its values.
func (c *checker) operand(n node) field.Type {
	switch n := n.(type) {
	case *reference:
		if n.field.Known == field.Later && !c.twoPass {
			fail(n.at(), "%s is known only when later frames have been seen; two passes over a file (-2) tell it", n.name)
		}
		c.known = max(c.known, n.field.Known)
		return n.field.Type
	case *slice:
		if t := c.operand(n.of); !t.InBytes() {
			fail(n.of.at(), "%q is a %s and cannot be sliced into a sequence of bytes", show(n.of), t.Words())
		}
		return field.Bytes
	case *call:
		return c.call(n)
	case *negative:
		t := c.operand(n.of)
		if !computable(t, "-") {
			fail(n.of.at(), "%s cannot -", t)
		}
		return t
	case *arithmetic:
		return c.arithmetic(n)
	case *literal:
		c.noField(n, "%s is neither a field nor a protocol name%s", n)
	}
	fail(n.at(), "a field or function was expected here")
	return field.None
}

// arithmetic checks that both sides can be computed with, and are of one kind. A literal becomes what the other side is.
func (c *checker) arithmetic(n *arithmetic) field.Type {
	if fixed(n) {
		fail(n.at(), "a constant arithmetic expression is invalid here")
	}
	of, other := n.left, n.right
	if fixed(of) {
		of, other = other, of
	}
	t := c.operand(of)
	if !computable(t, n.op) {
		fail(of.at(), "%s cannot %s", t, n.op)
	}
	c.against(other, of, t)
	return t
}

// call checks a function and its arguments.
func (c *checker) call(n *call) field.Type {
	f, ok := functions[n.name]
	if !ok {
		names := make([]string, 0, len(functions))
		for name := range functions {
			names = append(names, name)
		}
		slices.Sort(names)
		fail(n.head, "function '%s' does not exist; there are %s", n.name, list(names))
	}
	if len(n.args) < 1 || len(n.args) > f.most {
		fail(n.head, "function %s accepts %s", n.name, f.howMany())
	}
	first := n.changing()
	if first == nil {
		fail(n.args[0].at(), "only fields can be used as parameter for %s()", n.name)
	}
	t := c.operand(first)
	if !f.takes(t) {
		fail(first.at(), f.refusal, show(first), t.Words())
	}
	for _, a := range n.args {
		if fixed(a) {
			c.literals(a, t, fieldOf(first))
		} else if u := c.operand(a); u != t {
			fail(a.at(), "arguments to '%s' must have the same type (expected %s, got %s)", n.name, t, u)
		}
	}
	return f.gives(t)
}

// changing returns the first argument that is not fixed, which gives the call its type, or nil.
func (n *call) changing() node {
	for _, a := range n.args {
		if !fixed(a) {
			return a
		}
	}
	return nil
}

// list writes words with commas and an "and".
func list(words []string) string {
	s := words[0]
	for i, w := range words[1:] {
		if i == len(words)-2 {
			s += " and " + w
		} else {
			s += ", " + w
		}
	}
	return s
}

// howMany says how many arguments a function takes.
func (f function) howMany() string {
	if f.most == 1 {
		return "1 argument"
	}
	return "1 to " + strconv.Itoa(f.most) + " arguments"
}
