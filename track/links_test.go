package track

import (
	"fmt"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// TestLinkEnds protects what a frame's MAC addresses are taken for: those of the hosts themselves, those of routers, or unknown.
func TestLinkEnds(t *testing.T) {
	const far = "203.0.113.9"
	through := func(k packet, from, to byte, src, dst string) packet {
		k.from, k.to, k.src, k.dst = from, to, src, dst
		return k
	}
	for _, c := range []struct {
		name     string
		before   []packet
		packet   packet
		from, to string
	}{
		{"both asked and answered", []packet{who(0, alice, a4, b4), isAt(1, bob, b4, alice, a4)}, ping(2, 1), "0a own", "0b own"},
		{"a router is asked for, and gets what is for another", []packet{who(0, alice, a4, b4), isAt(1, bob, b4, alice, a4)},
			through(ping(2, 1), alice, bob, a4, far), "0a own", "0b of 10.0.0.11"},
		{"and back", []packet{who(0, alice, a4, b4), isAt(1, bob, b4, alice, a4)},
			through(pong(2, 1), bob, alice, far, a4), "0b of 10.0.0.11", "0a own"},
		{"nobody was asked", nil, ping(0, 1), "0a", "0b"},
		{"a proxy that answers for the address has it", []packet{isAt(0, bob, far, alice, a4)}, through(ping(2, 1), alice, bob, a4, far), "0a", "0b own"},
		{"a claim on another VLAN", []packet{who(0, alice, a4, b4).on(7), isAt(1, bob, b4, alice, a4).on(7)}, ping(2, 1), "0a", "0b"},
		{"a group", nil, through(ping(0, 1), alice, all, a4, "255.255.255.255"), "0a", "ff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tracker, d := New(Options{}), decode.New()
			var p decode.Packet
			for i, k := range append(c.before, c.packet) {
				load(&p, k, uint64(i+1))
				d.Decode(&p)
				tracker.Advance(p.Time)
				tracker.Packet(&p, &Relation{})
			}
			from, to := tracker.LinkEnds(&p)
			if end(from) != c.from || end(to) != c.to {
				t.Errorf("from %q to %q, want %q and %q", end(from), end(to), c.from, c.to)
			}
		})
	}
}

// end says what is known of an end in few words.
func end(e LinkEnd) string {
	s := fmt.Sprintf("%02x", e.MAC[5])
	if e.Own {
		s += " own"
	}
	if e.Router.IsValid() {
		s += " of " + e.Router.String()
	}
	return s
}

// TestErrorOf protects what is told of an error where it comes by: the frame that it is about, and the TTL which that had.
func TestErrorOf(t *testing.T) {
	probe := ping(0, 1).id(1)
	probe.ttl = 2
	tracker, d := New(Options{}), decode.New()
	var p decode.Packet
	for i, c := range []struct {
		packet packet
		ok     bool
		about  uint64
		ttl    uint8
	}{
		{probe, false, 0, 0},
		{icmpError(1, "10.0.0.1", 11, 0, probe), true, 1, 2},
		{icmpError(2, "10.0.0.1", 11, 0, ping(0, 2)), true, 0, 0}, // about what was not captured
	} {
		load(&p, c.packet, uint64(i+1))
		d.Decode(&p)
		var r Relation
		tracker.Advance(p.Time)
		tracker.Packet(&p, &r)
		e, ttl, ok := tracker.ErrorOf(&p, &r)
		if ok != c.ok || e.AboutFrame != c.about || ttl != c.ttl {
			t.Errorf("frame %d: about %d, TTL %d, %t; want %d, %d, %t", p.Number, e.AboutFrame, ttl, ok, c.about, c.ttl, c.ok)
		}
	}
}

// TestStamps protects that people are shown the stamps from which a clock is told.
func TestStamps(t *testing.T) {
	noon := at(12, 0, 0, 0)
	reply := pong(noon+10*ms, 1)
	reply.body = timestamp(14, 1, 1, stampOf(noon), stampOf(noon+5*ms+second), stampOf(noon+5*ms+second))
	d := decode.New()
	var p decode.Packet
	load(&p, reply, 1)
	d.Decode(&p)
	s, ok := ReadStamps(&p, 10*ms)
	if !ok || s.Originate != 12*3600*second || s.Receive != s.Originate+second+5*ms || s.Offset != second || s.RoundTrip != 10*ms {
		t.Errorf("got %+v, %t", s, ok)
	}
	load(&p, pong(noon, 1), 2)
	d.Decode(&p)
	if _, ok := ReadStamps(&p, ms); ok {
		t.Error("an echo reply has stamps")
	}
}
