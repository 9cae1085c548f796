package report

import (
	"strconv"
	"unicode/utf8"
)

// AppendEscaped appends s as text that can neither move a cursor nor pass for another text: printable characters as
// they are, a backslash doubled, and everything else (controls, bytes that are not UTF-8, invisible and
// direction-changing characters) as Go escapes it in a string: \n, \x1b, \u202e. The output has no line break.
func AppendEscaped(dst, s []byte) []byte {
	for len(s) > 0 {
		c := s[0]
		if c >= ' ' && c < utf8.RuneSelf-1 && c != '\\' {
			dst, s = append(dst, c), s[1:]
			continue
		}
		r, size := utf8.DecodeRune(s)
		switch {
		case r == utf8.RuneError && size == 1:
			dst = append(dst, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
		case r != '\\' && strconv.IsPrint(r):
			dst = append(dst, s[:size]...)
		default:
			mark := len(dst)
			dst = strconv.AppendQuoteRune(dst, r)
			dst = append(dst[:mark], dst[mark+1:len(dst)-1]...) // without the quotes
		}
		s = s[size:]
	}
	return dst
}

// escaped is AppendEscaped for a text that seldom needs it.
func escaped(s string) string { return string(AppendEscaped(nil, []byte(s))) }

const hexDigits = "0123456789abcdef"
