package report

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// echoed is an echo message of a test.
type echoed struct {
	kind     byte // 8 asks, 0 answers
	from, to byte // last bytes of addresses
	checksum uint16
	seq      uint16
	ms       int64
}

// frame makes a raw IPv4 packet of the message.
func (e *echoed) frame(number uint64) decode.Frame {
	b := []byte{
		0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, e.from, 192, 0, 2, e.to, // IPv4 (RFC 791 §3.1)
		e.kind, 0, 0, 0, 0, 7, 0, 0, // echo (RFC 792)
	}
	binary.BigEndian.PutUint16(b[22:], e.checksum)
	binary.BigEndian.PutUint16(b[26:], e.seq)
	const rawIP = 101
	return decode.Frame{Number: number, Time: e.ms * 1e6, HasTime: true, Data: b, Length: len(b), Link: rawIP}
}

// TestServiceTimesPairing protects tshark's idea of who answers whom, which is not package track's. Each answer was tshark's.
func TestServiceTimesPairing(t *testing.T) {
	const c, r = 0x1000, 0x1800 // the checksums of a request and of its reply
	for _, test := range []struct {
		name     string
		messages []echoed
		want     string // requests, replies and lost; minimum, maximum, mean, median, deviation and two frames
	}{
		{"one", []echoed{{8, 1, 2, c, 1, 2000}, {0, 2, 1, r, 1, 3000}}, "1 1 0 0.0% 1000.000 1000.000 1000.000 1000.000 0.000 2 2"},
		{"two replies, and the number again", []echoed{
			{8, 1, 2, c, 1, 2000}, {0, 2, 1, r, 1, 3000}, {0, 2, 1, r, 1, 4000}, {8, 1, 2, c, 1, 5000}, {8, 1, 2, c, 1, 5500}, {0, 2, 1, r, 1, 6000}, {0, 2, 1, r, 1, 7000},
		}, "3 2 1 33.3% 500.000 1000.000 750.000 750.000 353.553 6 2"},
		{"the direction does not count", []echoed{{8, 1, 2, c, 1, 2000}, {0, 1, 2, r, 1, 3000}}, "1 1 0 0.0% 1000.000 1000.000 1000.000 1000.000 0.000 2 2"},
		{"another payload", []echoed{{8, 1, 2, c, 1, 2000}, {0, 2, 1, r + 1, 1, 3000}}, "1 0 1 100.0% 0.000 0.000 0.000 0.000 0.000 0 0"},
		{"before its request", []echoed{{8, 1, 2, c, 1, 2000}, {0, 2, 1, r, 1, 1500}, {8, 1, 2, c, 2, 3000}, {0, 2, 1, r, 2, 3250}},
			"2 2 0 0.0% -500.000 250.000 -125.000 -125.000 530.330 2 4"},
		{"at once", []echoed{{8, 1, 2, c, 1, 2000}, {0, 2, 1, r, 1, 2000}}, "1 1 0 0.0% 0.000 0.000 0.000 0.000 0.000 2 0"},
		{"an odd number", []echoed{{8, 1, 2, c, 1, 1000}, {0, 2, 1, r, 1, 1100}, {8, 1, 2, c, 2, 2000}, {0, 2, 1, r, 2, 2500}, {8, 1, 2, c, 3, 3000}, {0, 2, 1, r, 3, 3200}},
			"3 3 0 0.0% 100.000 500.000 266.667 200.000 208.167 2 4"},
		{"replies alone", []echoed{{0, 2, 1, r, 1, 1000}}, "0 0 0 0.0% 0.000 0.000 0.000 0.000 0.000 0 0"},
		{"no checksum", []echoed{{8, 1, 2, 0, 1, 1000}, {0, 2, 1, 0, 1, 2000}}, "1 0 1 100.0% 0.000 0.000 0.000 0.000 0.000 0 0"},
		{"a reply of checksum 0", []echoed{{8, 1, 2, 0xf7ff, 1, 1000}, {0, 2, 1, 0, 1, 2000}}, "1 1 0 0.0% 1000.000 1000.000 1000.000 1000.000 0.000 2 2"},
		{"its other zero", []echoed{{8, 1, 2, 0xf7ff, 1, 1000}, {0, 2, 1, 0xffff, 1, 2000}}, "1 1 0 0.0% 1000.000 1000.000 1000.000 1000.000 0.000 2 2"},
		{"a request of checksum 0", []echoed{{8, 1, 2, 0, 1, 1000}, {0, 2, 1, 0x0800, 1, 2000}}, "1 1 0 0.0% 1000.000 1000.000 1000.000 1000.000 0.000 2 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := figures(serviceTimes(nil, test.messages)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// serviceTimes counts messages.
func serviceTimes(match func(*field.Subject) bool, messages []echoed) *ServiceTimes {
	times := NewServiceTimes(ServiceProtocols["icmp"], "", match)
	d, s := decode.New(), field.Subject{}
	for i := range messages {
		p := decode.Packet{Frame: messages[i].frame(uint64(i + 1))}
		d.Decode(&p)
		s.Set(&p, nil)
		times.Packet(&s)
	}
	return times
}

// figures returns the numbers of a statistic.
func figures(s *ServiceTimes) string {
	lines := strings.Split(string(s.Append(nil)), "\n")
	return strings.Join(strings.Fields(lines[6]+" "+lines[9]), " ")
}

// TestServiceTimesOfRepliesAlone protects against less than no loss: a filter may let replies pass and not their requests.
func TestServiceTimesOfRepliesAlone(t *testing.T) {
	got := figures(serviceTimes(func(s *field.Subject) bool { return s.Packet.Number != 1 }, []echoed{
		{8, 1, 2, 0, 1, 0}, {0, 2, 1, 0x0800, 1, 1}, {8, 1, 2, 0, 2, 0}, {0, 2, 1, 0x0800, 2, 1},
	}))
	if !strings.HasPrefix(got, "1 2 0 0.0% ") {
		t.Error(got)
	}
}

// TestWaitingRequestsAreBounded protects memory from floods, and the latest requests from being forgotten.
func TestWaitingRequestsAreBounded(t *testing.T) {
	w := newWaitingRequests()
	const asked = 5*generationSize + 7
	for i := range asked {
		w.add(echoKey{idSeq: uint32(i)}, int64(i))
	}
	if n := len(w.young) + len(w.old); n > 2*generationSize {
		t.Errorf("%d requests are known", n)
	}
	for i := asked - generationSize; i < asked; i++ {
		if at, ok := w.take(echoKey{idSeq: uint32(i)}); !ok || at != int64(i) {
			t.Fatalf("request %d: %d, %v", i, at, ok)
		}
	}
}

// TestMedian protects the middle, of few values exactly, of more than are kept nearly so.
func TestMedian(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		want   float64
	}{{"none", nil, 0}, {"one", []float64{3}, 3}, {"even", []float64{4, 1, 2, 3}, 2.5}, {"odd", []float64{9, 1, 2}, 2}} {
		var m median
		for _, v := range c.values {
			m.add(v)
		}
		if got := m.value(); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	var m median
	const n = exactMedian + 1000
	for i := range n {
		m.add(1 + float64(i*7919%n)/n) // every value of 1 … 2 once, since 7919 is prime to n
	}
	if m.values != nil {
		t.Error("the values are still kept")
	}
	if got := m.value(); math.Abs(got-1.5) > 1.5*medianAccuracy {
		t.Errorf("%v of many, want 1.5", got)
	}
}
