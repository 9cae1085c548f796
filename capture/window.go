package capture

import "io"

// windowSize fits a processor's second-level cache, and keeps system calls, and waking whoever waits for what they read, rare.
const windowSize = 512 << 10

// window reads a stream in large pieces and lends them out without copying. It differs from bufio.Reader only
// in speed: a record costs two bounds checks and no call.
type window struct {
	r        io.Reader
	buf      []byte
	pos, end int   // unread bytes are buf[pos:end]
	err      error // what r said after them

	eager bool   // r may be read before its bytes are wanted: it is a file, and waits for nobody
	read  int    // bytes, until there is reason to read ahead
	ahead *ahead // nil as long as there is none
	lent  bool   // buf is a block of ahead's
	large []byte // room for a record that is larger than a block
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
	if w.eager && w.ahead == nil && w.read >= windowSize {
		w.ahead = readAhead(w.r)
	}
	if w.ahead != nil {
		w.fillAhead(n)
	} else {
		unread := w.buf[w.pos:w.end]
		if n > len(w.buf) {
			w.buf = make([]byte, n+windowSize)
		}
		w.pos, w.end = 0, copy(w.buf, unread)
		if w.end < n && w.err == nil {
			var got int
			got, w.err = readAtLeast(w.r, w.buf[w.end:], n-w.end)
			w.end += got
			w.read += got
		}
	}
	switch {
	case w.end-w.pos >= n:
		return nil
	case w.err == io.EOF && w.end > w.pos:
		return io.ErrUnexpectedEOF
	default:
		return w.err
	}
}

// readAtLeast reads n bytes, and as many more as come with them. It returns an error only if it stopped before, or if the
// error came with the last bytes.
func readAtLeast(r io.Reader, buf []byte, n int) (got int, err error) {
	for idle := 0; got < n && err == nil; {
		var more int
		more, err = r.Read(buf[got:])
		got += more
		if more > 0 {
			idle = 0
		} else if idle++; idle > 100 && err == nil {
			err = io.ErrNoProgress
		}
	}
	return got, err
}

// Read lends the stream to a decompressor, from the first byte that was not taken.
func (w *window) Read(p []byte) (int, error) {
	if w.pos == w.end && w.ahead != nil {
		w.fillAhead(1)
	}
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

// closer returns what ends the reading ahead and closes c.
func (w *window) closer(c io.Closer) io.Closer { return windowCloser{w, c} }

type windowCloser struct {
	w *window
	c io.Closer
}

func (c windowCloser) Close() error {
	if c.w.ahead != nil {
		c.w.ahead.stop()
		c.w.ahead = nil
	}
	return c.c.Close()
}
