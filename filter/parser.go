package filter

import (
	"strings"

	"github.com/icmpsniff/icmpsniff/field"
)

// maxDepth bounds how deep conditions and operands may nest.
const maxDepth = 256

// parser turns tokens into a tree, by descending one function for each level of precedence.
type parser struct {
	lex   lexer
	tok   token
	depth int
}

func parse(text string) node {
	p := &parser{lex: lexer{text: text}}
	p.advance()
	if p.tok.kind == end {
		return &always{}
	}
	n := p.or()
	if p.tok.kind != end {
		p.unexpected()
	}
	return n
}

// advance returns the current token and moves to the next.
func (p *parser) advance() token {
	t := p.tok
	p.tok = p.lex.next()
	return t
}

// accept advances over a sign if it is next.
func (p *parser) accept(text string) bool {
	if !p.tok.is(text) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) expect(text string) token {
	if !p.tok.is(text) {
		p.unexpected()
	}
	return p.advance()
}

func (p *parser) unexpected() {
	if p.tok.kind == end {
		fail(p.tok.span, "unexpected end of filter expression")
	}
	if p.tok.raw == "=" {
		fail(p.tok.span, `"=" was unexpected in this context; equality is "=="`)
	}
	fail(p.tok.span, `"%s" was unexpected in this context`, strings.Trim(p.tok.raw, `"`))
}

// enter counts a level of nesting; leave must follow.
func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		fail(p.tok.span, "the filter is nested too deeply")
	}
}

func (p *parser) leave() { p.depth-- }

func (p *parser) or() node  { return p.joined("||", p.xor) }
func (p *parser) xor() node { return p.joined("^^", p.and) }
func (p *parser) and() node { return p.joined("&&", p.not) }

// joined parses conditions of the next level with a sign between them.
func (p *parser) joined(op string, next func() node) node {
	left := next()
	for n := 0; p.tok.is(op); n++ {
		if n > maxDepth {
			fail(p.tok.span, "the filter has too many conditions in a row; use in { }")
		}
		p.advance()
		right := next()
		left = &logic{left.at().to(right.at()), op, left, right}
	}
	return left
}

func (p *parser) not() node {
	p.enter()
	defer p.leave()
	if p.tok.is("!") {
		t := p.advance()
		of := p.not()
		return &not{t.span.to(of.at()), of}
	}
	if p.tok.is("(") {
		p.advance()
		n := p.or()
		p.expect(")")
		return n
	}
	return p.test()
}

// relations are the signs that compare, and whether they compare every pair unless told otherwise.
var relations = map[string]bool{
	"==": false, "!=": true, "===": true, "!==": false, ">": false, "<": false, ">=": false, "<=": false,
	"contains": false, "matches": false,
}

// test parses a comparison, a membership, or an operand that is asked to be there. Comparisons may be chained: a < b < c.
func (p *parser) test() node {
	start, quantifier := p.tok.span, ""
	if p.tok.is("any") || p.tok.is("all") {
		quantifier = p.advance().text
	}
	left := p.operand()
	if n := p.membership(start, quantifier, left); n != nil {
		return n
	}
	if _, ok := relations[p.tok.text]; !ok || p.tok.kind != sign {
		if quantifier != "" {
			p.unexpected()
		}
		return &exists{left.at(), left}
	}
	var all node
	for p.tok.kind == sign {
		if _, ok := relations[p.tok.text]; !ok {
			break
		}
		op := p.advance()
		right := p.operand()
		r := node(&relation{span: start.to(right.at()), op: op.text, sign: op.span, quantifier: quantifier, left: left, right: right})
		if all != nil {
			r = &logic{all.at().to(right.at()), "&&", all, r}
		}
		all, left = r, right
	}
	return all
}

// membership parses "in { … }" or "not in { … }" after an operand, if it is there.
func (p *parser) membership(start span, quantifier string, left node) node {
	negated := false
	if p.tok.is("!") && p.tok.raw == "not" {
		p.advance()
		negated = true
	}
	if !p.tok.is("in") {
		if negated {
			p.unexpected()
		}
		return nil
	}
	p.advance()
	p.expect("{")
	n := &member{quantifier: quantifier, negated: negated, left: left}
	for {
		e := element{low: p.operand()}
		if p.accept("..") {
			e.high = p.operand()
		}
		n.set = append(n.set, e)
		if !p.accept(",") {
			break
		}
	}
	n.span = start.to(p.expect("}").span)
	return n
}

// suggestion returns the end of a sentence about a name that does not exist.
func suggestion(name string) string {
	if near := field.Near(name); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}
