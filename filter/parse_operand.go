package filter

import (
	"strings"

	"github.com/icmpsniff/icmpsniff/field"
)

// operand parses a value: & binds loosest, then + and -, then * / and %.
func (p *parser) operand() node {
	p.enter()
	defer p.leave()
	return p.computed(p.sum, "&")
}

func (p *parser) sum() node     { return p.computed(p.product, "+", "-") }
func (p *parser) product() node { return p.computed(p.factor, "*", "/", "%") }

// computed parses operands of the next level with any of the signs between them.
func (p *parser) computed(next func() node, ops ...string) node {
	left := next()
	for n := 0; ; n++ {
		op := ""
		for _, o := range ops {
			if p.tok.is(o) {
				op = o
			}
		}
		if op == "" {
			return left
		}
		if n > maxDepth {
			fail(p.tok.span, "the filter is nested too deeply")
		}
		p.advance()
		right := next()
		left = &arithmetic{left.at().to(right.at()), op, left, right}
	}
}

func (p *parser) factor() node {
	p.enter()
	defer p.leave()
	if p.tok.is("-") {
		t := p.advance()
		of := p.factor()
		return &negative{t.span.to(of.at()), of}
	}
	if p.accept("+") {
		return p.factor()
	}
	n := p.atom()
	for i := 0; p.tok.is("["); i++ {
		if i > maxDepth {
			fail(p.tok.span, "the filter is nested too deeply")
		}
		parts := p.intervals(true)
		n = &slice{span{n.at().start, p.lex.at}, n, parts}
		p.advance()
	}
	return n
}

// atom parses what nothing binds: a field, a function, a literal, or an operand in braces.
func (p *parser) atom() node {
	if p.accept("{") {
		n := p.operand()
		p.expect("}")
		return n
	}
	switch t := p.tok; t.kind {
	case quoted, char:
		p.advance()
		return &literal{span: t.span, kind: t.kind, text: t.text}
	case word:
		p.advance()
		return p.named(t)
	}
	if p.tok.is("(") {
		fail(p.tok.span, `"(" was unexpected in this context; ( ) groups conditions, { } groups what is computed`)
	}
	p.unexpected()
	return nil
}

// named parses what a word begins.
func (p *parser) named(t token) node {
	if p.tok.is("(") && p.tok.start == t.end {
		return p.call(t)
	}
	name, certain := strings.CutPrefix(t.text, ".")
	if f, ok := field.Lookup(name); ok {
		r := &reference{span: t.span, name: name, field: f}
		if p.tok.is("#") {
			r.layers = p.intervals(false)
			r.end = p.lex.at
			p.advance()
		}
		return r
	}
	if certain {
		fail(t.span, "%q is not a valid protocol or protocol field%s", name, suggestion(name))
	}
	return &literal{span: t.span, kind: word, text: t.text}
}

func (p *parser) call(t token) node {
	p.expect("(")
	n := &call{name: t.text, head: t.span}
	for !p.tok.is(")") {
		n.args = append(n.args, p.operand())
		if !p.accept(",") {
			break
		}
	}
	n.span = t.span.to(p.expect(")").span)
	return n
}
