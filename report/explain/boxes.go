package explain

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/icmpsniff/icmpsniff/decode"
)

// word is how many bits a line of a drawing has.
const word = 32

// form is how a box shows its value.
type form uint8

const (
	inDecimal form = iota
	inHex
	inBinary
	asIPv4
	asIPv6
	asMAC
)

// box is a field of a header: its name in the RFC, how many bits it has, and how it is shown.
type box struct {
	name string
	bits int
	form form
}

// piece is what of a box stands in one line of a drawing; of a box that fills several, all of it.
type piece struct {
	name, value string
	bits        int // in the line
}

// appendHeaders appends drawings of a packet's headers.
func appendHeaders(dst []byte, p *decode.Packet) []byte {
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Quoted > 0 || l.Flags&(decode.Unread|decode.Bad) != 0 {
			continue
		}
		b := p.Bytes(l)
		if h := headerOf(l.Kind, b); h != nil {
			if headers[l.Kind] == h { // what these carry has drawings of its own
				b = p.Header(l)
			}
			dst = h.append(append(dst, '\n'), b)
		}
	}
	return dst
}

// append appends a drawing of a header as RFCs have it, each box with the value that it has in b.
func (h *header) append(dst, b []byte) []byte {
	line := func(s string) { dst = append(append(append(dst, indent...), strings.TrimRight(s, " ")...), '\n') }
	line(h.name)
	line(" 0                   1                   2                   3")
	line(" " + strings.TrimRight(strings.Repeat("0 1 2 3 4 5 6 7 8 9 ", 3)+"0 1", " "))
	rule := "+" + strings.Repeat("-+", word)
	var pieces []piece
	used, at := 0, 0 // bits of the line, and of the header
	flush := func() {
		names, values := "|", "|"
		for _, p := range pieces {
			room := 2*p.bits - 1
			names += center(p.name, room) + "|"
			values += center(p.value, room) + "|"
		}
		line(rule)
		line(names)
		line(values)
		pieces, used = pieces[:0], 0
	}
	for i := range h.boxes {
		x := &h.boxes[i]
		if used == 0 && x.bits%word == 0 && x.bits > word {
			pieces = append(pieces, piece{x.name + " (" + strconv.Itoa(x.bits) + " bits)", x.value(b, at, x.bits), word})
			at += x.bits
			flush()
			continue
		}
		for done := 0; done < x.bits; {
			n := min(x.bits-done, word-used)
			name := x.name
			if n < x.bits {
				name += " (bits " + strconv.Itoa(done) + "-" + strconv.Itoa(done+n-1) + ")"
			}
			pieces = append(pieces, piece{name, x.value(b, at, n), n})
			done, used, at = done+n, used+n, at+n
			if used == word {
				flush()
			}
		}
	}
	if used > 0 {
		flush()
	}
	line(rule)
	if rest := len(b) - at/8; rest > 0 {
		line("/" + center(h.rest+", "+strconv.Itoa(rest)+" bytes", 2*word-1) + "/")
		line(rule)
	}
	return dst
}

// value writes n bits of a box, from a bit of the header on: all of them, or those of one line.
func (x *box) value(b []byte, at, n int) string {
	if at+n > 8*len(b) {
		return "?"
	}
	whole := b[at/8 : (at+n+7)/8]
	switch x.form {
	case asIPv4:
		if n == 32 {
			return netip.AddrFrom4([4]byte(whole)).String()
		}
		return dotted(whole)
	case asIPv6:
		if n == 128 {
			return netip.AddrFrom16([16]byte(whole)).String()
		}
	case asMAC:
		return mac(whole)
	}
	if n > 64 {
		return mac(whole)
	}
	v := uint64(0)
	for i := range n {
		bit := at + i
		v = v<<1 | uint64(b[bit/8]>>(7-bit%8)&1)
	}
	switch x.form {
	case inHex:
		s := strconv.FormatUint(v, 16)
		return "0x" + strings.Repeat("0", max(0, (n+3)/4-len(s))) + s
	case inBinary:
		s := strconv.FormatUint(v, 2)
		return strings.Repeat("0", max(0, n-len(s))) + s
	}
	return strconv.FormatUint(v, 10)
}

// dotted writes some bytes of an IPv4 address.
func dotted(b []byte) string {
	parts := make([]string, len(b))
	for i, c := range b {
		parts[i] = strconv.Itoa(int(c))
	}
	return strings.Join(parts, ".")
}
