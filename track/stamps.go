package track

import (
	"encoding/binary"
	"time"
)

// A timestamp message ends in three stamps (RFC 792, "Timestamp or Timestamp Reply Message"), of which a reply has all:
//
//	| type 1 | code 1 | checksum 2 | id 2 | seq 2 | originate 4 | receive 4 | transmit 4 |
//
// The asker stamps its request as it leaves, which its host returns with when it got it and when it replied.
const (
	originateAt   = 8
	receiveAt     = 12
	transmitAt    = 16
	stampedLength = 20
)

const (
	// day is after how long stamps start again from 0, at midnight UT.
	day = 24 * int64(time.Hour)
	// tick is what stamps count.
	tick = int64(time.Millisecond)
	// plausible is how far a stamp in the wrong byte order may be from the capture's clock. Whoever keeps to the RFC is
	// believed whatever the time is there.
	plausible = int64(time.Hour)
)

// Reference says whose clock an offset is measured against.
type Reference uint8

const (
	// AskersClock: the asker stamped its requests. The capture's clock only says how long the answer took.
	AskersClock Reference = iota
	// CapturesClock: the asker left its stamp empty, so that the time at which the request was captured stands for it.
	CapturesClock
)

// String returns "source" or "capture".
func (r Reference) String() string { return [...]string{"source", "capture"}[r] }

// byteOrder says how a host writes its stamps.
type byteOrder uint8

const (
	inOrder   byteOrder = iota // as RFC 792 has it
	backwards                  // in little-endian
)

// reading is what one timestamp reply says about the clock of the host that sent it, in ns.
type reading struct {
	reference  Reference
	standard   bool  // the stamps are milliseconds since midnight UT; nothing below is known if not
	roundTrip  int64 // on the way there and back: without processing
	processing int64 // from the receive stamp to the transmit stamp
	offset     int64 // how far that clock is ahead of the reference: from -12 h up to 12 h
}

// readStamps reads the stamps of a reply, whole at least up to them, by the capture times of its request and its own. The
// offset is that of RFC 5905 §8, which assumes that the way there takes as long as the way back. Where the asker's clock was
// when the reply came is its own stamp and the time that passed at the capture. The order is that of the bytes of the stamps of
// the host that replied.
func readStamps(b []byte, request, reply int64) (r reading, order byteOrder) {
	originate, _, stamped := stamp(b[originateAt:], reply)
	receive, first, received := stamp(b[receiveAt:], reply)
	transmit, second, transmitted := stamp(b[transmitAt:], reply)
	if !stamped {
		r.reference = CapturesClock
	}
	if !received || !transmitted {
		return r, inOrder
	}
	r.standard = true
	elapsed := reply - request
	// Stamps are so coarse that a host can seem to have taken longer than the answer took.
	r.processing = min(max(aroundMidnight(transmit-receive), 0), elapsed)
	r.roundTrip = elapsed - r.processing
	// A stamp counts the milliseconds that are over: on average half of one is missing, which two stamps have in common.
	asked := originate
	if !stamped {
		asked = request - tick/2
	}
	r.offset = aroundMidnight(receive + r.processing/2 - asked - elapsed/2)
	return r, max(first, second)
}

// stamp returns a stamp in ns since midnight, the order of its bytes, and false if it says nothing: 0 is one that nobody filled in, and one of a
// day or more is what the high-order bit stands for in RFC 792, a time that is not standard. Windows writes stamps in
// little-endian.
func stamp(b []byte, captured int64) (ns int64, order byteOrder, ok bool) {
	big, little := int64(binary.BigEndian.Uint32(b))*tick, int64(binary.LittleEndian.Uint32(b))*tick
	near := func(t int64) bool { d := aroundMidnight(t - captured); return max(d, -d) <= plausible }
	if little < day && near(little) && !(big < day && near(big)) {
		return little, backwards, 0 < little
	}
	return big, inOrder, 0 < big && big < day
}

// aroundMidnight returns a difference between two times of day as if no midnight lay between them: from -12 h up to 12 h.
func aroundMidnight(d int64) int64 {
	d %= day
	switch {
	case d >= day/2:
		d -= day
	case d < -day/2:
		d += day
	}
	return d
}
