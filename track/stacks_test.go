package track

import (
	"slices"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Two virtual networks of the tests.
var (
	blue = decode.VirtualNetwork(5000)
	red  = decode.VirtualNetwork(5001)
)

// TestStacks protects that stacks which differ have numbers that differ, the same one each time, and are read back as they were.
func TestStacks(t *testing.T) {
	net := decode.VirtualNetwork
	all := [][]decode.Segment{
		nil, {0}, {0, 0}, {1}, {1, 0}, {0, 1}, {100, 7}, {7, 100}, {4095}, {1, 2, 3, 4, 5},
		{net(0)}, {net(1)}, {net(1 << 16)}, {net(1<<24 - 1)}, {net(0), 0}, {0, net(0)}, {net(0), net(0)}, {net(1), net(2)}, {net(2), net(1)},
		{100, net(5000)}, {100, net(5000), 7, 8}, {100, 7, net(5000), 8}, {net(1 << 16), 0}, {net(1<<16 | 1)},
	}
	s := newStacks()
	for range 2 {
		for i, want := range all {
			n := s.of(want)
			if int(n) != i {
				t.Errorf("%v has the number %d, want %d", want, n, i)
			}
			if got := s.segments(n); !slices.Equal(got, want) {
				t.Errorf("%v was read back as %v", want, got)
			}
		}
	}
	if s.segments(0) != nil {
		t.Error("the empty stack is not nil")
	}
}

// TestDeepStacks protects that of a stack too deep the outermost segments count, each of them whole.
func TestDeepStacks(t *testing.T) {
	for _, c := range []struct{ stack, want []decode.Segment }{
		{[]decode.Segment{1, 2, 3, 4, 5, 6}, []decode.Segment{1, 2, 3, 4, 5}},
		{[]decode.Segment{1, 2, 3, 4, blue}, []decode.Segment{1, 2, 3, 4}},
		{[]decode.Segment{1, 2, 3, 4, blue, 5}, []decode.Segment{1, 2, 3, 4}},
		{[]decode.Segment{blue, red, blue}, []decode.Segment{blue, red}},
		{[]decode.Segment{blue, red, 1, 2}, []decode.Segment{blue, red, 1}},
	} {
		s := newStacks()
		if got := s.segments(s.of(c.stack)); !slices.Equal(got, c.want) {
			t.Errorf("of %v, %v counts; want %v", c.stack, got, c.want)
		}
	}
}

// TestTwoNetworks protects that two virtual networks on one wire, whose hosts have the same addresses, stay two: rows of each kind
// for both, and no conflict. On one network, the same packets are one.
func TestTwoNetworks(t *testing.T) {
	conversation := func(at int64, host byte, stack ...decode.Segment) []packet {
		question, answer := ping(at+2*ms, 1).on(stack...), pong(at+3*ms, 1).on(stack...)
		question.to, answer.from = host, host
		return []packet{who(at, alice, a4, b4).on(stack...), isAt(at+ms, host, b4, alice, a4).on(stack...), question, answer}
	}
	count := func(packets ...packet) (flows, resolutions, neighbors, notes int) {
		s := watch(t, Options{}, packets...).tracker.Summary()
		for i := range s.Flows {
			if f := &s.Flows[i]; f.Received != f.Sent {
				t.Errorf("on %v, %d of %d requests were answered", f.Segments, f.Received, f.Sent)
			}
		}
		return len(s.Flows), len(s.Resolutions), len(s.Neighbors), len(s.Notes)
	}
	for _, c := range []struct {
		name                                   string
		one, other                             []decode.Segment
		flows, resolutions, neighbors, notices int
	}{
		{"two virtual networks", []decode.Segment{blue}, []decode.Segment{red}, 2, 2, 4, 0},
		{"two VLANs in one", []decode.Segment{blue, 7}, []decode.Segment{blue, 8}, 2, 2, 4, 0},
		{"one virtual network in two VLANs", []decode.Segment{7, blue}, []decode.Segment{8, blue}, 2, 2, 4, 0},
		{"a virtual network and a VLAN with its number", []decode.Segment{decode.VirtualNetwork(7)}, []decode.Segment{7}, 2, 2, 4, 0},
		{"a virtual network and the wire", []decode.Segment{blue}, nil, 2, 2, 4, 0},
		{"one virtual network", []decode.Segment{blue}, []decode.Segment{blue}, 1, 1, 2, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			flows, resolutions, neighbors, notices := count(append(conversation(0, bob, c.one...), conversation(second, carol, c.other...)...)...)
			if flows != c.flows || resolutions != c.resolutions || neighbors != c.neighbors || notices != c.notices {
				t.Errorf("%d flows, %d resolutions, %d neighbors, %d notes; want %d, %d, %d, %d",
					flows, resolutions, neighbors, notices, c.flows, c.resolutions, c.neighbors, c.notices)
			}
		})
	}
}

// TestInsideAndOutside protects that pings seen before they enter a virtual network, and in it, are one row: of where they were
// seen first.
func TestInsideAndOutside(t *testing.T) {
	both := func(k packet) []packet { return []packet{k, k.later(10).on(7, blue)} }
	var packets []packet
	for seq := range uint16(3) {
		at := int64(seq) * 10 * ms
		packets = append(packets, both(ping(at, seq).id(seq+1))...)
		reply := pong(at+ms, seq).id(seq + 9)
		packets = append(packets, reply.on(7, blue), reply.later(10))
	}
	flows := watch(t, Options{}, packets...).tracker.Summary().Flows
	if len(flows) != 1 {
		t.Fatalf("%d flows, want 1", len(flows))
	}
	if f := &flows[0]; f.Sent != 3 || f.Received != 3 || f.Copies != 6 || f.Segments != nil {
		t.Errorf("on %v: %d sent, %d received, %d copies; want no segments, 3, 3, 6", f.Segments, f.Sent, f.Received, f.Copies)
	}
}
