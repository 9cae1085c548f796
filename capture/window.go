package capture

import "io"

// windowSize fits a processor's second-level cache, and keeps system calls rare.
const windowSize = 256 << 10

// window reads a stream in large pieces and lends them out without copying. It differs from bufio.Reader only
// in speed: a record costs two bounds checks and no call.
type window struct {
	r        io.Reader
	buf      []byte
	pos, end int    // unread bytes are buf[pos:end]
	err      error  // what r said after them
	ahead    *ahead // reads r, once that has shown to be long; nil if r is not to be read before its bytes are wanted
	lent     bool   // buf is a block of ahead's
	long     bool
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
	if w.ahead == nil && w.long && w.end == len(w.buf) {
		w.ahead = readAhead(w.r)
	}
	if w.ahead != nil {
		return w.fillAhead(n)
	}
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
	return w.short(n)
}

func (w *window) short(n int) error {
	switch {
	case w.end-w.pos >= n:
		return nil
	case w.err == io.EOF && w.end > w.pos:
		return io.ErrUnexpectedEOF
	default:
		return w.err
	}
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
