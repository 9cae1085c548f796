package track

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// remark says what a note says.
func remark(n *Note) string {
	s := fmt.Sprintf("%v %v: %02x %02x", n.Kind, n.About, n.MACs[0][5], n.MACs[1][5])
	if n.Detail == ProbedByAnother {
		s += " too"
	}
	if n.Value > 0 {
		s += fmt.Sprintf(" x%d", n.Value)
	}
	return s + fmt.Sprint(" ", n.Frames)
}

// TestContest protects what is said where two MAC addresses claim one address, and that nothing is where that is as it
// should be.
func TestContest(t *testing.T) {
	const minute = 60 * second
	claim := func(at int64, from byte) packet { return isAt(at, from, b4, alice, a4) }
	announce := func(at int64, from byte) packet { return who(at, from, b4, b4) }
	virtual := func(k packet, mac [6]byte) packet {
		k.body = append([]byte(nil), k.body...)
		copy(k.body[8:], mac[:])
		return k
	}
	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
	}{
		{"two hosts answer", []packet{claim(0, bob), claim(ms, carol)},
			[]string{"arp-conflict 10.0.0.11: 0b 0c [1 2]"}},
		{"again and again", []packet{claim(0, bob), claim(ms, carol), claim(second, bob), claim(second+ms, carol)},
			[]string{"arp-conflict 10.0.0.11: 0b 0c [1 2 3 4]", "arp-flip-flop 10.0.0.11: 0b 0c x3 [2 3 4]"}},
		{"one host, seen twice", []packet{claim(0, bob), claim(0, bob), claim(second, bob)}, nil},
		{"on two VLANs", []packet{claim(0, bob).on(1), claim(ms, carol).on(2)}, nil},
		{"proxy ARP: one for many", []packet{isAt(0, carol, b4, alice, a4), isAt(0, carol, c4, alice, a4)}, nil},
		{"requests claim, too", []packet{who(0, bob, b4, a4), who(ms, carol, b4, a4)},
			[]string{"arp-conflict 10.0.0.11: 0b 0c [1 2]"}},
		{"failover: the new host announces it", []packet{claim(0, bob), announce(second, carol), claim(2*second, carol)},
			[]string{"arp-takeover 10.0.0.11: 0b 0c [1 2]"}},
		{"and back", []packet{claim(0, bob), announce(second, carol), announce(minute, bob), claim(minute+second, bob)},
			[]string{"arp-takeover 10.0.0.11: 0b 0c [1 2]", "arp-takeover 10.0.0.11: 0c 0b [2 3]"}},
		{"the other objects", []packet{claim(0, bob), announce(second, carol), announce(second+ms, bob)},
			[]string{"arp-takeover 10.0.0.11: 0b 0c [1 2]", "arp-conflict 10.0.0.11: 0b 0c [2 3]", "arp-flip-flop 10.0.0.11: 0b 0c x2 [2 3]"}},
		{"poisoned: announced, and still claimed by its owner",
			[]packet{claim(0, bob), isAt(second, carol, b4, all, b4), claim(minute, bob), isAt(minute+second, carol, b4, all, b4)},
			[]string{"arp-takeover 10.0.0.11: 0b 0c [1 2]", "arp-conflict 10.0.0.11: 0b 0c [2 3 4]", "arp-flip-flop 10.0.0.11: 0b 0c x3 [2 3 4]"}},
		{"replaced: the new card probed first", []packet{claim(0, bob), who(second, carol, nobody, b4), who(4*second, carol, b4, a4)},
			[]string{"arp-takeover 10.0.0.11: 0b 0c [1 3]"}},
		{"inherited after a long silence", []packet{claim(0, bob), claim(20*minute+1, carol)}, nil},
		{"nearly", []packet{claim(0, bob), claim(20*minute, carol)},
			[]string{"arp-conflict 10.0.0.11: 0b 0c [1 2]"}},
		{"virtual routers pass it on, and share it",
			[]packet{virtual(claim(0, bob), [6]byte{0, 7, 0xb4, 0, 1, 1}), virtual(claim(ms, bob), [6]byte{0, 7, 0xb4, 0, 1, 2}),
				virtual(claim(second, bob), [6]byte{0, 0, 0x5e, 0, 1, 9}), virtual(claim(second, bob), [6]byte{0, 0, 0x0c, 0x9f, 0xf1, 9})}, nil},
		{"but not with another", []packet{virtual(claim(0, bob), [6]byte{0, 0, 0x5e, 0, 1, 9}), claim(ms, carol)},
			[]string{"arp-conflict 10.0.0.11: 09 0c [1 2]"}},
		{"no virtual router after all",
			[]packet{virtual(claim(0, bob), [6]byte{0, 0, 0x5e, 0, 3, 9}), virtual(claim(ms, bob), [6]byte{0, 0, 0x0c, 0x9f, 0xe1, 8})},
			[]string{"arp-conflict 10.0.0.11: 09 08 [1 2]"}},

		{"probe of a free address", []packet{who(0, alice, nobody, b4), who(second, alice, nobody, b4), announce(3*second, alice)}, nil},
		{"probe of an address in use", []packet{who(0, alice, nobody, b4), isAt(ms, bob, b4, alice, nobody)},
			[]string{"dad-conflict 10.0.0.11: 0a 0b [1 2]"}},
		{"its owner happens to speak", []packet{who(0, alice, nobody, b4), who(2*second, bob, b4, c4)},
			[]string{"dad-conflict 10.0.0.11: 0a 0b [1 2]"}},
		{"too late to matter", []packet{who(0, alice, nobody, b4), who(2*second+1, bob, b4, c4)}, nil},
		{"two probe it", []packet{who(0, alice, nobody, b4), who(ms, carol, nobody, b4)},
			[]string{"dad-conflict 10.0.0.11: 0a 0c too [1 2]"}},
		{"one after the other", []packet{who(0, alice, nobody, b4), who(3*second, carol, nobody, b4)}, nil},

		{"two neighbors advertise", []packet{advertise(0, bob, a6, b6), advertise(ms, carol, a6, b6)},
			[]string{"nd-conflict fe80::b: 0b 0c [1 2]"}},
		{"back and forth", []packet{advertise(0, bob, a6, b6), advertise(ms, carol, a6, b6), advertise(second, bob, a6, b6)},
			[]string{"nd-conflict fe80::b: 0b 0c [1 2 3]", "nd-flip-flop fe80::b: 0b 0c x2 [2 3]"}},
		{"anycast: many answer, and none overrides",
			[]packet{advertise(0, bob, a6, b6).flags(0x40), advertise(ms, carol, a6, b6).flags(0x40)}, nil},
		{"a proxy answers beside the owner", []packet{advertise(0, bob, a6, b6), advertise(ms, carol, a6, b6).flags(0x40)}, nil},
		{"announced to all nodes", []packet{advertise(0, bob, a6, b6), advertise(ms, carol, allNodes, b6).flags(0x20)},
			[]string{"nd-takeover fe80::b: 0b 0c [1 2]"}},
		{"duplicate address detected", []packet{solicit(0, alice, "::", solicited, b6), advertise(ms, bob, allNodes, b6).flags(0x20)},
			[]string{"dad-conflict fe80::b: 0a 0b [1 2]"}},
		{"duplicate address detected, by a proxy's answer", []packet{solicit(0, alice, "::", solicited, b6), advertise(ms, bob, allNodes, b6).flags(0)},
			[]string{"dad-conflict fe80::b: 0a 0b [1 2]"}},
		{"a proxy's answer too late to matter", []packet{solicit(0, alice, "::", solicited, b6), advertise(2*second+1, bob, allNodes, b6).flags(0)}, nil},
		{"two detect each other", []packet{solicit(0, alice, "::", solicited, b6), solicit(ms, carol, "::", solicited, b6)},
			[]string{"dad-conflict fe80::b: 0a 0c too [1 2]"}},
		{"its own probe comes back", []packet{solicit(0, alice, "::", solicited, b6), solicit(ms, alice, "::", solicited, b6)}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.packets...)
			var got []string
			notes := s.tracker.Summary().Notes
			for i := range notes {
				got = append(got, remark(&notes[i]))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(s.notes) != len(notes) {
				t.Errorf("%d events, want one for each of %d notes", len(s.notes), len(notes))
			}
		})
	}
}
