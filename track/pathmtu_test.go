package track

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// large returns an echo request of so many bytes in all, which no router may cut.
func large(at int64, seq uint16, length int) packet {
	k := ping(at, seq)
	k.body = echoBody(8, 1, seq, strings.Repeat("x", length-28))
	k.fragment = 0x4000
	return k
}

// replyTo returns bob's reply to an echo request.
func replyTo(request packet) packet {
	return request.between(request.dst, request.src).with(func(b []byte) { b[0] = 0 })
}

// tooBig returns the error about it that tells an MTU.
func tooBig(at int64, router string, about packet, mtu uint32) packet {
	about.body = about.body[:8]
	return icmpError(at, router, 3, 4, about).with(value(mtu))
}

// TestPathMTU protects which MTU is told of a way, by whom, and whether who was told keeps to it.
func TestPathMTU(t *testing.T) {
	const near, far = "10.0.0.1", "10.0.1.1"
	long := large(0, 1, 1500)
	long6 := ping6(0, 1)
	long6.body = echoBody(128, 1, 1, strings.Repeat("x", 1452))
	segment := func(at int64, seq uint32, payload int) packet {
		k := syn(at, 1, 2, seq)
		k.body, k.fragment = append(k.body, make([]byte, payload)...), 0x4000
		return k
	}
	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
	}{
		{"one", []packet{long, tooBig(ms, near, long, 1400)}, []string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed unknown"}},
		{"the smaller of two", []packet{long, tooBig(ms, near, long, 1400), large(2*ms, 2, 1400), tooBig(3*ms, far, large(2*ms, 2, 1400), 1300)},
			[]string{"10.0.0.11: 1300 by 10.0.1.1 in 4 to 10.0.0.10, reports 2, obeyed true"}},
		{"not the larger of two", []packet{long, tooBig(ms, near, long, 1300), tooBig(3*ms, far, long, 1400)},
			[]string{"10.0.0.11: 1300 by 10.0.0.1 in 2 to 10.0.0.10, reports 2, obeyed unknown"}},
		{"obeyed", []packet{long, tooBig(ms, near, long, 1400), large(2*second, 2, 1400)}, []string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed true"}},
		{"disobeyed", []packet{long, tooBig(ms, near, long, 1400), large(2*second, 2, 1401)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed false (3)"}},
		{"disobeyed by one", []packet{long, tooBig(ms, near, long, 1400), large(2*second, 2, 1400), large(2*second, 3, 1500), large(2*second, 4, 1400)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed false (4)"}},
		{"on its way already", []packet{long, tooBig(ms, near, long, 1400), large(2*ms, 2, 1500)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed unknown"}},
		{"disobeyed again and again, and told each time", []packet{long, tooBig(ms, near, long, 1400), large(900*ms, 2, 1500), tooBig(901*ms, near, large(0, 2, 1500), 1400),
			large(1800*ms, 3, 1500)}, []string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 2, obeyed false (5)"}},
		{"a new attempt after minutes, given up when told again", []packet{long, tooBig(ms, near, long, 1400), large(601*second, 2, 1500),
			tooBig(601*second+ms, near, large(601*second, 2, 1500), 1400), large(601*second+2*ms, 3, 1500), large(603*second, 4, 1400)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 2, obeyed true"}},
		{"an attempt before that", []packet{long, tooBig(ms, near, long, 1400), large(300*second, 2, 1500)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed false (3)"}},
		{"of another host of that address, on another VLAN", []packet{long.on(5), tooBig(ms, near, long, 1400).on(5), large(2*second, 2, 1500).on(6)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed unknown"}},
		{"disobeyed on the VLAN", []packet{long.on(5), tooBig(ms, near, long, 1400).on(5), large(2*second, 2, 1500).on(5)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed false (3)"}},
		{"a reply, disobeyed", []packet{ping(0, 1), replyTo(long), tooBig(ms, near, replyTo(long), 1400), replyTo(large(2*second, 2, 1500))},
			[]string{"10.0.0.10: 1400 by 10.0.0.1 in 3 to 10.0.0.11, reports 1, obeyed false (4)"}},
		{"a reply without a request, disobeyed", []packet{replyTo(long), tooBig(ms, near, replyTo(long), 1400), replyTo(large(2*second, 2, 1500))},
			[]string{"10.0.0.10: 1400 by 10.0.0.1 in 2 to 10.0.0.11, reports 1, obeyed false (3)"}},
		{"routers may cut it", []packet{long, tooBig(ms, near, long, 1400), fragment(large(2*second, 2, 1500), 0, false)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed unknown"}},
		{"a segment that the network card will cut", []packet{segment(0, 1, 2000), icmpError(ms, near, 3, 4, segment(0, 1, 1000)).with(value(900)), segment(2*second, 1, 2000), segment(2*second, 1, 700)},
			[]string{"10.0.0.11: 900 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed true"}},
		{"to another destination", []packet{long, tooBig(ms, near, long, 1400), large(2*second, 2, 1500).between(a4, "10.0.0.12")},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed unknown"}},
		{"by another sender", []packet{long, tooBig(ms, near, long, 1400), large(2*second, 2, 1500).between("10.0.0.12", b4)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed unknown"}},
		{"on two VLANs", []packet{long.on(5), tooBig(ms, near, long, 1400).on(5), tooBig(3*ms, near, long, 1300).on(6)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed unknown", "10.0.0.11: 1300 by 10.0.0.1 in 3 to 10.0.0.10, reports 1, obeyed unknown"}},
		{"IPv6", []packet{long6, icmpError(ms, "2001:db8::1", 2, 0, long6).with(value(1280))},
			[]string{"2001:db8::b: 1280 by 2001:db8::1 in 2 to 2001:db8::a, reports 1, obeyed unknown"}},
		{"a copy of the report is none", []packet{long, tooBig(ms, near, long, 1400).id(9), tooBig(ms, near, long, 1400).id(9)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed unknown"}},
		{"a router that tells no MTU", []packet{long, tooBig(ms, near, long, 0)}, nil},
		{"after a NAT, of who sent it", []packet{long.id(7), tooBig(ms, near, long.id(7).between("198.51.100.1", b4), 1400).told(a4), large(2*second, 2, 1500)},
			[]string{"10.0.0.11: 1400 by 10.0.0.1 in 2 to 10.0.0.10, reports 1, obeyed false (3)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, m := range watch(t, Options{}, c.packets...).tracker.Summary().PathMTUs {
				s := fmt.Sprintf("%s: %d by %s in %d to %s, reports %d, obeyed %s", m.Destination, m.MTU, m.Reporter, m.Frame, m.Sender, m.Reports,
					[...]string{"unknown", "true", "false"}[m.Obeyed])
				if m.Exceeded != 0 {
					s += fmt.Sprintf(" (%d)", m.Exceeded)
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("path MTUs (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPathMTUsAreBounded protects memory from routers that report ways to everywhere.
func TestPathMTUsAreBounded(t *testing.T) {
	var packets []packet
	for i := range maxPathMTUs + 5 {
		k := large(0, 1, 1500).between(a4, fmt.Sprintf("10.1.%d.%d", i/256, i%256))
		packets = append(packets, tooBig(0, c4, k, 1400).id(uint16(i)))
	}
	s := watch(t, Options{}, packets...).tracker.Summary()
	if len(s.PathMTUs) != maxPathMTUs || s.Evicted != 5 {
		t.Errorf("%d rows, %d evicted; want %d, 5", len(s.PathMTUs), s.Evicted, maxPathMTUs)
	}
}
