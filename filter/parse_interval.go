package filter

import (
	"strconv"
	"strings"
)

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
