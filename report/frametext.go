package report

import (
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// controlEscapes are the letters of C's escapes.
var controlEscapes = [' ']byte{'\a': 'a', '\b': 'b', '\t': 't', '\n': 'n', '\v': 'v', '\f': 'f', '\r': 'r'}

// appendFrameText appends text from a frame as tshark does: controls in C's notation, octal where C has no letter (\t, \033),
// what does not show as \u202E, what is not UTF-8 as U+FFFD. A backslash stays one, so that the text cannot always be read
// back; no byte of it moves a cursor.
func appendFrameText(dst, text []byte) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r < ' ' && controlEscapes[r] != 0:
			dst = append(dst, '\\', controlEscapes[r])
		case r < ' ' || r == 0x7f:
			dst = append(dst, '\\', '0'+byte(r>>6), '0'+byte(r>>3&7), '0'+byte(r&7))
		case strconv.IsPrint(r):
			dst = utf8.AppendRune(dst, r) // U+FFFD included
		case r > 0xffff:
			dst = fmt.Appendf(dst, `\U%08X`, r)
		default:
			dst = fmt.Appendf(dst, `\u%04X`, r)
		}
		text = text[size:]
	}
	return dst
}

// appendJSONText appends a string of JSON, quotation marks included (RFC 8259 §7). What a terminal may obey is escaped, and
// what is not UTF-8 becomes U+FFFD.
func appendJSONText(dst, text []byte) []byte {
	dst = append(dst, '"')
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case strconv.IsPrint(r):
			dst = utf8.AppendRune(dst, r)
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		default:
			dst = appendUTF16Escape(dst, r)
		}
		text = text[size:]
	}
	return append(dst, '"')
}

// appendUTF16Escape appends \u and four hexadecimal digits, twice where a character needs a surrogate pair.
func appendUTF16Escape(dst []byte, r rune) []byte {
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		dst = appendHex16(append(dst, `\u`...), uint16(high))
		r = low
	}
	return appendHex16(append(dst, `\u`...), uint16(r))
}
