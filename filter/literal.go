package filter

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"strconv"
	"strings"

	"github.com/icmpsniff/icmpsniff/field"
)

// convert turns a literal into a value of type t. f is the field that it is compared with, for the names of its values, or
// nil.
func (n *literal) convert(t field.Type, f *field.Field) constant {
	switch {
	case t == field.String, (t == field.Bytes || t == field.Protocol) && n.kind != word:
		return ofBytes([]byte(n.text))
	case t == field.Bytes, t == field.Protocol:
		b, ok := byteString(n.text)
		if !ok {
			fail(n.span, "%q is not a valid byte string", n.text)
		}
		return ofBytes(b)
	case t == field.AbsoluteTime:
		return ofNumber(uint64(n.absoluteTime()))
	case t.Unsigned() || t.Signed():
		return n.integer(t, f)
	case n.kind == quoted:
		fail(n.span, `%s cannot be converted from a string (%q)`, t.Words(), n.text)
	case t == field.Double:
		v, err := strconv.ParseFloat(n.text, 64)
		if i, hex := integer(n.text); hex == nil {
			v, err = float64(i), nil
		}
		if err != nil {
			fail(n.span, "%q is not a valid floating-point number", n.text)
		}
		return ofNumber(math.Float64bits(v))
	case t == field.RelativeTime:
		return ofNumber(uint64(n.seconds()))
	case t == field.IPv4:
		return n.address(4)
	case t == field.IPv6:
		return n.address(16)
	case t == field.Ether:
		return n.ether()
	}
	fail(n.span, "%s cannot be compared with %q", t.Words(), n.text)
	return constant{}
}

func ofBytes(b []byte) constant {
	return constant{Value: field.Value{Bytes: b, Uint: uint64(len(b))}}
}

func ofNumber(u uint64) constant { return constant{Value: field.Value{Uint: u}} }

// integer reads a number, decimal, hexadecimal (0x), octal (0) or binary (0b), a character, or the name of a value.
func (n *literal) integer(t field.Type, f *field.Field) constant {
	if n.kind == char {
		return ofNumber(uint64(n.text[0]))
	}
	if t == field.Boolean && n.kind == word {
		switch n.text {
		case "True", "TRUE":
			return ofNumber(1)
		case "False", "FALSE":
			return ofNumber(0)
		}
	}
	if n.kind == word {
		v, err := integer(n.text)
		switch top := largest(t); {
		case errors.Is(err, strconv.ErrRange):
			fail(n.span, "%q causes an integer overflow", n.text)
		case err == nil && t == field.Boolean:
			return ofNumber(min(v, 1))
		case err == nil && v > top:
			fail(n.span, "%q too big for this field, maximum %d", n.text, top)
		case err == nil:
			return ofNumber(v)
		}
	}
	if f != nil && f.Names != nil {
		for _, name := range f.Names {
			if strings.EqualFold(name.Name, n.text) {
				return ofNumber(name.Value)
			}
		}
		fail(n.span, "%q cannot be found among the possible values for %s", n.text, f.Name)
	}
	if n.kind == quoted {
		fail(n.span, `%s cannot be converted from a string (%q)`, t.Words(), n.text)
	}
	fail(n.span, "%q is not a valid number", n.text)
	return constant{}
}

// integer reads an integer in C's notation, and in binary.
func integer(s string) (uint64, error) {
	base, digits := 10, s
	switch {
	case len(s) > 2 && (strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X")):
		base, digits = 16, s[2:]
	case len(s) > 2 && (strings.HasPrefix(s, "0b") || strings.HasPrefix(s, "0B")):
		base, digits = 2, s[2:]
	case len(s) > 1 && s[0] == '0':
		base, digits = 8, s[1:]
	}
	return strconv.ParseUint(digits, base, 64)
}

// largest returns the largest integer of a type.
func largest(t field.Type) uint64 {
	width := t.Size() * 8
	switch {
	case t == field.Boolean, width == 64:
		return math.MaxUint64
	case t.Signed():
		width--
	}
	return 1<<width - 1
}

// byteString reads bytes in hexadecimal, with or without one of : - . between them, or one byte as 0x41.
func byteString(s string) ([]byte, bool) {
	s = strings.TrimPrefix(s, ":")
	if len(s) == 4 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') {
		s = s[2:]
	}
	var b []byte
	for at := 0; at < len(s); {
		v, n := digits(s[at:], 16, 2)
		if n == 0 {
			return nil, false
		}
		b = append(b, byte(v))
		at += n
		if at < len(s) && strings.IndexByte(":-.", s[at]) >= 0 {
			if at++; at == len(s) {
				return nil, false
			}
		}
	}
	return b, len(b) > 0
}

func (n *literal) ether() constant {
	b, ok := byteString(n.text)
	switch {
	case !ok:
		fail(n.span, "%q is not a valid Ethernet address", n.text)
	case len(b) < 6:
		fail(n.span, "%q contains too few bytes to be a valid Ethernet address", n.text)
	case len(b) > 6:
		fail(n.span, "%q contains too many bytes to be a valid Ethernet address", n.text)
	}
	return ofBytes(b)
}

// address reads an IP address of so many bytes, which a prefix length may follow. Names are not looked up.
func (n *literal) address(size int) constant {
	version := map[int]string{4: "IPv4", 16: "IPv6"}[size]
	text, length, prefixed := strings.Cut(n.text, "/")
	addr, err := netip.ParseAddr(text)
	if err != nil || addr.BitLen() != size*8 || addr.Zone() != "" {
		fail(n.span, "%q is not a valid %s address", text, version)
	}
	c := ofBytes(addr.AsSlice())
	if prefixed {
		bits, err := strconv.Atoi(length)
		if err != nil || bits > size*8 {
			fail(n.span, "the prefix length of an %s address is at most %d, not %s", version, size*8, length)
		}
		c.mask = make([]byte, size)
		for i := range bits {
			c.mask[i/8] |= 0x80 >> (i % 8)
		}
	}
	return c
}

// seconds reads a duration in seconds, with a fraction, in nanoseconds.
func (n *literal) seconds() int64 {
	whole, fraction, _ := strings.Cut(n.text, ".")
	ns, err := nanoseconds(whole, fraction)
	if err != nil {
		fail(n.span, "%q is not a valid time offset in seconds", n.text)
	}
	return ns
}

// nanoseconds makes one number of seconds and of their decimals.
func nanoseconds(whole, fraction string) (int64, error) {
	if whole == "" && fraction != "" {
		whole = "0"
	}
	s, err := strconv.ParseInt(whole, 10, 64)
	const most = math.MaxInt64/1_000_000_000 - 1
	if err != nil || s > most || s < -most {
		return 0, fmt.Errorf("%q seconds", whole)
	}
	ns := uint64(0)
	if fraction != "" {
		if ns, err = strconv.ParseUint((fraction + "00000000")[:9], 10, 32); err != nil || len(fraction) > 9 {
			return 0, fmt.Errorf("fraction %q", fraction)
		}
	}
	return s*1e9 + int64(ns), nil
}
