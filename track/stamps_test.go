package track

import (
	"encoding/binary"
	"testing"
	"time"
)

// timestamp returns a timestamp message with its three stamps, ms.
func timestamp(messageType byte, id, seq uint16, stamps ...uint32) []byte {
	b := echoBody(messageType, id, seq, "")
	for _, s := range stamps {
		b = binary.BigEndian.AppendUint32(b, s)
	}
	return b
}

// swapped returns a stamp as Windows writes it.
func swapped(ms uint32) uint32 {
	return binary.BigEndian.Uint32(binary.LittleEndian.AppendUint32(nil, ms))
}

// at returns a time of day, h:m:s and ms, on some day.
func at(h, m, s, milliseconds int) int64 {
	return time.Date(2026, 11, 22, h, m, s, milliseconds*1e6, time.UTC).UnixNano()
}

// stampOf returns a time as a stamp.
func stampOf(t int64) uint32 { return uint32(t % day / tick) }

// TestReadStamps protects the arithmetic of RFC 792's stamps: what a reply says about a clock, and when it says nothing.
func TestReadStamps(t *testing.T) {
	noon := at(12, 0, 0, 0)
	midnight := at(0, 0, 0, 0)
	const nonStandard = 0x80000000
	for _, c := range []struct {
		name                         string
		request, reply               int64
		originate, receive, transmit uint32
		want                         reading
	}{
		{"clocks agree", noon, noon + 10*ms, stampOf(noon), stampOf(noon + 5*ms), stampOf(noon + 5*ms),
			reading{AskersClock, true, 10 * ms, 0, 0}},
		{"the other is ahead of the asker", noon, noon + 10*ms, stampOf(noon), stampOf(noon + 5*ms + second), stampOf(noon + 5*ms + second),
			reading{AskersClock, true, 10 * ms, 0, second}},
		{"the other is behind", noon, noon + 10*ms, stampOf(noon), stampOf(noon + 5*ms - second), stampOf(noon + 5*ms - second),
			reading{AskersClock, true, 10 * ms, 0, -second}},
		{"the asker's clock counts, not the capture's", noon, noon + 10*ms, stampOf(noon - 3600*second), stampOf(noon + 5*ms), stampOf(noon + 5*ms),
			reading{AskersClock, true, 10 * ms, 0, 3600 * second}},
		{"processing is no part of the round trip", noon, noon + 10*ms, stampOf(noon), stampOf(noon + 2*ms), stampOf(noon + 8*ms),
			reading{AskersClock, true, 4 * ms, 6 * ms, 0}},
		{"a tick between the stamps of a fast answer", noon, noon + ms/10, stampOf(noon), stampOf(noon), stampOf(noon + ms),
			reading{AskersClock, true, 0, ms / 10, 0}},
		{"transmit before receive: the clock was set", noon, noon + 10*ms, stampOf(noon), stampOf(noon + 5*ms), stampOf(noon + 4*ms),
			reading{AskersClock, true, 10 * ms, 0, 0}},
		{"not stamped by the asker: against the capture's clock", noon, noon + 10*ms, 0, stampOf(noon + 5*ms), stampOf(noon + 5*ms),
			reading{CapturesClock, true, 10 * ms, 0, ms / 2}},
		{"stamped in a way of the asker's own", noon, noon + 10*ms, nonStandard | 7, stampOf(noon + 5*ms), stampOf(noon + 5*ms),
			reading{CapturesClock, true, 10 * ms, 0, ms / 2}},
		{"asked before midnight, answered after", midnight - 4*ms, midnight + 6*ms, stampOf(midnight - 4*ms), stampOf(midnight + ms), stampOf(midnight + ms),
			reading{AskersClock, true, 10 * ms, 0, 0}},
		{"midnight while the host is at it", midnight - 5*ms, midnight + 5*ms, stampOf(midnight - 5*ms), stampOf(midnight - 3*ms), stampOf(midnight + 3*ms),
			reading{AskersClock, true, 4 * ms, 6 * ms, 0}},
		{"the other's day has begun already", midnight - second, midnight - second, stampOf(midnight - second), stampOf(midnight + 2*second), stampOf(midnight + 2*second),
			reading{AskersClock, true, 0, 0, 3 * second}},
		{"eleven hours behind", noon, noon, stampOf(noon), stampOf(noon - 11*3600*second), stampOf(noon - 11*3600*second),
			reading{AskersClock, true, 0, 0, -11 * 3600 * second}},
		{"little-endian", noon, noon + 10*ms, stampOf(noon), swapped(stampOf(noon + 5*ms)), swapped(stampOf(noon + 5*ms)),
			reading{AskersClock, true, 10 * ms, 0, 0}},
		{"little-endian, both ways", noon, noon + 10*ms, swapped(stampOf(noon)), swapped(stampOf(noon + 5*ms)), swapped(stampOf(noon + 5*ms)),
			reading{AskersClock, true, 10 * ms, 0, 0}},
		{"little-endian, and in range in the other order", noon, noon + 64, 0, 0x042e9302, 0x042e9302, // 19:29, or noon and 4 ms
			reading{CapturesClock, true, 64, 0, 4*ms + ms/2 - 32}},
		{"in order, although the other order would be the nearer to noon", noon, noon, 0, 0x02709302, 0x02709302, // 11:22, or 12:00
			reading{CapturesClock, true, 0, 0, 0x02709302*ms + ms/2 - 12*3600*second}},
		{"far from the capture's clock in either order: as the RFC has it", noon, noon, 0, 0x01020304, 0x01020304,
			reading{CapturesClock, true, 0, 0, 0x01020304*ms + ms/2 - 12*3600*second}},
		{"not standard", noon, noon + 10*ms, stampOf(noon), nonStandard | 1234, nonStandard | 1235, reading{}},
		{"one not standard", noon, noon + 10*ms, stampOf(noon), stampOf(noon), nonStandard | 1235, reading{}},
		{"more than a day", noon, noon + 10*ms, stampOf(noon), 86_400_000, 86_400_000, reading{}},
		{"nobody filled them in", noon, noon + 10*ms, 0, 0, 0, reading{reference: CapturesClock}},
		{"a capture without the time of day", 0, 10 * ms, 5, 10, 10, reading{AskersClock, true, 10 * ms, 0, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := readStamps(timestamp(14, 1, 1, c.originate, c.receive, c.transmit), c.request, c.reply); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
