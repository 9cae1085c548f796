package capture

import (
	"io"
	"strings"
	"time"
)

// LiveSource is a Source of frames that are still to come.
type LiveSource interface {
	Source

	// NextBefore is Next with a deadline, at which it returns ErrTimeout. It may overshoot by 50 ms.
	NextBefore(f *Frame, deadline time.Time) error

	// Stop makes Next deliver what has arrived so far and then end with io.EOF. Any goroutine may call it.
	Stop()
}

// batchesPerSource bounds what is in flight: one batch being filled, one waiting, one being read.
const batchesPerSource = 3

// merged delivers the frames of several live sources in the order of their arrival. One goroutine reads each source and
// copies its frames into batches, since a frame is only lent until the next one.
type merged struct {
	sources []LiveSource
	full    chan *batch
	open    int    // sources that have not ended
	current *batch // being delivered; nil: none
	next    int    // index in current.frames
	number  uint64
	timer   *time.Timer
	closed  bool
}

// batch carries frames of one source, its changes, and at last its end.
type batch struct {
	source int
	home   chan *batch // where it goes back to, empty
	frames []Frame
	data   []byte // what the frames' Data point into; never grown, since that would move it
	err    error  // how the source ended, or changed, after frames
}

// Merge reads all sources at once; with one source it is that source. Frames are numbered in the order of delivery, and
// Frame.Interface is the position in sources. A source that fails is reported by one *LiveError while the others go on, a *LinkChange is passed on;
// io.EOF comes when all have ended. Close closes the sources.
func Merge(sources ...LiveSource) LiveSource {
	if len(sources) == 1 {
		return sources[0]
	}
	m := &merged{
		sources: sources,
		full:    make(chan *batch, len(sources)*batchesPerSource),
		open:    len(sources),
		timer:   time.NewTimer(0),
	}
	for i, s := range sources {
		home := make(chan *batch, batchesPerSource)
		for range batchesPerSource {
			home <- &batch{source: i, home: home, data: make([]byte, 0, MaxFrame)}
		}
		go fill(s, home, m.full)
	}
	return m
}

// fill reads s to its end. A batch is handed over as soon as there is another one to go on with, so that it is small while
// the reader of merged keeps up, and large when it does not.
func fill(s LiveSource, home, full chan *batch) {
	b := <-home
	var f Frame
	for {
		// The deadline is there for the frame that arrived while no other batch was free: it must not wait for the next.
		err := s.NextBefore(&f, time.Now().Add(pollInterval))
		switch {
		case err == nil:
			if len(b.data)+len(f.Data) > cap(b.data) {
				full <- b // has room for every batch there is
				b = <-home
			}
			b.add(f)
		case err != ErrTimeout:
			b.err = err
			full <- b
			if final(err) {
				return
			}
			b = <-home
		}
		if len(b.frames) == 0 {
			continue
		}
		select {
		case other := <-home:
			full <- b
			b = other
		default:
		}
	}
}

func (b *batch) add(f Frame) {
	from := len(b.data)
	b.data = append(b.data, f.Data...)
	f.Data = b.data[from:len(b.data):len(b.data)]
	b.frames = append(b.frames, f)
}

func (m *merged) Next(f *Frame) error {
	for {
		if err := m.NextBefore(f, time.Now().Add(time.Hour)); err != ErrTimeout {
			return err
		}
	}
}

func (m *merged) NextBefore(f *Frame, deadline time.Time) error {
	for {
		if b := m.current; b != nil {
			if m.next < len(b.frames) {
				*f = b.frames[m.next]
				m.next++
				m.number++
				f.Number = m.number
				f.Interface = uint32(b.source)
				return nil
			}
			if err := m.release(); err != nil {
				return err
			}
		}
		if m.open == 0 {
			return io.EOF
		}
		if err := m.wait(deadline); err != nil {
			return err
		}
	}
}

// wait makes the next batch current.
func (m *merged) wait(deadline time.Time) error {
	select {
	case m.current = <-m.full:
	default:
		m.timer.Reset(time.Until(deadline))
		select {
		case m.current = <-m.full:
		case <-m.timer.C:
			return ErrTimeout
		}
	}
	m.next = 0
	return nil
}

// release gives the current batch back, and returns the error that its source ended with, or its change.
func (m *merged) release() error {
	b := m.current
	m.current = nil
	err := b.err
	b.frames, b.data, b.err = b.frames[:0], b.data[:0], nil
	b.home <- b
	if err != nil && final(err) {
		m.open--
	}
	if err == io.EOF {
		return nil
	}
	return err
}

func (m *merged) Stop() {
	for _, s := range m.sources {
		s.Stop()
	}
}

func (m *merged) Name() string {
	names := make([]string, len(m.sources))
	for i, s := range m.sources {
		names[i] = s.Name()
	}
	return strings.Join(names, ", ")
}

func (m *merged) Interfaces() []Interface {
	var all []Interface
	for _, s := range m.sources {
		all = append(all, s.Interfaces()...)
	}
	return all
}

func (m *merged) Stats() Stats { return total(m.byInterface()) }

func (m *merged) byInterface() []Stats {
	var all []Stats
	for _, s := range m.sources {
		all = append(all, s.Stats())
	}
	return all
}

// Close waits until no goroutine reads any source, and closes them.
func (m *merged) Close() error {
	if m.closed {
		return nil
	}
	m.closed = true
	m.Stop()
	for m.open > 0 || m.current != nil {
		if m.current == nil {
			m.current = <-m.full
		}
		m.release()
	}
	var first error
	for _, s := range m.sources {
		if err := s.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}
