package report

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/track"
)

// rung is a step of the ladder: who asks on the left, who is asked for on the right, and what goes between them.
type rung struct {
	Class       string // question, answer, announcement or silence: which arrow it is
	Frame, Time string
	Protocol    string
	Left, Right string
	Says        string
}

// rungClasses are the classes of rungs by the kind of step.
var rungClasses = [...]string{
	track.StepQuestion: "question", track.StepAnswer: "answer", track.StepAnnouncement: "announcement", track.StepSilence: "silence",
}

// drawLadder draws the first steps of address resolution.
func (s *section) drawLadder(r *Report) {
	for i := range r.Summary.Steps {
		s.Ladder = append(s.Ladder, rungOf(&r.Summary.Steps[i], &r.Capture))
	}
	if n := r.Summary.StepsOmitted; n > 0 {
		s.Omitted = "These are the first; " + Counted(n, "more step") + " followed."
	}
}

func rungOf(s *track.Step, c *Capture) rung {
	g := rung{
		Class: rungClasses[s.Kind], Frame: count(s.Frame), Protocol: resolvers[s.Protocol], Left: host(s.Asker, s.MAC), Right: host(s.Target, s.TargetMAC),
		Says: stepWords(s, c.Digits),
	}
	if s.HasTime {
		g.Time = seconds(s.Time-c.First, c.Digits)
	}
	switch {
	case s.Kind == track.StepAnnouncement:
		g.Left = "everybody"
	case s.Kind == track.StepAnswer && !s.Asker.IsValid():
		g.Left = host(s.Target, s.TargetMAC) // by RARP a host asks about itself
	}
	if network := NetworkName(s.Segments); network != "" {
		g.Protocol += ", " + network
	}
	return g
}

// host names a host by its address, or by its MAC address if it has no other.
func host(a netip.Addr, m [6]byte) string {
	if !a.IsValid() {
		return mac(m)
	}
	return a.String()
}

// stepWords words a step. Whom it is about stands beside it.
func stepWords(s *track.Step, digits uint8) string {
	switch s.Kind {
	case track.StepQuestion:
		text := "who has " + host(s.Target, s.TargetMAC) + "?"
		if s.Probe {
			text = mac(s.MAC) + " asks: may I use " + host(s.Target, s.TargetMAC) + "?"
		}
		if s.Copy {
			text += " (seen again)"
		}
		return text
	case track.StepSilence:
		if s.Probe {
			return "nobody objected: the address is free"
		}
		return "nobody answered"
	case track.StepAnnouncement:
		return "I am at " + mac(s.MAC)
	}
	text := "at " + mac(s.MAC)
	switch {
	case s.Copy:
		text += ", seen again"
	case s.Answers != 0:
		text += ", after " + Milliseconds(float64(s.RTT), digits) + " ms (frame " + count(s.Answers) + ")"
	default:
		text += ", unasked"
	}
	return text
}
