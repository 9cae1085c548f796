package report

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// appendIPv4 appends what is to be said of an IPv4 header whose payload is not shown: a fragment, an impossible header, or
// a protocol that is not decoded.
func (l *Lines) appendIPv4(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if len(b) < 1 {
		return dst
	}
	header := int(b[0]&0x0f) * 4
	switch {
	case b[0]>>4 != 4:
		dst = appendUint(append(dst, "Bogus IPv4 version ("...), uint64(b[0]>>4))
		return append(dst, ", must be 4)"...)
	case header < 20:
		dst = appendUint(append(dst, "Bogus IP header length ("...), uint64(header))
		return append(dst, ", must be at least 20)"...)
	case len(b) < 20 || layer.Flags&(decode.Unread|decode.Cut) != 0:
		return dst
	case layer.Flags&decode.Bad != 0:
		dst = appendUint(append(dst, "Bogus IP length ("...), uint64(binary.BigEndian.Uint16(b[2:])))
		dst = appendUint(append(dst, ", less than header length "...), uint64(header))
		return append(dst, ')')
	case layer.Flags&decode.Fragment != 0:
		dst = append(dst, "Fragmented IP protocol (proto="...)
		dst = appendUint(append(appendIPProtocol(dst, b[9]), ' '), uint64(b[9]))
		dst = appendUint(append(dst, ", off="...), uint64(binary.BigEndian.Uint16(b[6:])&0x1fff)*8)
		dst = appendHex(append(dst, ", ID="...), b[4:6])
		return l.appendReassembledIn(append(dst, ')'), p)
	}
	if !carriesData(p) {
		return dst
	}
	dst = append(appendIPProtocol(dst, b[9]), " ("...)
	return append(appendUint(dst, uint64(b[9])), ')')
}

// carriesData reports whether what the shown IP header carries belongs to no known protocol, and is not a header that was cut before
// it could be shown.
func carriesData(p *decode.Packet) bool {
	return p.Layers[len(p.Layers)-1].Kind == decode.Data
}

// appendIPv6 appends what is to be said of an IPv6 header whose payload is not shown.
func (l *Lines) appendIPv6(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	const header = 40
	b := p.Bytes(layer)
	if n := layer.StatedLength(); n < header && n > 0 {
		dst = appendUint(append(dst, "Invalid IPv6 header ("...), uint64(n))
		return append(dst, " bytes, need exactly 40)"...)
	}
	if len(b) < header {
		return dst
	}
	next := b[6]
	for i := range p.Layers { // the innermost extension header knows
		e := &p.Layers[i]
		name := extensionWords[e.Kind]
		if name == "" || e.Quoted > 0 {
			continue
		}
		if e.Flags&(decode.Unread|decode.Cut|decode.Bad) != 0 {
			return append(dst, name...)
		}
		if h := p.Header(e); len(h) > 0 {
			next = h[0]
		}
	}
	const noNextHeader = 59
	switch {
	case next == noNextHeader:
		return append(dst, "IPv6 no next header"...)
	case !carriesData(p):
		return dst
	}
	dst = append(appendIPProtocol(append(dst, "Unknown IP Protocol: "...), next), " ("...)
	return append(appendUint(dst, uint64(next)), ')')
}

// extensionWords are what a line says of an extension header that is not whole.
var extensionWords = [1 << 8]string{
	decode.IPv6HopByHop: "IPv6 hop-by-hop options", decode.IPv6DestOpts: "IPv6 destination options", decode.IPv6Routing: "IPv6 routing",
	decode.IPv6Fragment: "IPv6 fragment",
}

// appendAH appends the security parameters index of an Authentication Header (RFC 4302 §2.4) whose payload is not shown.
func appendAH(dst, b []byte) []byte {
	if len(b) < 8 {
		return dst
	}
	return append(appendHex(append(dst, "AH (SPI=0x"...), b[4:8]), ')')
}

// appendIPv6Fragment appends a fragment header's fields (RFC 8200 §4.5).
func (l *Lines) appendIPv6Fragment(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if len(b) < 8 {
		return dst
	}
	dst = appendUint(append(dst, "IPv6 fragment (off="...), uint64(binary.BigEndian.Uint16(b[2:])&^7))
	more := "n"
	if b[3]&1 != 0 {
		more = "y"
	}
	dst = append(append(dst, " more="...), more...)
	dst = appendHex(append(dst, " ident=0x"...), b[4:8])
	dst = appendUint(append(dst, " nxt="...), uint64(b[0]))
	return l.appendReassembledIn(append(dst, ')'), p)
}

// appendReassembledIn appends, on a second pass, the frame that completes a fragment's datagram.
func (l *Lines) appendReassembledIn(dst []byte, p *decode.Packet) []byte {
	if !l.TwoPass || p.ReassembledIn == 0 || p.ReassembledIn == p.Number {
		return dst
	}
	return append(appendUint(append(dst, " [Reassembled in #"...), p.ReassembledIn), ']')
}

// appendIPProtocol appends a protocol's name.
func appendIPProtocol(dst []byte, proto uint8) []byte {
	if name := decode.IPProtocolName(proto); name != "" {
		return append(dst, name...)
	}
	return append(dst, "Unknown"...)
}
