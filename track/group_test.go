package track

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestGroup protects requests that many may answer: every responder's reply pairs, each is counted once, and no answer is no loss.
func TestGroup(t *testing.T) {
	to := func(at int64, seq uint16, mac byte, dst string) packet {
		return packet{at: at, from: alice, to: mac, src: "10.0.0.10", dst: dst, body: echoBody(8, 1, seq, usualPayload)}
	}
	from := func(at int64, seq uint16, host byte, src string) packet {
		return packet{at: at, from: host, to: alice, src: src, dst: "10.0.0.10", body: echoBody(0, 1, seq, usualPayload)}
	}
	const b, c = "10.0.0.11", "10.0.0.12"
	v6 := func(at int64, messageType byte, src, dst string) packet {
		return packet{at: at, from: alice, to: bob, src: src, dst: dst, body: echoBody(messageType, 1, 1, usualPayload)}
	}

	for _, test := range []struct {
		name    string
		packets []packet
		want    []string
		counts  Counts
	}{
		{"multicast",
			[]packet{to(0, 1, carol, "224.0.0.1"), from(ms, 1, bob, b), from(2*ms, 1, carol, c)},
			[]string{"request, group", "reply of 1, group", "reply of 1, group"},
			Counts{Sent: 1, Received: 1, Responders: 2}},
		{"IPv6 multicast",
			[]packet{v6(0, 128, "fe80::a", "ff02::1"), v6(ms, 129, "fe80::b", "fe80::a"), v6(2*ms, 129, "fe80::c", "fe80::a")},
			[]string{"request, group", "reply of 1, group", "reply of 1, group"},
			Counts{Sent: 1, Received: 1, Responders: 2}},
		{"limited broadcast",
			[]packet{to(0, 1, carol, "255.255.255.255"), from(ms, 1, bob, b)},
			[]string{"request, group", "reply of 1, group"},
			Counts{Sent: 1, Received: 1, Responders: 1}},
		{"directed broadcast, as its frame says",
			[]packet{to(0, 1, all, "10.0.0.15"), from(ms, 1, bob, b), from(2*ms, 1, carol, c)},
			[]string{"request, group", "reply of 1, group", "reply of 1, group"},
			Counts{Sent: 1, Received: 1, Responders: 2}},
		{"directed broadcast, as its responders' addresses say",
			[]packet{to(0, 1, carol, "10.0.0.255"), from(ms, 1, bob, b), from(2*ms, 1, carol, c)},
			[]string{"request", "reply of 1, group", "reply of 1, group"},
			Counts{Sent: 1, Received: 1, Responders: 2}},
		{"the same responders again",
			[]packet{to(0, 1, all, "10.0.0.255"), from(ms, 1, bob, b), to(2*ms, 2, all, "10.0.0.255"), from(3*ms, 2, bob, b), from(4*ms, 2, carol, c), from(5*ms, 1, carol, c)},
			[]string{"request, group", "reply of 1, group", "request, group", "reply of 3, group", "reply of 3, group", "reply of 1, group"},
			Counts{Sent: 2, Received: 2, Responders: 2}},
		{"second reply of one responder",
			[]packet{to(0, 1, all, "10.0.0.255"), from(ms, 1, bob, b), from(2*ms, 1, bob, b), from(3*ms, 1, bob, b).id(3)},
			[]string{"request, group", "reply of 1, group", "reply of 1, duplicate, group", "reply of 1, duplicate, group"},
			Counts{Sent: 1, Received: 1, Responders: 1, Duplicates: 2}},
		{"no answer is no loss",
			[]packet{to(0, 1, all, "10.0.0.255"), to(5*second, 2, all, "10.0.0.255"), to(90*second, 3, all, "10.0.0.255")},
			[]string{"request, group", "request, group", "request, group"},
			Counts{Sent: 3, Pending: 3}},
		{"late responder",
			[]packet{to(0, 1, all, "10.0.0.255"), from(2*second, 1, bob, b)},
			[]string{"request, group", "reply of 1, late, group"},
			Counts{Sent: 1, Received: 1, Responders: 1, Late: 1}},
		{"two groups with one identifier",
			[]packet{to(0, 1, carol, "224.0.0.1"), to(ms, 2, carol, "224.0.0.2"), from(2*ms, 1, bob, b), from(3*ms, 2, bob, b)},
			[]string{"request, group", "request, group", "reply of 1, group", "reply of 2, group"},
			Counts{Sent: 2, Received: 2, Responders: 2}},
		{"answer on another VLAN",
			[]packet{to(0, 1, carol, "224.0.0.1").on(10), from(ms, 1, bob, b)},
			[]string{"request, group", "reply of 1, group"},
			Counts{Sent: 1, Received: 1, Responders: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := watch(t, Options{}, test.packets...)
			if diff := cmp.Diff(test.want, describeAll(s.relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.counts, s.tracker.Summary().Totals.Echo); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			if !s.tracker.Summary().Flows[0].Group {
				t.Error("the flow is not shown as one to a group")
			}
		})
	}
}

// TestGroupsOfOneAddress protects that groups on two VLANs have their own responders, whose addresses may be the same, and that one
// whose row is given up takes none of the other's along.
func TestGroupsOfOneAddress(t *testing.T) {
	ask := packet{from: alice, to: all, src: a4, dst: "224.0.0.1", body: echoBody(8, 1, 1, usualPayload)}
	reply := packet{at: ms, from: bob, to: alice, src: b4, dst: a4, body: echoBody(0, 1, 1, usualPayload)}
	s := watch(t, Options{}, ask.on(5), ask.on(6).id(9), reply.on(5), reply.on(6).id(9)).tracker
	for _, f := range s.Summary().Flows {
		if f.Received != 1 || f.Responders != 1 {
			t.Errorf("on %v: %+v, want 1 received from 1", f.Segments, f.Counts)
		}
	}
	s.forgetResponders(&s.flows.rows[0])
	if len(s.responders) != 1 {
		t.Errorf("%d responders left, want 1", len(s.responders))
	}
}
