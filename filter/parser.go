package filter

import (
	"strconv"
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

// intervals reads what follows a "[" or a "#" that is the current token, up to the closing bracket; the next token is the one
// after it. Between brackets, colons and dashes separate numbers: they have their own little language.
func (p *parser) intervals(bytes bool) []interval {
	l := &p.lex
	start := p.tok.start
	if !bytes && !strings.HasPrefix(l.text[l.at:], "[") {
		n := 0
		for l.at+n < len(l.text) && digit(l.text[l.at+n]) {
			n++
		}
		v, ok := number(l.text[l.at : l.at+n])
		if !ok {
			fail(span{start, l.at}, "a layer number must follow #")
		}
		l.at += n
		return []interval{{from: v, to: v}}
	}
	if !bytes {
		l.at++
	}
	close := strings.IndexByte(l.text[l.at:], ']')
	if close < 0 {
		fail(span{len(l.text), len(l.text)}, "unexpected end of filter expression")
	}
	text := l.text[l.at : l.at+close]
	l.at += close + 1
	var list []interval
	for part := range strings.SplitSeq(text, ",") {
		v, ok := parseInterval(strings.TrimSpace(part))
		if !ok {
			fail(span{start, l.at}, "%q is not a valid range; write [offset:length], [first-last], [offset], [:length] or [offset:]", text)
		}
		list = append(list, v)
	}
	return list
}

// parseInterval reads "i", "i:length", "i-j", ":length" or "i:".
func parseInterval(s string) (v interval, ok bool) {
	if first, length, colon := strings.Cut(s, ":"); colon {
		if first = strings.TrimSpace(first); first != "" {
			if v.from, ok = number(first); !ok {
				return v, false
			}
		}
		if length = strings.TrimSpace(length); length == "" {
			v.open = true
			return v, first != ""
		}
		n, ok := number(length)
		v.to = v.from + n - 1
		return v, ok && n > 0 && (v.from >= 0 || v.to < 0)
	}
	if first, last, both := strings.Cut(s, "--"); both { // -4--1: both count from the end
		a, ok1 := number(first)
		b, ok2 := number("-" + last)
		return interval{from: a, to: b}, ok1 && ok2 && a < 0 && b >= a
	}
	if dash := strings.LastIndexByte(s, '-'); dash > 0 {
		a, ok1 := number(strings.TrimSpace(s[:dash]))
		b, ok2 := number(strings.TrimSpace(s[dash+1:]))
		return interval{from: a, to: b}, ok1 && ok2 && a >= 0 && b >= a
	}
	n, ok := number(s)
	return interval{from: n, to: n}, ok
}

// number reads a decimal or hexadecimal integer that fits 16 bits and a sign.
func number(s string) (int, bool) {
	n, err := strconv.ParseInt(s, 0, 18)
	return int(n), err == nil
}

// suggestion returns the end of a sentence about a name that does not exist.
func suggestion(name string) string {
	if near := field.Near(name); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}
