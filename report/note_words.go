package report

import (
	"strconv"

	"github.com/icmpsniff/icmpsniff/track"
)

// noteWords say what a kind of note has found, in one sentence without its full stop, and what it rests on. Texts hold
// nothing but addresses and numbers: no capture can put words into them.
type noteWords struct {
	sentence func(dst []byte, n *track.Note) []byte
	rfc      func(n *track.Note) string // nil if there is none
}

// noteSentences are in the order of the kinds.
var noteSentences = [...]noteWords{
	track.NoteARPConflict:    {claimedByTwo, always("RFC 5227 §2.4")},
	track.NoteARPFlipFlop:    {flipFlop, always("RFC 5227 §2.4")},
	track.NoteARPTakeover:    {takenOver, always("RFC 5227 §2.3")},
	track.NoteNDConflict:     {claimedByTwo, always("RFC 4861 §7.2.5")},
	track.NoteNDFlipFlop:     {flipFlop, always("RFC 4861 §7.2.5")},
	track.NoteNDTakeover:     {takenOver, always("RFC 4861 §7.2.6")},
	track.NoteDADConflict:    {probedButTaken, byFamily("RFC 5227 §2.1.1", "RFC 4862 §5.4")},
	track.NoteARPSweep:       {swept(" asked for "), nil},
	track.NoteNDSweep:        {swept(" asked for "), nil},
	track.NotePingSweep:      {swept(" pinged "), nil},
	track.NoteEchoFlood:      {flooded, nil},
	track.NoteAmplification:  {amplified, byFamily("RFC 2644", "RFC 4443 §5.2")},
	track.NoteOversize:       {oversize, byFamily("RFC 791 §3.1", "RFC 8200 §4.5")},
	track.NoteAlteredReply:   {alteredReply, byFamily("RFC 792", "RFC 4443 §4.2")},
	track.NoteRandomPayload:  {randomPayload, nil},
	track.NoteRedirect:       {redirect, byFamily("RFC 1122 §3.2.2.2", "RFC 4861 §8")},
	track.NoteForbiddenError: {forbiddenError, byFamily("RFC 1122 §3.2.2", "RFC 4443 §2.4(e)")},
	track.NoteBadChecksum:    {wrongChecksum, func(n *track.Note) string { return checksums[n.Detail].rfc }},
	track.NoteSourceQuench:   {sourceQuench, always("RFC 6633")},
	track.NoteNegativeRTT:    {negativeRTT, nil},
	track.NoteDropped:        {droppedFrames, nil},
}

func always(rfc string) func(*track.Note) string { return func(*track.Note) string { return rfc } }

// byFamily returns what to quote of IPv4 and of IPv6.
func byFamily(v4, v6 string) func(*track.Note) string {
	return func(n *track.Note) string {
		if n.Source.Is6() || n.About.Is6() {
			return v6
		}
		return v4
	}
}

// noteText returns a note's sentence with its RFC.
func noteText(n *track.Note) string { return string(appendNoteText(nil, n)) }

func appendNoteText(dst []byte, n *track.Note) []byte {
	dst = appendNoteSentence(dst, n)
	if rfc := noteSentences[n.Kind].rfc; rfc != nil {
		dst = append(append(append(dst, " ("...), rfc(n)...), ')')
	}
	return dst
}

func appendNoteSentence(dst []byte, n *track.Note) []byte {
	dst = noteSentences[n.Kind].sentence(dst, n)
	if len(n.Segments) > 0 {
		dst = appendNetworkName(append(dst, ", on "...), n.Segments)
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

// appendNoted is the sentence of a note among the packet lines:
//
//	error: 192.0.2.50 is claimed by 02:00:c0:00:02:0c and by 02:00:c0:00:02:0d (RFC 5227 §2.4; frames 3, 9)
func appendNoted(dst []byte, e *track.Event) []byte {
	dst = append(append(dst, e.Note.Severity.String()...), ": "...)
	dst = append(appendNoteSentence(dst, e.Note), " ("...)
	if rfc := noteSentences[e.Note.Kind].rfc; rfc != nil {
		dst = append(append(dst, rfc(e.Note)...), "; "...)
	}
	dst = append(dst, "frame"...)
	if len(e.Note.Frames) > 1 {
		dst = append(dst, 's')
	}
	return append(appendNoteFrames(append(dst, ' '), e.Note), ')')
}
