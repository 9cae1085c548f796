package track

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	a4, b4, c4 = "10.0.0.10", "10.0.0.11", "10.0.0.12"
	a6, b6, c6 = "fe80::a", "fe80::b", "fe80::c"
	nobody     = "0.0.0.0"
	allNodes   = "ff02::1"
	solicited  = "ff02::1:ff00:b"
)

// sentence says what a row of the summary says.
func sentence(r Resolution) string {
	s := fmt.Sprintf("%s %v asks for %v: %d requests, %d unanswered, %d replies, %v", r.Protocol, r.Asker, r.Target, r.Requests, r.Unanswered, r.Replies, r.Status)
	for _, m := range r.AnsweredBy {
		s += fmt.Sprintf(" %02x", m[5])
	}
	return s
}

// say says what an event says.
func say(e Event) string {
	return fmt.Sprintf("%d ms: %s %v got no answer for %v in frame %d: %d since frame %d", e.Time/ms, e.Protocol, e.Asker, e.Target, e.Frame, e.Unanswered, e.Since)
}

// TestResolve protects who is said to have asked, answered, and to be missing, among ARP and neighbor discovery.
func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
		rows    []string
		events  []string
	}{
		{"answered",
			[]packet{who(0, alice, a4, b4), isAt(soon, bob, b4, alice, a4)},
			[]string{"request", "reply of 1"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"unanswered, and still asking",
			[]packet{who(0, alice, a4, b4), who(second, alice, a4, b4), who(2*second, alice, a4, b4)},
			[]string{"request", "request", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 3 requests, 2 unanswered, 0 replies, unanswered"},
			[]string{"1000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 1: 1 since frame 1",
				"2000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 2: 2 since frame 1"}},
		{"pending",
			[]packet{who(0, alice, a4, b4), who(second-1, carol, c4, b4)},
			[]string{"request", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 0 replies, pending",
				"arp 10.0.0.12 asks for 10.0.0.11: 1 requests, 0 unanswered, 0 replies, pending"},
			nil},
		{"one reply answers all that wait, the oldest is its peer",
			[]packet{who(0, alice, a4, b4), who(101*ms, alice, a4, b4), isAt(101*ms+soon, bob, b4, alice, a4), who(3*second, alice, a4, b4)},
			[]string{"request", "request", "reply of 1", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 3 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"copies of a question: one was asked, and one is unanswered",
			[]packet{who(0, alice, a4, b4), who(1, alice, a4, b4), who(100*ms, alice, a4, b4), who(2*second, alice, a4, b4), who(2*second+1, alice, a4, b4), who(4*second, alice, a4, c4)},
			[]string{"request", "request, copy of 1", "request, copy of 1", "request", "request, copy of 4", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 2 requests, 2 unanswered, 0 replies, unanswered",
				"arp 10.0.0.10 asks for 10.0.0.12: 1 requests, 0 unanswered, 0 replies, pending"},
			[]string{"1000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 1: 1 since frame 1",
				"3000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 4: 2 since frame 1"}},
		{"copies of a solicitation, and of its answer",
			[]packet{solicit(0, alice, a6, solicited, b6), solicit(1, alice, a6, solicited, b6), advertise(soon, bob, a6, b6), advertise(soon+1, bob, a6, b6)},
			[]string{"request", "request, copy of 1", "reply of 1", "reply of 1, copy of 3"},
			[]string{"nd fe80::a asks for fe80::b: 1 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"asked again after the answer, or by another MAC address: no copies",
			[]packet{who(0, alice, a4, b4), isAt(ms, bob, b4, alice, a4), who(2*ms, alice, a4, b4), who(soon, carol, a4, b4)},
			[]string{"request", "reply of 1", "request", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 3 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"copies of a question of a host whose MAC address is another now",
			[]packet{who(0, alice, a4, b4), who(2*second, carol, a4, b4), who(2*second+1, carol, a4, b4)},
			[]string{"request", "request", "request, copy of 2"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 2 requests, 1 unanswered, 0 replies, unanswered"},
			[]string{"1000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 1: 1 since frame 1"}},
		{"the capturing host's clock is set back: no copies",
			[]packet{who(9*second, alice, a4, b4), who(second, alice, a4, b4), who(2*second, alice, a4, b4)},
			[]string{"request", "request", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 3 requests, 0 unanswered, 0 replies, pending"},
			nil},
		{"late reply",
			[]packet{who(0, alice, a4, b4), isAt(2*second, bob, b4, alice, a4)},
			[]string{"request", "reply of 1, late"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 1 unanswered, 1 replies, answered 0b"},
			[]string{"1000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 1: 1 since frame 1"}},
		{"counting starts again after a reply",
			[]packet{who(0, alice, a4, b4), isAt(2*second, bob, b4, alice, a4), who(3*second, alice, a4, b4), who(5*second, carol, c4, a4)},
			[]string{"request", "reply of 1, late", "request", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 2 requests, 2 unanswered, 1 replies, unanswered 0b",
				"arp 10.0.0.12 asks for 10.0.0.10: 1 requests, 0 unanswered, 0 replies, pending"},
			[]string{"1000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 1: 1 since frame 1",
				"4000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 3: 1 since frame 3"}},
		{"two hosts claim the address",
			[]packet{who(0, alice, a4, b4), isAt(ms, bob, b4, alice, a4), isAt(2*ms, carol, b4, alice, a4)},
			[]string{"request", "reply of 1", "reply of 1, duplicate"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 2 replies, answered 0b 0c"},
			nil},
		{"copy of a reply",
			[]packet{who(0, alice, a4, b4), isAt(ms, bob, b4, alice, a4), isAt(ms+10, bob, b4, alice, a4)},
			[]string{"request", "reply of 1", "reply of 1, copy of 2"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"reply to another asker does not answer",
			[]packet{who(0, alice, a4, b4), isAt(ms, bob, b4, carol, c4), who(2*second, carol, c4, a4)},
			[]string{"request", "reply", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 1 unanswered, 0 replies, unanswered",
				"arp 10.0.0.12 asks for 10.0.0.10: 1 requests, 0 unanswered, 0 replies, pending"},
			[]string{"1000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 1: 1 since frame 1"}},
		{"the target's own announcement answers",
			[]packet{who(0, alice, a4, b4), who(ms, bob, b4, b4), who(2*second, alice, a4, c4)},
			[]string{"request", "-, unpaired", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, answered 0b",
				"arp 10.0.0.10 asks for 10.0.0.12: 1 requests, 0 unanswered, 0 replies, pending"},
			nil},
		{"a gratuitous reply answers what went unanswered",
			[]packet{who(0, alice, a4, b4), isAt(2*second, bob, b4, all, b4)},
			[]string{"request", "-, unpaired"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 1 unanswered, 1 replies, answered 0b"},
			[]string{"1000 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 1: 1 since frame 1"}},
		{"an announcement before the question does not answer",
			[]packet{who(0, alice, a4, b4), isAt(ms, bob, b4, alice, a4), who(2*ms, bob, b4, b4), who(3*ms, alice, a4, b4), who(3*second, alice, a4, c4)},
			[]string{"request", "reply of 1", "-, unpaired", "request", "request"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 2 requests, 1 unanswered, 1 replies, unanswered 0b",
				"arp 10.0.0.10 asks for 10.0.0.12: 1 requests, 0 unanswered, 0 replies, pending"},
			[]string{"1003 ms: arp 10.0.0.10 got no answer for 10.0.0.11 in frame 4: 1 since frame 4"}},
		{"announcements ask nothing",
			[]packet{who(0, alice, a4, a4), isAt(ms, alice, a4, all, a4)},
			[]string{"-, unpaired", "-, unpaired"},
			nil, nil},
		{"probe of a free address, announced then by the prober",
			[]packet{who(0, alice, nobody, b4), who(second, alice, nobody, b4), who(3*second, alice, b4, b4)},
			[]string{"request, unpaired", "request, unpaired", "-, unpaired"},
			[]string{"arp 0.0.0.0 asks for 10.0.0.11: 2 requests, 2 unanswered, 0 replies, free"},
			nil},
		{"probe of an address in use",
			[]packet{who(0, alice, nobody, b4), isAt(ms, bob, b4, alice, nobody)},
			[]string{"request, unpaired", "reply of 1"},
			[]string{"arp 0.0.0.0 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, conflict 0b"},
			nil},
		{"probe of an address that another announces",
			[]packet{who(0, alice, nobody, b4), who(ms, bob, b4, b4)},
			[]string{"request, unpaired", "-, unpaired"},
			[]string{"arp 0.0.0.0 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, conflict 0b"},
			nil},
		{"probe of an address that another announces, and then the prober, too",
			[]packet{who(0, alice, nobody, b4), who(2*second, bob, b4, b4), who(2*second+ms, alice, b4, b4)},
			[]string{"request, unpaired", "-, unpaired", "-, unpaired"},
			[]string{"arp 0.0.0.0 asks for 10.0.0.11: 1 requests, 1 unanswered, 1 replies, conflict 0b"},
			nil},
		{"probe of a free address, which another announces when the prober has stopped listening",
			[]packet{who(0, alice, nobody, b4), who(2*second+ms, bob, b4, b4), who(3600*second, bob, b4, b4)},
			[]string{"request, unpaired", "-, unpaired", "-, unpaired"},
			[]string{"arp 0.0.0.0 asks for 10.0.0.11: 1 requests, 1 unanswered, 0 replies, free"},
			nil},
		{"probe of a free address, which another had announced before",
			[]packet{who(0, alice, nobody, b4), who(10*second, bob, b4, b4), who(20*second, alice, nobody, b4), who(22*second, alice, b4, b4)},
			[]string{"request, unpaired", "-, unpaired", "request, unpaired", "-, unpaired"},
			[]string{"arp 0.0.0.0 asks for 10.0.0.11: 2 requests, 2 unanswered, 0 replies, free"},
			nil},
		{"probes of two hosts are two rows",
			[]packet{who(0, alice, nobody, b4), who(ms, carol, nobody, b4), isAt(2*ms, bob, b4, carol, nobody)},
			[]string{"request, unpaired", "request, unpaired", "reply of 2"},
			[]string{"arp 0.0.0.0 asks for 10.0.0.11: 1 requests, 0 unanswered, 0 replies, pending",
				"arp 0.0.0.0 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, conflict 0b"},
			nil},
		{"one row a VLAN, each with its reply",
			[]packet{who(0, alice, a4, b4).on(10), who(ms, alice, a4, b4).on(20), isAt(2*ms, bob, b4, alice, a4).on(20), isAt(3*ms, carol, b4, alice, a4).on(10)},
			[]string{"request", "request", "reply of 2", "reply of 1"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, answered 0c",
				"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"reply on another VLAN",
			[]packet{who(0, alice, a4, b4).on(10), isAt(ms, bob, b4, alice, a4)},
			[]string{"request", "reply of 1"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"one row a virtual network, each with its reply",
			[]packet{who(0, alice, a4, b4).on(blue), who(ms, alice, a4, b4).on(red), isAt(2*ms, bob, b4, alice, a4).on(red), isAt(3*ms, carol, b4, alice, a4).on(blue)},
			[]string{"request", "request", "reply of 2", "reply of 1"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, answered 0c",
				"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"reply outside of the virtual network of its question",
			[]packet{who(0, alice, a4, b4).on(blue), isAt(ms, bob, b4, alice, a4)},
			[]string{"request", "reply of 1"},
			[]string{"arp 10.0.0.10 asks for 10.0.0.11: 1 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"reply without a question",
			[]packet{isAt(0, bob, b4, alice, a4)},
			[]string{"reply"},
			nil, nil},

		{"neighbor discovery",
			[]packet{solicit(0, alice, a6, solicited, b6), advertise(soon, bob, a6, b6)},
			[]string{"request", "reply of 1"},
			[]string{"nd fe80::a asks for fe80::b: 1 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"neighbor unanswered",
			[]packet{solicit(0, alice, a6, solicited, b6), solicit(second, alice, a6, solicited, b6)},
			[]string{"request", "request"},
			[]string{"nd fe80::a asks for fe80::b: 2 requests, 1 unanswered, 0 replies, unanswered"},
			[]string{"1000 ms: nd fe80::a got no answer for fe80::b in frame 1: 1 since frame 1"}},
		{"unicast probe of a neighbor",
			[]packet{solicit(0, alice, a6, b6, b6), advertise(soon, bob, a6, b6)},
			[]string{"request", "reply of 1"},
			[]string{"nd fe80::a asks for fe80::b: 1 requests, 0 unanswered, 1 replies, answered 0b"},
			nil},
		{"unsolicited advertisement answers",
			[]packet{solicit(0, alice, a6, solicited, b6), advertise(soon, bob, allNodes, b6), solicit(2*second, alice, a6, allNodes, c6)},
			[]string{"request", "-, unpaired", "request"},
			[]string{"nd fe80::a asks for fe80::b: 1 requests, 0 unanswered, 1 replies, answered 0b",
				"nd fe80::a asks for fe80::c: 1 requests, 0 unanswered, 0 replies, pending"},
			nil},
		{"duplicate address detection, free, then announced",
			[]packet{solicit(0, alice, "::", solicited, b6), advertise(2*second, alice, allNodes, b6)},
			[]string{"request, unpaired", "-, unpaired"},
			[]string{"nd :: asks for fe80::b: 1 requests, 1 unanswered, 0 replies, free"},
			nil},
		{"duplicate address detected",
			[]packet{solicit(0, alice, "::", solicited, b6), advertise(soon, bob, allNodes, b6)},
			[]string{"request, unpaired", "-, unpaired"},
			[]string{"nd :: asks for fe80::b: 1 requests, 0 unanswered, 1 replies, conflict 0b"},
			nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.packets...)
			if diff := cmp.Diff(c.want, describeAll(s.relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
			var rows, events []string
			for _, r := range s.tracker.Summary().Resolutions {
				rows = append(rows, sentence(r))
			}
			for _, e := range s.events {
				events = append(events, say(e))
			}
			if diff := cmp.Diff(c.rows, rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.events, events); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

// TestResolutionTotals protects that each question but a probe is counted once: answered, unanswered, or still pending.
func TestResolutionTotals(t *testing.T) {
	s := watch(t, Options{},
		who(0, alice, a4, b4), who(200*ms, alice, a4, b4), isAt(201*ms, bob, b4, alice, a4), // 2 answered
		who(204*ms, alice, a4, c4),                                    // unanswered
		who(205*ms, alice, nobody, c4),                                // a probe
		who(2*second, alice, a4, c4), who(2*second+ms, carol, c4, c4), // answered by announcement
		who(3*second-ms, alice, a4, b4)) // pending
	got := s.tracker.Summary().Totals
	if got.Requests != 5 || got.Answered != 3 || got.Unanswered != 1 {
		t.Errorf("%d requests, %d answered, %d unanswered; want 5, 3, 1", got.Requests, got.Answered, got.Unanswered)
	}
}

// TestResolutionRTT protects the resolution time: from the oldest question that waited.
func TestResolutionRTT(t *testing.T) {
	s := watch(t, Options{}, who(0, alice, a4, b4), who(ms, alice, a4, b4), isAt(soon, bob, b4, alice, a4), who(second, alice, a4, b4), isAt(second+ms, bob, b4, alice, a4))
	got := s.tracker.Summary().Resolutions[0].RTT
	if got.N != 2 || got.Min != ms || got.Max != soon || got.Avg != float64(2*ms) {
		t.Errorf("got %+v, want 1 and 3 ms", got)
	}
}
