package track

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/icmpsniff/icmpsniff/decode"
)

// TestPaths protects what is taken for a path, who is said to have answered at which hop, and how it ended.
func TestPaths(t *testing.T) {
	const done = 5 * second // when a ping that is no probe ends the capture, so that nothing is pending
	end := ping(done, 9)
	end.dst = c4
	u1, u2, u3 := udpProbe(0, 1, 1), udpProbe(ms, 2, 2), udpProbe(2*ms, 3, 3)

	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
	}{
		{"UDP, the destination says that nobody listens",
			[]packet{u1, ranOutAt(ms, r1, u1), u2, ranOutAt(2*ms, r2, u2), u3, unreachable(3*ms, b4, 3, u3), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.2.0.1 1 of 1; 3: 10.0.0.11 1 of 1; reached"}},
		{"UDP, the destination answers",
			[]packet{u1, ranOutAt(ms, r1, u1), u2, {at: 3 * ms, from: bob, to: alice, src: b4, dst: a4, proto: 17, body: udpBody(33436, 40000)}, end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.0.0.11 1 of 1; reached"}},
		{"UDP, an answer to another port is none",
			[]packet{u1, ranOutAt(ms, r1, u1), u2, {at: 3 * ms, from: bob, to: alice, src: b4, dst: a4, proto: 17, body: udpBody(53, 40000)}, end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: * 0 of 1"}},
		{"echo, the destination replies",
			[]packet{echoProbe(0, 1, 1), ranOutAt(ms, r1, echoProbe(0, 1, 1)), echoProbe(2*ms, 2, 2), pong(3*ms, 2), end},
			[]string{"icmp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.0.0.11 1 of 1; reached"}},
		{"SYN, accepted",
			[]packet{synProbe(0, 1, 1), ranOutAt(ms, r1, synProbe(0, 1, 1)), synProbe(ms, 2, 2), answerToSYN(2*ms, 2, 3, tcpSYN|tcpACK), end},
			[]string{"tcp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.0.0.11 1 of 1; reached"}},
		{"SYN, reset",
			[]packet{synProbe(0, 1, 1), ranOutAt(ms, r1, synProbe(0, 1, 1)), synProbe(ms, 2, 2), answerToSYN(2*ms, 2, 3, tcpRST|tcpACK), end},
			[]string{"tcp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.0.0.11 1 of 1; reached"}},
		{"SYN, what acknowledges another is no answer",
			[]packet{synProbe(0, 1, 1), ranOutAt(ms, r1, synProbe(0, 1, 1)), synProbe(ms, 2, 2), answerToSYN(2*ms, 2, 4, tcpRST|tcpACK), end},
			[]string{"tcp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: * 0 of 1"}},
		{"SYN, repeated by TCP: sent once",
			[]packet{synProbe(0, 1, 1), synProbe(second, 1, 1).id(5), synProbe(3*second, 1, 1).id(6), synProbe(3*second, 2, 2), end},
			[]string{"tcp 10.0.0.10 to 10.0.0.11: 1: * 0 of 1; 2: * 0 of 1"}},
		{"IPv6",
			[]packet{udpProbe6(0, 1, 1), icmpError(ms, r16, 3, 0, udpProbe6(0, 1, 1)), udpProbe6(ms, 2, 2), icmpError(2*ms, "2001:db8::b", 1, 4, udpProbe6(0, 2, 2)), end},
			[]string{"udp 2001:db8::a to 2001:db8::b: 1: 2001:db8:1::1 1 of 1; 2: 2001:db8::b 1 of 1; reached"}},
		{"silent hops",
			[]packet{u1, u2, u3, ranOutAt(3*ms, r3, u3), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: * 0 of 1; 2: * 0 of 1; 3: 10.3.0.1 1 of 1"}},
		{"two routers at one hop",
			[]packet{u1, ranOutAt(ms, r1, u1), udpProbe(ms, 1, 7), ranOutAt(2*ms, r2, udpProbe(0, 1, 7)), udpProbe(3*ms, 1, 8), ranOutAt(4*ms, r1, udpProbe(0, 1, 8)), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1×2 10.2.0.1×1 3 of 3"}},
		{"pending at the end",
			[]packet{u1, ranOutAt(ms, r1, u1), u2},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: * 0 of 1 (1 pending)"}},
		{"late, but an answer",
			[]packet{u1, ranOutAt(4*second, r1, u1), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1"}},
		{"forgotten: too late for an answer",
			[]packet{u1, u2, ranOutAt(memory+second, r1, u1)},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: * 0 of 1; 2: * 0 of 1"}},
		{"a router refuses to go on",
			[]packet{u1, ranOutAt(ms, r1, u1), u2, unreachable(2*ms, r1, 13, u2), u3, unreachable(3*ms, r1, 13, u3), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.1.0.1 1 of 1; ended by 3/13 of 10.1.0.1"}},
		{"the destination refuses",
			[]packet{u1, ranOutAt(ms, r1, u1), u2, unreachable(2*ms, b4, 10, u2), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.0.0.11 1 of 1; reached ended by 3/10 of 10.0.0.11"}},
		{"a port that a router calls unreachable is not reached",
			[]packet{u1, ranOutAt(ms, r1, u1), u2, unreachable(2*ms, r1, 3, u2), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.1.0.1 1 of 1; ended by 3/3 of 10.1.0.1"}},
		{"one probe is refused, others get further",
			[]packet{u1, unreachable(ms, r1, 1, u1), u2, u3, ranOutAt(4*ms, r3, u3), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: * 0 of 1; 3: 10.3.0.1 1 of 1"}},
		{"one probe is refused, another reaches the destination",
			[]packet{u1, unreachable(ms, r1, 1, u1), u2, unreachable(4*ms, b4, 3, u2), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.0.0.11 1 of 1; reached"}},
		{"beyond the destination, which answers every higher TTL",
			[]packet{u1, u2, u3, unreachable(4*ms, b4, 3, u2), unreachable(4*ms, b4, 3, u3), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: * 0 of 1; 2: 10.0.0.11 1 of 1; reached"}},
		{"too big for a link: the next one is smaller",
			[]packet{u1, ranOutAt(ms, r1, u1), u2, unreachable(2*ms, r1, 4, u2), u2.id(99).later(3 * ms), ranOutAt(5*ms, r2, u2.id(99)), u3.later(6 * ms), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.1.0.1×1 10.2.0.1×1 2 of 2; 3: * 0 of 1"}},
		{"too big for a link, all of them",
			[]packet{u1, ranOutAt(ms, r1, u1), u2, unreachable(2*ms, r1, 4, u2), u3, unreachable(3*ms, r1, 4, u3), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.1.0.1 1 of 1; ended by 3/4 of 10.1.0.1"}},

		{"a mirror shows every packet twice",
			[]packet{u1, u1.later(ms), ranOutAt(2*ms, r1, u1), ranOutAt(2*ms, r1, u1), u2, u2.on(7).later(ms), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: * 0 of 1"}},
		{"a mirror shows a probe after the next one, which has the same ports",
			[]packet{u1, u1.id(7).later(ms), u1.later(2 * ms), u2.later(3 * ms), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: * 0 of 2; 2: * 0 of 1"}},
		{"a router in the middle shows a probe with one TTL less",
			[]packet{u2, udpProbe(ms, 1, 2), ranOutAt(2*ms, r2, udpProbe(0, 1, 2)), u1, ranOutAt(2*ms, r1, u1), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.2.0.1 1 of 1"}},
		{"the same datagram with a higher TTL is another probe",
			[]packet{udpProbe6(0, 1, 1), udpProbe6(ms, 2, 1), udpProbe6(2*ms, 3, 1), end},
			[]string{"udp 2001:db8::a to 2001:db8::b: 1: * 0 of 1; 2: * 0 of 1; 3: * 0 of 1"}},
		{"on a VLAN",
			[]packet{u1.on(5), ranOutAt(ms, r1, u1).on(5), u2.on(5), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11 on [5]: 1: 10.1.0.1 1 of 1; 2: * 0 of 1"}},
		{"in two virtual networks",
			[]packet{u1.on(blue), u1.id(77).on(red), ranOutAt(ms, r1, u1).on(blue), u2.on(blue), u2.id(78).on(red), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11 on [vni 5000]: 1: 10.1.0.1 1 of 1; 2: * 0 of 1", "udp 10.0.0.10 to 10.0.0.11 on [vni 5001]: 1: * 0 of 1; 2: * 0 of 1"}},
		{"behind a NAT, which left its own address in the quote",
			[]packet{u1, ranOutAt(ms, r1, func() packet { k := u1; k.src = "192.0.2.9"; return k }()).to4(a4), u2, end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: * 0 of 1"}},
		{"two methods, two paths",
			[]packet{u1, u2, echoProbe(ms, 1, 1), echoProbe(2*ms, 2, 2), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: * 0 of 1; 2: * 0 of 1", "icmp 10.0.0.10 to 10.0.0.11: 1: * 0 of 1; 2: * 0 of 1"}},
		{"a single TTL that ran out",
			[]packet{udpProbe(0, 5, 1), ranOutAt(ms, r1, udpProbe(0, 5, 1)), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 5: 10.1.0.1 1 of 1"}},
		{"TTLs beyond 32 that rise to it",
			[]packet{udpProbe(0, 31, 1), ranOutAt(0, r1, udpProbe(0, 31, 1)), udpProbe(ms, 32, 2), udpProbe(2*ms, 33, 3), udpProbe(3*ms, 34, 4), udpProbe(4*ms, 64, 5), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 31: 10.1.0.1 1 of 1; 32: * 0 of 1; 33: * 0 of 1; 34: * 0 of 1"}},

		{"no path: one TTL, as of BGP between neighbors",
			[]packet{synProbe(0, 1, 1), answerToSYN(ms, 1, 2, tcpSYN|tcpACK), synProbe(2*ms, 1, 2), synProbe(second, 64, 3), end}, nil},
		{"no path: the route of ordinary traffic changed",
			[]packet{udpProbe(0, 20, 1), udpProbe(ms, 20, 2), udpProbe(2*ms, 19, 3), end}, nil},
		{"no path: the route of ordinary traffic changes again and again",
			[]packet{udpProbe(0, 28, 1), udpProbe(ms, 29, 2), udpProbe(2*ms, 30, 3), udpProbe(3*ms, 31, 4), end}, nil},
		{"traced from the fourth hop on",
			[]packet{udpProbe(0, 4, 1), udpProbe(ms, 5, 2), udpProbe(2*ms, 6, 3), end},
			[]string{"udp 10.0.0.10 to 10.0.0.11: 4: * 0 of 1; 5: * 0 of 1; 6: * 0 of 1"}},
		{"no path: usual TTLs",
			[]packet{udpProbe(0, 64, 1), udpProbe(ms, 63, 2), udpProbe(2*ms, 62, 3), end}, nil},
		{"no path: errors about ordinary traffic",
			[]packet{udpProbe(0, 64, 1), ranOutAt(ms, r1, udpProbe(0, 64, 1)), end}, nil},
		{"no path: an echo request that goes in circles", circles(echoProbe(0, 63, 1), r1, 11, end), nil},
		{"no path: UDP that goes in circles", circles(udpProbe(0, 63, 1), r1, 11, end), nil},
		{"no path: IPv6 that goes in circles", circles(udpProbe6(0, 63, 1), r16, 3, end), nil},
		{"no path: a SYN that goes in circles", circles(synProbe(0, 63, 1), r1, 11, end), nil},
		{"probes that begin to go in circles",
			append([]packet{u1, ranOutAt(ms, r1, u1), u2, ranOutAt(2*ms, r2, u2)}, circles(udpProbe(0, 30, 3), r1, 11, end)...),
			[]string{"udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: 10.2.0.1 1 of 1; 30: 10.1.0.1 1 of 1"}},
		{"probes of which nothing changes but the TTL, which rises",
			[]packet{echoProbe(0, 1, 1), ranOutAt(ms, r1, echoProbe(0, 1, 1)), echoProbe(2*ms, 2, 1), echoProbe(3*ms, 3, 1), end},
			[]string{"icmp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 1 of 1; 2: * 0 of 1; 3: * 0 of 1"}},
		{"no path: multicast",
			[]packet{{from: alice, to: all, src: a4, dst: "224.0.0.9", proto: 17, ttl: 1, body: udpBody(520, 520)},
				{at: ms, from: alice, to: all, src: a4, dst: "224.0.0.9", proto: 17, ttl: 2, body: udpBody(520, 521)}, end}, nil},
		{"no path: TCP that opens no connection",
			[]packet{answerToSYN(0, 1, 2, tcpACK).hops(1), answerToSYN(ms, 2, 2, tcpACK).hops(2), answerToSYN(ms, 2, 2, tcpSYN|tcpACK).hops(3), end}, nil},
		{"no path: another protocol",
			[]packet{{from: alice, to: bob, src: a4, dst: b4, proto: 132, ttl: 1, body: udpBody(1, 2)},
				{from: alice, to: bob, src: a4, dst: b4, proto: 132, ttl: 2, body: udpBody(1, 2)}, end}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.packets...).tracker.Summary()
			if diff := cmp.Diff(c.want, describePaths(s)); diff != "" {
				t.Errorf("paths (-want +got):\n%s", diff)
			}
		})
	}
}

// hops returns the packet with a TTL.
func (k packet) hops(ttl byte) packet { k.ttl = ttl; return k }

// circles returns the packet as a link shows it over which two routers send it to each other until its TTL runs out, the error about
// that, and what comes later.
func circles(k packet, router string, exceeded byte, later packet) []packet {
	var all []packet
	for ; k.ttl > 0; k.ttl-- {
		all = append(all, k)
		k = k.later(1)
	}
	k.ttl = 1
	return append(all, icmpError(k.at, router, exceeded, 0, k), later)
}

// to4 returns the packet to another address.
func (k packet) to4(dst string) packet { k.dst = dst; return k }

// TestRounds protects that a round begins where the TTL falls back to the lowest.
func TestRounds(t *testing.T) {
	for _, c := range []struct {
		name string
		ttls []byte
		want uint64
	}{
		{"traceroute", []byte{1, 1, 1, 2, 2, 2, 3, 3, 3}, 1},
		{"mtr", []byte{1, 2, 3, 4, 1, 2, 3, 1, 2, 3}, 3},
		{"one probe overtook another", []byte{1, 3, 2, 4, 5}, 1},
		{"from the third hop on", []byte{3, 4, 5, 3, 4, 5}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			var packets []packet
			for i, ttl := range c.ttls {
				packets = append(packets, udpProbe(int64(i)*ms, ttl, uint16(i)))
			}
			s := watch(t, Options{}, packets...).tracker.Summary()
			if got := s.Paths[0].Rounds; got != c.want {
				t.Errorf("%d rounds, want %d", got, c.want)
			}
		})
	}
}

// TestHopTimes protects the statistics of a hop: each answer counts from its own probe, and none that was stamped before it.
func TestHopTimes(t *testing.T) {
	at := func(ms int64, n uint16) packet { return udpProbe(ms*1e6, 1, n) }
	s := watch(t, Options{}, at(10, 1), ranOutAt(12*ms, r1, at(10, 1)), at(20, 2), at(21, 3), ranOutAt(24*ms, r1, at(20, 2)),
		ranOutAt(27*ms, r1, at(21, 3)), at(30, 4), ranOutAt(29*ms, r1, at(30, 4))).tracker.Summary()
	r := s.Paths[0].Hops[0].Responders[0]
	want := RTT{N: 3, Min: 2 * ms, Max: 6 * ms, Avg: 4e6, MDev: r.RTT.MDev, Jitter: 2e6}
	if r.RTT != want || r.Received != 4 {
		t.Errorf("%d received, %+v; want 4, %+v", r.Received, r.RTT, want)
	}
}

// TestLabels protects that the MPLS label stacks with which probes came to routers are shown (RFC 4950).
func TestLabels(t *testing.T) {
	u1 := udpProbe(0, 1, 1)
	for _, c := range []struct {
		name   string
		answer packet
		want   []Label
	}{
		{"no extension", ranOutAt(ms, r1, u1), nil},
		{"one label", ranOutAt(ms, r1, u1).withLabels(100704<<12 | 1<<8 | 1), []Label{{100704, 0, true, 1}}},
		{"two labels", ranOutAt(ms, r1, u1).withLabels(16001<<12|5<<9|1, 24<<12|1<<8|255), []Label{{16001, 5, false, 1}, {24, 0, true, 255}}},
		{"an object that is longer than the extension", func() packet {
			k := ranOutAt(ms, r1, u1).withLabels(1 << 12)
			k.body[len(k.body)-7] = 9
			return k
		}(), nil},
		{"more labels than are kept", ranOutAt(ms, r1, u1).withLabels(make([]uint32, maxHopLabels+1)...), make([]Label, maxHopLabels)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, u1, c.answer).tracker.Summary()
			if diff := cmp.Diff(c.want, s.Paths[0].Hops[0].Responders[0].MPLS); diff != "" {
				t.Errorf("labels (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPathsAreBounded protects that floods of probes fill no memory, that what is missed for it is counted, and that hops stay
// in balance, whatever order packets come in: 100 random captures, each in two trackers.
func TestPathsAreBounded(t *testing.T) {
	hosts := []string{a4, b4, c4, r1, r2}
	for seed := range uint64(100) {
		random := rand.New(rand.NewPCG(seed, 0))
		tight, roomy := New(Options{MaxPaths: 2}), New(Options{})
		d := decode.New()
		var p decode.Packet
		var now int64
		for number := uint64(1); number <= 600; number++ {
			now += random.Int64N(100 * ms)
			k := randomProbe(random, hosts)
			k.at = now
			load(&p, k, number)
			d.Decode(&p)
			for _, tracker := range []*Tracker{tight, roomy} {
				tracker.Advance(p.Time)
				var r Relation
				tracker.Packet(&p, &r)
			}
		}
		for _, tracker := range []*Tracker{tight, roomy} {
			balancedHops(t, seed, tracker.Summary())
		}
		if n := len(tight.paths.rows) + len(tight.hops.rows) + len(tight.hopResponders.rows) + tight.probes.len(); n > 2+3*2*hopsPerPath {
			t.Errorf("seed %d: %d things remembered", seed, n)
		}
		if tight.Summary().Evicted == 0 || roomy.Summary().Evicted != 0 {
			t.Errorf("seed %d: %d evicted from the tight tables, %d from the roomy ones", seed, tight.Summary().Evicted, roomy.Summary().Evicted)
		}
	}
}

func balancedHops(t *testing.T, seed uint64, s *Summary) {
	t.Helper()
	for i := range s.Paths {
		for _, h := range s.Paths[i].Hops {
			var received uint64
			for _, r := range h.Responders {
				received += r.Received
			}
			if h.Sent != h.Received+h.Lost+h.Pending || int64(h.Lost) < 0 || received > h.Received {
				t.Errorf("seed %d: %+v", seed, h)
			}
		}
	}
}

// randomProbe returns one of few probes, or an answer to one.
func randomProbe(random *rand.Rand, hosts []string) packet {
	var k packet
	n, ttl := uint16(random.IntN(8)), byte(1+random.IntN(6))
	switch random.IntN(3) {
	case 0:
		k = udpProbe(0, ttl, n)
	case 1:
		k = echoProbe(0, ttl, n)
	case 2:
		k = synProbe(0, ttl, n)
	}
	k.dst = hosts[1+random.IntN(4)]
	switch random.IntN(4) {
	case 0:
		return ranOutAt(0, hosts[random.IntN(5)], k)
	case 1:
		return icmpError(0, k.dst, 3, byte(random.IntN(5)), k)
	}
	return k
}

// TestFloodOfCandidates protects that datagrams with small TTLs that are no path displace each other, and no path, and that
// nobody is told that something is missing.
func TestFloodOfCandidates(t *testing.T) {
	u1 := udpProbe(0, 1, 1)
	packets := []packet{u1, ranOutAt(0, r1, u1)}
	for i := range 1000 {
		k := udpProbe(int64(i)*ms, byte(1+i%30), uint16(i))
		k.src = netipOf(i)
		packets = append(packets, k)
	}
	s := watch(t, Options{MaxPaths: 16}, packets...).tracker.Summary()
	if len(s.Paths) != 1 || s.Evicted != 0 || s.Paths[0].Hops[0].Received != 1 {
		t.Errorf("%d paths, %d evicted, want 1, 0: %v", len(s.Paths), s.Evicted, describePaths(s))
	}
}

// TestPathsAllocateNothing protects that probes and their answers cost no memory once the tables have grown.
func TestPathsAllocateNothing(t *testing.T) {
	tracker := New(Options{MaxPaths: 4})
	var packets []decode.Packet
	for i := range 20 {
		u := udpProbe(0, byte(1+i%10), uint16(i))
		u.dst = netipOf(i / 2)
		for _, k := range []packet{u, ranOutAt(0, r1, u), unreachable(0, u.dst, 3, u), synProbe(0, byte(1+i), uint16(i)),
			answerToSYN(0, uint16(i), uint32(i+1), tcpRST|tcpACK), echoProbe(0, byte(1+i), uint16(i)), pong(0, uint16(i))} {
			var p decode.Packet
			load(&p, k, 1)
			decode.New().Decode(&p)
			packets = append(packets, p)
		}
	}
	number := uint64(0)
	var r Relation
	round := func() {
		for i := range packets {
			number++
			packets[i].Number, packets[i].Time = number, int64(number)*ms
			tracker.Advance(packets[i].Time)
			tracker.Packet(&packets[i], &r)
		}
	}
	for range 2000 {
		round()
	}
	if n := testing.AllocsPerRun(100, round); n != 0 {
		t.Errorf("%v allocations for %d packets, want 0", n, len(packets))
	}
}

// BenchmarkLeg measures what every packet costs: reading it, and finding that it is no probe.
func BenchmarkLeg(b *testing.B) {
	data := answerToSYN(0, 1, 2, tcpACK)
	for _, c := range []struct {
		name string
		k    packet
	}{
		{"TCP data", data}, {"UDP", udpProbe(0, 64, 1)}, {"UDP over IPv6", udpProbe6(0, 64, 1)}, {"low TTL", udpProbe(0, 3, 1)},
	} {
		b.Run(c.name, func(b *testing.B) {
			var p decode.Packet
			load(&p, c.k, 1)
			decode.New().Decode(&p)
			tracker := New(Options{})
			var l leg
			b.ReportAllocs()
			for b.Loop() {
				l.read(&p)
				tracker.trace(&l, &p)
			}
		})
	}
}
