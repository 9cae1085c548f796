package decode

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestFullFrames protects the stack, and the time that a frame takes, from frames that nest without end: decoding stops at a bound,
// and a frame that goes on there is malformed.
func TestFullFrames(t *testing.T) {
	repeat := func(n int, header []byte, last ...[]byte) []byte { return join(bytes.Repeat(header, n), join(last...)) }
	nested := func(n int, wrap func(inner []byte) []byte, innermost []byte) []byte {
		for range n {
			innermost = wrap(innermost)
		}
		return innermost
	}
	ping := ipv4(icmp, echo4(nil))
	teb := func(in []byte) []byte { return ether(typeIPv4, ipv4(gre, hexBytes("0000 6558"), in)) }
	quote := func(in []byte) []byte { return ipv4(icmp, unreachable4(0, in)) }
	quote6 := func(in []byte) []byte { return ipv6(icmp6, unreachable6(0, in)) }
	for _, c := range []struct {
		name  string
		frame []byte
		top   Kind
		full  bool // whether the bound was reached
	}{
		{"200 VLAN tags", ether(typeVLAN, repeat(200, vlan(1, typeVLAN)), vlan(2, typeIPv4), ping), ICMPv4, false},
		{"16,000 VLAN tags", ether(typeVLAN, repeat(16_000, vlan(1, typeVLAN)), vlan(2, typeIPv4), ping), Dot1Q, true},
		{"200 IP in IP", ether(typeIPv4, nested(200, func(in []byte) []byte { return ipv4(ipip, in) }, ping)), ICMPv4, false},
		{"250 IP in IP", ether(typeIPv4, nested(250, func(in []byte) []byte { return ipv4(ipip, in) }, ping)), IPv4, true},
		{"250 IPv6 in IPv6", ether(typeIPv6, nested(250, func(in []byte) []byte { return ipv6(sixInFour, in) }, ipv6(icmp6, echo6(nil)))), IPv6, true},
		{"250 Ethernet in GRE", nested(250, teb, ether(typeIPv4, ping)), Ethernet, true},
		{"1,000 MPLS labels", ether(typeMPLS, repeat(1_000, hexBytes("00010040")), hexBytes("00010140"), ping), MPLS, true},
		{"1,000 extension headers", ether(typeIPv6, ipv6(destination, repeat(1_000, extension(destination, "01 04 00000000")), ping)), IPv6, true},
		{"a quoted datagram in a quoted datagram", ether(typeIPv4, nested(2, quote, ping)), ICMPv4, false},
		{"250 quoted datagrams", ether(typeIPv4, nested(250, quote, ping)), ICMPv4, true},
		{"250 quoted datagrams of IPv6", ether(typeIPv6, nested(250, quote6, ipv6(icmp6, echo6(nil)))), ICMPv6, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Packet{Frame: Frame{Number: 1, Link: 1, Data: c.frame, Length: len(c.frame)}}
			New().Decode(&p)
			inBounds(t, &p)
			if l := p.Summary(); l == nil || l.Kind != c.top {
				t.Errorf("it is %v, want %v: %s", l, c.top, describe(&p)[:200])
			}
			if full := len(p.Layers) >= maxLayers; full != c.full {
				t.Errorf("%d layers", len(p.Layers))
			}
		})
	}
}

// TestOptionsWithoutEnd protects from options that would be read for ever: of length 0 or 1, and as many as fit.
func TestOptionsWithoutEnd(t *testing.T) {
	large := strings.Repeat("01", 40)
	for _, c := range []frameCase{
		{name: "IPv4 option of length 0", frame: ether(typeIPv4, ipv4With("07 00 04 00", 0, 1, icmp, echo4(nil)))},
		{name: "IPv4 option of length 1", frame: ether(typeIPv4, ipv4With("83 01 04 00", 0, 1, icmp, echo4(nil)))},
		{name: "IPv4 options that do nothing", frame: ether(typeIPv4, ipv4With(large, 0, 1, icmp, echo4(nil)))},
		{name: "IPv6 option of length 0", frame: ether(typeIPv6, ipv6(hopByHop, extension(icmp6, "c2 00 c2 00 c2 00"), echo6(nil)))},
		{name: "IPv6 options that pad", frame: ether(typeIPv6, ipv6(hopByHop, extension(icmp6, strings.Repeat("00", 2046)), echo6(nil)))},
		{name: "ND option of length 0", frame: ether(typeIPv6, ipv6(icmp6, hexBytes("87 00 0000 00000000"), make([]byte, 16), hexBytes("01 00 020000000001")))},
		{name: "extension object of length 0", frame: ether(typeIPv4, ipv4(icmp, unreachable4(32, make([]byte, 128), hexBytes("2000 0000 0000 01 01"))))},
		{name: "MLD report of 65,535 records", frame: ether(typeIPv6, ipv6(icmp6, hexBytes("8f 00 0000 0000 ffff"), bytesOf(100)))},
		{name: "IGMP report of 65,535 records", frame: ether(typeIPv4, ipv4(igmp2, hexBytes("22 00 0000 0000 ffff"), bytesOf(100)))},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Packet{Frame: Frame{Number: 1, Link: 1, Data: c.frame, Length: len(c.frame)}}
			New().Decode(&p)
			inBounds(t, &p)
			if p.Summary() == nil || len(p.Layers) < 2 {
				t.Errorf("decoded %s", describe(&p))
			}
		})
	}
}

// TestLargeFrames protects from frames as large as a capture may hold, whole or in part.
func TestLargeFrames(t *testing.T) {
	for _, n := range []int{64 << 10, 256 << 10} {
		payload := make([]byte, n-14-40-8-8)
		jumbo := ipv6(hopByHop, extension(icmp6, "c2 04 00000000"), hexBytes("80 00 0000 0007 0001"), payload)
		clear(jumbo[4:6])                                                                    // a payload length of 0: see the option
		copy(jumbo[44:48], join(be(uint16((len(jumbo)-40)>>16)), be(uint16(len(jumbo)-40)))) // RFC 2675 §2
		for _, captured := range []int{len(jumbo), 100} {
			frame := ether(typeIPv6, jumbo)
			p := Packet{Frame: Frame{Number: 1, Link: 1, Data: slices.Clip(frame[:captured]), Length: len(frame)}}
			New().Decode(&p)
			inBounds(t, &p)
			if l := p.Summary(); l == nil || l.Kind != ICMPv6 {
				t.Errorf("%d bytes of %d: %s", captured, len(frame), describe(&p))
			}
		}
	}
}

// TestFragmentFlood protects memory from datagrams that never become whole: what is held stays bounded, what is given up is counted,
// and a datagram that is whole is still put together.
func TestFragmentFlood(t *testing.T) {
	const flood = 100_000
	r := newReassembly()
	b := make([]byte, 1480)
	for n := range uint64(flood) {
		r.recycle()
		r.add(fragmentKey{id: uint32(n), proto: 1}, icmp, 0, true, b, n+1, int64(n))
		if r.bytes > maxFragmentBytes || len(r.pending) > maxDatagrams {
			t.Fatalf("after %d fragments %d bytes are held for %d datagrams", n+1, r.bytes, len(r.pending))
		}
	}
	if got := r.evicted + uint64(len(r.pending)); got != flood {
		t.Errorf("%d datagrams were given up and %d are pending, want %d together", r.evicted, len(r.pending), flood)
	}
	r.recycle()
	if whole, _ := r.add(fragmentKey{id: flood - 1, proto: 1}, icmp, 1480, false, b[:8], flood+1, flood); len(whole) != 1488 {
		t.Errorf("the last datagram has %d bytes", len(whole))
	}
}

// TestBetween protects durations from times that are too far apart.
func TestBetween(t *testing.T) {
	for _, c := range []struct{ from, to, want int64 }{
		{1, 3, 2}, {3, 1, -2}, {-5, 5, 10}, {math.MinInt64, math.MaxInt64, math.MaxInt64}, {math.MaxInt64, math.MinInt64, math.MinInt64},
		{0, math.MinInt64, math.MinInt64}, {-1, math.MaxInt64, math.MaxInt64}, {math.MinInt64, 0, math.MaxInt64}, {math.MinInt64, -1, math.MaxInt64},
	} {
		if got := Between(c.from, c.to); got != c.want {
			t.Errorf("from %d to %d: %d, want %d", c.from, c.to, got, c.want)
		}
	}
}
