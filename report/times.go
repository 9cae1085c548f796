package report

import (
	"fmt"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// TimeFormat is a form of the Time column; its values are tshark's -t words.
type TimeFormat string

// timeFormats are all there are: seconds since the first frame, the one captured or displayed before, and 1970; times of day
// and dates, local and UTC.
var timeFormats = []TimeFormat{"r", "d", "dd", "e", "a", "ad", "adoy", "u", "ud", "udoy"}

// ParseTimeFormat returns the format that a -t word names; the error lists the words.
func ParseTimeFormat(word string) (TimeFormat, error) {
	words := ""
	for _, f := range timeFormats {
		if string(f) == word {
			return f, nil
		}
		words += ", " + string(f)
	}
	return "", fmt.Errorf("unknown time format %q: it is one of %s", word, words[2:])
}

var layouts = map[TimeFormat]string{
	"a": "15:04:05", "ad": "2006-01-02 15:04:05", "adoy": "2006/002 15:04:05",
	"u": "15:04:05", "ud": "2006-01-02 15:04:05", "udoy": "2006/002 15:04:05",
}

// Append appends a packet's time in the format f.
func (f TimeFormat) Append(dst []byte, s *field.Subject) []byte {
	if !s.Packet.HasTime {
		return dst
	}
	return f.append(dst, f.of(s), s.Packet.Digits, 0)
}

// of returns what the column tells of a packet's time, ns since whatever the format counts from.
func (f TimeFormat) of(s *field.Subject) int64 {
	switch f {
	case "r", "":
		return s.SinceFirst()
	case "d":
		return s.SincePrevious()
	case "dd":
		return s.SinceDisplayed()
	}
	return s.Packet.Time
}

// AppendMoment appends a moment that is not a packet's.
func (f TimeFormat) AppendMoment(dst []byte, ns int64, c field.Clock) []byte {
	switch f {
	case "r", "d", "dd", "":
		ns = decode.Between(c.First, ns)
	}
	return f.append(dst, ns, c.Digits, 0)
}

// append appends what the column tells, with blanks before it up to a width.
func (f TimeFormat) append(dst []byte, ns int64, digits uint8, width int) []byte {
	switch f {
	case "r", "d", "dd", "e", "":
		return appendSeconds(dst, ns, digits, width)
	}
	start := len(dst)
	return alignRight(f.appendClock(dst, ns, digits), start, width)
}

// appendClock appends a time of day, or a date and a time of day.
func (f TimeFormat) appendClock(dst []byte, ns int64, digits uint8) []byte {
	at := time.Unix(0, ns)
	if f[0] == 'u' {
		at = at.UTC()
	}
	dst = at.AppendFormat(dst, layouts[f])
	return appendFraction(dst, uint64(at.Nanosecond()), digits)
}

// appendSeconds appends a number of nanoseconds as seconds with so many digits after the point, cut, not rounded, and blanks before
// it, up to a width.
func appendSeconds(dst []byte, ns int64, digits uint8, width int) []byte {
	u := uint64(max(ns, -ns))
	n := decimals(u / 1e9)
	if width -= n; digits > 0 {
		width -= 1 + int(min(digits, 9))
	}
	if ns < 0 {
		dst = append(appendBlanks(dst, width-1), '-')
	} else {
		dst = appendBlanks(dst, width)
	}
	return appendFraction(appendDigits(dst, u/1e9, n), u%1e9, digits)
}

// appendFraction appends a point and the first digits of a number of nanoseconds below a second.
func appendFraction(dst []byte, ns uint64, digits uint8) []byte {
	if digits == 0 {
		return dst
	}
	n := int(min(digits, 9))
	return appendDigits(append(dst, '.'), ns/fractions[n], n)
}

// fractions are how many nanoseconds the last of so many digits counts.
var fractions = [...]uint64{1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1}
