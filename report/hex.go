package report

import (
	"strconv"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// HexDump prints a packet's bytes as tshark -x does: 16 a line, in hexadecimal and as ASCII, and a blank line after them.
// A frame that completes a datagram has the datagram after it, each under a heading.
type HexDump struct {
	// Apart has a blank line before the bytes: something that ends in none was printed of the packet before them.
	Apart bool
}

// Begin appends nothing.
func (HexDump) Begin(dst []byte) []byte { return dst }

// Append appends the dump of a packet.
func (h HexDump) Append(dst []byte, s *field.Subject) []byte {
	if h.Apart {
		dst = append(dst, '\n')
	}
	p := s.Packet
	heading := false
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Flags&decode.Reassembled == 0 || i+1 == len(p.Layers) {
			continue
		}
		if !heading {
			heading = true
			dst = appendSource(dst, "Frame", p.Data)
		}
		name := "Reassembled IPv4"
		if l.Kind == decode.IPv6Fragment {
			name = "Reassembled IPv6"
		}
		dst = appendSource(dst, name, p.Bytes(&p.Layers[i+1])) // the first layer of a datagram spans it
	}
	if !heading {
		dst = appendDump(dst, p.Data)
	}
	return append(dst, '\n')
}

// End appends nothing.
func (HexDump) End(dst []byte) []byte { return dst }

// appendSource appends a heading, and the bytes that it speaks of.
func appendSource(dst []byte, name string, b []byte) []byte {
	dst = append(append(dst, name...), " ("...)
	dst = strconv.AppendInt(dst, int64(len(b)), 10)
	return appendDump(append(dst, " bytes):\n"...), b)
}

// dumpWidth is how many bytes a line has.
const dumpWidth = 16

// appendDump appends bytes; the offsets have four digits, or as many as the last needs.
func appendDump(dst, b []byte) []byte {
	digits := 4
	for (len(b)-1)>>(4*digits) > 0 {
		digits++
	}
	for at := 0; at < len(b); at += dumpWidth {
		line := b[at:min(at+dumpWidth, len(b))]
		dst = append(appendOffset(dst, at, digits), ' ')
		for i := range dumpWidth {
			if i < len(line) {
				dst = append(dst, ' ', hexDigits[line[i]>>4], hexDigits[line[i]&15])
			} else {
				dst = append(dst, "   "...)
			}
		}
		dst = append(dst, "   "...)
		for _, c := range line {
			if c < ' ' || c > '~' {
				c = '.'
			}
			dst = append(dst, c)
		}
		dst = append(dst, '\n')
	}
	return dst
}

// appendOffset appends a number in hexadecimal.
func appendOffset(dst []byte, offset, digits int) []byte {
	for digits--; digits >= 0; digits-- {
		dst = append(dst, hexDigits[offset>>(4*digits)&15])
	}
	return dst
}
