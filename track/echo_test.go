package track

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/icmpsniff/icmpsniff/decode"
)

// rtt of most replies of these tests.
const soon = 3 * ms

// TestEcho protects the rules of who answered whom among echoes: one case a rule, what each packet is and what is counted.
func TestEcho(t *testing.T) {
	// The same addresses, identifier and sequence number, asked the other way round: bob pings alice.
	ball := packet{from: bob, to: alice, src: "10.0.0.11", dst: "10.0.0.10", body: echoBody(8, 1, 1, usualPayload)}
	back := packet{from: alice, to: bob, src: "10.0.0.10", dst: "10.0.0.11", body: echoBody(0, 1, 1, usualPayload)}
	altered := pong(soon, 1)
	altered.body = echoBody(0, 1, 1, "ABCDEFGH")
	unsummed := pong(soon, 1)
	unsummed.body = echoBody(0, 1, 1, usualPayload)
	unsummed.body[8] = 'z' // a payload that was changed, and a checksum that is wrong
	unsummed.body[2] = 0x12

	otherPing, otherPong, neither := ping(ms, 1), pong(soon, 1), pong(soon, 1)
	otherPing.body, otherPong.body = echoBody(8, 1, 1, "ABCDEFGH"), echoBody(0, 1, 1, "ABCDEFGH")
	neither.body = echoBody(0, 1, 1, "12345678")

	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
		counts  Counts
	}{
		{"answered",
			[]packet{ping(0, 1), pong(soon, 1)},
			[]string{"request", "reply of 1"},
			Counts{Sent: 1, Received: 1}},
		{"answered, IPv6",
			[]packet{ping6(0, 1), pong6(soon, 1)},
			[]string{"request", "reply of 1"},
			Counts{Sent: 1, Received: 1}},
		{"A pings B while B pings A, same id, seq and payload",
			[]packet{ping(0, 1), ball.later(ms), pong(2*ms, 1), back.later(3 * ms)},
			[]string{"request", "request", "reply of 1", "reply of 2"},
			Counts{Sent: 2, Received: 2}},
		{"pending at the end",
			[]packet{ping(0, 1), pong(soon, 1), ping(second, 2)},
			[]string{"request", "reply of 1", "request"},
			Counts{Sent: 2, Received: 1, Pending: 1}},
		{"lost when the timeout has passed",
			[]packet{ping(0, 1), ping(second-1, 2), pong(second, 2)},
			[]string{"request", "request", "reply of 2"},
			Counts{Sent: 2, Received: 1, Lost: 1}},
		{"late reply",
			[]packet{ping(0, 1), pong(2*second, 1)},
			[]string{"request", "reply of 1, late"},
			Counts{Sent: 1, Received: 1, Late: 1}},
		{"reply a minute late is not remembered",
			[]packet{ping(0, 1), pong(60*second, 1)},
			[]string{"request", "reply"},
			Counts{Sent: 1, Lost: 1, Unmatched: 1}},
		{"copy of a request by a mirror port",
			[]packet{ping(0, 1).id(7), ping(10, 1).id(7), pong(soon, 1)},
			[]string{"request", "request, copy of 1", "reply of 1"},
			Counts{Sent: 1, Received: 1, Copies: 1}},
		{"copies by a router in the middle",
			[]packet{ping(0, 1).id(7), ping(10, 1).id(7).hop(), pong(soon, 1).id(9), pong(soon+10, 1).id(9).hop()},
			[]string{"request", "request, copy of 1", "reply of 1", "reply of 1, copy of 3"},
			Counts{Sent: 1, Received: 1, Copies: 2}},
		{"copies, IPv6",
			[]packet{ping6(0, 1), ping6(10, 1).hop(), pong6(soon, 1), pong6(soon+10, 1).hop()},
			[]string{"request", "request, copy of 1", "reply of 1", "reply of 1, copy of 3"},
			Counts{Sent: 1, Received: 1, Copies: 2}},
		{"copies on another VLAN",
			[]packet{ping(0, 1).id(7).on(10), ping(10, 1).id(7).on(20), pong(soon, 1).id(9).on(20), pong(soon+10, 1).id(9).on(10)},
			[]string{"request", "request, copy of 1", "reply of 1", "reply of 1, copy of 3"},
			Counts{Sent: 1, Received: 1, Copies: 2}},
		{"copies inside and outside of a virtual network",
			[]packet{ping(0, 1).id(7), ping(10, 1).id(7).on(blue), pong(soon, 1).id(9).on(blue), pong(soon+10, 1).id(9)},
			[]string{"request", "request, copy of 1", "reply of 1", "reply of 1, copy of 3"},
			Counts{Sent: 1, Received: 1, Copies: 2}},
		{"a reply that came twice, seen before and behind a router each time",
			[]packet{ping6(0, 1), ping6(10, 1).hop(), pong6(soon, 1), pong6(soon+10, 1).hop(), pong6(2*soon, 1), pong6(2*soon+10, 1).hop()},
			[]string{"request", "request, copy of 1", "reply of 1", "reply of 1, copy of 3", "reply of 1, duplicate", "reply of 1, copy of 5"},
			Counts{Sent: 1, Received: 1, Copies: 3, Duplicates: 1}},
		{"copies of requests on two VLANs, on which hosts have the same addresses and use the same id and seq",
			[]packet{ping(0, 1).id(7).on(10), ping(10, 1).id(8).on(20), ping(20, 1).id(7).on(10), ping(30, 1).id(8).on(20), ping(40, 1).id(9).on(20)},
			[]string{"request", "request", "request, copy of 1", "request, copy of 2", "request"},
			Counts{Sent: 3, Pending: 3, Copies: 2}},
		{"lost copies lose one request",
			[]packet{ping(0, 1).id(7), ping(10, 1).id(7), ping(2*second, 2)},
			[]string{"request", "request, copy of 1", "request"},
			Counts{Sent: 2, Lost: 1, Pending: 1, Copies: 1}},
		{"again after the answer: a new request",
			[]packet{ping(0, 1).id(7), pong(soon, 1), ping(2*soon, 1).id(7), pong(3*soon, 1)},
			[]string{"request", "reply of 1", "request", "reply of 3"},
			Counts{Sent: 2, Received: 2}},
		{"a copy that reached the file after the answer, and was captured before it",
			[]packet{ping(0, 1).id(7), pong(soon, 1), ping(ms, 1).id(7)},
			[]string{"request", "reply of 1", "request, copy of 1"},
			Counts{Sent: 1, Received: 1, Copies: 1}},
		{"the same capture twice",
			[]packet{ping(0, 1).id(7), pong(soon, 1), ping(0, 1).id(7), pong(soon, 1)},
			[]string{"request", "reply of 1", "request", "reply of 3"},
			Counts{Sent: 2, Received: 2}},
		{"again after a second: a new request",
			[]packet{ping(0, 1).id(7), ping(second+1, 1).id(7), pong(second+soon, 1)},
			[]string{"request", "request", "reply of 2"},
			Counts{Sent: 2, Received: 1, Lost: 1}},
		{"another datagram with the same id and seq: a new request, the oldest is answered first",
			[]packet{ping(0, 1).id(7), ping(10, 1).id(8), pong(soon, 1), pong(2*soon, 1)},
			[]string{"request", "request", "reply of 1", "reply of 2"},
			Counts{Sent: 2, Received: 2}},
		{"of two requests with the same id and seq, the one whose payload came back is answered",
			[]packet{ping(0, 1), otherPing, otherPong, pong(2*soon, 1)},
			[]string{"request", "request", "reply of 2", "reply of 1"},
			Counts{Sent: 2, Received: 2, OutOfOrder: 1}},
		{"a payload that is neither's answers the oldest",
			[]packet{ping(0, 1), otherPing, neither},
			[]string{"request", "request", "reply of 1, changed"},
			Counts{Sent: 2, Received: 1, Pending: 1}},
		{"second reply where the first use of id and seq was lost: no late reply to that",
			[]packet{ping(0, 1), ping(5*second, 1), pong(5*second+soon, 1), pong(5*second+2*soon, 1)},
			[]string{"request", "request", "reply of 2", "reply of 2, duplicate"},
			Counts{Sent: 2, Received: 1, Lost: 1, Duplicates: 1}},
		{"late reply to the first use of id and seq, whose payload it returns",
			[]packet{ping(0, 1), otherPing.later(5 * second), otherPong.later(5 * second), pong(5*second+2*soon, 1)},
			[]string{"request", "request", "reply of 2", "reply of 1, late"},
			Counts{Sent: 2, Received: 2, Late: 1, OutOfOrder: 1}},
		{"second reply",
			[]packet{ping(0, 1), pong(soon, 1), pong(2*soon, 1), pong(3*soon, 1).id(3)},
			[]string{"request", "reply of 1", "reply of 1, duplicate", "reply of 1, duplicate"},
			Counts{Sent: 1, Received: 1, Duplicates: 2}},
		{"identical second reply to a request seen once came twice",
			[]packet{ping(0, 1), pong(soon, 1), pong(2*soon, 1)},
			[]string{"request", "reply of 1", "reply of 1, duplicate"},
			Counts{Sent: 1, Received: 1, Duplicates: 1}},
		{"identical reply after a second is no copy",
			[]packet{ping(0, 1), pong(soon, 1).id(7), pong(2*second, 1).id(7)},
			[]string{"request", "reply of 1", "reply of 1, duplicate"},
			Counts{Sent: 1, Received: 1, Duplicates: 1}},
		{"replies out of order",
			[]packet{ping(0, 1), ping(ms, 2), ping(2*ms, 3), pong(3*ms, 3), pong(4*ms, 1), pong(5*ms, 2)},
			[]string{"request", "request", "request", "reply of 3", "reply of 1", "reply of 2"},
			Counts{Sent: 3, Received: 3, OutOfOrder: 2}},
		{"sequence number wraps",
			[]packet{ping(0, 65535), ping(ms, 0), pong(2*ms, 65535), pong(3*ms, 0)},
			[]string{"request", "request", "reply of 1", "reply of 2"},
			Counts{Sent: 2, Received: 2}},
		{"reply stamped before its request",
			[]packet{ping(second, 1), pong(second-ms, 1)},
			[]string{"request", "reply of 1, backwards"},
			Counts{Sent: 1, Received: 1, Backwards: 1}},
		{"payload changed",
			[]packet{ping(0, 1), altered},
			[]string{"request", "reply of 1, changed"},
			Counts{Sent: 1, Received: 1}},
		{"checksum wrong: nothing is known of the payload",
			[]packet{ping(0, 1), unsummed},
			[]string{"request", "reply of 1"},
			Counts{Sent: 1, Received: 1}},
		{"capture begins late",
			[]packet{pong(0, 1), ping(ms, 2), pong(ms+soon, 2)},
			[]string{"reply", "request", "reply of 2"},
			Counts{Sent: 1, Received: 1, Unmatched: 1}},
		{"reply of another host does not answer",
			[]packet{ping(0, 1), {at: soon, from: carol, to: alice, src: "10.0.0.12", dst: "10.0.0.10", body: echoBody(0, 1, 1, usualPayload)}},
			[]string{"request", "reply"},
			Counts{Sent: 1, Pending: 1, Unmatched: 1}},
		{"reply on the same VLAN is preferred",
			[]packet{ping(0, 1).on(10), ping(ms, 1).on(20), pong(2*ms, 1).on(20), pong(3*ms, 1).on(10)},
			[]string{"request", "request", "reply of 2", "reply of 1"},
			Counts{Sent: 2, Received: 2}},
		{"reply in the same virtual network is preferred",
			[]packet{ping(0, 1).on(blue), ping(ms, 1).on(red), pong(2*ms, 1).on(red), pong(3*ms, 1).on(blue)},
			[]string{"request", "request", "reply of 2", "reply of 1"},
			Counts{Sent: 2, Received: 2}},
		{"reply in a virtual network to a request that was seen in none",
			[]packet{ping(0, 1), pong(soon, 1).on(blue)},
			[]string{"request", "reply of 1"},
			Counts{Sent: 1, Received: 1}},
		{"reply untagged to a request with tags",
			[]packet{ping(0, 1).on(10, 20), pong(soon, 1)},
			[]string{"request", "reply of 1"},
			Counts{Sent: 1, Received: 1}},
		{"request before the epoch of the test, clock set back by an hour: timeouts go on",
			[]packet{ping(3600*second, 1), ping(0, 2), ping(ms, 3), ping(2*second, 4)},
			[]string{"request", "request", "request", "request"},
			Counts{Sent: 4, Lost: 3, Pending: 1}},
		{"one wild time loses nothing",
			[]packet{ping(3600*second, 1), ping(0, 2), pong(3600*second+soon, 1), pong(3600*second+soon, 2)},
			[]string{"request", "request", "reply of 1", "reply of 2"},
			Counts{Sent: 2, Received: 2, OutOfOrder: 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.packets...)
			if diff := cmp.Diff(c.want, describeAll(s.relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.counts, s.tracker.Summary().Totals.Echo); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRTTOfRelation protects the round-trip time on a reply's relation, that of late and second replies and of those from the past too.
func TestRTTOfRelation(t *testing.T) {
	s := watch(t, Options{}, ping(second, 1), pong(second+3*ms, 1), pong(second+5*ms, 1), ping(5*second, 2), pong(5*second-ms, 2), ping(6*second, 3), pong(8*second, 3))
	for frame, want := range map[int]int64{2: 3 * ms, 3: 5 * ms, 5: -ms, 7: 2 * second} {
		if got := s.relations[frame].RTT; got != want {
			t.Errorf("frame %d: RTT %d ns, want %d", frame, got, want)
		}
	}
	// The second reply and the one from the past are no part of the statistics.
	rtt := s.tracker.Summary().Flows[0].RTT
	if rtt.N != 2 || rtt.Min != 3*ms || rtt.Max != 2*second {
		t.Errorf("RTT of the flow: %+v, want 2 values from 3 ms to 2 s", rtt)
	}
}

// TestFlows protects what tells rows apart, what each shows, and their order.
func TestFlows(t *testing.T) {
	other := ping(3*ms, 1)
	other.body = echoBody(8, 2, 1, usualPayload)
	s := watch(t, Options{}, ping6(0, 1), ping(ms, 1).on(10), ping(2*ms, 2).on(10), other, pong(4*ms, 2).on(10))
	type row struct {
		family      int
		source      string
		destination string
		id          uint16
		segments    []decode.Segment
		sent        uint64
		first, last uint64
	}
	var got []row
	for _, f := range s.tracker.Summary().Flows {
		got = append(got, row{f.Family, f.Source.String(), f.Destination.String(), f.ID, f.Segments, f.Sent, f.FirstFrame, f.LastFrame})
	}
	want := []row{
		{6, "2001:db8::a", "2001:db8::b", 1, nil, 1, 1, 1},
		{4, "10.0.0.10", "10.0.0.11", 1, []decode.Segment{10}, 2, 2, 5},
		{4, "10.0.0.10", "10.0.0.11", 2, nil, 1, 4, 4},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(row{})); diff != "" {
		t.Errorf("flows (-want +got):\n%s", diff)
	}
}
