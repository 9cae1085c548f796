package report

import "github.com/icmpsniff/icmpsniff/field"

// HexWords prints a packet's bytes as tcpdump -xx does: the frame with its link header, 16 bytes a line, in pairs.
type HexWords struct{}

// Begin appends nothing.
func (HexWords) Begin(dst []byte) []byte { return dst }

// Append appends the dump of a packet.
func (HexWords) Append(dst []byte, s *field.Subject) []byte {
	b := s.Packet.Data
	for at := 0; at < len(b); at += dumpWidth {
		digits := 4
		for at>>(4*digits) > 0 {
			digits++
		}
		dst = appendOffset(append(dst, "\t0x"...), at, digits)
		dst = append(dst, ": "...)
		for i, c := range b[at:min(at+dumpWidth, len(b))] {
			if i%2 == 0 {
				dst = append(dst, ' ')
			}
			dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
		}
		dst = append(dst, '\n')
	}
	return dst
}

// End appends nothing.
func (HexWords) End(dst []byte) []byte { return dst }
