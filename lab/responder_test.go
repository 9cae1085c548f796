package lab

import (
	"bytes"
	"net"
	"testing"
)

// What a responder says must be the reply that its RFC asks for, and nothing to any other message: it would answer its own replies.
func TestResponders(t *testing.T) {
	nonce := []byte{1, 2, 3, 4, 5, 6, 7, 8}
	for _, c := range []struct {
		name    string
		answer  func([]byte, net.Addr) ([]byte, net.Addr)
		request []byte
		want    []byte
	}{
		{"information", inform, []byte{15, 0, 9, 9, 0, 1, 0, 2}, []byte{16, 0, 0, 0, 0, 1, 0, 2}},
		{"information reply", inform, []byte{16, 0, 9, 9, 0, 1, 0, 2}, nil},
		{"information cut short", inform, []byte{15, 0, 9, 9}, nil},
		{"mask", mask, []byte{17, 0, 9, 9, 0, 1, 0, 2, 0, 0, 0, 0}, []byte{18, 0, 0, 0, 0, 1, 0, 2, 255, 255, 255, 0}},
		{"node addresses", nodeAddresses("::1"), append([]byte{139, 0, 9, 9, 0, 3, 0, 2}, nonce...),
			append(append([]byte{140, 0, 0, 0, 0, 3, 0, 2}, nonce...), append(make([]byte, 19), 1)...)},
		{"router solicitation", advertise("192.0.2.1"), []byte{10, 0, 9, 9, 0, 0, 0, 0}, []byte{9, 0, 0, 0, 1, 2, 0, 60, 192, 0, 2, 1, 0, 0, 0, 0}},
		{"router solicitation of IPv6", advertise6, []byte{133, 0, 9, 9, 0, 0, 0, 0}, []byte{134, 0, 0, 0, 64, 0, 0, 60, 0, 0, 0, 0, 0, 0, 0, 0}},
		{"advertisement", advertise6, []byte{134, 0, 9, 9, 64, 0, 0, 60}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := c.answer(c.request, &net.IPAddr{Zone: "eth0"}); !bytes.Equal(got, c.want) {
				t.Errorf("got  % x\nwant % x", got, c.want)
			}
		})
	}
}

// A message with its checksum sums to all ones (RFC 1071).
func TestInternetChecksum(t *testing.T) {
	for _, c := range []struct {
		name    string
		message []byte
		want    uint16
	}{
		{"echo request", []byte{8, 0, 0, 0, 0, 1, 0, 1}, 0xf7fd},
		{"carries", []byte{0xff, 0xff, 0, 0, 0xff, 0xff, 0, 2}, 0xfffd},
	} {
		if got := internetChecksum(c.message); got != c.want {
			t.Errorf("%s: %#04x, want %#04x", c.name, got, c.want)
		}
	}
}

// The stamps of a timestamp reply are turned round, under a right checksum; everything else passes as it is.
func TestLittleEndianStamps(t *testing.T) {
	header := []byte{0x45, 0, 0, 40, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, 12, 192, 0, 2, 11}
	stamps := []byte{0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 3, 4}
	message := func(kind byte) []byte {
		return frame(ethernetIPv4, append(append(header[:20:20], kind, 0, 0, 0, 0, 1, 0, 1), stamps...)...)
	}
	if got := littleEndianStamps(message(13)); !bytes.Equal(got, message(13)) {
		t.Errorf("a request became % x", got)
	}
	got := littleEndianStamps(message(14))
	if want := []byte{0, 0, 0, 1, 2, 1, 0, 0, 4, 3, 0, 0}; !bytes.Equal(got[42:], want) {
		t.Errorf("stamps % x, want % x", got[42:], want)
	}
	if internetChecksum(got[34:]) != 0 {
		t.Error("the checksum is wrong")
	}
}
