package track

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rung words a step: "2 answer 10.0.0.10 10.0.0.11 0b of 1".
func rung(s Step) string {
	b := fmt.Sprintf("%d %s %v %v %02x", s.Frame, [...]string{"question", "answer", "announcement", "silence"}[s.Kind], s.Asker, s.Target, s.MAC[5])
	if s.Answers != 0 {
		b += fmt.Sprintf(" of %d", s.Answers)
	}
	if s.Probe {
		b += ", probe"
	}
	if s.Copy {
		b += ", copy"
	}
	return b
}

// TestSteps protects the ladder: who asks whom, who answers what, and where nobody does.
func TestSteps(t *testing.T) {
	for _, c := range []struct {
		name    string
		packets []packet
		want    []string
	}{
		{"answered, and seen again", []packet{who(0, alice, a4, b4), isAt(soon, bob, b4, alice, a4), isAt(soon+1, bob, b4, alice, a4)},
			[]string{"1 question 10.0.0.10 10.0.0.11 0a", "2 answer 10.0.0.10 10.0.0.11 0b of 1", "3 answer 10.0.0.10 10.0.0.11 0b of 1, copy"}},
		{"unanswered", []packet{who(0, alice, a4, b4), who(3*second, alice, a4, c4)},
			[]string{"1 question 10.0.0.10 10.0.0.11 0a", "1 silence 10.0.0.10 10.0.0.11 0a", "2 question 10.0.0.10 10.0.0.12 0a"}},
		{"still waiting", []packet{who(0, alice, a4, b4)}, []string{"1 question 10.0.0.10 10.0.0.11 0a"}},
		{"announced", []packet{who(0, bob, b4, b4)}, []string{"1 announcement invalid IP 10.0.0.11 0b"}},
		{"probed", []packet{who(0, alice, nobody, b4), who(3*second, alice, a4, c4)},
			[]string{"1 question 0.0.0.0 10.0.0.11 0a, probe", "1 silence 0.0.0.0 10.0.0.11 0a, probe", "2 question 10.0.0.10 10.0.0.12 0a"}},
		{"unasked", []packet{isAt(0, bob, b4, alice, a4)}, []string{"1 answer 10.0.0.10 10.0.0.11 0b"}},
		{"ND", []packet{solicit(0, alice, a6, solicited, b6), advertise(soon, bob, a6, b6)},
			[]string{"1 question " + a6 + " " + b6 + " 0a", "2 answer " + a6 + " " + b6 + " 0b of 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, s := range watch(t, Options{History: true}, c.packets...).tracker.Summary().Steps {
				got = append(got, rung(s))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
		})
	}
}

// TestStepsAreBounded protects that the first steps are kept and the others counted.
func TestStepsAreBounded(t *testing.T) {
	var packets []packet
	for i := range int64(maxSteps + 7) {
		packets = append(packets, isAt(i*ms, bob, b4, alice, a4))
	}
	s := watch(t, Options{History: true}, packets...).tracker.Summary()
	if len(s.Steps) != maxSteps || s.StepsOmitted != 7 || s.Steps[0].Frame != 1 {
		t.Errorf("%d steps from frame %d on, %d omitted; want %d from 1 on, 7", len(s.Steps), s.Steps[0].Frame, s.StepsOmitted, maxSteps)
	}
	if s := watch(t, Options{}, packets...).tracker.Summary(); s.Steps != nil || s.StepsOmitted != 0 {
		t.Error("steps were kept although nobody asked for any")
	}
}
