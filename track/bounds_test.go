package track

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/icmpsniff/icmpsniff/decode"
)

// TestBalance protects that sent is received + lost + pending, in every row and in the totals, and that the totals do not
// depend on what is evicted, whatever the order of packets: 200 random captures, each in two trackers.
func TestBalance(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 0))
		roomy := New(Options{History: true})
		tight := New(Options{History: true, MaxFlows: 3, MaxPending: 5, MaxResponders: 2, MaxResolutions: 2, MaxNeighbors: 2})
		d := decode.New()
		var p decode.Packet
		var now int64
		var sent uint64
		for number := uint64(1); number <= 400; number++ {
			now += random.Int64N(300 * ms)
			k := randomPacket(random)
			k.at = now
			load(&p, k, number)
			d.Decode(&p)
			for _, tracker := range []*Tracker{roomy, tight} {
				tracker.Advance(p.Time)
				var r Relation
				tracker.Packet(&p, &r)
				if tracker == roomy && r.Role == Request && !r.Has(Copy) && k.src != "" {
					sent++
				}
				if number%50 == 0 {
					balanced(t, seed, tracker)
				}
			}
		}
		if got := roomy.Summary(); got.Totals.Echo.Sent+got.Totals.Queries.Sent != sent || got.Evicted != 0 {
			t.Errorf("seed %d: %d sent, %d evicted; want %d, 0", seed, got.Totals.Echo.Sent+got.Totals.Queries.Sent, got.Evicted, sent)
		}
		if tight.Summary().Evicted == 0 {
			t.Errorf("seed %d: nothing was evicted from tables of two or three rows", seed)
		}
	}
}

func balanced(t *testing.T, seed uint64, tracker *Tracker) {
	t.Helper()
	s := tracker.Summary()
	for _, f := range append(slices.Concat(s.Flows, s.Queries), Flow{Counts: s.Totals.Echo}, Flow{Counts: s.Totals.Queries}) {
		if f.Sent != f.Received+f.Lost+f.Pending {
			t.Errorf("seed %d: %d sent, %d received, %d lost, %d pending", seed, f.Sent, f.Received, f.Lost, f.Pending)
		}
		if f.Errors > f.Lost || f.Late > f.Received || int64(f.Pending) < 0 {
			t.Errorf("seed %d: %+v", seed, f.Counts)
		}
		coursed(t, seed, &f)
	}
	if s.Totals.Answered+s.Totals.Unanswered > s.Totals.Requests {
		t.Errorf("seed %d: %+v", seed, s.Totals)
	}
}

// randomPacket returns one of few packets, so that requests meet replies, copies and errors.
func randomPacket(random *rand.Rand) packet {
	seq := uint16(random.IntN(4))
	hosts := []string{a4, b4, c4, "10.0.0.255", "224.0.0.1"}
	k := packet{from: alice, to: bob, src: hosts[random.IntN(3)], dst: hosts[random.IntN(5)], ipID: uint16(random.IntN(2) + 1)}
	if random.IntN(3) == 0 {
		k.segments = []decode.Segment{decode.Segment(random.IntN(2))}
	}
	switch random.IntN(13) {
	case 0, 1, 2, 3:
		k.body = echoBody(8, 1, seq, "")
	case 4, 5:
		k.dst = hosts[random.IntN(3)]
		k.body = echoBody(0, 1, seq, "")
	case 6:
		k.body = echoBody(8, 1, seq, "")
		return icmpError(0, c4, 11, 0, k)
	case 7:
		return who(0, alice, k.src, k.dst).on(k.segments...)
	case 8:
		return isAt(0, bob, k.dst, alice, k.src).on(k.segments...)
	case 9:
		k.body = timestamp(13, 1, seq, 1, 0, 0)
	case 10:
		k.body = timestamp(14, 1, seq, 1, 2, 3)
	case 11:
		k.body = echoBody(10, 0, 0, "")
	case 12:
		k.body = echoBody(9, 0, 0, "")
	}
	return k
}

// TestNoAllocs protects that packets cost no memory once the tables have grown.
func TestNoAllocs(t *testing.T) {
	tracker := New(Options{})
	request, reply := newEndless(ping(0, 0)), newEndless(pong(0, 0))
	number := 0
	var others []decode.Packet
	var r Relation
	for _, k := range []packet{who(0, alice, a4, b4), isAt(0, bob, b4, alice, a4), who(0, alice, a4, c4), who(0, alice, a4, a4),
		arp(0, 3, alice, all, nobody, alice, nobody), arp(0, 4, bob, alice, b4, alice, a4), isAt(0, carol, b4, alice, a4),
		solicit(0, alice, a6, solicited, b6), advertise(0, bob, a6, b6), icmpError(0, c4, 3, 1, ping(0, 1)),
		fromAlice(0, timestamp(13, 1, 1, 1, 0, 0)), fromBob(0, timestamp(14, 1, 1, 1, 2, 3)), fromAlice(0, node(139, "nonce...")), fromBob(0, node(140, "nonce...")),
		fromAlice(0, echoBody(133, 0, 0, "")), fromBob(0, echoBody(134, 0, 0, "")),
		fromAlice(0, echoBody(13, 1, 3, strings.Repeat("unlike ping", 6))), fromAlice(0, timestamp(13, 1, 2, 1, 0, 0)).with(func(b []byte) { b[2] = 1 })} {
		var p decode.Packet
		load(&p, k, 1)
		decode.New().Decode(&p)
		others = append(others, p)
	}
	seq := 0
	round := func() {
		for host := range 10 {
			number++
			request.show(tracker, number, host, seq)
			if host > 0 {
				number++
				reply.show(tracker, number, host, seq)
			}
		}
		for i := range others {
			number++
			others[i].Number, others[i].Time = uint64(number), request.p.Time
			tracker.Packet(&others[i], &r)
		}
		seq++
	}
	for range 10_000 {
		round()
	}
	if n := testing.AllocsPerRun(1000, round); n != 0 {
		t.Errorf("%v allocations for %d packets, want 0", n, 19+len(others))
	}
}

// TestMemory protects the sizes that the limits of Options were chosen by.
func TestMemory(t *testing.T) {
	for _, c := range []struct {
		name     string
		size, of uintptr
	}{
		{"message", unsafe.Sizeof(Message{}), 128},
		{"exchange", unsafe.Sizeof(exchange{}), 72},
		{"flow", unsafe.Sizeof(row[flowKey, flow]{}), 320},
		{"resolution", unsafe.Sizeof(row[resolutionKey, resolution]{}), 384},
		{"neighbor", unsafe.Sizeof(row[neighborKey, neighbor]{}), 512},
		{"question", unsafe.Sizeof(question{}), 48},
		{"clock", unsafe.Sizeof(row[clockKey, clockRow]{}), 176},
		{"path", unsafe.Sizeof(row[uint64, path]{}), 136},
		{"hop", unsafe.Sizeof(row[uint64, hop]{}), 88},
		{"responder of a hop", unsafe.Sizeof(row[hopResponderKey, hopResponder]{}), 216},
		{"probe", unsafe.Sizeof(probe{}), 72},
		{"note", unsafe.Sizeof(note{}), 24},
		{"moment", unsafe.Sizeof(moment{}), 56},
		{"datagram", unsafe.Sizeof(datagram{}), 24},
		{"sent datagram", unsafe.Sizeof(sentDatagram{}), 48},
	} {
		if c.size > c.of {
			t.Errorf("%s: %d bytes, want no more than %d", c.name, c.size, c.of)
		}
	}
}

// TestEviction protects that a flow that had to give way keeps its part of the totals, and is counted.
func TestEviction(t *testing.T) {
	var packets []packet
	for i := range 20 {
		k := ping(int64(i)*ms, 1)
		k.src = fmt.Sprintf("10.0.1.%d", i)
		packets = append(packets, k)
	}
	packets = append(packets, ping(2*second, 1))
	s := watch(t, Options{MaxFlows: 4}, packets...).tracker.Summary()
	if len(s.Flows) != 4 || s.Evicted != 17 {
		t.Errorf("%d flows, %d evicted; want 4, 17", len(s.Flows), s.Evicted)
	}
	if want := (Counts{Sent: 21, Lost: 20, Pending: 1}); s.Totals.Echo != want {
		t.Errorf("totals %+v, want %+v", s.Totals.Echo, want)
	}
	for i := 1; i < len(s.Flows); i++ {
		if s.Flows[i-1].FirstFrame >= s.Flows[i].FirstFrame {
			t.Error("flows are not in the order of their appearance")
		}
	}
}

// TestBusyFlowStays protects that the row that gives way is an idle one.
func TestBusyFlowStays(t *testing.T) {
	var packets []packet
	for i := range 100 {
		k := ping(int64(i)*ms, 1)
		k.src = fmt.Sprintf("10.0.1.%d", i)
		packets = append(packets, ping(int64(i)*ms, uint16(i)), k)
	}
	s := watch(t, Options{MaxFlows: 4}, packets...).tracker.Summary()
	if f := s.Flows[0]; f.FirstFrame != 1 || f.Sent != 100 {
		t.Errorf("the first flow is from frame %d and has %d requests; want 1, 100", f.FirstFrame, f.Sent)
	}
}

// TestManyStacks protects that one pair of hosts on many VLANs is bounded like many pairs.
func TestManyStacks(t *testing.T) {
	var packets []packet
	for i := range 600 {
		packets = append(packets, ping(int64(i)*ms, uint16(i)).on(decode.Segment(i)), who(int64(i)*ms, alice, a4, b4).on(decode.Segment(i)))
	}
	s := watch(t, Options{}, packets...).tracker.Summary()
	// Of three tables: a resolution makes a neighbor of its asker.
	if len(s.Flows) != maxChain || len(s.Resolutions) != maxChain || s.Evicted != 3*(600-maxChain) {
		t.Errorf("%d flows, %d resolutions, %d evicted; want %d, %d, %d", len(s.Flows), len(s.Resolutions), s.Evicted, maxChain, maxChain, 3*(600-maxChain))
	}
	if got := s.Totals.Echo.Sent; got != 600 {
		t.Errorf("%d sent, want 600", got)
	}
}
