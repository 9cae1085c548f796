package report

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// appendUDP appends a datagram's ports and the length of its payload.
func appendUDP(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if len(b) < 8 {
		return dst
	}
	dst = appendPorts(dst, b)
	n, ip := int(binary.BigEndian.Uint16(b[4:])), p.Network()
	six := ip != nil && ip.Kind == decode.IPv6
	jumbo := n == 0 && six // RFC 2675 §4
	if jumbo {
		n = layer.StatedLength()
	}
	if n < 8 || n > layer.StatedLength() && !inFragment(p, layer) {
		dst = appendUint(append(dst, " [BAD UDP LENGTH "...), uint64(n))
		if n < 8 {
			return append(dst, " < 8]"...)
		}
		dst = append(dst, " > IP PAYLOAD LENGTH]"...)
	}
	dst = appendUint(append(dst, " Len="...), uint64(n-8))
	if jumbo {
		dst = append(dst, " [Jumbogram]"...)
	}
	if six && b[6] == 0 && b[7] == 0 { // RFC 8200 §8.1
		dst = append(dst, " [ILLEGAL CHECKSUM (0)]"...)
	}
	return dst
}

// inFragment reports whether the layer is the beginning of a datagram whose other fragments have the rest.
func inFragment(p *decode.Packet, layer *decode.Layer) bool {
	ip := p.Network()
	return ip != nil && ip.Flags&decode.Fragment != 0 && layer.Start >= ip.Start
}

// tcpFlags are the names of the header's control bits, from the lowest (RFC 9293 §3.1, RFC 3168).
var tcpFlags = [...]string{"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"}

// appendTCP appends a segment's ports, flags, numbers as they are on the wire, and the length of its payload.
func appendTCP(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if len(b) < 4 {
		return dst
	}
	dst = appendPorts(dst, b)
	if len(b) < 20 || layer.Flags&(decode.Bad|decode.Unread|decode.Cut) != 0 {
		return dst
	}
	flags := binary.BigEndian.Uint16(b[12:]) & 0x1ff
	dst = append(dst, " ["...)
	start := len(dst)
	for i, name := range tcpFlags {
		if flags&(1<<i) == 0 {
			continue
		}
		if len(dst) > start {
			dst = append(dst, ", "...)
		}
		dst = append(dst, name...)
	}
	if len(dst) == start {
		dst = append(dst, "<None>"...)
	}
	dst = appendUint(append(dst, "] Seq="...), uint64(binary.BigEndian.Uint32(b[4:])))
	if flags&0x10 != 0 {
		dst = appendUint(append(dst, " Ack="...), uint64(binary.BigEndian.Uint32(b[8:])))
	}
	dst = appendUint(append(dst, " Win="...), uint64(binary.BigEndian.Uint16(b[14:])))
	dst = appendUint(append(dst, " Len="...), uint64(max(0, int(layer.Stated-layer.Body))))
	return appendTCPOptions(dst, b[20:min(int(layer.Body-layer.Start), len(b))])
}

// appendTCPOptions appends the options that a summary names: maximum segment size, window scale, selective
// acknowledgements and timestamps (RFC 9293 §3.2, RFC 7323, RFC 2018).
func appendTCPOptions(dst, b []byte) []byte {
	for len(b) > 0 {
		switch b[0] {
		case 0:
			return dst
		case 1:
			b = b[1:]
			continue
		}
		if len(b) < 2 || b[1] < 2 || int(b[1]) > len(b) {
			return dst
		}
		option := b[:b[1]]
		switch {
		case b[0] == 2 && len(option) == 4:
			dst = appendUint(append(dst, " MSS="...), uint64(binary.BigEndian.Uint16(option[2:])))
		case b[0] == 3 && len(option) == 3:
			dst = appendUint(append(dst, " WS="...), 1<<min(option[2], 14))
		case b[0] == 4:
			dst = append(dst, " SACK_PERM"...)
		case b[0] == 5:
			for o := option[2:]; len(o) >= 8; o = o[8:] {
				dst = appendUint(append(dst, " SLE="...), uint64(binary.BigEndian.Uint32(o)))
				dst = appendUint(append(dst, " SRE="...), uint64(binary.BigEndian.Uint32(o[4:])))
			}
		case b[0] == 8 && len(option) == 10:
			dst = appendUint(append(dst, " TSval="...), uint64(binary.BigEndian.Uint32(option[2:])))
			dst = appendUint(append(dst, " TSecr="...), uint64(binary.BigEndian.Uint32(option[6:])))
		}
		b = b[b[1]:]
	}
	return dst
}

func appendPorts(dst, b []byte) []byte {
	dst = append(appendUint(dst, uint64(binary.BigEndian.Uint16(b))), " → "...)
	return appendUint(dst, uint64(binary.BigEndian.Uint16(b[2:])))
}

// pimTypes are the message types of PIM version 2 (RFC 7761 §4.9).
var pimTypes = [...]string{"Hello", "Register", "Register-stop", "Join/Prune", "Bootstrap", "Assert", "Graft", "Graft-Ack",
	"Candidate-RP-Advertisement", "State-Refresh", "DF election", "ECMP redirect", "PIM Flooding Mechanism"}

func pimProtocol(b []byte) string {
	switch {
	case len(b) > 0 && b[0] == 0x14: // in IGMP
		return "PIMv1"
	case len(b) > 0 && b[0]>>4 == 2:
		return "PIMv2"
	}
	return "PIM"
}

func appendPIM(dst, b []byte) []byte {
	if len(b) > 0 && b[0]>>4 == 2 && int(b[0]&15) < len(pimTypes) {
		return append(dst, pimTypes[b[0]&15]...)
	}
	return dst
}

// nhrpTypes are the message types of NHRP (RFC 2332 §5.2).
var nhrpTypes = [...]string{"", "NHRP Resolution Request", "NHRP Resolution Reply", "NHRP Registration Request", "NHRP Registration Reply",
	"NHRP Purge Request", "NHRP Purge Reply", "NHRP Error Indication", "NHRP Traffic Indication"}

func appendNHRP(dst, b []byte) []byte {
	if len(b) >= 18 && int(b[17]) < len(nhrpTypes) {
		return append(dst, nhrpTypes[b[17]]...)
	}
	return dst
}
