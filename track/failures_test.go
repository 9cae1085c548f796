package track

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFailures protects that an ICMP error about a request answers it: the request is lost, with one error, and only once.
func TestFailures(t *testing.T) {
	const router = "10.0.0.1"
	about := func(at int64, messageType, code byte) packet {
		return icmpError(at, router, messageType, code, ping(0, 1))
	}
	about6 := func(at int64, messageType byte) packet {
		return icmpError(at, "2001:db8::1", messageType, 0, ping6(0, 1))
	}
	otherPing6 := ping6(ms, 1).with(func(body []byte) { body[8] = 'z' })
	lostByError := Counts{Sent: 1, Lost: 1, Errors: 1}

	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
		counts  Counts
	}{
		{"host unreachable", []packet{ping(0, 1), about(ms, 3, 1)}, []string{"request", "error of 1"}, lostByError},
		{"fragmentation needed", []packet{ping(0, 1), about(ms, 3, 4)}, []string{"request", "error of 1"}, lostByError},
		{"time exceeded", []packet{ping(0, 1), about(ms, 11, 0)}, []string{"request", "error of 1"}, lostByError},
		{"parameter problem", []packet{ping(0, 1), about(ms, 12, 0)}, []string{"request", "error of 1"}, lostByError},
		{"source quench is no answer", []packet{ping(0, 1), about(ms, 4, 0)}, []string{"request", "error of 1"}, Counts{Sent: 1, Pending: 1}},
		{"redirect is no answer", []packet{ping(0, 1), about(ms, 5, 1), pong(2*ms, 1)}, []string{"request", "error of 1", "reply of 1"}, Counts{Sent: 1, Received: 1}},
		{"IPv6 unreachable", []packet{ping6(0, 1), about6(ms, 1)}, []string{"request", "error of 1"}, lostByError},
		{"IPv6 packet too big", []packet{ping6(0, 1), about6(ms, 2)}, []string{"request", "error of 1"}, lostByError},
		{"IPv6 time exceeded", []packet{ping6(0, 1), about6(ms, 3)}, []string{"request", "error of 1"}, lostByError},
		{"IPv6 parameter problem", []packet{ping6(0, 1), about6(ms, 4)}, []string{"request", "error of 1"}, lostByError},
		{"two errors about one request",
			[]packet{ping(0, 1), about(ms, 3, 1), about(2*ms, 11, 0)}, []string{"request", "error of 1", "error of 1"}, lostByError},
		{"error after the timeout",
			[]packet{ping(0, 1), about(3*second, 3, 1)}, []string{"request", "error of 1"}, lostByError},
		{"error on another VLAN",
			[]packet{ping(0, 1).on(10), about(ms, 3, 1)}, []string{"request", "error of 1"}, lostByError},
		{"error after the reply changes nothing",
			[]packet{ping(0, 1), pong(ms, 1), about(2*ms, 3, 1)}, []string{"request", "reply of 1", "error of 1"}, Counts{Sent: 1, Received: 1}},
		{"reply after the error takes it back",
			[]packet{ping(0, 1), about(ms, 3, 1), pong(2*ms, 1)}, []string{"request", "error of 1", "reply of 1"}, Counts{Sent: 1, Received: 1}},
		{"a copy that reached the file after the error, and was captured before it",
			[]packet{ping(0, 1).id(7), about(2*ms, 11, 0), ping(ms, 1).id(7)}, []string{"request", "error of 1", "request, copy of 1"},
			Counts{Sent: 1, Lost: 1, Errors: 1, Copies: 1}},
		{"the same datagram again after the error: a new request",
			[]packet{ping(0, 1).id(7), about(ms, 11, 0), ping(2*ms, 1).id(7)}, []string{"request", "error of 1", "request"},
			Counts{Sent: 2, Lost: 1, Pending: 1, Errors: 1}},
		{"of two requests with the same id and seq, the one whose checksum is quoted",
			[]packet{ping6(0, 1), otherPing6, icmpError(2*ms, "2001:db8::1", 1, 0, otherPing6)}, []string{"request", "request", "error of 2"},
			Counts{Sent: 2, Lost: 1, Pending: 1, Errors: 1}},
		{"copy of an error, on another VLAN, about the newer of two requests with the same id and seq",
			[]packet{ping6(0, 1), otherPing6, icmpError(2*ms, "2001:db8::1", 1, 0, otherPing6), icmpError(2*ms+10, "2001:db8::1", 1, 0, otherPing6).on(10)},
			[]string{"request", "request", "error of 2", "error of 2, copy of 3"},
			Counts{Sent: 2, Lost: 1, Pending: 1, Errors: 1}},
		{"error about a reply is not about its request",
			[]packet{ping(0, 1), icmpError(ms, router, 3, 1, pong(0, 1))}, []string{"request", "error"}, Counts{Sent: 1, Pending: 1}},
		{"error about what was not captured",
			[]packet{ping(0, 1), icmpError(ms, router, 3, 1, ping(0, 2))}, []string{"request", "error"}, Counts{Sent: 1, Pending: 1}},
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

// TestFailureAboutFragment: a first fragment that is quoted whole is not decoded further, and leads to the request all the same; a
// later one does not.
func TestFailureAboutFragment(t *testing.T) {
	quoted := func(flags, offset byte) packet {
		about := ping(0, 1)
		datagram := about.datagram()
		datagram[6], datagram[7] = flags, offset
		body := append([]byte{3, 1, 0, 0, 0, 0, 0, 0}, datagram...)
		return packet{at: ms, from: carol, to: alice, src: "10.0.0.1", dst: about.src, body: body}
	}
	for _, c := range []struct {
		name  string
		error packet
		want  []string
	}{
		{"first", quoted(0x20, 0), []string{"request", "error of 1"}},
		{"second", quoted(0, 8), []string{"request", "error"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := watch(t, Options{}, ping(0, 1), c.error)
			if diff := cmp.Diff(c.want, describeAll(s.relations[1:])); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
		})
	}
}
