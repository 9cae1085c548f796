package field

import "github.com/icmpsniff/icmpsniff/decode"

// IPsec's Authentication Header (RFC 4302 §2).
var ahFields = in("ah", kindSet(decode.AH),
	u8("ah.next_header", "Next header", 0).named(ipProtocolNames),
	u8("ah.length", "Length", 1),
	octets("ah.reserved", "Reserved", 2, 2),
	u32("ah.spi", "AH SPI", 4).hex(),
	u32("ah.sequence", "AH Sequence", 8),
	read("ah.icv", "AH ICV", Bytes, func(s *Subject, i int, b []byte, dst []Value) []Value {
		const fixed = 12
		if n := header(s, i); n >= fixed && n == 4*(int(b[1])+2) {
			dst = append(dst, Value{Bytes: b[fixed:n]})
		}
		return dst
	}),
)
