package report

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// TestInfo protects protocol and information of packets that captures of the lab do not have. They begin with their IP header.
func TestInfo(t *testing.T) {
	const (
		address      = "20010db8 00000000 00000000 00000002"
		solicitation = "87 00 0000 00000000" + address
		source       = " 01 01 020000000001"
		target       = " 02 01 020000000002"
		long         = " 01 02 0011223344556677 000000000000" // of IEEE 802.15.4
	)
	for _, c := range []struct {
		name          string
		proto         byte
		message, want string
	}{
		{"solicitation by a long address", 58, solicitation + long, "ICMPv6 Neighbor Solicitation for 2001:db8::2 from 00:11:22:33:44:55:66:77"},
		{"solicitation by an address of neither length", 58, solicitation + " 01 03" + strings.Repeat("00", 22), "ICMPv6 Neighbor Solicitation for 2001:db8::2"},
		{"solicitation with both addresses, the target's first", 58, solicitation + target + source, "ICMPv6 Neighbor Solicitation for 2001:db8::2 is at 02:00:00:00:00:02 from 02:00:00:00:00:01"},
		{"advertisement with the sender's address", 58, "88 00 0000 60000000" + address + source, "ICMPv6 Neighbor Advertisement 2001:db8::2 (sol, ovr) from 02:00:00:00:00:01"},
		{"mobile prefix advertisement", 58, "93 00 0000 0007 0000" + source, "ICMPv6 Mobile Prefix Advertisement from 02:00:00:00:00:01"},
		{"solicitation with an option of length 0", 58, solicitation + source + " 05 00 000000000000", "ICMPv6 Neighbor Solicitation for 2001:db8::2 from 02:00:00:00:00:01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			message, err := hex.DecodeString(strings.ReplaceAll(c.message, " ", ""))
			if err != nil {
				t.Fatal(err)
			}
			frame := rawIPv6(c.proto, message)
			if c.proto != 58 {
				frame = rawIPv4(c.proto, message)
			}
			p := decode.Packet{Frame: decode.Frame{Number: 1, Data: frame, Length: len(frame), Link: 101}}
			decode.New().Decode(&p)
			var l Lines
			if got := string(l.appendPacket(append(appendProtocol(nil, &p), ' '), &p)); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

// rawIPv6 is an IPv6 packet with a payload of a protocol.
func rawIPv6(next byte, payload []byte) []byte {
	header := make([]byte, 40)
	header[0], header[4], header[5], header[6], header[7] = 0x60, byte(len(payload)>>8), byte(len(payload)), next, 255
	return append(header, payload...)
}
