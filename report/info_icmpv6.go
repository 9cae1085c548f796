package report

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// appendICMPv6 appends an ICMPv6 message's type and its code or what it asks or tells.
func appendICMPv6(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if len(b) < 1 {
		return dst
	}
	t := b[0]
	if name := decode.ICMPv6TypeName(t); connectivityTest(p) {
		dst = append(dst, "Direct IPv6 Connectivity Test"...)
	} else if name != "" {
		dst = append(dst, name...)
	} else {
		dst = append(appendUint(append(dst, "Unknown ("...), uint64(t)), ')')
	}
	codeAt := 1
	if t == 150 || t == 154 {
		codeAt = 4
	}
	if len(b) <= codeAt {
		return dst
	}
	dst = appendCode6(dst, t, b[codeAt])
	switch t {
	case 128, 129:
		return appendEcho6(dst, p, b)
	case 135:
		if len(b) >= 24 {
			dst = appendIPv6Address(append(dst, " for "...), b[8:24])
		}
	case 136:
		dst = appendAdvertisement(dst, b)
	}
	return appendLinkAddresses(dst, b)
}

// connectivityTest reports whether the packet is an echo request that goes to a Teredo server or relay, which is how a client learns
// by which relay a host is reached (RFC 4380 §5.2.9).
func connectivityTest(p *decode.Packet) bool {
	const port, echoRequest = 3544, 128
	n := p.Top - 2 // of the Teredo header before the IPv6 header
	if n < 1 || p.Layers[n].Kind != decode.Teredo {
		return false
	}
	udp, message := p.Header(&p.Layers[n-1]), p.Bytes(p.Summary())
	return len(message) > 0 && message[0] == echoRequest && binary.BigEndian.Uint16(udp[2:]) == port
}

func appendCode6(dst []byte, t, c uint8) []byte {
	name, coded := decode.ICMPv6CodeName(t, c)
	switch {
	case !coded:
		return dst
	case name != "":
		dst = append(append(dst, " ("...), name...)
	case t == 1:
		dst = append(dst, " (Unknown"...)
	default:
		dst = append(appendUint(append(dst, " (Unknown ("...), uint64(c)), ')')
	}
	return append(dst, ')')
}

func appendEcho6(dst []byte, p *decode.Packet, b []byte) []byte {
	if len(b) < 8 {
		return dst
	}
	dst = appendHex(append(dst, " id=0x"...), b[4:6])
	dst = append(dst, ", seq="...)
	dst = appendUint(dst, uint64(binary.BigEndian.Uint16(b[6:])))
	if ip := p.Network(); ip != nil && ip.Kind == decode.IPv6 {
		dst = appendByte(append(dst, ", hop limit="...), p.Header(ip)[7])
	}
	return dst
}

// appendAdvertisement appends a neighbor advertisement's target and its flags (RFC 4861 §4.4).
func appendAdvertisement(dst, b []byte) []byte {
	if len(b) < 24 {
		return dst
	}
	dst = appendIPv6Address(append(dst, ' '), b[8:24])
	dst = append(dst, " ("...)
	start := len(dst)
	for _, flag := range [...]struct {
		bit  byte
		name string
	}{{0x80, "rtr"}, {0x40, "sol"}, {0x20, "ovr"}} {
		if b[4]&flag.bit == 0 {
			continue
		}
		if len(dst) > start {
			dst = append(dst, ", "...)
		}
		dst = append(dst, flag.name...)
	}
	if len(dst) == start {
		dst = append(dst, "none"...)
	}
	return append(dst, ')')
}

// appendLinkAddresses appends the link addresses among a message's options: those of Ethernet, and of IEEE 802.15.4, of 8 bytes, before
// 6 of padding (RFC 4944 §8), of which tshark does not tell whose they are.
func appendLinkAddresses(dst, message []byte) []byte {
	for kind, option := range decode.NDOptions(decode.NDOptionsOf(message)) {
		switch {
		case kind != decode.NDOptSourceLinkAddress && kind != decode.NDOptTargetLinkAddress:
		case len(option) == 16 && isZero(option[10:]):
			dst = appendMAC(append(dst, " from "...), option[2:10])
		case len(option) != 8:
		case kind == decode.NDOptSourceLinkAddress:
			dst = appendMAC(append(dst, " from "...), option[2:])
		default:
			dst = appendMAC(append(dst, " is at "...), option[2:])
		}
	}
	return dst
}
