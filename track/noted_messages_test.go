package track

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// TestRedirects protects that a redirect is noted, and whether the next request obeys it.
func TestRedirects(t *testing.T) {
	const router, better = c4, "10.0.0.1"
	far := func(at int64, seq uint16, id uint16, via byte) packet {
		return packet{at: at, from: alice, to: via, src: a4, dst: "10.9.9.9", body: echoBody(8, id, seq, usualPayload)}
	}
	redirect := func(at int64) packet {
		k := icmpError(at, router, 5, 1, far(0, 1, 1, carol))
		copy(k.body[4:], []byte{10, 0, 0, 1})
		return k
	}
	onward := func(at int64) packet { k := far(at, 1, 1, bob); k.from = carol; k.ttl = 63; return k }
	told := func(outcome uint64, frames int) []string {
		return []string{fmt.Sprintf("redirect of %s to %s about 10.9.9.9 via %s: %d, %d frames from 2", router, a4, better, outcome, frames)}
	}
	onLink := slices.Concat([]byte{137, 0, 0, 0, 0, 0, 0, 0}, bytes6(b6), bytes6(b6)) // target and destination
	checkNoted(t, []notedCase{
		{"nothing follows", []packet{far(0, 1, 1, carol), redirect(ms)}, told(RedirectUnseen, 1)},
		{"the datagram goes on", []packet{far(0, 1, 1, carol), redirect(ms), onward(2 * ms)}, told(RedirectUnseen, 1)},
		{"obeyed", []packet{far(0, 1, 1, carol), redirect(ms), far(second, 2, 1, bob)}, told(RedirectObeyed, 1)},
		{"obeyed by another ping", []packet{far(0, 1, 1, carol), redirect(ms), far(second, 1, 2, bob)}, told(RedirectObeyed, 1)},
		{"another host of that address on a VLAN", []packet{far(0, 1, 1, carol), redirect(ms), far(second, 1, 2, bob).on(5)}, told(RedirectUnseen, 1)},
		{"another host of that address on a VLAN, seen before", []packet{far(0, 1, 1, carol).on(5), redirect(ms), far(second, 1, 2, bob).on(5)}, told(RedirectUnseen, 1)},
		{"obeyed late", []packet{far(0, 1, 1, carol), redirect(ms), far(second, 2, 1, carol), redirect(second + ms), far(2*second, 3, 1, bob)}, told(RedirectObeyed, 2)},
		{"ignored", []packet{far(0, 1, 1, carol), redirect(ms), far(second, 2, 1, carol), redirect(second + ms)}, told(RedirectIgnored, 2)},
		{"IPv6, on the link", []packet{ping6(0, 1), {at: ms, from: carol, to: alice, src: "fe80::c", dst: a6, body: onLink, ttl: 255}},
			[]string{"redirect of fe80::c to fe80::a about fe80::b via fe80::b: 0, 1 frames from 2"}},
	})
}

// bytes6 are the bytes of an IPv6 address.
func bytes6(address string) []byte { return netip.MustParseAddr(address).AsSlice() }

// TestForbiddenErrors protects which errors no host may send, and which look like them and are in order.
func TestForbiddenErrors(t *testing.T) {
	udp := func(src, dst string) packet { return packet{src: src, dst: dst, body: echoBody(8, 1, 1, usualPayload)} }
	sent := func(messageType, code byte, about packet) []packet {
		reporter := "10.0.0.1"
		if strings.Contains(about.src, ":") {
			reporter = "2001:db8::1"
		}
		k := icmpError(0, reporter, messageType, code, about)
		k.dst = a4
		if reporter != "10.0.0.1" {
			k.dst = a6
		}
		return []packet{k}
	}
	fragment := sent(3, 1, udp(a4, b4))
	fragment[0].body[8+7] = 5 // offset 40
	unreachable, redirected := udp(a4, b4), udp(a4, b4)
	unreachable.body, redirected.body = echoBody(3, 1, 1, ""), echoBody(5, 1, 1, "")
	reply := udp(a4, b4)
	reply.body = echoBody(0, 1, 1, "")
	unreachable6, redirect6, reply6 := udp(a6, b6), udp(a6, b6), udp(a6, b6)
	unreachable6.body, redirect6.body, reply6.body = echoBody(1, 1, 1, ""), echoBody(137, 1, 1, ""), echoBody(129, 1, 1, "")
	local := icmpError(0, "127.0.0.1", 3, 3, udp("127.0.0.1", "127.0.0.1"))
	because := func(why Forbidden) []string {
		return []string{fmt.Sprintf("forbidden-error of 10.0.0.1 to 10.0.0.10 detail %d: 0, 1 frames from 1", why)}
	}
	because6 := func(why Forbidden) []string {
		return []string{fmt.Sprintf("forbidden-error of 2001:db8::1 to fe80::a detail %d: 0, 1 frames from 1", why)}
	}
	checkNoted(t, []notedCase{
		{"in order", sent(3, 1, udp(a4, b4)), nil},
		{"about an unreachable", sent(3, 1, unreachable), because(ErrorAboutError)},
		{"about a redirect", sent(11, 0, redirected), because(ErrorAboutError)},
		{"about a reply", sent(3, 1, reply), nil},
		{"about a fragment", fragment, because(ErrorAboutFragment)},
		{"about a multicast", sent(3, 3, udp(a4, "224.0.0.251")), because(ErrorAboutMulticast)},
		{"about a broadcast", sent(3, 3, udp(a4, "255.255.255.255")), because(ErrorAboutBroadcast)},
		{"about the unspecified address", sent(11, 0, udp("0.0.0.0", b4)), because(ErrorAboutUnspecified)},
		{"about loopback", sent(11, 0, udp("127.0.0.1", b4)), because(ErrorAboutLoopback)},
		{"on the loopback interface", []packet{local}, nil},
		{"about a multicast source", sent(12, 0, udp("224.0.0.1", b4)), because(ErrorAboutGroupSource)},
		{"about class E", sent(3, 1, udp("240.0.0.1", b4)), because(ErrorAboutGroupSource)},

		{"IPv6, in order", sent(1, 0, udp(a6, b6)), nil},
		{"IPv6, about an unreachable", sent(3, 0, unreachable6), because6(ErrorAboutError)},
		{"IPv6, about a redirect", sent(1, 0, redirect6), because6(ErrorAboutError)},
		{"IPv6, about a reply", sent(1, 4, reply6), nil},
		{"IPv6, about a multicast", sent(1, 4, udp(a6, "ff02::fb")), because6(ErrorAboutMulticast)},
		{"IPv6, too big for a multicast", sent(2, 0, udp(a6, "ff02::fb")), nil},
		{"IPv6, option of a multicast", sent(4, 2, udp(a6, "ff02::fb")), nil},
		{"IPv6, header of a multicast", sent(4, 0, udp(a6, "ff02::fb")), because6(ErrorAboutMulticast)},
		{"IPv6, about the unspecified address", sent(3, 0, udp("::", b6)), because6(ErrorAboutUnspecified)},
		{"IPv6, about loopback", sent(3, 0, udp("::1", b6)), because6(ErrorAboutLoopback)},
		{"IPv6, about a multicast source", sent(3, 0, udp("ff02::1", b6)), because6(ErrorAboutGroupSource)},
	})
}

// fragmentOf is a fragment of an ICMP datagram from alice to bob: IPv4, or IPv6 with a fragment header.
func fragmentOf(v6 bool, offset, length int, more bool) packet {
	b := append(mac(bob), mac(alice)...)
	flags := uint16(offset)
	if v6 {
		b = append(b, 0x86, 0xdd, 0x60, 0, 0, 0)
		b = binary.BigEndian.AppendUint16(b, uint16(8+length))
		b = append(b, 44, 64)
		b = slices.Concat(b, bytes6(a6), bytes6(b6))
		if more {
			flags |= 1
		}
		b = binary.BigEndian.AppendUint16(append(b, 58, 0), flags)
		b = append(b, 0, 0, 0, 7)
	} else {
		flags /= 8
		if more {
			flags |= 0x2000
		}
		b = binary.BigEndian.AppendUint16(append(b, 0x08, 0x00, 0x45, 0), uint16(20+length))
		b = binary.BigEndian.AppendUint16(append(b, 0, 7), flags)
		b = append(b, 64, 1, 0, 0, 10, 0, 0, 10, 10, 0, 0, 11)
	}
	return packet{raw: append(b, make([]byte, length)...)}
}

// TestOversize protects that a datagram which no length field could state is noted, whether or not its other fragments came.
func TestOversize(t *testing.T) {
	whole := func(last int) (all []packet) {
		for offset := 0; offset < 65120; offset += 1480 {
			all = append(all, fragmentOf(false, offset, 1480, true))
		}
		return append(all, fragmentOf(false, 65120, last, false))
	}
	checkNoted(t, []notedCase{
		{"as long as can be", []packet{fragmentOf(false, 65120, 395, false)}, nil},
		{"a byte longer", []packet{fragmentOf(false, 65120, 396, false)}, []string{"oversize-datagram of 10.0.0.10 to 10.0.0.11: 65536, 1 frames from 1"}},
		{"put together, as long as can be", whole(395), nil},
		{"put together, longer", whole(400), []string{"oversize-datagram of 10.0.0.10 to 10.0.0.11: 65540, 1 frames from 45"}},
		{"IPv6, as long as can be", []packet{fragmentOf(true, 65528, 7, false)}, nil},
		{"IPv6, a byte longer", []packet{fragmentOf(true, 65528, 8, false)}, []string{"oversize-datagram of fe80::a to fe80::b: 65536, 1 frames from 1"}},
	})
}

// TestSingleMessages protects the notes that one message is worth.
func TestSingleMessages(t *testing.T) {
	sum := func(k packet, sum uint16) packet {
		k.body = slices.Clone(k.body)
		binary.BigEndian.PutUint16(k.body[2:], sum)
		return k
	}
	igmp := append(append(mac(all), mac(alice)...), 0x08, 0x00, 0x45, 0, 0, 28, 0, 1, 0, 0, 1, 2, 0, 0, 10, 0, 0, 10, 224, 0, 0, 1, 0x11, 100, 0, 1, 0, 0, 0, 0)
	sound := slices.Clone(igmp)
	binary.BigEndian.PutUint16(sound[36:], 0)
	binary.BigEndian.PutUint16(sound[36:], decode.Checksum(sound[34:], 0))
	altered := pong(soon, 1)
	altered.body = echoBody(0, 1, 1, "ABCDEFGH")
	checkNoted(t, []notedCase{
		{"wrong checksums", []packet{sum(ping(0, 1), 7), sum(ping(second, 2), 7)}, []string{"bad-checksum of 10.0.0.10 to 10.0.0.11 detail 1: 0, 2 frames from 1"}},
		{"checksum not computed yet", []packet{{raw: sum(ping(0, 1), 0xffff).frame(1)[:14+20+2]}, ping(0, 2)}, nil},
		{"wrong checksum of a reply", []packet{ping(0, 1), sum(altered, 7)}, []string{"bad-checksum of 10.0.0.11 to 10.0.0.10 detail 1: 0, 1 frames from 2"}},
		{"wrong checksum, ICMPv6", []packet{sum(solicit(0, alice, a6, solicited, b6), 7)}, []string{"bad-checksum of fe80::a to ff02::1:ff00:b detail 58: 0, 1 frames from 1"}},
		{"wrong checksum, IGMP", []packet{{raw: igmp}}, []string{"bad-checksum of 10.0.0.10 to 224.0.0.1 detail 2: 0, 1 frames from 1"}},
		{"right checksum, IGMP", []packet{{raw: sound}}, nil},
		{"altered reply", []packet{ping(0, 1), altered}, []string{"altered-reply of 10.0.0.11 to 10.0.0.10: 0, 2 frames from 1"}},
		{"source quench", []packet{icmpError(0, "10.0.0.1", 4, 0, ping(0, 1))}, []string{"source-quench of 10.0.0.1 to 10.0.0.10: 0, 1 frames from 1"}},
		{"no source quench in IPv6", []packet{icmpError(0, "2001:db8::1", 4, 0, ping6(0, 1))}, nil},
		{"reply before its request", []packet{ping(second, 1), pong(second-ms, 1)}, []string{"negative-rtt of 10.0.0.11 to 10.0.0.10: 1000000, 2 frames from 1"}},
		{"reply with its request", []packet{ping(second, 1), pong(second, 1)}, nil},
	})
}

// TestDropped protects that a capture with holes is noted, and one without is not.
func TestDropped(t *testing.T) {
	for frames, want := range map[uint64]int{0: 0, 12: 1} {
		tracker := New(Options{})
		tracker.Dropped(frames)
		if got := tracker.Summary().Notes; len(got) != want {
			t.Errorf("%d frames dropped: notes %+v, want %d", frames, got, want)
		}
	}
}
