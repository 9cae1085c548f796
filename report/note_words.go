package report

import (
	"strconv"

	"github.com/icmpsniff/icmpsniff/track"
)

// noteWords say what a kind of note has found, in one sentence without its full stop, and the section that it rests on.
// Texts hold nothing but addresses and numbers: no capture can put words into them.
type noteWords struct {
	rfc      string // "" if there is none
	sentence func(dst []byte, n *track.Note) []byte
}

var noteSentences = map[track.NoteKind]noteWords{
	track.NoteARPConflict: {"RFC 5227 §2.4", claimedByTwo},
	track.NoteARPFlipFlop: {"RFC 5227 §2.4", flipFlop},
	track.NoteARPTakeover: {"RFC 5227 §3", takenOver},
	track.NoteNDConflict:  {"RFC 4861 §7.2.5", claimedByTwo},
	track.NoteNDFlipFlop:  {"RFC 4861 §7.2.5", flipFlop},
	track.NoteNDTakeover:  {"RFC 4861 §7.2.6", takenOver},
	track.NoteDADConflict: {"RFC 5227 §2.1.1, RFC 4862 §5.4", probedButTaken},
}

// noteText returns a note's sentence with its RFC.
func noteText(n *track.Note) string { return string(appendNoteText(nil, n)) }

func appendNoteText(dst []byte, n *track.Note) []byte {
	words := noteSentences[n.Kind]
	dst = words.sentence(dst, n)
	if len(n.VLANs) > 0 {
		dst = appendVLANStack(append(dst, ", on VLAN "...), n.VLANs)
	}
	if words.rfc != "" {
		dst = append(append(append(dst, " ("...), words.rfc...), ')')
	}
	return dst
}

// noteFrames lists a note's frames: "3, 9, 12 and 80 more".
func noteFrames(n *track.Note) string { return string(appendNoteFrames(nil, n)) }

func appendNoteFrames(dst []byte, n *track.Note) []byte {
	for i, frame := range n.Frames {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = strconv.AppendUint(dst, frame, 10)
	}
	if more := n.Count - uint64(len(n.Frames)); more > 0 {
		dst = append(strconv.AppendUint(append(dst, " and "...), more, 10), " more"...)
	}
	return dst
}

// appendNoted is the sentence of a note among the packet lines.
func appendNoted(dst []byte, e *track.Event) []byte {
	dst = append(append(dst, e.Note.Severity.String()...), ": "...)
	dst = appendNoteText(dst, e.Note)
	if len(e.Note.Frames) == 1 {
		dst = append(dst, " (frame "...)
	} else {
		dst = append(dst, " (frames "...)
	}
	return append(appendNoteFrames(dst, e.Note), ')')
}

func claimedByTwo(dst []byte, n *track.Note) []byte {
	dst = append(appendIP(dst, n.About), " is claimed by "...)
	dst = append(append(dst, mac(n.MACs[0])...), " and by "...)
	return append(dst, mac(n.MACs[1])...)
}

func flipFlop(dst []byte, n *track.Note) []byte {
	dst = append(appendIP(dst, n.About), " changes back and forth between "...)
	dst = append(append(dst, mac(n.MACs[0])...), " and "...)
	return append(dst, mac(n.MACs[1])...)
}

func takenOver(dst []byte, n *track.Note) []byte {
	dst = append(appendIP(dst, n.About), " moved from "...)
	dst = append(append(dst, mac(n.MACs[0])...), " to "...)
	return append(append(dst, mac(n.MACs[1])...), ", which announced it"...)
}

func probedButTaken(dst []byte, n *track.Note) []byte {
	dst = append(append(dst, mac(n.MACs[0])...), " asked whether it may use "...)
	dst = append(appendIP(dst, n.About), ", which "...)
	return append(append(dst, mac(n.MACs[1])...), [...]string{track.ProbedAndTaken: " has", track.ProbedByAnother: " wants to use, too"}[n.Detail]...)
}
