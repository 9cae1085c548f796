package track

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// pinged is a ping of a host at a time, and its reply unless it is lost.
func pinged(at int64, host string, seq uint16, answered bool) []packet {
	request, reply := ping(at, seq), pong(at+int64(seq)*ms, seq)
	request.dst, reply.src = host, host
	if !answered {
		return []packet{request}
	}
	return []packet{request, reply}
}

// TestGlance protects that a live view sees what the report will say: of the rows that it wants all that a Summary has, the same
// totals whatever it wants, and what became of the latest requests.
func TestGlance(t *testing.T) {
	packets := slices.Concat(
		pinged(0, "10.0.0.21", 1, true), pinged(10*ms, "10.0.0.22", 1, false), pinged(20*ms, "10.0.0.23", 1, true),
		[]packet{who(30*ms, alice, "10.0.0.10", "10.0.0.99"), who(40*ms, alice, "10.0.0.10", "10.0.0.98"), isAt(41*ms, bob, "10.0.0.98", alice, "10.0.0.10")},
		pinged(1100*ms, "10.0.0.21", 2, false), pinged(1200*ms, "10.0.0.22", 2, true), pinged(1300*ms, "10.0.0.23", 2, true),
		pinged(2500*ms, "10.0.0.21", 3, false),
	)
	s := watch(t, Options{}, packets...)
	whole := s.tracker.Summary()
	byLoss := func(a, b *Flow) int { return -cmp.Compare(a.Lost, b.Lost) }
	for _, c := range []struct {
		name    string
		glance  Glance
		flows   string // last part of the address, and outcomes in ms
		targets string
		found   int
	}{
		{"all", Glance{Rows: 10, Outcomes: 10}, "21[1 lost pending] 22[lost 2] 23[1 2]", "99 98", 3},
		{"the first", Glance{Rows: 2, Outcomes: 1}, "21[pending] 22[2]", "99 98", 3},
		{"by another order, equals in the first", Glance{Rows: 2, Compare: byLoss}, "21[] 22[]", "99 98", 3},
		{"the other way round", Glance{Rows: 1, Outcomes: 2, Compare: func(a, b *Flow) int { return byLoss(b, a) }}, "23[1 2]", "99", 3},
		{"of an address", Glance{Rows: 10, About: func(a netip.Addr) bool { return strings.HasSuffix(a.String(), "22") }}, "22[]", "", 1},
		{"none", Glance{}, "", "", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := s.tracker.Glance(c.glance)
			var flows, targets []string
			for i, f := range got.Summary.Flows {
				flows = append(flows, fmt.Sprint(f.Destination.As4()[3])+outcomesInWords(got.Recent[i]))
				at := slices.IndexFunc(whole.Flows, func(o Flow) bool { return o.FirstFrame == f.FirstFrame })
				if diff := gocmp.Diff(whole.Flows[at], f, cmpopts.EquateComparable(netip.Addr{})); diff != "" {
					t.Errorf("the summary (-) has another row (+):\n%s", diff)
				}
			}
			for _, r := range got.Summary.Resolutions {
				targets = append(targets, fmt.Sprint(r.Target.As4()[3]))
			}
			if f, r := strings.Join(flows, " "), strings.Join(targets, " "); f != c.flows || r != c.targets || got.Found.Flows != c.found {
				t.Errorf("flows %q, resolutions %q, %d flows found; want %q, %q, %d", f, r, got.Found.Flows, c.flows, c.targets, c.found)
			}
			if got.Summary.Totals != whole.Totals {
				t.Errorf("totals %+v, want %+v", got.Summary.Totals, whole.Totals)
			}
		})
	}
}

func outcomesInWords(outcomes []Outcome) string {
	words := make([]string, len(outcomes))
	for i, o := range outcomes {
		switch o {
		case OutcomeLost:
			words[i] = "lost"
		case OutcomePending:
			words[i] = "pending"
		default:
			words[i] = fmt.Sprint(int64(o) / ms)
		}
	}
	return fmt.Sprint(words)
}

// TestGlanceNewest protects which errors are seen where there are more than wanted: the newest, in their order.
func TestGlanceNewest(t *testing.T) {
	var packets []packet
	for i := range uint16(5) {
		request := ping(int64(i)*ms, i)
		packets = append(packets, request, icmpError(int64(i)*ms, "10.0.0.1", 3, 1, request))
	}
	s := watch(t, Options{}, packets...)
	got := s.tracker.Glance(Glance{Rows: 2, Outcomes: 9})
	var frames []uint64
	for _, e := range got.Summary.Errors {
		frames = append(frames, e.Frame)
	}
	if !slices.Equal(frames, []uint64{8, 10}) || got.Found.Errors != 5 {
		t.Errorf("errors %v of %d, want 8 and 10 of 5", frames, got.Found.Errors)
	}
	if o := outcomesInWords(got.Recent[0]); o != "[lost lost lost lost lost]" {
		t.Errorf("outcomes %s: a request that an error answered is lost", o)
	}
}

// TestGlanceOfGroup protects the outcomes of requests that many answer: one for each request, whose time is that of the first reply.
func TestGlanceOfGroup(t *testing.T) {
	request := func(at int64, seq uint16) packet {
		return packet{at: at, from: alice, to: all, src: a4, dst: "10.0.0.255", body: echoBody(8, 1, seq, "x")}
	}
	reply := func(at int64, seq uint16, from byte, src string) packet {
		return packet{at: at, from: from, to: alice, src: src, dst: a4, body: echoBody(0, 1, seq, "x")}
	}
	s := watch(t, Options{},
		request(0, 1), reply(2*ms, 1, bob, b4), reply(7*ms, 1, carol, c4), reply(8*ms, 1, carol, c4),
		request(100*ms, 2), reply(103*ms, 2, bob, b4), reply(104*ms, 2, carol, c4), request(200*ms, 3))
	got := s.tracker.Glance(Glance{Rows: 1, Outcomes: 9})
	if o := outcomesInWords(got.Recent[0]); o != "[2 3 pending]" {
		t.Errorf("outcomes %s, want [2 3 pending]", o)
	}
}

// TestFirsts protects the choice where there are many more than wanted.
func TestFirsts(t *testing.T) {
	f := firsts[int]{limit: 3, compare: func(a, b *int) int { return cmp.Compare(*a, *b) }}
	for i := range 1000 {
		n := i * 617 % 1000 // every number below 1000, once
		f.add(&n)
	}
	if got := f.list(); !slices.Equal(got, []int{0, 1, 2}) || f.found != 1000 {
		t.Errorf("got %v of %d, want [0 1 2] of 1000", got, f.found)
	}
}
