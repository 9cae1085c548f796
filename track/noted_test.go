package track

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// noted says a note in few words.
func noted(n Note) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", n.Kind)
	if n.Source.IsValid() {
		fmt.Fprintf(&b, " of %s", n.Source)
	}
	if n.Destination.IsValid() {
		fmt.Fprintf(&b, " to %s", n.Destination)
	}
	if n.About.IsValid() {
		fmt.Fprintf(&b, " about %s via %s", n.About, n.Via)
	}
	if n.Detail != 0 {
		fmt.Fprintf(&b, " detail %d", n.Detail)
	}
	fmt.Fprintf(&b, ": %d, %d frames from %d", n.Value, n.Count, n.Frames[0])
	return b.String()
}

// notedCase is a capture and the notes on it.
type notedCase struct {
	name    string
	packets []packet
	want    []string
}

func checkNoted(t *testing.T, cases []notedCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.packets...)
			var got []string
			for _, n := range s.tracker.Summary().Notes {
				got = append(got, noted(n))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
			if len(s.notes) != len(got) {
				t.Errorf("%d events for %d notes", len(s.notes), len(got))
			}
		})
	}
}

// many makes n packets, and one two minutes later, so that all before are lost.
func many(n int, make func(i int) packet) []packet {
	var all []packet
	for i := range n {
		all = append(all, make(i))
	}
	return append(all, who(all[n-1].at+120*second, alice, a4, b4))
}

// pingTo is a ping of alice's to a host of a network, with an identifier.
func pingTo(at int64, host int, id uint16) packet {
	k := ping(at, 1)
	k.dst = fmt.Sprintf("10.0.1.%d", host)
	k.body = echoBody(8, id, 1, usualPayload)
	return k
}

// TestSweeps protects that a sweep is many addresses which nobody answers for, soon after one another, and nothing else is.
func TestSweeps(t *testing.T) {
	answered := func(n int) (all []packet) {
		for i := range n {
			k := pingTo(int64(i)*ms, i, 1)
			back := packet{at: k.at + 1, from: bob, to: alice, src: k.dst, dst: k.src, body: echoBody(0, 1, 1, usualPayload)}
			all = append(all, k, back)
		}
		return append(all, ping(120*second, 2))
	}
	unreachable := func(n int) (all []packet) {
		for i := range n {
			k := pingTo(int64(i)*ms, i, 1)
			all = append(all, k, icmpError(k.at+1, "10.0.0.1", 3, 1, k))
		}
		return all
	}
	checkNoted(t, []notedCase{
		{"nine pings", many(9, func(i int) packet { return pingTo(int64(i)*ms, i, 1) }), nil},
		{"ten pings", many(10, func(i int) packet { return pingTo(int64(i)*ms, i, 1) }),
			[]string{"ping-sweep of 10.0.0.10: 10, 2 frames from 1"}},
		{"thirty pings", many(30, func(i int) packet { return pingTo(int64(i)*ms, i, 1) }),
			[]string{"ping-sweep of 10.0.0.10: 30, 22 frames from 1"}},
		{"ten pings, unreachable", unreachable(10), []string{"ping-sweep of 10.0.0.10: 10, 2 frames from 1"}},
		{"a monitor: thirty pings, answered", answered(30), nil},
		{"ten pings in two minutes", many(10, func(i int) packet { return pingTo(int64(i)*12*second, i, 1) }), nil},
		{"one host pinged by cron, a new identifier each time", many(30, func(i int) packet { return pingTo(int64(i)*100*ms, 1, uint16(i)) }), nil},
		{"ten sources, an address each", many(10, func(i int) packet {
			k := pingTo(int64(i)*ms, i, 1)
			k.src = fmt.Sprintf("10.0.2.%d", i)
			return k
		}), nil},
		{"ten ARP requests", many(10, func(i int) packet { return who(int64(i)*ms, alice, a4, fmt.Sprintf("10.0.0.%d", 100+i)) }),
			[]string{"arp-sweep of 10.0.0.10: 10, 2 frames from 1"}},
		{"three addresses asked for four times", many(12, func(i int) packet { return who(int64(i)*ms, alice, a4, fmt.Sprintf("10.0.0.%d", 100+i%3)) }), nil},
		{"ten ARP probes", many(10, func(i int) packet { return who(int64(i)*ms, alice, "0.0.0.0", fmt.Sprintf("10.0.0.%d", 100+i)) }), nil},
		{"ten solicitations", many(10, func(i int) packet {
			return solicit(int64(i)*ms, alice, a6, solicited, fmt.Sprintf("2001:db8::1:%x", i))
		}),
			[]string{"nd-sweep of fe80::a: 10, 2 frames from 1"}},
	})
}

// TestFloods protects that a flood is more requests to one host within a second than anybody needs, by one or by many.
func TestFloods(t *testing.T) {
	each := func(n int, every int64) (all []packet) {
		for i := range n {
			all = append(all, ping(int64(i)*every, uint16(i)), pong(int64(i)*every+1, uint16(i)))
		}
		return all
	}
	forged := func(n int) (all []packet) {
		for i := range n {
			k := ping(int64(i)*ms, 1)
			k.src = fmt.Sprintf("10.2.%d.%d", i/200, i%200)
			back := pong(k.at+1, 1)
			back.dst = k.src
			all = append(all, k, back)
		}
		return all
	}
	checkNoted(t, []notedCase{
		{"100 in a second", each(100, 9*ms), nil},
		{"101 in a second", each(101, 9*ms), []string{"echo-flood of 10.0.0.10 to 10.0.0.11: 101, 1 frames from 201"}},
		{"1000 at 50 a second", each(1000, 20*ms), nil},
		{"100 from forged sources", forged(100), nil},
		{"150 from forged sources", forged(150), []string{"echo-flood to 10.0.0.11: 150, 50 frames from 201"}},
	})
}

// TestAmplification protects that the hosts of a group are counted, not their replies.
func TestAmplification(t *testing.T) {
	answers := func(hosts, replies int) []packet {
		k := ping(0, 1)
		k.dst, k.to = "10.0.0.255", all
		packets := []packet{k}
		for i := range hosts * replies {
			packets = append(packets, packet{at: int64(i+1) * ms, from: bob, to: alice, src: fmt.Sprintf("10.0.0.%d", 100+i%hosts), dst: a4, body: echoBody(0, 1, 1, usualPayload)})
		}
		return packets
	}
	checkNoted(t, []notedCase{
		{"nine hosts", answers(9, 1), nil},
		{"nine hosts, three times", answers(9, 3), nil},
		{"ten hosts", answers(10, 1), []string{"amplification of 10.0.0.10 to 10.0.0.255: 10, 2 frames from 1"}},
		{"twelve hosts", answers(12, 2), []string{"amplification of 10.0.0.10 to 10.0.0.255: 12, 4 frames from 1"}},
	})
}

// pingWith is a ping with a payload.
func pingWith(i int, payload string) packet {
	k := ping(int64(i)*100*ms, uint16(i))
	k.body = echoBody(8, 1, uint16(i), payload)
	return k
}

// TestRandomPayloads protects that only payloads which change their length and look random are taken for a tunnel's.
func TestRandomPayloads(t *testing.T) {
	random := rand.NewChaCha8([32]byte{1})
	noise := func(n int) string {
		b := make([]byte, n)
		_, _ = random.Read(b)
		return string(b)
	}
	counting := func(n int) string {
		b := []byte("0123456789abcdef") // in place of ping's time stamp
		for i := range n - len(b) {
			b = append(b, byte(0x10+i))
		}
		return string(b)
	}
	repeated := func(pattern string) func(n int) string {
		return func(n int) string { return strings.Repeat(pattern, n)[:n] }
	}
	const prose = "A host or router that has nothing better to do may answer an echo request; what it must send back is the data that came with it, " +
		"all of it, and in the order in which it came. Nobody said that the data must be dull, and so some have put letters there, others news. "
	sized := func(payload func(n int) string) []packet {
		var all []packet
		for i := range 20 {
			all = append(all, pingWith(i, payload(60+31*i%400)))
		}
		return all
	}
	raised := func(n, frames, from int) []string {
		return []string{fmt.Sprintf("random-payload of 10.0.0.10 to 10.0.0.11: %d, %d frames from %d", n, frames, from)}
	}
	checkNoted(t, []notedCase{
		{"random", sized(noise), raised(19, 15, 6)},
		{"random, one length", many(20, func(i int) packet { return pingWith(i, noise(200)) })[:20], nil},
		{"random, too short to tell", many(20, func(i int) packet { return pingWith(i, noise(20+i)) })[:20], nil},
		{"random, four changes", many(5, func(i int) packet { return pingWith(i, noise(100+i)) })[:5], nil},
		{"random, five changes", many(6, func(i int) packet { return pingWith(i, noise(100+i)) })[:6], raised(5, 1, 6)},
		{"ping", sized(counting), nil},
		{"Windows", sized(repeated("abcdefghijklmnopqrstuvw")), nil},
		{"Cisco", sized(repeated("\xab\xcd")), nil},
		{"zeros", sized(repeated("\x00")), nil},
		{"ping -p with sixteen bytes", sized(repeated("\x9f\x3a\xc2\xe1\x08\x4b\xd7\x65\x1f\xc9\x77\x02\xee\x31\x5a\x90")), nil},
		{"English", sized(repeated(prose)), nil},
	})
}
