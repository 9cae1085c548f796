package report

import (
	"net/netip"
	"strconv"

	"github.com/icmpsniff/icmpsniff/track"
)

// AppendEvent appends the sentence that tells an event among the packet lines, without a line break:
//
//	!       1.000000 ARP: nobody answered for 192.168.77.233, asked by 192.168.77.8 (frame 1)
//
// timeText is the event's time as the lines show times; the mark stands where they have their number.
// It allocates nothing if dst has room.
func AppendEvent(dst []byte, e *track.Event, timeText []byte) []byte {
	dst = append(dst, "!     "...)
	start := len(dst)
	dst = append(alignRight(append(dst, timeText...), start, 10), ' ')
	return eventSentences[e.Kind](dst, e)
}

// eventSentences append what a kind of event says.
var eventSentences = [...]func([]byte, *track.Event) []byte{
	0:                func(dst []byte, _ *track.Event) []byte { return dst },
	track.Unanswered: appendUnanswered,
	track.Reported:   appendReported,
	track.Noted:      appendNoted,
}

func appendUnanswered(dst []byte, e *track.Event) []byte {
	dst = append(dst, resolvers[e.Protocol]...)
	dst = append(dst, ": nobody answered for "...)
	dst = appendHost(dst, e.Target, e.TargetMAC)
	if len(e.Segments) > 0 {
		dst = appendNetworkName(append(dst, " on "...), e.Segments)
	}
	dst = append(dst, ", asked by "...)
	dst = appendHost(dst, e.Asker, e.AskerMAC)
	dst = append(dst, " (frame "...)
	dst = strconv.AppendUint(dst, e.Frame, 10)
	if e.Unanswered > 1 {
		dst = append(dst, "; "...)
		dst = strconv.AppendInt(dst, int64(e.Unanswered), 10)
		dst = append(dst, " unanswered since frame "...)
		dst = strconv.AppendUint(dst, e.Since, 10)
	}
	return append(dst, ')')
}

// resolvers are the names of the protocols for people.
var resolvers = [...]string{track.ARP: "ARP", track.ND: "ND", track.RARP: "RARP", track.InARP: "InARP"}

// appendHost appends a host's address, or its MAC address if it has no other.
func appendHost(dst []byte, a netip.Addr, mac [6]byte) []byte {
	if !a.IsValid() {
		return appendMAC(dst, mac[:])
	}
	return a.AppendTo(dst)
}

// appendIP appends an address, or a question mark if it is not known.
func appendIP(dst []byte, a netip.Addr) []byte {
	if !a.IsValid() {
		return append(dst, '?')
	}
	return a.AppendTo(dst)
}
