package report

import (
	"encoding/binary"
	"net/netip"
	"unicode/utf8"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Names says how addresses are shown.
type Names struct {
	// MAC turns a MAC address into a name, and returns false if it has none; nil shows the bytes.
	MAC func(dst, mac []byte) ([]byte, bool)
}

func (n *Names) appendAddress(dst []byte, a decode.Address) []byte {
	switch a.Kind {
	case decode.MAC:
		if n.MAC != nil {
			if named, ok := n.MAC(dst, a.Bytes); ok {
				return named
			}
		}
		return appendMAC(dst, a.Bytes)
	case decode.IPv4Address:
		return appendIPv4Address(dst, a.Bytes)
	case decode.IPv6Address:
		return appendIPv6Address(dst, a.Bytes)
	case decode.ARCNETAddress:
		return appendHex(append(dst, "0x"...), a.Bytes)
	}
	return dst
}

// appendAddressRight appends an address with blanks before it, up to a width. What has just been written is better not
// moved: the processor would wait for it.
func (n *Names) appendAddressRight(dst []byte, a decode.Address, width int) []byte {
	if a.Kind == decode.IPv4Address {
		return appendIPv4Address(appendBlanks(dst, width-widthIPv4(a.Bytes)), a.Bytes)
	}
	start := len(dst)
	return alignRight(n.appendAddress(dst, a), start, width)
}

// appendAddressLeft appends an address with blanks behind it, up to a width.
func (n *Names) appendAddressLeft(dst []byte, a decode.Address, width int) []byte {
	start := len(dst)
	dst = n.appendAddress(dst, a)
	length := len(dst) - start
	if a.Kind == decode.MAC {
		length = utf8.RuneCount(dst[start:]) // of a name
	}
	return appendBlanks(dst, width-length)
}

// appendHex appends bytes as hexadecimal digits.
func appendHex(dst, b []byte) []byte {
	for _, c := range b {
		dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
	}
	return dst
}

// appendHex16 appends four hexadecimal digits.
func appendHex16(dst []byte, v uint16) []byte {
	return append(dst, hexDigits[v>>12], hexDigits[v>>8&15], hexDigits[v>>4&15], hexDigits[v&15])
}

// appendMAC appends a link address of any length, bytes separated by colons.
func appendMAC(dst, b []byte) []byte {
	for i, c := range b {
		if i > 0 {
			dst = append(dst, ':')
		}
		dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
	}
	return dst
}

// appendIPv6Address appends an address as RFC 5952 writes it, IPv4-compatible ones (RFC 4291 §2.5.5.1) with their dotted
// end, as tshark has them.
func appendIPv6Address(dst, b []byte) []byte {
	if len(b) < 16 {
		return dst
	}
	if binary.BigEndian.Uint64(b) == 0 && binary.BigEndian.Uint32(b[8:]) == 0 && binary.BigEndian.Uint16(b[12:]) != 0 {
		return appendIPv4Address(append(dst, "::"...), b[12:16])
	}
	return netip.AddrFrom16([16]byte(b)).AppendTo(dst)
}
