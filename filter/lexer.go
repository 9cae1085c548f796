package filter

import (
	"strings"
	"unicode/utf8"
)

// lexer cuts a filter into tokens.
type lexer struct {
	text string
	at   int
}

// next returns the next token, of kind end after the last.
func (l *lexer) next() token {
	for l.at < len(l.text) && strings.IndexByte(" \t\r\n", l.text[l.at]) >= 0 {
		l.at++
	}
	rest := l.text[l.at:]
	switch {
	case rest == "":
		return token{kind: end, span: span{l.at, l.at}}
	case rest[0] == '"':
		return l.quoted(1, true)
	case strings.HasPrefix(rest, `r"`), strings.HasPrefix(rest, `R"`):
		return l.quoted(2, false)
	case rest[0] == '\'':
		return l.char()
	case strings.HasPrefix(rest, ".."):
		return l.take(sign, 2)
	}
	if n := wordLength(rest); n > 0 {
		return l.word(n)
	}
	for _, s := range signs {
		if strings.HasPrefix(rest, s.written) {
			t := l.take(sign, len(s.written))
			t.text = s.means
			return t
		}
	}
	_, n := utf8.DecodeRuneInString(rest)
	return l.take(sign, n)
}

func (l *lexer) take(k kind, n int) token {
	t := token{kind: k, span: span{l.at, l.at + n}, text: l.text[l.at : l.at+n], raw: l.text[l.at : l.at+n]}
	l.at += n
	return t
}

func (l *lexer) word(n int) token {
	t := l.take(word, n)
	if means, ok := words[t.text]; ok {
		t.kind, t.text = sign, means
	}
	return t
}

// wordLength returns how many bytes of s are one word. Dots, colons and, between letters and digits, dashes belong to it, as
// they do to field names and addresses; a slash does after an address, before the length of its prefix.
func wordLength(s string) int {
	n := 0
	for n < len(s) {
		c := s[n]
		switch {
		case letter(c), c == ':':
		case c == '.':
			if n+1 < len(s) && s[n+1] == '.' {
				return n
			}
		case c == '-':
			if n == 0 || n+1 == len(s) || !letter(s[n-1]) || !letter(s[n+1]) {
				return n
			}
		case c == '/':
			if !address(s[:n]) || n+1 == len(s) || !digit(s[n+1]) {
				return n
			}
		default:
			return n
		}
		n++
	}
	return n
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func letter(c byte) bool {
	return digit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_'
}

// address reports whether a word looks like an IP address, whole.
func address(s string) bool {
	return strings.Contains(s, ":") || strings.Count(s, ".") == 3 && strings.Trim(s, "0123456789.") == ""
}

// quoted reads a string whose text starts after n bytes.
func (l *lexer) quoted(n int, escapes bool) token {
	start := l.at
	l.at += n
	var b strings.Builder
	for l.at < len(l.text) {
		c := l.text[l.at]
		switch {
		case c == '"':
			l.at++
			return token{kind: quoted, span: span{start, l.at}, text: b.String(), raw: l.text[start:l.at]}
		case c == '\\' && escapes:
			b.WriteString(l.escape())
		case c == '\\' && l.at+1 < len(l.text):
			b.WriteString(l.text[l.at : l.at+2])
			l.at += 2
		default:
			b.WriteByte(c)
			l.at++
		}
	}
	fail(span{start, len(l.text)}, "the final quote was missing from a quoted string")
	return token{}
}

// char reads a character constant.
func (l *lexer) char() token {
	start := l.at
	l.at++
	text := ""
	if l.at < len(l.text) && l.text[l.at] == '\\' {
		text = l.escape()
	} else if l.at < len(l.text) && l.text[l.at] != '\'' {
		text = l.text[l.at : l.at+1]
		l.at++
	}
	if text == "" || l.at >= len(l.text) || l.text[l.at] != '\'' {
		fail(span{start, min(l.at+1, len(l.text))}, "a character constant is one character between single quotes")
	}
	l.at++
	return token{kind: char, span: span{start, l.at}, text: text, raw: l.text[start:l.at]}
}

// escapes are the letters after a backslash that stand for one byte.
var escapes = map[byte]byte{
	'a': 7, 'b': 8, 'f': 12, 'n': 10, 'r': 13, 't': 9, 'v': 11, '\\': '\\', '"': '"', '\'': '\'',
}

// escape reads what a backslash starts, and returns what it stands for.
func (l *lexer) escape() string {
	start := l.at
	rest := l.text[l.at+1:]
	if rest == "" {
		fail(span{start, len(l.text)}, "the final quote was missing from a quoted string")
	}
	if c, ok := escapes[rest[0]]; ok {
		l.at += 2
		return string([]byte{c})
	}
	switch {
	case rest[0] == 'x':
		if v, n := digits(rest[1:], 16, 2); n > 0 {
			l.at += 2 + n
			return string([]byte{byte(v)})
		}
	case rest[0] >= '0' && rest[0] <= '7':
		if v, n := digits(rest, 8, 3); v < 256 {
			l.at += 1 + n
			return string([]byte{byte(v)})
		}
	case rest[0] == 'u', rest[0] == 'U':
		size := map[byte]int{'u': 4, 'U': 8}[rest[0]]
		if v, n := digits(rest[1:], 16, size); n == size && utf8.ValidRune(rune(v)) {
			l.at += 2 + n
			return string(rune(v))
		}
	}
	_, n := utf8.DecodeRuneInString(rest)
	fail(span{start, start + 1 + n}, `\%s is not a valid character escape sequence`, rest[:n])
	return ""
}

// digits reads up to most digits of a base, and returns their value and number.
func digits(s string, base, most int) (v uint32, n int) {
	for n < most && n < len(s) {
		d := strings.IndexByte("0123456789abcdef", lower(s[n]))
		if d < 0 || d >= base {
			break
		}
		v = v*uint32(base) + uint32(d)
		n++
	}
	return v, n
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c |= 0x20
	}
	return c
}
