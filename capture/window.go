package capture

import "io"

// windowSize fits a processor's second-level cache even if several are in use, and keeps system calls rare.
const windowSize = 128 << 10

// window reads a stream in large pieces and lends them out without copying. It differs from bufio.Reader only
// in speed: a record costs two bounds checks and no call.
type window struct {
	r        io.Reader
	buf      []byte
	pos, end int   // unread bytes are buf[pos:end]
	err      error // what r said after them
}

func newWindow(r io.Reader) *window {
	return &window{r: r, buf: make([]byte, windowSize)}
}

// take returns the next n bytes and moves past them; they stay valid until the next call of any method. If not a
// single byte is left it returns io.EOF, if fewer than n are left io.ErrUnexpectedEOF, or whatever else the stream failed with.
// The caller has bounded n.
func (w *window) take(n int) ([]byte, error) {
	if n > w.end-w.pos {
		if err := w.fill(n); err != nil {
			return nil, err
		}
	}
	b := w.buf[w.pos : w.pos+n : w.pos+n]
	w.pos += n
	return b, nil
}

// peek is take without moving.
func (w *window) peek(n int) ([]byte, error) {
	b, err := w.take(n)
	w.pos -= len(b)
	return b, err
}

// skip moves past the next n bytes, however many, with errors as take's.
func (w *window) skip(n int64) error {
	for n > 0 {
		if w.pos == w.end {
			if err := w.fill(1); err != nil {
				return err
			}
		}
		step := min(n, int64(w.end-w.pos))
		w.pos += int(step)
		n -= step
	}
	return nil
}

// fill reads until n unread bytes are there. It never waits for more than those.
func (w *window) fill(n int) error {
	unread := w.buf[w.pos:w.end]
	if n > len(w.buf) {
		w.buf = make([]byte, n+windowSize)
	}
	w.pos, w.end = 0, copy(w.buf, unread)
	for idle := 0; w.end < n && w.err == nil; {
		var got int
		got, w.err = w.r.Read(w.buf[w.end:])
		w.end += got
		if got > 0 {
			idle = 0
		} else if idle++; idle > 100 && w.err == nil {
			w.err = io.ErrNoProgress
		}
	}
	switch {
	case w.end >= n:
		return nil
	case w.err == io.EOF && w.end > 0:
		return io.ErrUnexpectedEOF
	default:
		return w.err
	}
}

// unread returns the bytes that were read and not yet taken.
func (w *window) unread() []byte { return w.buf[w.pos:w.end] }

// detach returns the memory that holds all that was taken since the last detach, if what was taken since was there before.
// The window goes on in spare, or in new memory if that is smaller than a window.
func (w *window) detach(spare []byte) []byte {
	unread := w.unread()
	if need := max(windowSize, len(unread)); cap(spare) < need {
		spare = make([]byte, need)
	}
	spare = spare[:cap(spare)]
	left := w.buf
	w.buf, w.pos, w.end = spare, 0, copy(spare, unread)
	return left
}

// Read lends the stream to a decompressor, from the first byte that was not taken.
func (w *window) Read(p []byte) (int, error) {
	if w.pos < w.end {
		n := copy(p, w.buf[w.pos:w.end])
		w.pos += n
		return n, nil
	}
	if w.err != nil {
		return 0, w.err
	}
	return w.r.Read(p)
}
