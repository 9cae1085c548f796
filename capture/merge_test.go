package capture

import (
	"bytes"
	"errors"
	"io"
	"sync"
	"testing"
	"time"
)

// wire is a LiveSource that delivers what the test sends.
type wire struct {
	name   string
	frames chan []byte
	fails  error // at the end, instead of io.EOF
	change error // for an empty frame
	stop   chan struct{}
	once   sync.Once
	buffer [64]byte // lent to callers, overwritten by the next frame
	number uint64
	closed bool
}

func newWire(name string) *wire {
	return &wire{name: name, frames: make(chan []byte, 100), stop: make(chan struct{})}
}

func (w *wire) NextBefore(f *Frame, deadline time.Time) error {
	var data []byte
	select {
	case data = <-w.frames:
	default:
		select {
		case data = <-w.frames:
		case <-w.stop:
			return io.EOF
		case <-time.After(time.Until(deadline)):
			return ErrTimeout
		}
	}
	if data == nil {
		if w.fails != nil {
			return w.fails
		}
		return io.EOF
	}
	if len(data) == 0 {
		return w.change
	}
	w.number++
	*f = Frame{Number: w.number, Data: w.buffer[:copy(w.buffer[:], data)], Length: len(data)}
	return nil
}

func (w *wire) Next(f *Frame) error     { panic("a merged source must be read with deadlines") }
func (w *wire) Name() string            { return w.name }
func (w *wire) Interfaces() []Interface { return []Interface{{Name: w.name}} }
func (w *wire) Stats() Stats            { return Stats{Known: true, Received: w.number, Dropped: 1} }
func (w *wire) Close() error            { w.closed = true; return nil }
func (w *wire) Stop()                   { w.once.Do(func() { close(w.stop) }) }

// TestMerge protects that frames of several interfaces come complete, in order for each, copied, and numbered through; that one that
// fails does not end the others; and that the end waits for all.
func TestMerge(t *testing.T) {
	a, b := newWire("a"), newWire("b")
	b.fails = errors.New("went away")
	const each = 50
	for i := range each {
		a.frames <- []byte{'a', byte(i)}
		b.frames <- []byte{'b', byte(i)}
	}
	b.frames <- nil

	m := Merge(a, b)
	next := [2]byte{}
	failures := 0
	var f Frame
	for number := uint64(1); number <= 2*each; {
		err := m.Next(&f)
		if err == b.fails {
			failures++
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		want := []byte{"ab"[f.Interface], next[f.Interface]}
		if f.Number != number || !bytes.Equal(f.Data, want) {
			t.Fatalf("got frame %d %q, want %d %q", f.Number, f.Data, number, want)
		}
		next[f.Interface]++
		number++
	}
	a.frames <- nil
	for {
		err := m.Next(&f)
		if err == io.EOF {
			break
		}
		if err != b.fails {
			t.Fatalf("at the end: got %v", err)
		}
		failures++
	}
	if failures != 1 {
		t.Errorf("the failure came %d times", failures)
	}
	if got := m.Stats(); got != (Stats{Known: true, Received: 2 * each, Dropped: 2}) {
		t.Errorf("got stats %+v", got)
	}
	if m.Name() != "a, b" || len(m.Interfaces()) != 2 {
		t.Errorf("got %q, %v", m.Name(), m.Interfaces())
	}
	if err := m.Close(); err != nil || !a.closed || !b.closed {
		t.Errorf("Close: %v, a %v, b %v", err, a.closed, b.closed)
	}
}

// TestMergeLinkChange protects an interface that goes down from being taken for one that is gone: what it hears later is delivered, and
// in between those whom it may concern are told, in order.
func TestMergeLinkChange(t *testing.T) {
	a, b := newWire("a"), newWire("b")
	b.change = &LinkChange{Interface: "b"}
	for _, data := range [][]byte{{1}, {}, {2}, nil} {
		b.frames <- data
	}
	m := Merge(a, b)
	var f Frame
	if err := m.Next(&f); err != nil || f.Data[0] != 1 {
		t.Errorf("at first: got %v, %v", f.Data, err)
	}
	if err := m.Next(&f); err != b.change {
		t.Errorf("then: got %v, want %v", err, b.change)
	}
	if err := m.Next(&f); err != nil || f.Data[0] != 2 {
		t.Errorf("then: got %v, %v", f.Data, err)
	}
	a.frames <- nil
	if err := m.Next(&f); err != io.EOF {
		t.Errorf("at the end: got %v", err)
	}
	if err := m.Close(); err != nil {
		t.Error(err)
	}
}

// TestMergeDeadline protects the pipeline's clock: silence ends at the deadline.
func TestMergeDeadline(t *testing.T) {
	m := Merge(newWire("a"), newWire("b"))
	defer m.Close()
	var f Frame
	for range 3 {
		if err := m.NextBefore(&f, time.Now().Add(time.Millisecond)); err != ErrTimeout {
			t.Fatalf("got %v, want ErrTimeout", err)
		}
	}
}

// TestMergeStop protects Ctrl-C: what had arrived is delivered, then the end comes.
func TestMergeStop(t *testing.T) {
	a, b := newWire("a"), newWire("b")
	for range 30 {
		a.frames <- []byte{1}
	}
	m := Merge(a, b)
	m.Stop()
	got, err := drain(m)
	if len(got) != 30 || err != nil {
		t.Errorf("got %d frames, %v; want 30 and the clean end", len(got), err)
	}
	m.Close()
}

// TestMergeClose protects against goroutines that wait forever when the reader leaves early.
func TestMergeClose(t *testing.T) {
	a, b := newWire("a"), newWire("b")
	for range 90 {
		a.frames <- []byte{1}
		b.frames <- []byte{2}
	}
	m := Merge(a, b)
	var f Frame
	if err := m.Next(&f); err != nil {
		t.Fatal(err)
	}
	m.Close()
	m.Close()
}
