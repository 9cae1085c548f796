package track

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReverse protects the questions for the address of a MAC address: paired, timed, told when nobody answers.
func TestReverse(t *testing.T) {
	rarp := func(at int64) packet { return arp(at, 3, alice, all, nobody, alice, nobody) }
	rarpReply := func(at int64) packet { return arp(at, 4, bob, alice, b4, alice, a4) }
	inverse := func(at int64) packet { return arp(at, 8, alice, bob, a4, bob, nobody) }
	for _, c := range []struct {
		name      string
		packets   []packet
		relations []string
		row       string
		events    []string
	}{
		{"RARP", []packet{rarp(0), rarpReply(soon)}, []string{"request", "reply of 1"},
			"rarp of 0a for 0a: 1 requests, 0 unanswered, 1 replies, answered 0b, told 10.0.0.10", nil},
		{"RARP, asked again", []packet{rarp(0), rarp(2 * second), rarpReply(2*second + soon)}, []string{"request", "request", "reply of 2"},
			"rarp of 0a for 0a: 2 requests, 1 unanswered, 1 replies, answered 0b, told 10.0.0.10",
			[]string{"1000 ms: rarp 0a for 0a, frame 1"}},
		{"no RARP server", []packet{rarp(0), who(second, bob, b4, b4)}, []string{"request", "-, unpaired"},
			"rarp of 0a for 0a: 1 requests, 1 unanswered, 0 replies, unanswered",
			[]string{"1000 ms: rarp 0a for 0a, frame 1"}},
		{"RARP for another", []packet{arp(0, 3, alice, all, nobody, carol, nobody), rarpReply(soon)}, []string{"request", "reply"},
			"rarp of 0a for 0c: 1 requests, 0 unanswered, 0 replies, pending", nil},
		{"InARP", []packet{inverse(0), arp(soon, 9, bob, alice, b4, alice, a4)}, []string{"request", "reply of 1"},
			"inarp of 10.0.0.10 for 0b: 1 requests, 0 unanswered, 1 replies, answered 0b, told 10.0.0.11", nil},
		{"InARP answered by another", []packet{inverse(0), arp(soon, 9, carol, alice, c4, alice, a4)}, []string{"request", "reply"},
			"inarp of 10.0.0.10 for 0b: 1 requests, 0 unanswered, 0 replies, pending", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.packets...)
			if diff := cmp.Diff(c.relations, describeAll(s.relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
			r := s.tracker.Summary().Resolutions[0]
			asker := fmt.Sprintf("%02x", r.AskerMAC[5])
			if r.Asker.IsValid() {
				asker = r.Asker.String()
			}
			got := fmt.Sprintf("%s of %s for %02x: %d requests, %d unanswered, %d replies, %v", r.Protocol, asker, r.TargetMAC[5], r.Requests, r.Unanswered, r.Replies, r.Status)
			if len(r.AnsweredBy) > 0 {
				got += fmt.Sprintf(" %02x, told %v", r.AnsweredBy[0][5], r.Told)
			}
			if got != c.row || r.Target.IsValid() {
				t.Errorf("row %q, target %v; want %q", got, r.Target, c.row)
			}
			var events []string
			for _, e := range s.events {
				events = append(events, fmt.Sprintf("%d ms: %s %02x for %02x, frame %d", e.Time/ms, e.Protocol, e.AskerMAC[5], e.TargetMAC[5], e.Frame))
			}
			if diff := cmp.Diff(c.events, events); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}
