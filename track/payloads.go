package track

import (
	"encoding/binary"
	"math"
)

// Bytes of an echo request's payload.
const (
	pingStamp = 16 // at the start, where ping puts the time
	minRandom = 32 // as many after it, at least, are needed to tell

	leastRandom = minMessage + pingStamp + minRandom // bytes of a message that has them
)

// minRandomness is how random a payload looks of which a note is made: encrypted and compressed bytes have 0.89 and more,
// English text 0.75, and patterns that count up next to nothing.
const minRandomness = 0.85

// watchLength looks at a request whose payload has another length than the one before. ping, mtr and traceroute keep to
// one length, or count it up with a payload that repeats; what carries something else takes the room that it needs.
func (t *Tracker) watchLength(m *Message, slot uint32, f *flow) {
	if f.Sent == 0 || !m.refers {
		return
	}
	payload := m.rest.packet.Bytes(m.rest.packet.Summary())[minMessage:]
	if len(payload) < pingStamp+minRandom || randomness(payload[pingStamp:]) < minRandomness {
		return
	}
	if f.vigil.random < MaxThreshold {
		f.vigil.random++
	}
	if n := int(f.vigil.random); n >= t.notes.threshold[NoteRandomPayload] {
		found := t.findingOf(NoteRandomPayload, slot)
		found.value = uint64(n)
		t.note(m.frame, m.time, &found)
	}
}

// altered notes a reply whose payload is not its request's.
func (t *Tracker) altered(m *Message, x *exchange) {
	f, _ := t.countsOf(x)
	if f == nil {
		return
	}
	if f.vigil.altered < MaxThreshold {
		f.vigil.altered++
	}
	if int(f.vigil.altered) >= t.notes.threshold[NoteAlteredReply] {
		found := findingOfReply(NoteAlteredReply, m, x)
		t.note(m.frame, m.time, &found)
	}
}

// patterned reports whether a payload that is long enough certainly does not look random, at little cost: it repeats itself
// every one, two, four or eight bytes, or counts up, as the payloads of ping, mtr, fping and of routers do.
func patterned(payload []byte) bool {
	const step = 0x0101010101010101
	word := func(at int) uint64 { return binary.BigEndian.Uint64(payload[at:]) }
	first := word(pingStamp)
	return first == word(pingStamp+8) || word(pingStamp+1)-first == step || word(pingStamp+17)-word(pingStamp+16) == step
}

// randomness returns how random bytes look, from 0 to 1: the entropy of their values, or, if that is less, of the differences
// of consecutive values, as a share of the most that as many bytes can have. A pattern that counts up has many values, but
// one difference.
func randomness(b []byte) float64 {
	if len(b) < 2 {
		return 0
	}
	var values, differences [256]uint16
	for i, v := range b {
		values[v]++
		if i > 0 {
			differences[v-b[i-1]]++
		}
	}
	return min(evenness(&values, len(b)), evenness(&differences, len(b)-1))
}

// evenness returns the entropy of n values, counted by value, as a share of the most that it can be.
func evenness(counts *[256]uint16, n int) float64 {
	most := math.Log2(float64(min(n, len(counts))))
	if most == 0 {
		return 0
	}
	var entropy float64
	for _, c := range counts {
		if c > 0 {
			share := float64(c) / float64(n)
			entropy -= share * math.Log2(share)
		}
	}
	return entropy / most
}
