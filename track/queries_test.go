package track

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fromAlice and fromBob are messages between the two, of ICMP or, if their type says so, of ICMPv6.
func fromAlice(at int64, body []byte) packet {
	if body[0] >= 128 {
		return packet{at: at, from: alice, to: bob, src: "2001:db8::a", dst: "2001:db8::b", body: body}
	}
	return packet{at: at, from: alice, to: bob, src: a4, dst: b4, body: body}
}

func fromBob(at int64, body []byte) packet {
	k := fromAlice(at, body)
	k.from, k.to, k.src, k.dst = k.to, k.from, k.dst, k.src
	return k
}

// extendedEcho returns an extended echo message (RFC 8335 §2, §3): a short sequence number, and flags.
func extendedEcho(messageType byte, seq, flags byte) []byte {
	return []byte{messageType, 0, 0, 0, 0, 1, seq, flags}
}

// node returns a node information message (RFC 4620 §4) with a nonce.
func node(messageType byte, nonce string) []byte {
	return append([]byte{messageType, 0, 0, 0, 0, 3, 0, 0}, nonce...)
}

// TestQueries protects that every kind of question is paired by what its reply gives back of it.
func TestQueries(t *testing.T) {
	flow := func(kind string, id uint16) Flow {
		return Flow{Kind: kind, Family: 4, Source: netip.MustParseAddr(a4), Destination: netip.MustParseAddr(b4), ID: id}
	}
	flow6 := func(kind string, id uint16) Flow {
		return Flow{Kind: kind, Family: 6, Source: netip.MustParseAddr("2001:db8::a"), Destination: netip.MustParseAddr("2001:db8::b"), ID: id}
	}
	nodes := flow6("node-information", 0)
	nodes.NoID = true
	for _, c := range []struct {
		name        string
		ask, answer func(seq byte) []byte
		flow        Flow
	}{
		{"timestamp", func(seq byte) []byte { return timestamp(13, 7, uint16(seq), 1000, 0, 0) },
			func(seq byte) []byte { return timestamp(14, 7, uint16(seq), 1000, 1001, 1001) }, flow("timestamp", 7)},
		{"information", func(seq byte) []byte { return echoBody(15, 7, uint16(seq), "") },
			func(seq byte) []byte { return echoBody(16, 7, uint16(seq), "") }, flow("information", 7)},
		{"address mask", func(seq byte) []byte { return echoBody(17, 7, uint16(seq), "\x00\x00\x00\x00") },
			func(seq byte) []byte { return echoBody(18, 7, uint16(seq), "\xff\xff\xff\x00") }, flow("mask", 7)},
		{"extended echo: the local bit is not given back", func(seq byte) []byte { return extendedEcho(42, seq, 1) },
			func(seq byte) []byte { return extendedEcho(43, seq, 6) }, flow("extended-echo", 1)},
		{"extended echo, IPv6", func(seq byte) []byte { return extendedEcho(160, seq, 0) },
			func(seq byte) []byte { return extendedEcho(161, seq, 0x25) }, flow6("extended-echo", 1)},
		{"node information", func(seq byte) []byte { return node(139, "nonce 1"+string(seq)) },
			func(seq byte) []byte { return node(140, "nonce 1"+string(seq)+"an address") }, nodes},
		{"node information, numbered in front", func(seq byte) []byte { return node(139, string(seq)+" nonce1") },
			func(seq byte) []byte { return node(140, string(seq)+" nonce1") }, nodes},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{},
				fromAlice(0, c.ask(1)), fromAlice(ms, c.ask(2)), // answered the other way round
				fromBob(2*ms, c.answer(2)), fromBob(4*ms, c.answer(1)),
				fromBob(5*ms, c.answer(1)),   // twice
				fromBob(6*ms, c.answer(3)),   // to nothing
				fromAlice(7*ms, c.answer(1)), // in the wrong direction
				fromAlice(2*second, c.ask(4)).id(99), fromAlice(2*second+ms, c.ask(4)).id(99), fromBob(4*second, c.answer(4)))
			want := []string{"request", "request", "reply of 2", "reply of 1", "reply of 1, duplicate", "reply", "reply",
				"request", "request, copy of 8", "reply of 8, late"}
			if diff := cmp.Diff(want, describeAll(s.relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
			got := s.tracker.Summary()
			if len(got.Flows) != 0 || len(got.Queries) != 2 {
				t.Fatalf("%d flows of echo, %d others; want none, and one for each direction", len(got.Flows), len(got.Queries))
			}
			f := got.Queries[0]
			counts := Counts{Sent: 3, Received: 3, Duplicates: 1, OutOfOrder: 1, Late: 1, Unmatched: 1, Copies: 1}
			if diff := cmp.Diff(counts, f.Counts); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			if f.Kind != c.flow.Kind || f.Family != c.flow.Family || f.ID != c.flow.ID || f.NoID != c.flow.NoID ||
				f.Source != c.flow.Source || f.Destination != c.flow.Destination || f.RTT.N != 3 || f.RTT.Min != ms {
				t.Errorf("flow %+v, want %+v with 3 round trips from 1 ms", f, c.flow)
			}
			if got.Totals.Echo != (Counts{}) || got.Totals.Queries.Sent != counts.Sent || got.Totals.Queries.Unmatched != 2 {
				t.Errorf("totals %+v", got.Totals)
			}
		})
	}
}

// TestQueriesApart protects that a reply answers nothing of another kind, and that messages too short for what pairs them say nothing.
func TestQueriesApart(t *testing.T) {
	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
	}{
		{"same identifier and sequence number, another kind",
			[]packet{fromAlice(0, timestamp(13, 1, 1, 1, 0, 0)), fromAlice(0, echoBody(17, 1, 1, "mask")), ping(0, 1), fromBob(ms, echoBody(18, 1, 1, "mask")), pong(ms, 1)},
			[]string{"request", "request", "request", "reply of 2", "reply of 3"}},
		{"nonces of the same words in another order",
			[]packet{fromAlice(0, node(139, "aabbccdd")), fromAlice(0, node(139, "bbaaccdd")), fromBob(ms, node(140, "bbaaccdd"))},
			[]string{"request", "request", "reply of 2"}},
		{"nonce cut off", []packet{fromAlice(0, node(139, "abcdefg"))}, []string{"-"}},
		{"redirect", []packet{fromAlice(0, echoBody(5, 1, 1, ""))}, []string{"error"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, describeAll(watch(t, Options{}, c.packets...).relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
		})
	}
}

// TestQueriesToGroups protects that these may be asked of many as well (RFC 950 §2, RFC 4620 §5).
func TestQueriesToGroups(t *testing.T) {
	broadcast := fromAlice(0, echoBody(17, 1, 1, "none"))
	broadcast.to, broadcast.dst = all, "10.0.0.255"
	multicast := fromAlice(0, node(139, "nonce..."))
	multicast.dst = "ff02::2:1234:5678"
	for name, packets := range map[string][]packet{
		"mask":             {broadcast, fromBob(ms, echoBody(18, 1, 1, "mask"))},
		"node information": {multicast, fromBob(ms, node(140, "nonce..."))},
	} {
		t.Run(name, func(t *testing.T) {
			s := watch(t, Options{}, packets...)
			if diff := cmp.Diff([]string{"request, group", "reply of 1, group"}, describeAll(s.relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
			if f := s.tracker.Summary().Queries[0]; !f.Group || f.Responders != 1 {
				t.Errorf("flow %+v, want a group with one responder", f)
			}
		})
	}
}

// TestQueriesRefused protects that an error about a query is its answer, whatever the kind.
func TestQueriesRefused(t *testing.T) {
	for name, body := range map[string][]byte{
		"timestamp":                timestamp(13, 1, 1, 1000, 0, 0),
		"information":              echoBody(15, 1, 1, ""),
		"mask":                     echoBody(17, 1, 1, "none"),
		"extended echo":            extendedEcho(42, 1, 0),
		"router solicitation":      echoBody(10, 0, 0, ""),
		"extended echo, IPv6":      extendedEcho(160, 1, 0),
		"node information":         node(139, "nonce..."),
		"router solicitation IPv6": echoBody(133, 0, 0, ""),
	} {
		t.Run(name, func(t *testing.T) {
			asked, router, unreachable := fromAlice(0, body), "10.0.0.1", byte(3)
			if body[0] >= 128 {
				router, unreachable = "2001:db8::1", 1
			}
			s := watch(t, Options{}, asked, icmpError(ms, router, unreachable, 1, asked))
			if diff := cmp.Diff([]string{"request", "error of 1"}, describeAll(s.relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
			if got, want := s.tracker.Summary().Totals.Queries, (Counts{Sent: 1, Lost: 1, Errors: 1}); got != want {
				t.Errorf("totals %+v, want %+v", got, want)
			}
		})
	}
}

// TestQueriesEvicted protects that counts of flows that gave way stay with their kind, requests that were pending then included.
func TestQueriesEvicted(t *testing.T) {
	var packets []packet
	for i := range byte(20) {
		asked := fromAlice(int64(i)*ms, timestamp(13, uint16(i), 1, 1, 0, 0))
		packets = append(packets, asked, ping(int64(i)*ms, uint16(i)).later(0))
		packets[len(packets)-1].src = netip.AddrFrom4([4]byte{10, 0, 1, i}).String()
	}
	packets = append(packets, ping(2*second, 1))
	s := watch(t, Options{MaxFlows: 4}, packets...).tracker.Summary()
	if want := (Counts{Sent: 20, Lost: 20}); s.Totals.Queries != want {
		t.Errorf("queries %+v, want %+v", s.Totals.Queries, want)
	}
	if want := (Counts{Sent: 21, Lost: 20, Pending: 1}); s.Totals.Echo != want {
		t.Errorf("echo %+v, want %+v", s.Totals.Echo, want)
	}
}

// TestTimestampReplies protects which replies tell of a clock: the first to each request, if the capture knows when both were seen.
func TestTimestampReplies(t *testing.T) {
	ask := func(at int64, seq uint16) packet { return fromAlice(at, timestamp(13, 1, seq, 1000, 0, 0)) }
	answer := func(at int64, seq uint16) packet { return fromBob(at, timestamp(14, 1, seq, 1000, 6005, 6005)) }
	cut := answer(12*ms, 1)
	cut.body = cut.body[:19]
	for _, c := range []struct {
		name    string
		packets []packet
		samples uint64
	}{
		{"one", []packet{ask(2*ms, 1), answer(12*ms, 1)}, 1},
		{"a second reply", []packet{ask(2*ms, 1), answer(12*ms, 1), answer(22*ms, 1)}, 1},
		{"a copied reply", []packet{ask(2*ms, 1), ask(2*ms, 1).id(1), answer(12*ms, 1).id(2), answer(12*ms, 1).id(2).hop()}, 1},
		{"late", []packet{ask(2*ms, 1), answer(2*second, 1)}, 1},
		{"two", []packet{ask(2*ms, 1), answer(12*ms, 1), ask(second, 2), answer(second+10*ms, 2)}, 2},
		{"unmatched", []packet{answer(12*ms, 1)}, 0},
		{"stamped before its request", []packet{ask(12*ms, 1), answer(2*ms, 1)}, 0},
		{"without its last byte", []packet{ask(2*ms, 1), cut}, 0},
		{"an echo reply", []packet{ping(2*ms, 1), pong(12*ms, 1)}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			clocks := watch(t, Options{}, c.packets...).tracker.Summary().Clocks
			if c.samples == 0 {
				if len(clocks) > 0 {
					t.Errorf("clocks %+v, want none", clocks)
				}
				return
			}
			if len(clocks) != 1 || clocks[0].Samples != c.samples || clocks[0].Source.String() != a4 || clocks[0].Destination.String() != b4 {
				t.Fatalf("clocks %+v, want bob's by alice, with %d samples", clocks, c.samples)
			}
			if c.name == "one" && (clocks[0].RoundTrip != 10e6 || clocks[0].Offset != 5e9) {
				t.Errorf("round trip %v ns, offset %v ns; want 10 ms, 5 s", clocks[0].RoundTrip, clocks[0].Offset)
			}
		})
	}
}
