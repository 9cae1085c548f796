package track

import (
	"fmt"
	"testing"
)

// TestDuplicate protects the marks that are tshark's: the first claimant stays the rightful one, whom a reply goes to
// claims its address as well, and VLANs are told by their innermost tag.
func TestDuplicate(t *testing.T) {
	for _, c := range []struct {
		name    string
		packets []packet
		want    string // of the last packet
	}{
		{"the same host", []packet{who(0, bob, b4, a4), isAt(0, bob, b4, alice, a4)}, "none"},
		{"another host", []packet{who(0, bob, b4, a4), isAt(second, carol, b4, alice, a4)}, "10.0.0.11: 0c, before 0b in 1"},
		{"the first one's latest claim counts", []packet{who(0, bob, b4, a4), who(second, bob, b4, a4), who(second, carol, b4, b4), who(second, carol, b4, b4)},
			"10.0.0.11: 0c, before 0b in 2"},
		{"the target of a reply", []packet{who(0, bob, b4, a4), isAt(second, alice, a4, carol, b4)}, "10.0.0.11: 0c, before 0b in 1"},
		{"not that of a request", []packet{who(0, bob, b4, a4), arp(second, 1, alice, all, a4, carol, b4)}, "none"},
		{"probes claim nothing", []packet{who(0, bob, b4, a4), who(second, carol, nobody, b4)}, "none"},
		{"another VLAN", []packet{who(0, bob, b4, a4).on(1), who(second, carol, b4, a4).on(2)}, "none"},
		{"another stack with the same innermost VLAN", []packet{who(0, bob, b4, a4).on(1, 5), who(second, carol, b4, a4).on(2, 5)}, "10.0.0.11: 0c, before 0b in 1"},
		{"another virtual network, which tshark does not tell apart", []packet{who(0, bob, b4, a4).on(5, blue), who(second, carol, b4, a4).on(5, red)}, "10.0.0.11: 0c, before 0b in 1"},
		{"no tag and a priority tag", []packet{who(0, bob, b4, a4), who(second, carol, b4, a4).on(0)}, "10.0.0.11: 0c, before 0b in 1"},
		{"RARP", []packet{who(0, bob, b4, a4), arp(second, 4, carol, alice, b4, alice, a4)}, "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.packets...)
			got := "none"
			if of := s.relations[len(c.packets)].Conflict; of != nil {
				got = fmt.Sprintf("%d.%d.%d.%d: %02x, before %02x in %d", of.Address[0], of.Address[1], of.Address[2], of.Address[3], of.MAC[5], of.Earlier[5], of.Frame)
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
