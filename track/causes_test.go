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

// between returns the packet with other addresses.
func (k packet) between(src, dst string) packet {
	k.src, k.dst = src, dst
	return k
}

// told returns an error with whom it goes to, where that is not whom it quotes.
func (k packet) told(dst string) packet {
	k.dst = dst
	return k
}

// udp returns a UDP datagram from alice to bob.
func udp(at int64, from, to uint16, payload string) packet {
	b := binary.BigEndian.AppendUint16(nil, from)
	b = binary.BigEndian.AppendUint16(b, to)
	b = binary.BigEndian.AppendUint16(b, uint16(8+len(payload)))
	sum := byte(1)
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

// sum returns what changes a UDP checksum, which takes no carry here.
func sum(by int) func([]byte) {
	return func(b []byte) { binary.BigEndian.PutUint16(b[6:], uint16(int(binary.BigEndian.Uint16(b[6:]))+by)) }
}

// noSum leaves a UDP datagram without a checksum.
func noSum(b []byte) { b[6], b[7] = 0, 0 }

// gre returns alice's packet in a tunnel from one router to another, in GRE.
func (k packet) gre() packet {
	inner := k.datagram()
	k.src, k.dst = "172.16.0.1", "172.16.0.2"
	return k.of(47, append([]byte{0, 0, 0x08, 0x00}, inner...))
}

// fragment returns the packet as a fragment of a datagram, by its offset in bytes.
func fragment(k packet, offset int, more bool) packet {
	k.fragment = uint16(offset / 8)
	if more {
		k.fragment |= 0x2000
	}
	return k
}

// TestCause protects that an error leads to the frame to blame, and to no other: the last packet of each case is the error.
func TestCause(t *testing.T) {
	const router, router6, public = "10.0.0.1", "2001:db8::1", "198.51.100.1"
	about := func(at int64, k packet) packet {
		if k.src == "2001:db8::a" {
			return icmpError(at, router6, 3, 0, k)
		}
		return icmpError(at, router, 11, 0, k)
	}
	probe, query := udp(0, 1, 2, "x").id(7), ping(0, 1).id(7)
	tunnel := inVXLAN(blue, probe.frame(1)).id(9)
	const none, translated = 0, true
	for _, c := range []struct {
		name       string
		packets    []packet
		frame      uint64
		translated bool
	}{
		{"an echo request", []packet{query, about(ms, query)}, 1, false},
		{"UDP, one of two", []packet{probe, udp(0, 1, 3, "x").id(8), about(ms, probe)}, 1, false},
		{"TCP, by the sequence number", []packet{syn(0, 1, 2, 3).id(7), syn(0, 1, 2, 4).id(7), about(ms, syn(0, 1, 2, 3).id(7))}, 1, false},
		{"a protocol without ports", []packet{ping(0, 1).of(200, nil).id(7), about(ms, ping(0, 1).of(200, nil).id(7))}, 1, false},
		{"UDP over IPv6, by the length", []packet{udp(0, 1, 2, "x").over6(), udp(0, 1, 2, "xy").over6(), about(ms, udp(0, 1, 2, "x").over6())}, 1, false},
		{"UDP over IPv6, by the checksum", []packet{udp(0, 1, 2, "x").over6(), udp(0, 1, 2, "y").over6(), about(ms, udp(0, 1, 2, "x").over6())}, 1, false},
		{"UDP over IPv6, whose checksum the network card computes",
			[]packet{udp(0, 1, 2, "x").over6().summed(9, 0x5ba1), about(ms, udp(0, 1, 2, "x").over6().summed(9, 77))}, 1, false},
		{"another UDP datagram over IPv6, by the checksum alone", []packet{udp(0, 1, 2, "x").over6().summed(9, 0x5ba2), about(ms, udp(0, 1, 2, "x").over6().summed(9, 77))}, none, false},
		{"UDP whose checksum the network card computes", []packet{udp(0, 1, 2, "").id(7).with(func(b []byte) { b[7] = 9 }), about(ms, udp(0, 1, 2, "").id(7))}, 1, false},
		{"TCP over IPv6", []packet{syn(0, 1, 2, 3).over6(), syn(0, 1, 2, 4).over6(), about(ms, syn(0, 1, 2, 3).over6())}, 1, false},
		{"quoted with what is left of its TTL", []packet{probe, about(ms, probe.hop())}, 1, false},
		{"the newer of two with one identification", []packet{probe, probe.later(2 * second), about(3*second, probe)}, 2, false},

		{"an echo reply", []packet{query, pong(ms, 1).id(9), icmpError(2*ms, router, 3, 1, pong(ms, 1).id(9))}, 2, false},
		{"an echo reply whose request was not captured", []packet{pong(0, 1).id(9), icmpError(ms, router, 3, 1, pong(0, 1).id(9))}, 1, false},
		{"the same in IPv6", []packet{pong6(0, 1), icmpError(ms, router6, 1, 0, pong6(0, 1))}, 1, false},
		{"one of two, by the sequence number", []packet{pong(0, 1).id(9), pong(0, 2).id(9), icmpError(ms, router, 3, 1, pong(0, 1).id(9))}, 1, false},
		{"a reply to a group", []packet{ping(0, 1).between(a4, "10.0.0.255"), pong(0, 1).id(9), icmpError(ms, router, 3, 1, pong(0, 1).id(9))}, 2, false},
		{"a timestamp reply whose request was not captured", []packet{fromBob(0, timestamp(14, 1, 1, 1, 2, 3)).id(9), icmpError(ms, router, 3, 1, fromBob(0, timestamp(14, 1, 1, 1, 2, 3)).id(9))}, 1, false},

		{"another IP identification", []packet{probe, about(ms, udp(0, 1, 2, "x").id(8))}, none, false},
		{"another port", []packet{probe, about(ms, udp(0, 1, 3, "x").id(7))}, none, false},
		{"other hosts", []packet{probe, about(ms, probe.between("10.0.0.10", "10.0.0.12")).told("10.0.0.12")}, none, false},
		{"what was not captured", []packet{about(ms, probe)}, none, false},
		{"more than a minute ago", []packet{probe, about(61*second, probe)}, none, false},

		{"a reply that another is quoted for", []packet{pong(0, 1).id(9), icmpError(ms, router, 3, 1, pong(0, 1).id(8))}, none, false},
		{"a reply of another host", []packet{pong(0, 1).id(9), icmpError(ms, router, 3, 1, pong(0, 1).id(9).between("10.0.0.12", a4))}, none, false},

		{"a reply without a request, by a router in the middle", []packet{pong(0, 1).id(9), pong(0, 1).id(9).hop(), icmpError(ms, router, 3, 1, pong(0, 1).id(9))}, 1, false},
		{"a reply without a request, on its own VLAN", []packet{pong(0, 1).id(9).on(5), pong(-2*second, 1).id(9).on(6), icmpError(ms, router, 3, 1, pong(0, 1).id(9)).on(5)}, 1, false},
		{"a router in the middle", []packet{probe, probe.hop(), about(ms, probe)}, 1, false},
		{"a mirror port, twice the error, too", []packet{probe, probe, about(ms, probe).id(70), about(ms, probe).id(70)}, 1, false},
		{"the same again after an error about the first", []packet{probe, about(ms, probe), probe.later(2 * ms), about(3*ms, probe)}, 3, false},
		{"the same with a higher TTL", []packet{probe.hop(), probe, about(ms, probe)}, 2, false},
		{"on its own VLAN", []packet{probe.on(5), probe.later(2 * second).on(6), about(2*second+ms, probe).on(5)}, 1, false},
		{"in its own virtual network", []packet{probe.on(blue), probe.later(2 * second).on(red), about(2*second+ms, probe).on(blue)}, 1, false},
		{"what carries a virtual network, on its own VLAN", []packet{tunnel.on(5), tunnel.later(2 * second).on(6), about(2*second+ms, tunnel).told(tunnel.src).on(5)}, 1, false},
		{"on another VLAN", []packet{probe.on(5), about(ms, probe).on(6)}, 1, false},

		{"a fragment", []packet{fragment(probe, 0, true), about(ms, fragment(probe, 0, true))}, 1, false},
		{"a later fragment", []packet{fragment(probe, 0, true), fragment(probe, 16, false), about(ms, fragment(probe, 16, false))}, 2, false},
		{"cut by a router on the way", []packet{probe, about(ms, fragment(probe, 0, true))}, 1, false},
		{"a tunnel's packet", []packet{probe.gre().id(9), about(ms, probe.gre().id(9)).told("172.16.0.1")}, 1, false},
		{"what a tunnel carries", []packet{probe.gre().id(9), about(ms, probe)}, 1, false},
		{"seen before it entered the tunnel that is quoted", []packet{probe, about(ms, probe.gre().id(9)).told("172.16.0.1")}, 1, false},

		{"behind a NAT that changed the source", []packet{probe, about(ms, probe.between(public, "10.0.0.11")).told("10.0.0.10")}, 1, translated},
		{"and its port", []packet{probe, about(ms, udp(0, 99, 2, "x").id(7).between(public, "10.0.0.11")).told("10.0.0.10")}, 1, translated},
		{"and its identifier", []packet{query, about(ms, query.with(func(b []byte) { b[5] = 99 }).between(public, "10.0.0.11")).told("10.0.0.10")}, 1, translated},
		{"and its port, of TCP over IPv6", []packet{syn(0, 1, 2, 3).over6(), icmpError(ms, router6, 3, 0, syn(0, 99, 2, 3).between("2001:db8:f::1", "2001:db8::b")).told("2001:db8::a")}, 1, translated},
		{"behind a NAT that changed the destination and its port", []packet{probe, about(ms, udp(0, 1, 99, "x").id(7).between("10.0.0.10", "192.168.0.9"))}, 1, translated},
		{"behind a NAT that changed a port alone, and the checksum by it", []packet{probe, about(ms, udp(0, 99, 2, "x").id(7).with(sum(-98)))}, 1, translated},
		{"the other port", []packet{probe, about(ms, udp(0, 1, 99, "x").id(7).with(sum(-97)))}, 1, translated},
		{"a port of TCP", []packet{syn(0, 1, 2, 3).id(7), about(ms, syn(0, 99, 2, 3).id(7))}, 1, translated},
		{"an identifier, and the checksum by it", []packet{query, about(ms, query.with(func(b []byte) { b[5] = 99 }))}, 1, translated},
		{"a port, and all of it by a mirror port", []packet{probe, probe, about(ms, udp(0, 99, 2, "x").id(7).with(sum(-98)))}, 1, translated},
		{"another port, and a checksum that is not by it", []packet{probe, about(ms, udp(0, 99, 2, "x").id(7).with(sum(-97)))}, none, false},
		{"another identifier, and a checksum that is not by it", []packet{query, about(ms, query.with(func(b []byte) { b[5], b[2] = 99, 1 }))}, none, false},
		{"another port of UDP without a checksum", []packet{probe.with(noSum), about(ms, udp(0, 99, 2, "x").id(7).with(noSum))}, none, false},
		{"another port, and another sequence number", []packet{syn(0, 1, 2, 3).id(7), about(ms, syn(0, 99, 2, 4).id(7))}, none, false},
		{"both ports", []packet{syn(0, 1, 2, 3).id(7), about(ms, syn(0, 99, 98, 3).id(7))}, none, false},
		{"another port, and no IP identification", []packet{syn(0, 1, 2, 3).over6(), about(ms, syn(0, 99, 2, 3).over6())}, none, false},
		{"another destination, and no IP identification", []packet{udp(0, 1, 2, "x").over6(), about(ms, udp(0, 1, 2, "x").over6().between("2001:db8::a", "2001:db8::c"))}, none, false},
		{"another destination of TCP, and no IP identification", []packet{syn(0, 1, 2, 3).over6(), about(ms, syn(0, 1, 2, 3).over6().between("2001:db8::a", "2001:db8::c"))}, 1, translated},
		{"another destination of a ping, and no IP identification", []packet{ping6(0, 1), about(ms, ping6(0, 1).between("2001:db8::a", "2001:db8::c"))}, none, false},
		{"another source of a ping, and no IP identification", []packet{ping6(0, 1), icmpError(ms, router6, 3, 0, ping6(0, 1).between("2001:db8::99", "2001:db8::b")).told("2001:db8::a")}, 1, translated},
		{"another identifier, and no IP identification", []packet{ping6(0, 1), about(ms, ping6(0, 1).with(func(b []byte) { b[5] = 99 }))}, none, false},
		{"another port of who numbers all alike", []packet{syn(0, 1, 2, 3).id(7), syn(0, 1, 4, 3).id(7), about(ms, syn(0, 1, 5, 3).id(7))}, none, false},
		{"another identifier of who numbers all alike", []packet{query, query.with(func(b []byte) { b[5] = 2 }), about(ms, query.with(func(b []byte) { b[5] = 99 }))}, none, false},
		{"another identifier, the same on two VLANs", []packet{query.on(5), query.on(6), about(ms, query.with(func(b []byte) { b[5] = 99 }))}, 1, translated},
		{"another identifier, and another destination of the same identifier", []packet{query.with(func(b []byte) { b[5] = 99 }).between("10.0.0.10", "10.0.0.12"), query, about(ms, query.with(func(b []byte) { b[5] = 99 }))}, 1, translated},
		{"another protocol with other bytes in their place", []packet{probe.of(200, []byte("abcdefgh")), about(ms, probe.of(200, []byte("xbcdefgh")))}, none, false},
		{"the NAT's outside, exactly", []packet{probe, probe.between(public, "10.0.0.11"), about(ms, probe.between(public, "10.0.0.11")).told(public)}, 2, false},
		{"a NAT changes one side, not both", []packet{probe, about(ms, probe.between(public, "192.168.0.9")).told("10.0.0.10")}, none, false},
		{"a NAT keeps the other side's port", []packet{probe, about(ms, udp(0, 1, 99, "x").id(7).between(public, "10.0.0.11")).told("10.0.0.10")}, none, false},
		{"a NAT tells its host, not another", []packet{probe, about(ms, probe.between(public, "10.0.0.11")).told("10.0.0.12")}, none, false},
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
			if got.frame != c.frame || ok != (c.frame != none) || got.translated != c.translated {
				t.Errorf("frame %d, %v, translated %v; want frame %d, translated %v", got.frame, ok, got.translated, c.frame, c.translated)
			}
		})
	}
}

// TestCauseIsAsSent protects what paths are made of: time and TTL of the first sighting, which routers then count down.
func TestCauseIsAsSent(t *testing.T) {
	probe := udp(5*ms, 1, 2, "x").id(7)
	tracker, d := New(Options{}), decode.New()
	var p decode.Packet
	var r Relation
	for i, k := range []packet{probe, probe.hop().later(ms), icmpError(9*ms, "10.0.0.1", 11, 0, probe.hop())} {
		load(&p, k, uint64(i+1))
		d.Decode(&p)
		tracker.Packet(&p, &r)
	}
	c, _ := tracker.cause(&p)
	if c.time != 5*ms || !c.hasTime || c.ttl != 64 || c.protocol != 17 || c.length != 29 {
		t.Errorf("%+v; want it at 5 ms, TTL 64, UDP, 29 bytes", c)
	}
}

// TestCausesAreBounded protects that the newest datagrams are remembered, and no more of them than there is room for.
func TestCausesAreBounded(t *testing.T) {
	const limit = 64
	tracker, d := New(Options{MaxDatagrams: limit}), decode.New()
	var p decode.Packet
	var r Relation
	probe := func(i int) packet { return udp(int64(i)*ms, uint16(i%7), 2, "x").id(uint16(i)) }
	number := uint64(0)
	show := func(k packet) {
		number++
		load(&p, k, number)
		d.Decode(&p)
		tracker.Packet(&p, &r)
	}
	for i := 1; i <= 10*limit; i++ {
		show(probe(i))
	}
	for _, c := range []struct {
		probe int
		known bool
	}{{10 * limit, true}, {9*limit + 9, true}, {9*limit - 9, false}} {
		show(icmpError(641*ms, "10.0.0.1", 11, 0, probe(c.probe)))
		if got, ok := tracker.cause(&p); ok != c.known || ok && got.frame != uint64(c.probe) {
			t.Errorf("cause of probe %d of %d: frame %d, %v", c.probe, 10*limit, got.frame, ok)
		}
	}
}
