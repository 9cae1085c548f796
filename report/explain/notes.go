package explain

import (
	"strings"

	"github.com/icmpsniff/icmpsniff/track"
)

// Event appends what became known between two packets.
func (s *Story) Event(dst []byte, e *track.Event) []byte {
	switch e.Kind {
	case track.Unanswered:
		return s.unanswered(dst, e)
	case track.Noted:
		return s.noted(dst, e.Note)
	}
	return dst // an error's packet has told of it
}

// noted tells what is worth a look.
func (s *Story) noted(dst []byte, n *track.Note) []byte {
	key := "note." + n.Kind.String()
	if detailed := key + "." + number(uint64(n.Detail)); n.Detail != 0 && s.words.has(detailed) {
		key = detailed
	}
	a := args{"from": address(n.Source), "to": address(n.Destination), "about": address(n.About), "via": address(n.Via),
		"first": mac(n.MACs[0][:]), "second": mac(n.MACs[1][:]), "n": number(n.Value)}
	st := &step{title: s.words.say("note", args{"severity": s.words.say("note."+n.Severity.String(), nil), "frames": noteFrames(n)})}
	st.says(s, key, a)
	s.teaches(st, "note."+n.Kind.String()+".why", a)
	return s.tellBetween(dst, st)
}

// noteFrames lists the frames of a note.
func noteFrames(n *track.Note) string {
	list := make([]string, len(n.Frames))
	for i, f := range n.Frames {
		list[i] = number(f)
	}
	return strings.Join(list, ", ")
}
