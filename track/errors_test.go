package track

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inWords tells an error in words, so that tables of expectations read as sentences.
func inWords(e *Error) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d: %s says %d/%d of %d", e.Frame, e.Reporter, e.Type, e.Code, e.AboutFrame)
	q := &e.About
	switch {
	case q.Ports:
		fmt.Fprintf(&b, ", %d %s:%d > %s:%d", q.Protocol, q.Source, q.SourcePort, q.Destination, q.DestinationPort)
	case q.Query:
		fmt.Fprintf(&b, ", %d %s > %s type %d id %d seq %d", q.Protocol, q.Source, q.Destination, q.MessageType, q.ID, q.Seq)
	case q.Source.IsValid():
		fmt.Fprintf(&b, ", %d %s > %s", q.Protocol, q.Source, q.Destination)
	case q.Quoted():
		fmt.Fprintf(&b, ", > %s", q.Destination)
	}
	if e.Translated {
		b.WriteString(", translated")
	}
	if e.MTU != 0 {
		fmt.Fprintf(&b, ", MTU %d", e.MTU)
	}
	if e.Gateway.IsValid() {
		fmt.Fprintf(&b, ", gateway %s", e.Gateway)
	}
	if e.HasPointer {
		fmt.Fprintf(&b, ", byte %d", e.Pointer)
	}
	if e.Copies > 0 {
		fmt.Fprintf(&b, ", %d copies", e.Copies)
	}
	return b.String()
}

func errorsInWords(s *Summary) []string {
	var all []string
	for i := range s.Errors {
		all = append(all, inWords(&s.Errors[i]))
	}
	return all
}

// value sets the second word of an ICMP message, where errors have their MTU, gateway or pointer.
func value(v uint32) func([]byte) {
	return func(b []byte) { binary.BigEndian.PutUint32(b[4:], v) }
}

// TestErrors protects the rows of errors: what is reported, by whom, about which frame, and what comes with it.
func TestErrors(t *testing.T) {
	const router, router6, public = "10.0.0.1", "2001:db8::1", "198.51.100.1"
	probe, query, query6 := udp(0, 1, 2, "x").id(7), ping(0, 1).id(7), ping6(0, 1)
	of := func(messageType, code byte) packet { return icmpError(ms, router, messageType, code, query) }
	of6 := func(messageType, code byte) packet { return icmpError(ms, router6, messageType, code, query6) }
	const about, about6 = " of 1, 1 10.0.0.10 > 10.0.0.11 type 8 id 1 seq 1", " of 1, 58 2001:db8::a > 2001:db8::b type 128 id 1 seq 1"

	type row struct {
		name    string
		packets []packet
		want    []string
	}
	cases := []row{
		{"UDP", []packet{probe, icmpError(ms, router, 3, 3, probe)}, []string{"2: 10.0.0.1 says 3/3 of 1, 17 10.0.0.10:1 > 10.0.0.11:2"}},
		{"TCP over IPv6", []packet{syn(0, 1, 2, 3).over6(), icmpError(ms, router6, 1, 4, syn(0, 1, 2, 3).over6())},
			[]string{"2: 2001:db8::1 says 1/4 of 1, 6 2001:db8::a:1 > 2001:db8::b:2"}},
		{"a protocol without ports", []packet{probe.of(200, nil), icmpError(ms, router, 3, 2, probe.of(200, nil))},
			[]string{"2: 10.0.0.1 says 3/2 of 1, 200 10.0.0.10 > 10.0.0.11"}},
		{"what was not captured", []packet{icmpError(ms, router, 3, 3, probe)}, []string{"1: 10.0.0.1 says 3/3 of 0, 17 10.0.0.10:1 > 10.0.0.11:2"}},
		{"translated", []packet{query, icmpError(ms, router, 3, 1, query.with(func(b []byte) { b[5] = 99 }).between(public, b4)).told(a4)},
			[]string{"2: 10.0.0.1 says 3/1 of 1, 1 198.51.100.1 > 10.0.0.11 type 8 id 99 seq 1, translated"}},
		{"timestamp request", []packet{fromAlice(0, timestamp(13, 7, 3, 1, 0, 0)).id(7), icmpError(ms, router, 3, 1, fromAlice(0, timestamp(13, 7, 3, 1, 0, 0)).id(7))},
			[]string{"2: 10.0.0.1 says 3/1 of 1, 1 10.0.0.10 > 10.0.0.11 type 13 id 7 seq 3"}},
		{"extended echo, whose sequence number has 8 bits", []packet{query.with(func(b []byte) { b[0], b[6], b[7] = 42, 3, 1 }), icmpError(ms, router, 3, 1, query.with(func(b []byte) { b[0], b[6], b[7] = 42, 3, 1 }))},
			[]string{"2: 10.0.0.1 says 3/1 of 1, 1 10.0.0.10 > 10.0.0.11 type 42 id 1 seq 3"}},
		{"router solicitation, which has no number", []packet{query.with(func(b []byte) { b[0] = 10 }), icmpError(ms, router, 3, 1, query.with(func(b []byte) { b[0] = 10 }))},
			[]string{"2: 10.0.0.1 says 3/1 of 1, 1 10.0.0.10 > 10.0.0.11"}},
		{"ICMPv6's echo in ICMP", []packet{query.with(func(b []byte) { b[0] = 128 }), icmpError(ms, router, 3, 1, query.with(func(b []byte) { b[0] = 128 }))},
			[]string{"2: 10.0.0.1 says 3/1 of 1, 1 10.0.0.10 > 10.0.0.11"}},
		{"redirect", []packet{query, of(5, 1).with(value(0x0a0000fe))}, []string{"2: 10.0.0.1 says 5/1" + about + ", gateway 10.0.0.254"}},
		{"fragmentation needed", []packet{query, of(3, 4).with(value(1400))}, []string{"2: 10.0.0.1 says 3/4" + about + ", MTU 1400"}},
		{"fragmentation needed, of a router that tells no MTU", []packet{query, of(3, 4)}, []string{"2: 10.0.0.1 says 3/4" + about}},
		{"packet too big", []packet{query6, of6(2, 0).with(value(1280))}, []string{"2: 2001:db8::1 says 2/0" + about6 + ", MTU 1280"}},
		{"pointer", []packet{query, of(12, 0).with(value(22 << 24))}, []string{"2: 10.0.0.1 says 12/0" + about + ", byte 22"}},
		{"pointer, IPv6", []packet{query6, of6(4, 1).with(value(6))}, []string{"2: 2001:db8::1 says 4/1" + about6 + ", byte 6"}},
		{"a mirror port shows it twice", []packet{query, query, of(3, 1).id(9), of(3, 1).id(9)}, []string{"3: 10.0.0.1 says 3/1" + about + ", 1 copies"}},
		{"a router in the middle shows it twice", []packet{query6, query6.hop(), of6(1, 0), of6(1, 0).hop()}, []string{"3: 2001:db8::1 says 1/0" + about6 + ", 1 copies"}},
		{"said twice", []packet{query, of(3, 1).id(9), of(3, 1).id(10)}, []string{"2: 10.0.0.1 says 3/1" + about, "3: 10.0.0.1 says 3/1" + about}},
		{"said again of the same again", []packet{query6, of6(1, 0), query6.later(2 * ms), of6(1, 0).later(2 * ms)},
			[]string{"2: 2001:db8::1 says 1/0" + about6, "4: 2001:db8::1 says 1/0" + strings.Replace(about6, "of 1", "of 3", 1)}},
		{"router solicitation is no error", []packet{of(10, 0)}, nil},
	}
	for _, code := range []struct{ messageType, code byte }{ // those that no host of the lab sends
		{3, 5}, {3, 6}, {3, 7}, {3, 8}, {3, 9}, {3, 11}, {3, 12}, {3, 13}, {3, 14}, {3, 15}, {3, 99}, {4, 0}, {11, 1}, {12, 1}, {12, 2},
	} {
		cases = append(cases, row{fmt.Sprintf("%d/%d", code.messageType, code.code), []packet{query, of(code.messageType, code.code)},
			[]string{fmt.Sprintf("2: 10.0.0.1 says %d/%d%s", code.messageType, code.code, about)}})
	}
	for _, code := range []byte{0, 2, 3} {
		cases = append(cases, row{fmt.Sprintf("5/%d", code), []packet{query, of(5, code).with(value(0x0a0000fe))},
			[]string{fmt.Sprintf("2: 10.0.0.1 says 5/%d%s, gateway 10.0.0.254", code, about)}})
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.packets...)
			if diff := cmp.Diff(c.want, errorsInWords(s.tracker.Summary())); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}

// TestErrorsOfRedirect6 protects that a redirect leads to the packet in its option, and without the option to the destination.
func TestErrorsOfRedirect6(t *testing.T) {
	body := append([]byte{137, 0, 0, 0, 0, 0, 0, 0}, netip.MustParseAddr("2001:db8::fe").AsSlice()...)
	body = append(body, netip.MustParseAddr("2001:db8::b").AsSlice()...)
	quoted := ping6(0, 1).datagram()
	option := append([]byte{4, byte((len(quoted) + 8) / 8), 0, 0, 0, 0, 0, 0}, quoted...)
	redirect := packet{at: ms, from: carol, to: alice, src: "fe80::1", dst: "2001:db8::a", ttl: 255}
	with, without := redirect, redirect
	with.body, without.body = append(body[:len(body):len(body)], option...), body

	s := watch(t, Options{}, ping6(0, 1), with, without)
	want := []string{
		"2: fe80::1 says 137/0 of 1, 58 2001:db8::a > 2001:db8::b type 128 id 1 seq 1, gateway 2001:db8::fe",
		"3: fe80::1 says 137/0 of 0, > 2001:db8::b, gateway 2001:db8::fe",
	}
	if diff := cmp.Diff(want, errorsInWords(s.tracker.Summary())); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	if got := s.tracker.Summary().Totals.Echo; got != (Counts{Sent: 1, Pending: 1}) {
		t.Errorf("counts %+v; a redirected request is on its way", got)
	}
}

// TestTranslatedRequest protects that a request whose error came through a NAT is answered by it.
func TestTranslatedRequest(t *testing.T) {
	const public = "198.51.100.1"
	for _, c := range []struct {
		name           string
		request, error packet
	}{
		{"source and identifier", ping(0, 1), icmpError(ms, "10.0.0.1", 3, 1, ping(0, 1).id(1).with(func(b []byte) { b[5] = 99 }).between(public, b4)).told(a4)},
		{"identifier alone", ping(0, 1), icmpError(ms, "10.0.0.1", 3, 1, ping(0, 1).id(1).with(func(b []byte) { b[5] = 99 }))},
		{"destination", ping(0, 1), icmpError(ms, "10.0.0.1", 3, 1, ping(0, 1).id(1).between(a4, "192.168.0.9"))},
		{"source, IPv6", ping6(0, 1), icmpError(ms, "2001:db8::1", 1, 0, ping6(0, 1).between("2001:db8:f::1", "2001:db8::b")).told("2001:db8::a")},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, c.request, c.error)
			if diff := cmp.Diff([]string{"request, lost", "error of 1, changed"}, describeAll(s.answers())); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
			if got := s.tracker.Summary().Totals.Echo; got != (Counts{Sent: 1, Lost: 1, Errors: 1}) {
				t.Errorf("counts %+v", got)
			}
		})
	}
}

// answers returns the relations that a second pass knows.
func (s *seen) answers() []Relation {
	var all []Relation
	for frame := 1; frame < len(s.relations); frame++ {
		r, _ := s.tracker.Answers().Of(uint64(frame))
		all = append(all, r)
	}
	return all
}

// TestErrorEvents protects that what a line cannot say is told at once, and only that, and once.
func TestErrorEvents(t *testing.T) {
	probe, query := udp(0, 1, 2, "x").id(7), ping(0, 1).id(7)
	for _, c := range []struct {
		name    string
		packets []packet
		frames  []uint64 // of the events
	}{
		{"a ping's line says all", []packet{query, icmpError(ms, c4, 3, 1, query)}, nil},
		{"UDP is not shown", []packet{probe, icmpError(ms, c4, 3, 3, probe)}, []uint64{2}},
		{"not captured", []packet{icmpError(ms, c4, 3, 1, query)}, []uint64{1}},
		{"translated", []packet{query, icmpError(ms, c4, 3, 1, query.between("198.51.100.1", b4)).told(a4)}, []uint64{2}},
		{"copies say nothing more", []packet{probe, icmpError(ms, c4, 3, 3, probe).id(9), icmpError(ms, c4, 3, 3, probe).id(9)}, []uint64{2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var frames []uint64
			for _, e := range watch(t, Options{}, c.packets...).events {
				if e.Kind != Reported || e.Error.Frame != e.Frame || e.Time != ms {
					t.Errorf("event %+v", e)
				}
				frames = append(frames, e.Frame)
			}
			if diff := cmp.Diff(c.frames, frames); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

// TestErrorsAreBounded protects memory: the first errors are kept, and the others counted.
func TestErrorsAreBounded(t *testing.T) {
	var packets []packet
	for i := range uint16(10) {
		probe := udp(int64(i)*ms, i, 2, "x").id(i + 1)
		packets = append(packets, probe, icmpError(int64(i)*ms, c4, 3, 3, probe).id(100+i))
	}
	s := watch(t, Options{MaxErrors: 4}, packets...)
	if got := s.tracker.Summary(); len(got.Errors) != 4 || got.Errors[3].Frame != 8 || got.ErrorsOmitted != 6 {
		t.Errorf("%d errors, %d omitted: %v", len(got.Errors), got.ErrorsOmitted, errorsInWords(got))
	}
	if r := s.relations[20]; describe(r) != "error of 19" {
		t.Errorf("relation of an error that is not kept: %s", describe(r))
	}
}
