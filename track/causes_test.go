package track

import (
	"encoding/binary"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// of returns the packet with another protocol of IP than ICMP.
func (k packet) of(protocol byte, payload []byte) packet {
	k.proto, k.body = protocol, payload
	return k
}

// over6 returns the packet between the same hosts over IPv6.
func (k packet) over6() packet {
	k.src, k.dst = "2001:db8::a", "2001:db8::b"
	return k
}

// udp returns a UDP datagram from alice to bob.
func udp(at int64, from, to uint16, payload string) packet {
	b := binary.BigEndian.AppendUint16(nil, from)
	b = binary.BigEndian.AppendUint16(b, to)
	b = binary.BigEndian.AppendUint16(b, uint16(8+len(payload)))
	sum := byte(0)
	for _, c := range []byte(payload) {
		sum += c
	}
	return ping(at, 1).of(17, append(append(b, 0xbe, sum), payload...))
}

// syn returns a TCP segment from alice to bob.
func syn(at int64, from, to uint16, seq uint32) packet {
	b := binary.BigEndian.AppendUint16(nil, from)
	b = binary.BigEndian.AppendUint16(b, to)
	b = binary.BigEndian.AppendUint32(b, seq)
	return ping(at, 1).of(6, append(b, 0, 0, 0, 0, 0x50, 2, 0xff, 0xff, 0, 0, 0, 0))
}

func TestCause(t *testing.T) {
	const router, router6 = "10.0.0.1", "2001:db8::1"
	_ = router6
	about := func(at int64, k packet) packet { return icmpError(at, router, 11, 0, k) }
	for _, c := range []struct {
		name       string
		packets    []packet
		frame      uint64 // of the cause of the last packet, 0 for none
		translated bool
	}{
		{"an echo request", []packet{ping(0, 1).id(7), about(ms, ping(0, 1).id(7))}, 1, false},
		{"UDP", []packet{udp(0, 1, 2, "x").id(7), udp(0, 1, 3, "x").id(8), about(ms, udp(0, 1, 2, "x").id(7))}, 1, false},
		{"TCP", []packet{syn(0, 1, 2, 3).id(7), syn(0, 1, 2, 4).id(7), about(ms, syn(0, 1, 2, 3).id(7))}, 1, false},
		{"another IP identification", []packet{udp(0, 1, 2, "x").id(7), about(ms, udp(0, 1, 2, "x").id(8))}, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tracker, d := New(Options{}), decode.New()
			var p decode.Packet
			var r Relation
			for i, k := range c.packets {
				load(&p, k, uint64(i+1))
				d.Decode(&p)
				tracker.Packet(&p, &r)
			}
			got, ok := tracker.cause(&p)
			if got.frame != c.frame || ok != (c.frame != 0) || got.translated != c.translated {
				t.Errorf("cause %+v, %v; want frame %d, translated %v", got, ok, c.frame, c.translated)
			}
		})
	}
}
