package track

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRouters protects which advertisement answers which solicitation, as neither has a number.
func TestRouters(t *testing.T) {
	const hostA, hostB, routerR, routerS, allNodes, allRouters = "fe80::a", "fe80::b", "fe80::1", "fe80::2", "ff02::1", "ff02::2"
	solicit := func(at int64, from, to string) packet {
		return packet{at: at, from: alice, to: bob, src: from, dst: to, body: echoBody(133, 0, 0, "")}
	}
	advertise := func(at int64, from, to string) packet {
		return packet{at: at, from: bob, to: alice, src: from, dst: to, body: append(echoBody(134, 0x4000, 60, ""), make([]byte, 8)...)}
	}
	solicit4 := func(at int64, to string) packet {
		return packet{at: at, from: alice, to: all, src: a4, dst: to, body: echoBody(10, 0, 0, "")}
	}
	advertise4 := func(at int64, to string) packet {
		return packet{at: at, from: bob, to: alice, src: b4, dst: to, body: echoBody(9, 0x0102, 60, "\x0a\x00\x00\x0b\x00\x00\x00\x00")}
	}
	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
		counts  Counts
	}{
		{"to the asker", []packet{solicit(0, hostA, allRouters), advertise(ms, routerR, hostA)},
			[]string{"request, group", "reply of 1, group"}, Counts{Sent: 1, Received: 1, Responders: 1}},
		{"to all nodes", []packet{solicit(0, hostA, allRouters), advertise(ms, routerR, allNodes)},
			[]string{"request, group", "reply of 1, group"}, Counts{Sent: 1, Received: 1, Responders: 1}},
		{"from a host without an address", []packet{solicit(0, "::", allRouters), advertise(ms, routerR, allNodes)},
			[]string{"request, group", "reply of 1, group"}, Counts{Sent: 1, Received: 1, Responders: 1}},
		{"IPv4, multicast", []packet{solicit4(0, "224.0.0.2"), advertise4(ms, "224.0.0.1")},
			[]string{"request, group", "reply of 1, group"}, Counts{Sent: 1, Received: 1, Responders: 1}},
		{"IPv4, broadcast", []packet{solicit4(0, "255.255.255.255"), advertise4(ms, "255.255.255.255")},
			[]string{"request, group", "reply of 1, group"}, Counts{Sent: 1, Received: 1, Responders: 1}},
		{"one router alone asked", []packet{solicit(0, hostA, routerR), advertise(ms, routerR, hostA)},
			[]string{"request", "reply of 1"}, Counts{Sent: 1, Received: 1}},
		{"one router alone asked, and silent", []packet{solicit(0, hostA, routerR), solicit(2*second, hostA, routerR)},
			[]string{"request", "request"}, Counts{Sent: 2, Lost: 1, Pending: 1}},
		{"two routers", []packet{solicit(0, hostA, allRouters), advertise(ms, routerR, allNodes), advertise(2*ms, routerS, allNodes)},
			[]string{"request, group", "reply of 1, group", "reply of 1, group"}, Counts{Sent: 1, Received: 1, Responders: 2}},
		{"one answer to two hosts: its relation is to the first",
			[]packet{solicit(0, hostA, allRouters), solicit(ms, hostB, allRouters), advertise(2*ms, routerR, allNodes)},
			[]string{"request, group", "request, group", "reply of 1, group"}, Counts{Sent: 2, Received: 2, Responders: 2}},
		{"an answer for each of two hosts",
			[]packet{solicit(0, hostA, allRouters), solicit(ms, hostB, allRouters), advertise(2*ms, routerR, hostB), advertise(3*ms, routerR, hostA)},
			[]string{"request, group", "request, group", "reply of 2, group", "reply of 1, group"}, Counts{Sent: 2, Received: 2, Responders: 2}},
		{"the answer to a second host is no second answer to the first",
			[]packet{solicit(0, hostA, allRouters), advertise(ms, routerR, allNodes), solicit(2*ms, hostB, allRouters), advertise(3*ms, routerR, allNodes)},
			[]string{"request, group", "reply of 1, group", "request, group", "reply of 3, group"}, Counts{Sent: 2, Received: 2, Responders: 2}},
		{"unasked", []packet{advertise(0, routerR, allNodes)}, []string{"-"}, Counts{}},
		{"unasked, after the answer", []packet{solicit(0, hostA, allRouters), advertise(ms, routerR, allNodes), advertise(500*ms, routerR, allNodes)},
			[]string{"request, group", "reply of 1, group", "-"}, Counts{Sent: 1, Received: 1, Responders: 1}},
		{"after the timeout", []packet{solicit(0, hostA, allRouters), advertise(second, routerR, allNodes)},
			[]string{"request, group", "-"}, Counts{Sent: 1, Pending: 1}},
		{"to another host", []packet{solicit(0, hostA, allRouters), advertise(ms, routerR, hostB)},
			[]string{"request, group", "-"}, Counts{Sent: 1, Pending: 1}},
		{"on another VLAN", []packet{solicit(0, hostA, allRouters).on(10), advertise(ms, routerR, allNodes)},
			[]string{"request, group", "-"}, Counts{Sent: 1, Pending: 1}},
		{"of the other IP", []packet{solicit4(0, "224.0.0.2"), advertise(ms, routerR, allNodes)},
			[]string{"request, group", "-"}, Counts{Sent: 1, Pending: 1}},
		{"a router that asks, too", []packet{solicit(0, routerR, allRouters), advertise(ms, routerR, allNodes)},
			[]string{"request, group", "-"}, Counts{Sent: 1, Pending: 1}},
		{"asked again, which looks the same", []packet{solicit(0, hostA, allRouters), solicit(4*second, hostA, allRouters), advertise(4*second+ms, routerR, allNodes)},
			[]string{"request, group", "request, group", "reply of 2, group"}, Counts{Sent: 2, Received: 1, Pending: 1, Responders: 1}},
		{"asked again within a second", []packet{solicit(0, hostA, allRouters), solicit(900*ms, hostA, allRouters)},
			[]string{"request, group", "request, group"}, Counts{Sent: 2, Pending: 2}},
		{"copies by a mirror port",
			[]packet{solicit(0, hostA, allRouters), solicit(10, hostA, allRouters), advertise(ms, routerR, allNodes), advertise(ms+10, routerR, allNodes)},
			[]string{"request, group", "request, copy, group of 1", "reply of 1, group", "reply of 1, copy, group of 3"},
			Counts{Sent: 1, Received: 1, Copies: 2, Responders: 1}},
		{"copies of an answer to one router alone",
			[]packet{solicit(0, hostA, routerR), solicit(10, hostA, routerR), advertise(ms, routerR, hostA), advertise(ms+10, routerR, hostA)},
			[]string{"request", "request, copy of 1", "reply of 1", "reply of 1, copy of 3"}, Counts{Sent: 1, Received: 1, Copies: 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.packets...)
			if diff := cmp.Diff(c.want, describeAll(s.relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.counts, s.tracker.Summary().Totals.Queries); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPatientRouters protects advertisements that may come long after: each answers all that a host asked, once.
func TestPatientRouters(t *testing.T) {
	ask := func(at int64) packet {
		return packet{at: at, from: alice, to: bob, src: "fe80::a", dst: "ff02::2", body: echoBody(133, 0, 0, "")}
	}
	tell := func(at int64) packet {
		return packet{at: at, from: bob, to: alice, src: "fe80::1", dst: "ff02::1", body: append(echoBody(134, 0, 0, ""), make([]byte, 8)...)}
	}
	s := watch(t, Options{Timeout: 10e9}, ask(0), ask(4*second), tell(5*second), tell(8*second), ask(9*second), tell(9*second+ms))
	want := []string{"request, group", "request, group", "reply of 1, group", "-", "request, group", "reply of 5, group"}
	if diff := cmp.Diff(want, describeAll(s.relations[1:])); diff != "" {
		t.Errorf("relations (-want +got):\n%s", diff)
	}
	if got, want := s.tracker.Summary().Totals.Queries, (Counts{Sent: 3, Received: 3, Responders: 1}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
}

// TestSolicitationFlood protects the time that an advertisement takes: no more than so many solicitations are answered by it.
func TestSolicitationFlood(t *testing.T) {
	var packets []packet
	for i := range byte(200) {
		packets = append(packets, packet{at: int64(i), from: alice, to: bob, src: a4, dst: "224.0.0.2", body: echoBody(10, 0, 0, "")})
		packets[i].src = fmt.Sprintf("10.0.1.%d", i)
	}
	packets = append(packets, packet{at: ms, from: bob, to: all, src: b4, dst: "224.0.0.1", body: echoBody(9, 0, 0, "")})
	s := watch(t, Options{}, packets...).tracker.Summary()
	if got := s.Totals.Queries.Received; got != maxSolicitations {
		t.Errorf("%d answered, want %d", got, maxSolicitations)
	}
}
