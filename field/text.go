package field

import (
	"cmp"
	"encoding/hex"
	"net/netip"
	"strconv"
	"time"
)

// Append appends a value as tshark -T fields writes it: numbers in the field's base, times in UTC with nanoseconds,
// addresses in their own notation, bytes as hexadecimal digits. Text from the frame comes as it is, control characters and all.
func (f *Field) Append(dst []byte, v *Value) []byte {
	switch f.Type {
	case None:
		return append(dst, '1')
	case Protocol:
		return append(dst, f.Label...)
	case Double:
		return strconv.AppendFloat(dst, v.Float(), 'g', -1, 64)
	case AbsoluteTime:
		return time.Unix(0, v.Int()).UTC().AppendFormat(dst, "Jan _2, 2006 15:04:05.000000000 MST")
	case RelativeTime:
		return appendSeconds(dst, v.Int())
	case Bytes:
		switch {
		case len(v.Bytes) == 0 && f.mayBeEmpty:
			return append(dst, "<none>"...)
		case len(v.Bytes) == 0:
			return append(dst, "<MISSING>"...)
		case f.Base == Colons:
			return appendMAC(dst, v.Bytes)
		}
		return hex.AppendEncode(dst, v.Bytes)
	case String:
		return append(dst, v.Bytes...)
	case IPv4, IPv6:
		return appendIP(dst, v.Bytes)
	case Ether:
		return appendMAC(dst, v.Bytes)
	}
	if f.Type.Signed() {
		return strconv.AppendInt(dst, v.Int(), 10)
	}
	if f.Base.hexadecimal() {
		return appendHex(dst, v.Uint, cmp.Or(f.written, f.Type.Size()))
	}
	return strconv.AppendUint(dst, v.Uint, 10)
}

// appendHex appends 0x and two digits for each of size bytes.
func appendHex(dst []byte, u uint64, size int) []byte {
	dst = append(dst, '0', 'x')
	for shift := size*8 - 4; shift >= 0; shift -= 4 {
		dst = append(dst, "0123456789abcdef"[u>>shift&0xf])
	}
	return dst
}

// appendSeconds appends nanoseconds as seconds with nine digits after the point.
func appendSeconds(dst []byte, ns int64) []byte {
	u := uint64(ns)
	if ns < 0 {
		dst = append(dst, '-')
		u = -u
	}
	dst = strconv.AppendUint(dst, u/1e9, 10)
	at := len(dst)
	dst = strconv.AppendUint(dst, u%1e9+1e9, 10) // ten digits, the first of which becomes the point
	dst[at] = '.'
	return dst
}

// appendIP appends an address of 4 or 16 bytes; those of 16 as RFC 5952 writes them, mapped ones included.
func appendIP(dst, b []byte) []byte {
	addr, ok := netip.AddrFromSlice(b)
	if !ok {
		return hex.AppendEncode(dst, b)
	}
	return addr.AppendTo(dst)
}

// appendMAC appends bytes in hexadecimal, with colons between.
func appendMAC(dst, b []byte) []byte {
	for i := range b {
		if i > 0 {
			dst = append(dst, ':')
		}
		dst = hex.AppendEncode(dst, b[i:i+1])
	}
	return dst
}
