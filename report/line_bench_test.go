package report

import (
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// BenchmarkLine measures the line of a reply that knows its request; an operation is a line.
func BenchmarkLine(b *testing.B) {
	frame := []byte{
		2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, // Ethernet
		0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, 2, 192, 0, 2, 1, // IPv4
		0, 0, 0, 0, 0, 7, 0, 1, // ICMP echo reply
	}
	var p decode.Packet
	p.Frame = decode.Frame{Number: 123456, Time: 1_700_000_012_345_678_000, Length: 42, Data: frame, Link: 1, Digits: 6, HasTime: true}
	decode.New().Decode(&p)
	var s field.Subject
	s.Set(&p, &track.Relation{Role: track.Reply, Peer: 123455, RTT: 1_000_000})
	var lines Lines
	var line []byte
	b.ReportAllocs()
	for b.Loop() {
		line = lines.Append(line[:0], &s)
	}
}
