package capture

import (
	"errors"
	"io"
	"time"
)

// begin creates the next file and writes what stands before its first frame. If that fails, w.done says why.
func (w *Writer) begin(now time.Time) {
	path := w.o.Path
	if w.o.Ring != nil {
		var err error
		if path, err = w.o.Ring.next(path, now); err != nil {
			w.fail(err)
			return
		}
		w.due = w.o.Ring.due(now)
	}
	head, err := w.encoder.begin(w.buf[:0], w.known)
	if err == nil {
		w.file, err = createOutput(path, w.o.Stdout)
	}
	if err != nil {
		w.fail(&WriteError{Path: path, Err: err})
		return
	}
	w.buf, w.packets, w.described = head, 0, 0
	w.describe(len(w.known))
	w.flush()
}

// describe makes the first n interfaces known to the file.
func (w *Writer) describe(n int) {
	for ; w.described < n; w.described++ {
		i := &w.known[w.described]
		w.room(len(i.Name) + len(i.Description) + len(i.Filter) + interfaceOverhead)
		w.buf = w.encoder.describe(w.buf, i)
	}
}

// append adds a frame to what waits.
func (w *Writer) append(f *Frame) {
	w.room(enhancedOverhead + padded(len(f.Data)))
	b, err := w.encoder.frame(w.buf, f)
	if err != nil {
		w.flush()
		w.fail(&WriteError{Path: w.file.path, Err: err, begun: true})
		return
	}
	w.buf = b
	w.packets++
}

// room makes sure that n bytes can be appended, if need be by writing what waits.
func (w *Writer) room(n int) {
	if n > cap(w.buf)-len(w.buf) {
		w.flush()
	}
}

// flush writes what waits.
func (w *Writer) flush() {
	if w.done == nil && len(w.buf) > 0 {
		w.fail(w.file.write(w.buf, w.encoder.whole))
	}
	w.buf = w.buf[:0]
}

// full reports whether the file has enough frames.
func (w *Writer) full() bool {
	ring := w.o.Ring
	return w.o.Bytes > 0 && w.file.size+int64(len(w.buf)) >= w.o.Bytes || ring != nil && ring.Packets > 0 && w.packets >= ring.Packets
}

// turn completes a full file, and begins the next if there is to be one.
func (w *Writer) turn(now time.Time) {
	last := w.o.Ring == nil || w.o.Ring.last()
	w.complete(now, last)
	if w.done != nil {
		return
	}
	if last {
		w.done = io.EOF
		return
	}
	w.begin(now)
}

// complete writes what stands behind the last frame and closes the file, if there is one. Who takes away a ring's files while they
// are written need not stop the ring; but the last file must be there.
func (w *Writer) complete(now time.Time, last bool) {
	if w.file == nil {
		return
	}
	if w.done == nil {
		w.describe(len(w.known))
		w.buf = w.encoder.end(w.buf, closing{start: w.start.UnixNano(), finish: now.UnixNano(), known: w.known, stats: statsOf(w.source)})
		w.flush()
	}
	if err := w.file.close(); last || !errors.Is(err, errRemoved) {
		w.fail(err)
	}
	if w.o.Ring != nil {
		w.o.Ring.complete(w.file.path)
	}
	w.file = nil
}

// fail remembers the first error.
func (w *Writer) fail(err error) {
	if w.done == nil {
		w.done = err
	}
}

// statsOf counts by interface, as far as the source does.
func statsOf(s Source) []Stats {
	if s, ok := s.(interface{ byInterface() []Stats }); ok {
		return s.byInterface()
	}
	return []Stats{s.Stats()}
}
