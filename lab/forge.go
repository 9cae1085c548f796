package lab

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/icmp"
	"golang.org/x/net/ipv4"
)

// altered changes the payload of echo replies on their way, from the second on, with a checksum that fits or without.
func altered(fitting bool) func() Shape {
	return func() Shape {
		replies := 0
		return func(frame []byte) []Departure {
			const message, payload = 34, 34 + 8 + 16
			if _, ok := readEcho(frame); !ok || frame[12] != 0x08 || frame[message] != 0 || len(frame) < payload+4 {
				return pass(frame)
			}
			if replies++; replies == 1 {
				return pass(frame)
			}
			changed := slices.Clone(frame)
			copy(changed[payload:], "!!!!")
			if fitting {
				binary.BigEndian.PutUint16(changed[message+2:], 0)
				binary.BigEndian.PutUint16(changed[message+2:], internetChecksum(changed[message:]))
			}
			return pass(changed)
		}
	}
}

// smuggle has h1 send h2 echo requests whose payloads are random and of many lengths, as a tunnel through ping does.
func smuggle(n *Net) (string, error) {
	var said strings.Builder
	var conn *icmp.PacketConn
	if err := n.Host("h1").Do(func() (err error) { conn, err = icmp.ListenPacket("ip4:icmp", "192.0.2.11"); return err }); err != nil {
		return "", err
	}
	defer conn.Close()
	random := rand.NewChaCha8([32]byte{})
	for seq := range 10 {
		payload := make([]byte, 100+37*seq%400)
		_, _ = random.Read(payload) // never fails
		request := icmp.Message{Type: ipv4.ICMPTypeEcho, Body: &icmp.Echo{ID: 77, Seq: seq + 1, Data: payload}}
		b, err := request.Marshal(nil)
		if err != nil {
			return said.String(), err
		}
		if _, err := conn.WriteTo(b, &net.IPAddr{IP: net.IPv4(192, 0, 2, 12)}); err != nil {
			return said.String(), fmt.Errorf("send: %w", err)
		}
		fmt.Fprintf(&said, "$ send %d random bytes in an echo request to 192.0.2.12\n", len(payload))
		time.Sleep(20 * ms)
	}
	return said.String(), nil
}

// overlong has h1 send h2 the first and the last fragment of a ping of 65,528 bytes, 65,548 with its header.
func overlong(n *Net) (string, error) {
	s, err := openPacketSocket(n.Host("h1"), "eth0")
	if err != nil {
		return "", err
	}
	defer s.file.Close()
	var said strings.Builder
	for _, f := range []struct{ offset, length int }{{0, 40}, {65512, 16}} {
		if err := s.write(fragmentOfPing(f.offset, f.length)); err != nil {
			return said.String(), fmt.Errorf("send: %w", err)
		}
		fmt.Fprintf(&said, "$ send %d bytes of a datagram to 192.0.2.12, which begin at byte %d of its payload\n", f.length, f.offset)
	}
	return said.String(), nil
}

// fragmentOfPing is a frame from h1 to h2 with a fragment of an echo request of 65,528 bytes.
func fragmentOfPing(offset, length int) []byte {
	more := uint16(0x2000)
	if offset > 0 {
		more = 0
	}
	h := []byte{0x45, 0, 0, 0, 0x12, 0x34, 0, 0, 64, 1, 0, 0} // version and header length, TOS; identification; TTL, ICMP
	h = append(h, netip.MustParseAddr("192.0.2.11").AsSlice()...)
	h = append(h, netip.MustParseAddr("192.0.2.12").AsSlice()...)
	binary.BigEndian.PutUint16(h[2:], uint16(len(h)+length))
	binary.BigEndian.PutUint16(h[6:], more|uint16(offset/8))
	binary.BigEndian.PutUint16(h[10:], internetChecksum(h))
	payload := make([]byte, length)
	if offset == 0 {
		payload[0] = byte(ipv4.ICMPTypeEcho)
	}
	return slices.Concat([]byte{2, 0, 0xc0, 0, 2, 12, 2, 0, 0xc0, 0, 2, 11, 0x08, 0x00}, h, payload)
}
