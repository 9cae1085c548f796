package report

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// appendICMPv4 appends an ICMP message's type, padded to 20, and its code or, of a query, its identifier and sequence
// number, which hosts write in either byte order; nothing of a message of which less than six bytes are there.
func appendICMPv4(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if layer.Flags&decode.Unread != 0 {
		return dst
	}
	t, c := b[0], b[1]
	name := decode.ICMPv4TypeName(t)
	switch {
	case t == 9 && (c == 0 || c == 16):
		name = "Mobile IP Advertisement" // RFC 5944 §2.1
	case name == "":
		name = "Unknown ICMP (obsolete or malformed?)"
	}
	dst = appendBlanks(append(dst, name...), 20-len(name))
	switch t {
	case 0, 8, 13, 14, 15, 16, 17, 18:
		if len(b) < 8 {
			return dst
		}
		return appendQuery4(dst, p, b)
	}
	code, coded := decode.ICMPv4CodeName(t, c)
	if !coded {
		return dst
	}
	dst = append(dst, " ("...)
	if code == "" {
		dst = appendUint(append(dst, "Unknown code: "...), uint64(c))
	} else {
		dst = append(dst, code...)
	}
	return append(dst, ')')
}

func appendQuery4(dst []byte, p *decode.Packet, b []byte) []byte {
	seq := b[6:8]
	dst = append(dst, " id=0x"...)
	dst = appendHex(dst, b[4:6])
	dst = append(dst, ", seq="...)
	dst = appendUint(dst, uint64(binary.BigEndian.Uint16(seq)))
	dst = append(dst, '/')
	dst = appendUint(dst, uint64(binary.LittleEndian.Uint16(seq)))
	if ip := p.Network(); ip != nil && ip.Kind == decode.IPv4 {
		dst = appendByte(append(dst, ", ttl="...), p.Header(ip)[8])
	}
	return dst
}
