package filter

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/icmpsniff/icmpsniff/field"
)

// node is a part of a filter's tree: a condition or an operand.
type node interface {
	at() span
	// write appends the node as a filter that parses to the same tree.
	write(b *strings.Builder)
}

func (s span) at() span { return s }

// show returns a node as a filter.
func show(n node) string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

// Conditions.
type (
	// always is the empty filter.
	always struct{ span }
	// logic is two conditions joined by && || or ^^.
	logic struct {
		span
		op          string
		left, right node
	}
	// not is a condition turned round.
	not struct {
		span
		of node
	}
	// exists asks whether an operand has a value; if it is arithmetic, one that is not zero.
	exists struct {
		span
		of node
	}
	// relation compares two operands.
	relation struct {
		span
		op          string // the sign
		sign        span
		quantifier  string // "any", "all" or "", what the sign implies
		left, right node
	}
	// member asks whether an operand is in a set.
	member struct {
		span
		quantifier string
		negated    bool // not in
		left       node
		set        []element
	}
	// element is a member of a set, or all from low to high.
	element struct{ low, high node }
)

// Operands.
type (
	// reference is a field, or a protocol.
	reference struct {
		span
		name   string
		layers []interval // nil for all
		field  *field.Field
	}
	// slice is bytes of an operand.
	slice struct {
		span
		of    node
		parts []interval
	}
	// call is a function of operands.
	call struct {
		span
		name string
		head span // of the name
		args []node
	}
	// arithmetic joins two operands by & + - * / or %.
	arithmetic struct {
		span
		op          string
		left, right node
	}
	// negative is an operand with a minus before it.
	negative struct {
		span
		of node
	}
	// literal is a value as written.
	literal struct {
		span
		kind  kind
		text  string
		value constant // set by the checker
	}
)

// interval is bytes or layers from one to another; both may count from the end, from -1 down.
type interval struct {
	from, to int  // inclusive
	open     bool // to the end
}

func (n *always) write(*strings.Builder) {}

func (n *logic) write(b *strings.Builder) {
	b.WriteByte('(')
	n.left.write(b)
	fmt.Fprintf(b, " %s ", n.op)
	n.right.write(b)
	b.WriteByte(')')
}

func (n *not) write(b *strings.Builder) {
	b.WriteString("!(")
	n.of.write(b)
	b.WriteByte(')')
}

func (n *exists) write(b *strings.Builder) { n.of.write(b) }

func (n *relation) write(b *strings.Builder) {
	b.WriteString(prefix(n.quantifier))
	n.left.write(b)
	fmt.Fprintf(b, " %s ", n.op)
	n.right.write(b)
}

func (n *member) write(b *strings.Builder) {
	b.WriteString(prefix(n.quantifier))
	n.left.write(b)
	if n.negated {
		b.WriteString(" not")
	}
	b.WriteString(" in {")
	for i, e := range n.set {
		if i > 0 {
			b.WriteString(", ")
		}
		e.low.write(b)
		if e.high != nil {
			b.WriteString(" .. ")
			e.high.write(b)
		}
	}
	b.WriteByte('}')
}

func prefix(quantifier string) string {
	if quantifier == "" {
		return ""
	}
	return quantifier + " "
}

func (n *reference) write(b *strings.Builder) {
	b.WriteString(n.name)
	if n.layers != nil {
		b.WriteString("#[")
		writeIntervals(b, n.layers)
		b.WriteByte(']')
	}
}

func (n *slice) write(b *strings.Builder) {
	n.of.write(b)
	b.WriteByte('[')
	writeIntervals(b, n.parts)
	b.WriteByte(']')
}

func writeIntervals(b *strings.Builder, list []interval) {
	for i, v := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		switch {
		case v.open:
			fmt.Fprintf(b, "%d:", v.from)
		case v.from == v.to:
			fmt.Fprint(b, v.from)
		default:
			fmt.Fprintf(b, "%d-%d", v.from, v.to)
		}
	}
}

func (n *call) write(b *strings.Builder) {
	b.WriteString(n.name)
	b.WriteByte('(')
	for i, a := range n.args {
		if i > 0 {
			b.WriteString(", ")
		}
		a.write(b)
	}
	b.WriteByte(')')
}

func (n *arithmetic) write(b *strings.Builder) {
	b.WriteByte('{')
	n.left.write(b)
	fmt.Fprintf(b, " %s ", n.op)
	n.right.write(b)
	b.WriteByte('}')
}

func (n *negative) write(b *strings.Builder) {
	b.WriteString("-{")
	n.of.write(b)
	b.WriteByte('}')
}

func (n *literal) write(b *strings.Builder) {
	switch n.kind {
	case word:
		b.WriteString(n.text)
	case char:
		fmt.Fprintf(b, `'\x%02x'`, n.text[0])
	default:
		b.WriteByte('"')
		for i := range len(n.text) {
			if c := n.text[i]; c >= ' ' && c < 0x7f && c != '"' && c != '\\' {
				b.WriteByte(c)
			} else {
				b.WriteString(`\x` + strconv.FormatUint(uint64(c)|0x100, 16)[1:])
			}
		}
		b.WriteByte('"')
	}
}
