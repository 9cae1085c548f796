package report

import (
	"math/bits"
	"slices"
)

// Decimal numbers are most of what a line takes to write: they are put where they stay, and not copied there, and what is as often
// short as long is written without asking which.

// appendUint appends a decimal number.
func appendUint(dst []byte, v uint64) []byte { return appendDigits(dst, v, decimals(v)) }

// decimals returns how many digits a number has.
func decimals(v uint64) int {
	n := bits.Len64(v) * 1233 >> 12 // a bit is 0.301 digits
	if v >= powersOfTen[n] {
		n++
	}
	return n
}

// powersOfTen are 10, 100 and so on, by their exponent; the first is 0, as 0 has a digit.
var powersOfTen = func() (powers [20]uint64) {
	for i, power := 1, uint64(10); i < len(powers); i, power = i+1, power*10 {
		powers[i] = power
	}
	return powers
}()

// appendDigits appends the last n digits of a number.
func appendDigits(dst []byte, v uint64, n int) []byte {
	start := len(dst)
	dst = slices.Grow(dst, n)[:start+n]
	text := dst[start:]
	for n >= 2 {
		n -= 2
		text[n], text[n+1] = pairs[v%100][0], pairs[v%100][1]
		v /= 100
	}
	if n == 1 {
		text[0] = byte('0' + v%10)
	}
	return dst
}

// pairs are 00 to 99.
var pairs = func() (pairs [100][2]byte) {
	for i := range pairs {
		pairs[i] = [2]byte{byte('0' + i/10), byte('0' + i%10)}
	}
	return pairs
}()

// appendByte appends a byte as a decimal number.
func appendByte(dst []byte, c byte) []byte {
	t := &octets[c]
	return append(dst, t.text[:]...)[:len(dst)+int(t.length)]
}

// appendIPv4Address appends bytes as decimal numbers with points between them.
func appendIPv4Address(dst, b []byte) []byte {
	if len(b) == 0 {
		return dst
	}
	for _, c := range b {
		t := &octets[c]
		dst = append(dst, t.text[:]...)[:len(dst)+int(t.length)+1]
	}
	return dst[:len(dst)-1]
}

// widthIPv4 returns how many characters appendIPv4Address appends.
func widthIPv4(b []byte) int {
	n := max(0, len(b)-1)
	for _, c := range b {
		n += int(octets[c].length)
	}
	return n
}

// octet is the decimal number of a byte, with a point behind it.
type octet struct {
	text   [4]byte
	length uint8 // without the point
}

var octets = func() (octets [256]octet) {
	for i := range octets {
		n := decimals(uint64(i))
		copy(octets[i].text[:], append(appendDigits(nil, uint64(i), n), '.'))
		octets[i].length = uint8(n)
	}
	return octets
}()
