package track

import (
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAnswers protects what a second pass knows of each packet: requests their first replies, or that they were lost.
func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
	}{
		{"answered, duplicate, lost, pending",
			[]packet{ping(0, 1), pong(soon, 1), pong(2*soon, 1), ping(ms*100, 2), ping(2*second, 3)},
			[]string{"request of 2", "reply of 1", "reply of 1, duplicate", "request, lost", "request"}},
		{"late reply",
			[]packet{ping(0, 1), pong(2*second, 1)},
			[]string{"request of 2, late", "reply of 1, late"}},
		{"reply from the past",
			[]packet{ping(second, 1), pong(second-ms, 1)},
			[]string{"request of 2, backwards", "reply of 1, backwards"}},
		{"a copy knows its original's reply",
			[]packet{ping(0, 1).id(7), ping(10, 1).id(7), pong(soon, 1)},
			[]string{"request of 3", "request of 3, copy of 1", "reply of 1"}},
		{"a copy of a lost request",
			[]packet{ping(0, 1).id(7), ping(10, 1).id(7), ping(2*second, 2)},
			[]string{"request, lost", "request, copy, lost of 1", "request"}},
		{"answered by an error",
			[]packet{ping(0, 1), icmpError(ms, "10.0.0.1", 3, 1, ping(0, 1))},
			[]string{"request, lost", "error of 1"}},
		{"the first of many responders",
			[]packet{{from: alice, to: all, src: a4, dst: "10.0.0.255", body: echoBody(8, 1, 1, "x")},
				{at: ms, from: bob, to: alice, src: b4, dst: a4, body: echoBody(0, 1, 1, "x")},
				{at: 2 * ms, from: carol, to: alice, src: c4, dst: a4, body: echoBody(0, 1, 1, "x")}},
			[]string{"request of 2, group", "reply of 1, group", "reply of 1, group"}},
		{"ARP: a reply answers all that waited",
			[]packet{who(0, alice, a4, b4), who(200*ms, alice, a4, b4), isAt(201*ms, bob, b4, alice, a4), who(202*ms, alice, a4, c4), who(3*second, alice, a4, c4)},
			[]string{"request of 3", "request of 3", "reply of 1", "request, lost", "request"}},
		{"ARP: copies of a question are not lost",
			[]packet{who(0, alice, a4, b4), who(1, alice, a4, b4), who(3*second, alice, a4, c4)},
			[]string{"request, lost", "request, copy, lost of 1", "request"}},
		{"ARP: an announcement",
			[]packet{who(0, alice, a4, b4), who(ms, bob, b4, b4), who(3*second, alice, a4, c4)},
			[]string{"request of 2", "-, unpaired", "request"}},
		{"ARP: a probe is not lost",
			[]packet{who(0, alice, nobody, b4), who(3*second, alice, a4, c4)},
			[]string{"request, unpaired", "request"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			answers := watch(t, Options{}, c.packets...).tracker.Answers()
			var got []string
			for i := range c.packets {
				r, _ := answers.Of(uint64(i + 1))
				got = append(got, describe(r))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("relations (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAnswersOfOthers protects that frames that neither ask nor answer are told apart, and that RTTs are kept.
func TestAnswersOfOthers(t *testing.T) {
	answers := watch(t, Options{}, ping(0, 1), arp(1, 10, alice, all, a4, alice, nobody), pong(soon, 1)).tracker.Answers()
	if r, ok := answers.Of(2); ok {
		t.Errorf("frame 2 has relation %+v, want none", r)
	}
	if _, ok := answers.Of(99); ok {
		t.Error("frame 99, which was never seen, has a relation")
	}
	for _, frame := range []uint64{1, 3} {
		if r, _ := answers.Of(frame); r.RTT != soon {
			t.Errorf("frame %d: RTT %d, want %d", frame, r.RTT, soon)
		}
	}
	if New(Options{}).Answers() != nil {
		t.Error("a tracker that was not told to remember has answers")
	}
}

// TestAnswersOfMany protects what is found among many packets, some of which neither ask nor answer, in whatever order it is asked
// for, and how much memory they take.
func TestAnswersOfMany(t *testing.T) {
	const every, notes = 3, 5*notesInPiece + 7 // each third frame has a note
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var a Answers
	for i := range uint64(notes) {
		a.note(every*(i+1), &Relation{Role: Request, RTT: int64(i + 1)})
	}
	runtime.ReadMemStats(&after)
	const last, promised = every * notes, 24
	if taken := after.TotalAlloc - before.TotalAlloc; taken > promised*(notes+2*notesInPiece) {
		t.Errorf("%d bytes for %d packets, want %d each", taken, notes, promised)
	}
	orders := map[string]func(yield func(frame uint64) bool){
		"ascending": func(yield func(uint64) bool) {
			for frame := range uint64(last + 2) {
				yield(frame)
			}
		},
		"descending": func(yield func(uint64) bool) {
			for frame := range uint64(last + 2) {
				yield(last + 1 - frame)
			}
		},
		"far apart": func(yield func(uint64) bool) {
			for frame := range uint64(last) {
				yield(frame * 65537 % last)
			}
		},
	}
	for order, frames := range orders {
		for frame := range frames {
			r, ok := a.Of(frame)
			if want := frame > 0 && frame%every == 0 && frame <= last; ok != want || ok && r.RTT != int64(frame/every) {
				t.Fatalf("%s: frame %d has relation %+v, %v", order, frame, r, ok)
			}
		}
	}
}
