package filter

import (
	"io"
	"regexp"
	"regexp/syntax"
	"unicode"

	"github.com/icmpsniff/icmpsniff/field"
)

// pattern is a regular expression over bytes.
type pattern struct {
	re *regexp.Regexp
	// wide says that the expression speaks of bytes from 0x80 on. Go's sees UTF-8; such bytes are shown to it as one character
	// each, which is slower.
	wide bool
	in   byteReader
}

// compileRegexp compiles a literal that matches asks for. Case is ignored, unless the expression says (?-i).
func compileRegexp(n *literal) *pattern {
	runes := make([]rune, len(n.text)) // bytes as characters
	for i := range runes {
		runes[i] = rune(n.text[i])
	}
	re, err := regexp.Compile("(?i)" + string(runes))
	if err != nil {
		message := err.Error()
		if e, ok := err.(*syntax.Error); ok {
			message = e.Code.String()
			if e.Expr != "" {
				message += ": " + e.Expr
			}
		}
		fail(n.span, "this is no regular expression of RE2 (%s)", message)
	}
	tree, err := syntax.Parse("(?i)"+string(runes), syntax.Perl)
	return &pattern{re: re, wide: err != nil || beyondASCII(tree)}
}

// beyondASCII reports whether an expression names characters from 0x80 on. Classes that reach to the last character there is
// are those of everything else, as [^a], and name none.
func beyondASCII(re *syntax.Regexp) bool {
	for i, r := range re.Rune {
		class := re.Op == syntax.OpCharClass
		if r > unicode.MaxASCII && !(class && i%2 == 1 && r == unicode.MaxRune) && !foldOnly(r) {
			return true
		}
	}
	for _, sub := range re.Sub {
		if beyondASCII(sub) {
			return true
		}
	}
	return false
}

// foldOnly reports whether a character got into an expression only as another case of an ASCII letter: k has the Kelvin sign
// and s the long s.
func foldOnly(r rune) bool { return r == 0x212a || r == 0x017f }

// match reports whether the expression matches anywhere in b.
func (p *pattern) match(b []byte) bool {
	if !p.wide {
		return p.re.Match(b)
	}
	p.in = byteReader{b: b}
	return p.re.MatchReader(&p.in)
}

// byteReader shows each byte as the character of its value.
type byteReader struct {
	b  []byte
	at int
}

func (r *byteReader) ReadRune() (rune, int, error) {
	if r.at == len(r.b) {
		return 0, 0, io.EOF
	}
	r.at++
	return rune(r.b[r.at-1]), 1, nil
}

// matching compiles a comparison with a regular expression.
func matching(left values, _ field.Type, n *literal, every bool) test {
	p := compileRegexp(n)
	return func(s *field.Subject) bool {
		list := left(s)
		for i := range list {
			if p.match(list[i].Bytes) != every {
				return !every
			}
		}
		return every && len(list) > 0
	}
}
