package pipeline

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// fakeSource delivers frames, then err, or io.EOF.
type fakeSource struct {
	frames []decode.Frame
	err    error
	after  func(delivered int) // called for every frame; may be nil
	at     int
}

func (s *fakeSource) Next(f *decode.Frame) error {
	if s.at == len(s.frames) {
		if s.err != nil {
			return s.err
		}
		return io.EOF
	}
	*f = s.frames[s.at]
	s.at++
	if s.after != nil {
		s.after(s.at)
	}
	return nil
}

// stopsAt has the source call stop when it has delivered so many frames, at once for none.
func (s *fakeSource) stopsAt(frames int, stop func()) {
	s.after = func(delivered int) {
		if delivered == frames {
			stop()
		}
	}
	if frames == 0 {
		stop()
	}
}

// silentSource delivers its frames, and is then silent a few times, unless it is stopped.
type silentSource struct {
	fakeSource
	clock    time.Time
	silences []time.Duration // by how much the clock moves on in each
	stopped  atomic.Bool
}

func (s *silentSource) Stop() { s.stopped.Store(true) }

func (s *silentSource) NextBefore(f *decode.Frame, deadline time.Time) error {
	if s.at < len(s.frames) {
		return s.Next(f)
	}
	if len(s.silences) == 0 || s.stopped.Load() {
		return io.EOF
	}
	s.clock = s.clock.Add(s.silences[0])
	s.silences = s.silences[1:]
	return ErrTimeout
}

// fakeSink writes down what it is handed.
type fakeSink struct {
	seen  []string
	fails int   // at how many packets; 0 for never
	err   error // with which
}

var errSink = errors.New("the pipe is closed")

func (s *fakeSink) Packet(sub *field.Subject) error {
	text := fmt.Sprintf("%d", sub.Packet.Number)
	if peer := sub.Relation.Peer; peer != 0 {
		text += fmt.Sprintf("~%d", peer)
	}
	s.seen = append(s.seen, text)
	if s.fails > 0 && len(s.seen) == s.fails {
		return s.err
	}
	return nil
}

func (s *fakeSink) Event(e *track.Event, _ field.Clock) error {
	s.seen = append(s.seen, fmt.Sprintf("!%d", e.Frame))
	return nil
}

func (s *fakeSink) Idle() error {
	s.seen = append(s.seen, "idle")
	return nil
}

const ms = int64(time.Millisecond)

// frame is a frame of Ethernet at a time, in ms after the epoch.
func frame(number int, at int64, data []byte) decode.Frame {
	return decode.Frame{Number: uint64(number), Time: at * ms, Length: len(data), Data: data, Link: 1, Digits: 6, HasTime: true}
}

// echo is an echo request (8) from 192.0.2.1 to 192.0.2.2, or its reply (0).
func echo(kind byte, seq byte) []byte {
	src, dst := byte(1), byte(2)
	if kind == 0 {
		src, dst = dst, src
	}
	return []byte{
		2, 0, 0, 0, 0, dst, 2, 0, 0, 0, 0, src, 8, 0, // Ethernet
		0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, src, 192, 0, 2, dst, // IPv4
		kind, 0, 0, 0, 0, 7, 0, seq, // ICMP: identifier 7
	}
}

// whoHas is an ARP request from 192.0.2.1 for 192.0.2.9.
func whoHas() []byte {
	return []byte{
		255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1, 8, 6, // Ethernet
		0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 192, 0, 2, 9,
	}
}

// conversation is a ping, an address that nobody has, and another ping after that is known.
func conversation() []decode.Frame {
	return []decode.Frame{
		frame(1, 0, echo(8, 1)), frame(2, 10, echo(0, 1)),
		frame(3, 20, whoHas()),
		frame(4, 1100, echo(8, 2)), frame(5, 1110, echo(0, 2)),
	}
}

// endless delivers pings of 256 hosts, each answered, 100,000 frames a second.
type endless struct {
	request, reply []byte
	number, left   int
}

func newEndless() *endless { return &endless{request: echo(8, 0), reply: echo(0, 0)} }

func (s *endless) Next(f *decode.Frame) error {
	if s.left == 0 {
		return io.EOF
	}
	s.left--
	data, host := s.request, 29 // where the asker's last byte is
	if s.number%2 == 1 {
		data, host = s.reply, 33
	}
	round := s.number / 2
	data[host], data[40], data[41] = byte(round), byte(round>>16), byte(round>>8)
	s.number++
	*f = frame(s.number, 0, data)
	f.Time = int64(s.number) * ms / 100
	return nil
}

// mixed delivers pings, with an ARP request behind every ninth frame, in a buffer that it writes over.
type mixed struct {
	pings  endless
	buf    []byte
	number int
	left   int
}

func (s *mixed) Next(f *decode.Frame) error {
	if s.left == 0 {
		return io.EOF
	}
	if s.pings.request == nil {
		s.pings = *newEndless()
	}
	s.left--
	s.number++
	if s.number%10 != 0 {
		s.pings.left = 1
		_ = s.pings.Next(f)
		s.buf = append(s.buf[:0], f.Data...)
	} else {
		s.buf = append(s.buf[:0], whoHas()...)
		s.buf[len(s.buf)-1] = byte(s.number / 10)
	}
	*f = frame(s.number, int64(s.number), s.buf)
	return nil
}

// nothing is a sink that prints nothing.
type nothing struct{}

func (nothing) Packet(*field.Subject) error           { return nil }
func (nothing) Event(*track.Event, field.Clock) error { return nil }
func (nothing) Idle() error                           { return nil }
