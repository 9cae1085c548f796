package track

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// line says what a row of the table of neighbors says: `ip neigh` in few words.
func line(n Neighbor) string {
	s := fmt.Sprintf("%v at %02x %v", n.Address, n.MAC[5], n.State)
	if n.MAC == [6]byte{} {
		s = fmt.Sprintf("%v %v", n.Address, n.State)
	}
	if len(n.Segments) > 0 {
		s += fmt.Sprintf(" on %v", n.Segments)
	}
	if n.Router {
		s += " router"
	}
	for _, c := range n.Claims {
		s += fmt.Sprintf(", %02x in %d-%d", c.MAC[5], c.FirstFrame, c.LastFrame)
	}
	return s
}

// flags returns a neighbor advertisement with other flags: 0x80 router, 0x40 solicited, 0x20 override.
func (k packet) flags(f byte) packet {
	k.body = append([]byte(nil), k.body...)
	k.body[4] = f
	return k
}

// bare returns the message of neighbor discovery without its options, the last 8 bytes.
func (k packet) bare() packet { k.body = k.body[:len(k.body)-8]; return k }

// routerMessage returns a router solicitation (133) or advertisement (134) with its source's link-layer address.
func routerMessage(at int64, kind, from byte, src string) packet {
	body := make([]byte, map[byte]int{133: 8, 134: 16}[kind])
	body[0] = kind
	return packet{at: at, from: from, to: all, src: src, dst: allNodes, body: append(append(body, 1, 1), mac(from)...), ttl: 255}
}

// TestNeighbors protects the table of neighbors: which packets claim an address, and the state that they leave it in.
func TestNeighbors(t *testing.T) {
	const sixth = 10 * second // ask for something else much later, so that time passes
	later := func(at int64) packet { return who(at, alice, a4, c4) }
	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
	}{
		{"who answers is reachable, who asks is stale",
			[]packet{who(0, alice, a4, b4), isAt(soon, bob, b4, alice, a4)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-1", "10.0.0.11 at 0b reachable, 0b in 2-2"}},
		{"reachable for 30 s after the answer",
			[]packet{who(0, alice, a4, b4), isAt(soon, bob, b4, alice, a4), isAt(soon+30*second, carol, c4, alice, a4)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-1", "10.0.0.11 at 0b reachable, 0b in 2-2", "10.0.0.12 at 0c reachable, 0c in 3-3"}},
		{"and stale after that",
			[]packet{who(0, alice, a4, b4), isAt(soon, bob, b4, alice, a4), isAt(soon+30*second+1, carol, c4, alice, a4)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-1", "10.0.0.11 at 0b stale, 0b in 2-2", "10.0.0.12 at 0c reachable, 0c in 3-3"}},
		{"an announcement proves nothing, and disproves nothing",
			[]packet{isAt(0, bob, b4, alice, a4), who(second, bob, b4, b4), who(second, carol, c4, c4)},
			[]string{"10.0.0.11 at 0b reachable, 0b in 1-2", "10.0.0.12 at 0c stale, 0c in 3-3"}},
		{"a reply to all proves nothing",
			[]packet{isAt(0, bob, b4, all, b4), isAt(0, carol, c4, all, a4)},
			[]string{"10.0.0.11 at 0b stale, 0b in 1-1", "10.0.0.12 at 0c stale, 0c in 2-2"}},
		{"asked for, and not given up",
			[]packet{who(0, alice, a4, b4), who(second+ms, alice, a4, b4), who(2*second+2*ms, alice, a4, b4)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-3", "10.0.0.11 incomplete"}},
		{"between two requests",
			[]packet{who(0, alice, a4, b4), later(second + ms)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-2", "10.0.0.11 incomplete", "10.0.0.12 incomplete"}},
		{"asked three times in vain",
			[]packet{who(0, alice, a4, b4), who(second, alice, a4, b4), who(2*second, alice, a4, b4), later(3 * second)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-4", "10.0.0.11 failed", "10.0.0.12 incomplete"}},
		{"asked once, and given up",
			[]packet{who(0, alice, a4, b4), later(sixth)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-2", "10.0.0.11 failed", "10.0.0.12 incomplete"}},
		{"one asks in vain, another only now",
			[]packet{who(0, alice, a4, b4), who(sixth, carol, c4, b4)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-1", "10.0.0.11 incomplete", "10.0.0.12 at 0c stale, 0c in 2-2"}},
		{"gone: asked three times in vain since its last answer",
			[]packet{who(0, alice, a4, b4), isAt(soon, bob, b4, alice, a4), who(second, alice, a4, b4), who(2*second, alice, a4, b4),
				who(3*second, alice, a4, b4), later(4 * second)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-6", "10.0.0.11 at 0b failed, 0b in 2-2", "10.0.0.12 incomplete"}},
		{"nearly gone",
			[]packet{who(0, alice, a4, b4), isAt(soon, bob, b4, alice, a4), who(second, alice, a4, b4), who(2*second, alice, a4, b4), later(4 * second)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-5", "10.0.0.11 at 0b stale, 0b in 2-2", "10.0.0.12 incomplete"}},
		{"back: it claims its address after that",
			[]packet{who(0, alice, a4, b4), isAt(soon, bob, b4, alice, a4), who(second, alice, a4, b4), who(2*second, alice, a4, b4),
				who(3*second, alice, a4, b4), who(4*second, bob, b4, a4)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-5", "10.0.0.11 at 0b reachable, 0b in 2-6"}},
		{"gone: asked once before it spoke, and three times in vain since",
			[]packet{isAt(0, bob, b4, alice, a4), who(second, alice, a4, b4), who(3*second, bob, b4, c4), who(4*second, alice, a4, b4),
				who(5*second, alice, a4, b4), who(6*second, alice, a4, b4), later(7 * second)},
			[]string{"10.0.0.11 at 0b failed, 0b in 1-3", "10.0.0.10 at 0a stale, 0a in 2-7", "10.0.0.12 incomplete"}},
		{"nearly gone: asked once before it spoke, and twice in vain since",
			[]packet{isAt(0, bob, b4, alice, a4), who(second, alice, a4, b4), who(3*second, bob, b4, c4), who(4*second, alice, a4, b4),
				who(5*second, alice, a4, b4), later(6 * second)},
			[]string{"10.0.0.11 at 0b stale, 0b in 1-3", "10.0.0.10 at 0a stale, 0a in 2-6", "10.0.0.12 incomplete"}},
		{"a probe is no claim, and asks for nobody",
			[]packet{who(0, alice, nobody, b4), later(sixth)},
			[]string{"10.0.0.10 at 0a stale, 0a in 2-2", "10.0.0.12 incomplete"}},
		{"one MAC address for many addresses: proxy ARP",
			[]packet{isAt(0, carol, b4, alice, a4), isAt(0, carol, "10.0.1.1", alice, a4)},
			[]string{"10.0.0.11 at 0c reachable, 0c in 1-1", "10.0.1.1 at 0c reachable, 0c in 2-2"}},
		{"the first of two answers counts, for a second",
			[]packet{isAt(0, bob, b4, alice, a4), isAt(ms, carol, b4, alice, a4)},
			[]string{"10.0.0.11 at 0b reachable, 0b in 1-1, 0c in 2-2"}},
		{"and then the other does",
			[]packet{isAt(0, bob, b4, alice, a4), isAt(second+ms, carol, b4, alice, a4)},
			[]string{"10.0.0.11 at 0c reachable, 0b in 1-1, 0c in 2-2"}},
		{"an announcement counts at once",
			[]packet{isAt(0, bob, b4, alice, a4), who(ms, carol, b4, b4)},
			[]string{"10.0.0.11 at 0c stale, 0b in 1-1, 0c in 2-2"}},
		{"one address on two VLANs is two neighbors",
			[]packet{isAt(0, bob, b4, alice, a4).on(1), isAt(ms, carol, b4, alice, a4).on(2)},
			[]string{"10.0.0.11 at 0b reachable on [1], 0b in 1-1", "10.0.0.11 at 0c reachable on [2], 0c in 2-2"}},
		{"one address in two virtual networks is two neighbors",
			[]packet{isAt(0, bob, b4, alice, a4).on(5, blue), isAt(ms, carol, b4, alice, a4).on(5, red)},
			[]string{"10.0.0.11 at 0b reachable on [5 vni 5000], 0b in 1-1", "10.0.0.11 at 0c reachable on [5 vni 5001], 0c in 2-2"}},
		{"nobody has a broadcast or multicast address",
			[]packet{who(0, alice, "255.255.255.255", b4), who(0, alice, "224.0.0.1", b4)},
			[]string{"10.0.0.11 incomplete"}},
		{"RARP: the server, and whom it gave an address",
			[]packet{arp(0, 3, alice, all, nobody, alice, nobody), arp(soon, 4, bob, alice, b4, alice, a4)},
			[]string{"10.0.0.10 at 0a stale, 0a in 2-2", "10.0.0.11 at 0b stale, 0b in 2-2"}},
		{"InARP: both sides",
			[]packet{arp(0, 8, alice, bob, a4, bob, nobody), arp(soon, 9, bob, alice, b4, alice, a4)},
			[]string{"10.0.0.10 at 0a stale, 0a in 1-1", "10.0.0.11 at 0b reachable, 0b in 2-2"}},

		{"neighbor discovery",
			[]packet{solicit(0, alice, a6, solicited, b6), advertise(soon, bob, a6, b6)},
			[]string{"fe80::a at 0a stale, 0a in 1-1", "fe80::b at 0b reachable, 0b in 2-2"}},
		{"unsolicited advertisement",
			[]packet{advertise(0, bob, allNodes, b6).flags(0x20)},
			[]string{"fe80::b at 0b stale, 0b in 1-1"}},
		{"a solicited advertisement to all is not valid",
			[]packet{advertise(0, bob, allNodes, b6).flags(0x60)},
			nil},
		{"another MAC address without override makes stale, and changes nothing else",
			[]packet{advertise(0, bob, a6, b6), advertise(sixth, carol, a6, b6).flags(0x40)},
			[]string{"fe80::b at 0b stale, 0b in 1-1, 0c in 2-2"}},
		{"with override it replaces",
			[]packet{advertise(0, bob, a6, b6), advertise(ms, carol, a6, b6)},
			[]string{"fe80::b at 0c reachable, 0b in 1-1, 0c in 2-2"}},
		{"an answer without option confirms",
			[]packet{advertise(0, bob, allNodes, b6).flags(0x20), advertise(ms, bob, a6, b6).flags(0xc0).bare()},
			[]string{"fe80::b at 0b reachable router, 0b in 1-2"}},
		{"a solicitation without option claims nothing",
			[]packet{solicit(0, alice, a6, b6, b6).bare()},
			[]string{"fe80::b incomplete"}},
		{"duplicate address detection claims nothing",
			[]packet{solicit(0, alice, "::", solicited, b6), advertise(sixth, bob, allNodes, c6).flags(0x20)},
			[]string{"fe80::c at 0b stale, 0b in 2-2"}},
		{"routers and who asks for them",
			[]packet{routerMessage(0, 133, alice, a6), routerMessage(ms, 134, bob, b6)},
			[]string{"fe80::a at 0a stale, 0a in 1-1", "fe80::b at 0b stale router, 0b in 2-2"}},
		{"what a router forwarded is not valid",
			[]packet{{src: b6, dst: a6, from: bob, to: alice, body: advertise(0, bob, a6, b6).body, ttl: 254}},
			nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, n := range watch(t, Options{}, c.packets...).tracker.Summary().Neighbors {
				got = append(got, line(n))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestManyNeighbors protects that a flood of senders is bounded and counted, and that whoever speaks stays.
func TestManyNeighbors(t *testing.T) {
	var packets []packet
	for i := range 1000 {
		packets = append(packets, isAt(int64(i), bob, b4, alice, a4), isAt(int64(i), carol, fmt.Sprintf("10.1.%d.%d", i>>8, i&255), alice, a4))
	}
	s := watch(t, Options{MaxNeighbors: 10}, packets...).tracker.Summary()
	if len(s.Neighbors) != 10-1 || s.Evicted < 900 || line(s.Neighbors[0]) != "10.0.0.11 at 0b reachable, 0b in 1-1999" {
		t.Errorf("%d neighbors, %d evicted, first %s", len(s.Neighbors), s.Evicted, line(s.Neighbors[0]))
	}
}

// TestManyClaimants protects that an address which everybody claims keeps the first eight.
func TestManyClaimants(t *testing.T) {
	var packets []packet
	for i := range byte(20) {
		packets = append(packets, isAt(int64(i)*2*second, 1+i, b4, alice, a4))
	}
	n := watch(t, Options{}, packets...).tracker.Summary().Neighbors[0]
	if len(n.Claims) != maxClaimants || n.MAC[5] != 20 || n.LastFrame != 20 {
		t.Errorf("%s, last frame %d", line(n), n.LastFrame)
	}
}
