package track

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/icmpsniff/icmpsniff/decode"
)

// TestLazy protects what is put off until somebody asks: 100 random captures mean the same to a tracker that puts nothing off. That one
// looks for an earlier request with the sequence number of every request, indexes each exchange and chains each datagram at once.
func TestLazy(t *testing.T) {
	limits := []Options{{}, {MaxFlows: 3}, {MaxPending: 9}, {MaxFlows: 5, MaxPending: 40, MaxDatagrams: 8}}
	again, errors, evicted := 0, 0, uint64(0)
	for seed := range uint64(100) {
		random := rand.New(rand.NewPCG(seed, 1))
		lazy, eager := New(limits[seed%4]), New(limits[seed%4])
		d := decode.New()
		var p decode.Packet
		var now int64
		var host wrapping
		for number := uint64(1); number <= 1000; number++ {
			now += random.Int64N(20*ms) + random.Int64N(500)/499*random.Int64N(70*second)
			k := host.packet(random)
			k.at = now
			load(&p, k, number)
			d.Decode(&p)
			lazy.Advance(p.Time)
			eager.Advance(p.Time)
			eager.catchUp()
			var got, want Relation
			lazy.Packet(&p, &got)
			eager.Packet(&p, &want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d, frame %d (-eager +lazy):\n%s", seed, number, diff)
			}
			if got.Role != NoRole && got.Marks&(Copy|Duplicate) != 0 {
				again++
			}
		}
		want, got := eager.Summary(), lazy.Summary()
		if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Addr{})); diff != "" {
			t.Fatalf("seed %d (-eager +lazy):\n%s", seed, diff)
		}
		for _, e := range got.Errors {
			if e.AboutFrame != 0 {
				errors++
			}
		}
		evicted += got.Evicted
	}
	if again < 1000 || errors < 1000 || evicted < 1000 {
		t.Errorf("%d copies and duplicates, %d errors about known frames, %d evicted: too few to tell", again, errors, evicted)
	}
}

// catchUp does what was put off, and makes every request look for those before it.
func (t *Tracker) catchUp() {
	for i := range t.flows.rows {
		t.flows.rows[i].value.unused = allUsed
	}
	t.exchanges.find(0) // nobody's: conversations begin at 1
	t.sent.chain()
}

// wrapping sends requests whose sequence numbers rise, wrap around and begin anew, by identifier.
type wrapping struct {
	next [3]uint16
	past [16]packet
}

// packet returns a request, or what there may be about a late one: a copy, a reply or an error.
func (w *wrapping) packet(random *rand.Rand) packet {
	id := random.IntN(len(w.next))
	old := w.past[random.IntN(len(w.past))]
	if old.body == nil {
		old = ping(0, 0)
	}
	switch random.IntN(12) {
	case 0:
		return old // with the same IP identification
	case 1:
		return old.hop().on(decode.Segment(random.IntN(3)))
	case 2, 3, 4:
		return replyTo(old).id(uint16(random.IntN(2) + 1))
	case 5:
		return icmpError(0, c4, 11, 0, old)
	case 6:
		return udp(0, 1, 2, "x").id(uint16(random.IntN(20) + 1))
	case 7:
		return icmpError(0, c4, 3, 3, udp(0, 1, 2, "x").id(uint16(random.IntN(20)+1)))
	case 8:
		w.next[id] = uint16(random.IntN(4) - 2) // from there on again
	}
	k := packet{from: alice, to: bob, src: a4, dst: []string{b4, c4, "224.0.0.1"}[id], ipID: uint16(random.IntN(1000) + 1), body: echoBody(8, uint16(id), w.next[id], "x")}
	if random.IntN(8) == 0 {
		k.segments = []decode.Segment{decode.Segment(random.IntN(2) + 1)}
	}
	w.next[id]++
	w.past[random.IntN(len(w.past))] = k
	return k
}
