package capture

import "io"

// A long file is read ahead by a goroutine, so that the kernel's copying, or the decompressing, has a processor of its own:
// a third of the time where frames are large and few of them matter.
const (
	blocks   = 4       // one lent to the window, one being read into, the others waiting
	headroom = 4 << 10 // before what is read into a block, for the part of a record that the block before ends with
)

// ahead reads a stream in blocks of windowSize.
type ahead struct {
	full chan block  // read, in order; has room for all
	free chan []byte // to be read into; closed to end the reading
}

// block is what was read into a buffer after its headroom, and why reading ended if it did.
type block struct {
	buf []byte
	n   int
	err error
}

func readAhead(r io.Reader) *ahead {
	a := &ahead{full: make(chan block, blocks), free: make(chan []byte, blocks)}
	for range blocks {
		a.free <- make([]byte, headroom+windowSize)
	}
	go a.run(r)
	return a
}

func (a *ahead) run(r io.Reader) {
	for buf := range a.free {
		n, err := readAtLeast(r, buf[headroom:], windowSize)
		a.full <- block{buf, n, err}
		if err != nil {
			return
		}
	}
}

// stop ends the reading. Blocks that are lent stay valid.
func (a *ahead) stop() { close(a.free) }

// fillAhead is window.fill where the stream is read ahead.
func (w *window) fillAhead(n int) {
	for w.end-w.pos < n && w.err == nil {
		unread := w.buf[w.pos:w.end]
		b := <-w.ahead.full
		w.err = b.err
		if len(unread) > headroom {
			w.join(unread, b, n)
			continue
		}
		copy(b.buf[headroom-len(unread):], unread)
		w.lend(b.buf)
		w.pos, w.end = headroom-len(unread), headroom+b.n
	}
}

// lend makes a block's buffer the window, and lets the one before, if that was a block's too, be read into again.
func (w *window) lend(buf []byte) {
	if w.lent {
		w.ahead.free <- w.buf
	}
	w.buf, w.lent = buf, true
}

// join makes a record's large part and the block after it the window, where the n bytes that are wanted will fit. The memory is kept
// for the next large record: a file of nothing else would otherwise leave the garbage collector a multiple of it.
func (w *window) join(unread []byte, b block, n int) {
	if w.lent || cap(unread)-len(unread) < b.n {
		if need := max(n, len(unread)) + b.n; cap(w.large) < need {
			w.large = make([]byte, need)
		}
		unread = w.large[:copy(w.large[:cap(w.large)], unread)]
	}
	joined := append(unread, b.buf[headroom:headroom+b.n]...)
	w.lend(b.buf)
	w.ahead.free <- b.buf
	w.buf, w.lent, w.pos, w.end = joined, false, 0, len(joined)
}
