package capture

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/gopacket/pcap"
)

// ErrTimeout is what NextBefore returns when its deadline passes without a frame.
var ErrTimeout = errors.New("no frame before the deadline")

// pollInterval is how long one read waits: the most by which a deadline or Stop is overshot, and, unless Immediate is
// set, by which the kernel delays a frame to deliver it together with others.
const pollInterval = 50 * time.Millisecond

// settling is how long after Stop a frame that had arrived by then may take: the kernel hands over what it gathered once a
// pollInterval, as its own clock counts it.
const settling = pollInterval * 3 / 2

// Live captures on one interface. All methods but Stop and Stats belong to one goroutine.
type Live struct {
	name    string
	link    *link // nil: it is always up, as "any"
	state   linkState
	iface   [1]Interface
	stopped atomic.Pointer[time.Time] // time of Stop; nil: not yet
	number  uint64
	looked  time.Time // when its state was last asked for
	failed  error     // what every further Next returns

	mu     sync.Mutex // guards handle and stats against Stats from another goroutine
	handle *pcap.Handle
	stats  Stats
}

// Next waits for the next frame. It returns io.EOF after Stop, a *LiveError if the interface fails, and a *LinkChange if the capture goes on.
func (l *Live) Next(f *Frame) error {
	for {
		if err := l.poll(f); err != ErrTimeout {
			return err
		}
	}
}

// NextBefore is Next with a deadline: without a frame before it, give or take 50 ms, it returns ErrTimeout. A deadline that
// has passed asks for a frame that has already arrived.
func (l *Live) NextBefore(f *Frame, deadline time.Time) error {
	for {
		err := l.poll(f)
		if err != ErrTimeout || !time.Now().Before(deadline) {
			return err
		}
	}
}

// poll waits up to pollInterval for a frame.
func (l *Live) poll(f *Frame) error {
	if l.failed != nil {
		return l.failed
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.handle == nil {
		return io.EOF
	}
	// Once stopped, what had arrived by then is still delivered: up to the first later frame, or silence.
	stopped := l.stopped.Load()
	if l.state == linkDown && stopped == nil {
		if err := l.look(time.Now()); err != nil {
			return err
		}
	}
	data, ci, err := l.handle.ZeroCopyReadPacketData()
	switch {
	case err == pcap.NextErrorTimeoutExpired && stopped == nil:
		return l.silent()
	case err == pcap.NextErrorTimeoutExpired && time.Since(*stopped) < settling:
		return ErrTimeout
	case err == pcap.NextErrorTimeoutExpired, err == io.EOF:
		return io.EOF
	case err == pcap.NextErrorReadError:
		l.failed = liveError(l.name, l.handle.Error())
		return l.failed
	case err != nil:
		l.failed = liveError(l.name, err)
		return l.failed
	}
	t := ci.Timestamp.UnixNano()
	if stopped != nil && t > stopped.UnixNano() {
		return io.EOF
	}
	l.number++
	*f = Frame{
		Number:  l.number,
		Time:    t,
		Length:  ci.Length,
		Data:    data,
		Link:    l.iface[0].Link,
		Digits:  l.iface[0].Digits,
		HasTime: true,
	}
	return nil
}

// Stop makes Next deliver what has arrived so far, and then end with io.EOF. Any goroutine may call it, any
// number of times; it does not wait.
func (l *Live) Stop() {
	now := time.Now()
	l.stopped.CompareAndSwap(nil, &now)
}

// Name is the interface's name.
func (l *Live) Name() string { return l.name }

// Interfaces describes the one interface.
func (l *Live) Interfaces() []Interface { return l.iface[:] }

// Stats is the kernel's count so far. Any goroutine may call it; it may wait 50 ms.
func (l *Live) Stats() Stats {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count()
	return l.stats
}

// count asks the kernel, and keeps the last answer if there is none.
func (l *Live) count() {
	if l.handle == nil {
		return
	}
	if s, err := l.handle.Stats(); err == nil {
		l.stats.update(s)
	}
}

// update takes over libpcap's counters, which have 32 bits and run on after their last number. What the interface dropped is a difference that
// libpcap takes of a file in /sys, and below zero once the interface has another name or is gone: then the last one known holds.
func (s *Stats) update(p *pcap.Stats) {
	s.Known = true
	s.Received += uint64(uint32(p.PacketsReceived) - uint32(s.Received))
	s.Dropped += uint64(uint32(p.PacketsDropped) - uint32(s.Dropped))
	if more := int32(uint32(p.PacketsIfDropped) - uint32(s.InterfaceDropped)); more > 0 {
		s.InterfaceDropped += uint64(more)
	}
}

// Close ends the capture. It must not run while Next does: stop first.
func (l *Live) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.handle != nil {
		l.count()
		l.handle.Close()
		l.handle = nil
		if l.link != nil {
			l.link.close()
		}
	}
	return nil
}
