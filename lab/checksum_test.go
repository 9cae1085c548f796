package lab

import (
	"bytes"
	"slices"
	"testing"
)

// A cable must hand over what a network card would have sent: with the checksum that the host left to it (RFC 1071).
func TestFinishChecksum(t *testing.T) {
	ip := func(protocol byte) []byte {
		return []byte{0x45, 0, 0, 31, 0, 0, 0, 0, 64, protocol, 0, 0, 192, 0, 2, 11, 192, 0, 2, 12}
	}
	// The pseudo-header's sum: addresses, protocol 17, length 11: c000+020b + c000+020c + 0011+000b = 18433, folded 8434.
	udp := []byte{0x30, 0x39, 0x82, 0x9a, 0, 11, 0x84, 0x34, 'a', 'b', 'c'}
	want := slices.Clone(udp)
	want[6], want[7] = 0x04, 0x8a // 3039+829a+000b+8434+6162+6300 = 1fb74, folded fb75, complemented
	for _, c := range []struct {
		name     string
		in, want []byte
	}{
		{"UDP", frame(ethernetIPv4, append(ip(17), udp...)...), frame(ethernetIPv4, append(ip(17), want...)...)},
		{"not UDP", frame(ethernetIPv4, append(ip(1), udp...)...), frame(ethernetIPv4, append(ip(1), udp...)...)},
		{"not IP", frame(ethernetARP, append(ip(17), udp...)...), frame(ethernetARP, append(ip(17), udp...)...)},
		{"cut", frame(ethernetIPv4, ip(17)...), frame(ethernetIPv4, ip(17)...)},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := slices.Clone(c.in)
			finishChecksum(got)
			if !bytes.Equal(got, c.want) {
				t.Errorf("got  % x\nwant % x", got[14:], c.want[14:])
			}
		})
	}
}
