package track

import (
	"encoding/binary"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// BenchmarkTracker measures the tracker alone, on packets decoded beforehand; an operation is a packet.
func BenchmarkTracker(b *testing.B) {
	for _, c := range []struct {
		name     string
		flows    int
		answered bool
	}{
		{"one flow", 1, true},
		{"1000 flows", 1000, true},
		{"1000 flows, unanswered", 1000, false},
		{"40000 flows", 40_000, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			request, reply := newEndless(ping(0, 0)), newEndless(pong(0, 0))
			t := New(Options{})
			b.ReportAllocs()
			b.ResetTimer()
			number, seq := 0, 0
			for number < b.N {
				for flow := 0; flow < c.flows && number < b.N; flow++ {
					number++
					request.show(t, number, flow, seq)
					if c.answered {
						number++
						reply.show(t, number, flow, seq)
					}
				}
				seq++
			}
		})
	}
}

// BenchmarkFlood measures packets that each come from a source of their own.
func BenchmarkFlood(b *testing.B) {
	request := newEndless(ping(0, 0))
	t := New(Options{})
	b.ReportAllocs()
	for i := range b.N {
		request.show(t, i+1, i, 1)
	}
}

// endless is a decoded echo message that is shown again and again, as another one each time.
type endless struct {
	p              decode.Packet
	relation       Relation
	host, seq, sum []byte // the asker's address, the sequence number, and the checksum
	sumOf0         uint16 // the checksum with sequence number 0
}

func newEndless(k packet) *endless {
	e := new(endless)
	load(&e.p, k, 1)
	decode.New().Decode(&e.p)
	h := e.p.Header(e.p.Network())
	e.host = h[12:16]
	if k.src == b4 {
		e.host = h[16:20]
	}
	b := e.p.Bytes(e.p.Summary())
	e.seq, e.sum, e.sumOf0 = b[6:8], b[2:4], be16(b[2:])
	return e
}

// show shows the packet to a tracker, at a rate of 100,000 packets a second.
func (e *endless) show(t *Tracker, number, host, seq int) {
	e.p.Number, e.p.Time = uint64(number), int64(number)*10_000
	binary.BigEndian.PutUint32(e.host, uint32(host))
	binary.BigEndian.PutUint16(e.seq, uint16(seq))
	sum := uint32(^e.sumOf0) + uint32(uint16(seq))
	binary.BigEndian.PutUint16(e.sum, ^uint16(sum+sum>>16)) // RFC 1624 §3
	t.Advance(e.p.Time)
	t.Packet(&e.p, &e.relation)
}

// BenchmarkRemember measures what every datagram of a capture costs so that an error could be about it.
func BenchmarkRemember(b *testing.B) {
	request := newEndless(udp(0, 1, 2, "payload"))
	t := New(Options{})
	b.ReportAllocs()
	for i := range b.N {
		binary.BigEndian.PutUint32(request.host, uint32(i))
		request.p.Number, request.p.Time = uint64(i+1), int64(i)
		t.Packet(&request.p, &request.relation)
	}
}
