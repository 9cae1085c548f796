package field

import "encoding/binary"

// Many pings write the time at which they send into the first bytes of an echo's payload: seconds and microseconds, in the
// sender's byte order. Which order is guessed, as Wireshark does: the one nearer to the capture's clock, if within a day.

const day = 24 * 60 * 60 * 1e9 // nanoseconds

// sentAt returns the time in an echo's payload, ns since the Unix epoch, and false if none that makes sense is there.
func sentAt(s *Subject, b []byte) (int64, bool) {
	if len(b) < 16 || b[0] != echo && b[0] != echoReply || !s.Packet.HasTime {
		return 0, false
	}
	b = b[8:16]
	best, found := int64(0), false
	for _, order := range [2]binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
		seconds, micros := order.Uint32(b), order.Uint32(b[4:])
		if micros >= 1e6 {
			continue
		}
		t := int64(seconds)*1e9 + int64(micros)*1e3
		if off := distance(t, s.Packet.Time); off < day && (!found || off < distance(best, s.Packet.Time)) {
			best, found = t, true
		}
	}
	return best, found
}

func distance(a, b int64) int64 { return max(a-b, b-a) }

func payloadTime(s *Subject, _ int, b []byte, dst []Value) []Value {
	if t, ok := sentAt(s, b); ok {
		dst = append(dst, Value{Uint: uint64(t)})
	}
	return dst
}

func payloadAge(s *Subject, _ int, b []byte, dst []Value) []Value {
	if t, ok := sentAt(s, b); ok {
		dst = append(dst, Value{Uint: uint64(s.Packet.Time - t)})
	}
	return dst
}
