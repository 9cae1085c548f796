package report

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// appendICMPv4 appends an ICMP message's type, padded to 20, and its code or, of a query, its identifier and sequence
// number, which hosts write in either byte order.
func (l *Lines) appendICMPv4(dst []byte, p *decode.Packet, layer *decode.Layer, r *track.Relation) []byte {
	b := p.Bytes(layer)
	if len(b) < 2 {
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
	dst = append(dst, name...)
	for n := len(name); n < 20; n++ {
		dst = append(dst, ' ')
	}
	switch t {
	case 0, 8, 13, 14, 15, 16, 17, 18:
		if len(b) < 8 {
			return dst
		}
		return l.appendQuery(dst, p, b, r)
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

func (l *Lines) appendQuery(dst []byte, p *decode.Packet, b []byte, r *track.Relation) []byte {
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
	if b[0] != 0 && b[0] != 8 {
		return dst
	}
	return l.appendRelation(dst, p, r)
}

// appendRelation appends what a request or a reply is to its other side.
func (l *Lines) appendRelation(dst []byte, p *decode.Packet, r *track.Relation) []byte {
	switch {
	case r == nil:
	case r.Role == track.Reply && r.Peer != 0:
		dst = appendUint(append(dst, " (request in "...), r.Peer)
		if r.Has(track.Duplicate) {
			dst = append(dst, ", duplicate"...)
		}
		dst = append(dst, ')')
	case r.Role != track.Request || !l.TwoPass:
	case r.Peer != 0 && r.Has(track.Copy): // the reply is the first one's
	case r.Peer != 0:
		dst = append(appendUint(append(dst, " (reply in "...), r.Peer), ')')
	default:
		dst = append(dst, unanswered(p)...)
	}
	return dst
}

// unanswered says that no reply to a request is in the capture, unless it asked a group, where nobody need answer.
func unanswered(p *decode.Packet) string {
	switch dst := p.Destination; {
	case dst.Kind == decode.IPv4Address && dst.IP().IsMulticast(), dst.Kind == decode.IPv6Address && dst.IP().IsMulticast():
		return " (multicast)"
	case linkBroadcast(p):
		return " (broadcast)"
	}
	return noResponse
}

// noResponse is tshark's note on a request without a reply.
const noResponse = " (no response found!)"

// linkBroadcast reports whether the frame went to every host on its link.
func linkBroadcast(p *decode.Packet) bool {
	link := p.LinkLayer()
	return link != nil && link.Kind == decode.Ethernet && [6]byte(p.Header(link)) == [6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
}
