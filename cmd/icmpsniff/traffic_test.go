package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// traffic is what a capture is full of: its frame number i, from 0, is appended to dst. It asks and answers in turn, for 100 flows
// in turn; one answer in 51 goes to another question.
type traffic func(dst []byte, i int) []byte

// saved writes a capture of so many frames, 10,000 a second.
func (frame traffic) saved(t *testing.T, frames int) string {
	file := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4)
	file = append(file, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0)
	var buf []byte
	for i := range frames {
		buf = frame(buf[:0], i)
		for _, word := range []int{i / 10_000, i % 10_000 * 100, len(buf), len(buf)} { // seconds, microseconds, lengths
			file = binary.LittleEndian.AppendUint32(file, uint32(word))
		}
		file = append(file, buf...)
	}
	path := filepath.Join(t.TempDir(), "traffic.pcap")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// turn says what frame i is: which flow's, whether it answers, and the sequence number.
func turn(i int) (flow byte, answers bool, seq uint16) {
	flow, answers, seq = byte(i/2%100), i%2 == 1, uint16(i/200)
	if answers && i/2%51 == 0 {
		seq += 1000
	}
	return flow, answers, seq
}

// says returns the type of a message, from which host it is, and to which.
func says(answers bool, request, reply byte) (kind, from, to byte) {
	if answers {
		return reply, 2, 1
	}
	return request, 1, 2
}

// between appends Ethernet's addresses: from host 1 to host 2, or back.
func between(dst []byte, back bool) []byte {
	_, from, to := says(back, 0, 0)
	return append(dst, 2, 0, 0, 0, 0, to, 2, 0, 0, 0, 0, from)
}

func pings(dst []byte, i int) []byte {
	_, answers, _ := turn(i)
	return echo(between(dst, answers), i)
}

func taggedPings(dst []byte, i int) []byte {
	flow, answers, _ := turn(i)
	return echo(append(between(dst, answers), 0x81, 0, 0, 10+flow%10), i)
}

// echo appends all behind the addresses: an IPv4 packet with an echo message.
func echo(dst []byte, i int) []byte {
	flow, answers, seq := turn(i)
	kind, src, to := says(answers, 8, 0)
	at := len(dst) + 2
	dst = append(dst, 8, 0,
		0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, src, 192, 0, 2, to,
		kind, 0, 0, 0, 0, flow, byte(seq>>8), byte(seq))
	binary.BigEndian.PutUint16(dst[at+10:], decode.Checksum(dst[at:at+20], 0))
	binary.BigEndian.PutUint16(dst[at+22:], decode.Checksum(dst[at+20:], 0))
	return dst
}

func pings6(dst []byte, i int) []byte {
	flow, answers, seq := turn(i)
	kind, src, to := says(answers, 128, 129)
	at := len(dst) + 14
	dst = append(between(dst, answers), 0x86, 0xdd,
		6<<4, 0, 0, 0, 0, 8, 58, 64,
		0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, src, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, to,
		kind, 0, 0, 0, 0, flow, byte(seq>>8), byte(seq))
	sum := decode.PseudoHeaderSum(dst[at+8:at+24], dst[at+24:at+40], 58, 8)
	binary.BigEndian.PutUint16(dst[at+42:], decode.Checksum(dst[at+40:], sum))
	return dst
}

// arps ask for 100 hosts in turn, one of which does not answer.
func arps(dst []byte, i int) []byte {
	flow, answers, _ := turn(i)
	flow++
	if !answers || flow == 100 {
		return append(dst, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 200, 8, 6,
			0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 200, 192, 0, 2, 200, 0, 0, 0, 0, 0, 0, 192, 0, 2, flow)
	}
	return append(dst, 2, 0, 0, 0, 0, 200, 2, 0, 0, 0, 0, flow, 8, 6,
		0, 1, 8, 0, 6, 4, 0, 2, 2, 0, 0, 0, 0, flow, 192, 0, 2, flow, 2, 0, 0, 0, 0, 200, 192, 0, 2, 200)
}

// transports are segments of TCP and datagrams of UDP in turn, to 100 hosts, from one port after another.
func transports(dst []byte, i int) []byte {
	flow, udp, _ := turn(i)
	at, port := len(dst)+14, uint16(i)
	dst = append(between(dst, false), 8, 0,
		0x45, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 192, 0, 2, 1, 198, 51, 100, flow,
		byte(port>>8), byte(port), 1, 187)
	if udp {
		dst[at+9] = 17
		dst = append(dst, 0, 32, 0, 0)
	} else {
		dst[at+9] = 6
		dst = append(dst, 0, 0, byte(i>>8), byte(i), 0, 0, 0, 1, 0x50, 0x10, 1, 0, 0, 0, 0, 0)
	}
	dst = append(dst, "some of a longer payload"...)
	binary.BigEndian.PutUint16(dst[at+2:], uint16(len(dst)-at))
	binary.BigEndian.PutUint16(dst[at+10:], decode.Checksum(dst[at:at+20], 0))
	return dst
}
