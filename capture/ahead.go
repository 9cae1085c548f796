package capture

import "io"

// A stream that can be read at any time is read ahead by a goroutine: the kernel's copying, or the decompressing, then has
// a processor of its own.
const (
	blocks   = 4       // being read, waiting, and lent to the window
	headroom = 4 << 10 // before what is read into a block, for the piece of a record that the block before ends with
)

// ahead reads a stream in blocks of windowSize.
type ahead struct {
	full chan block  // read; has room for all blocks
	free chan []byte // to be read into; closed to end the reading
}

// block is what one Read returned, headroom before it.
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
	defer close(a.full)
	for buf := range a.free {
		b := block{buf: buf}
		for b.n < windowSize && b.err == nil { // a decompressor returns little at a time
			var n int
			n, b.err = r.Read(buf[headroom+b.n:])
			b.n += n
		}
		a.full <- b
		if b.err != nil {
			return
		}
	}
}

// stop ends the reading. Blocks that were lent stay valid.
func (a *ahead) stop() { close(a.free) }

// fillAhead is fill where the stream is read ahead.
func (w *window) fillAhead(n int) error {
	for w.end-w.pos < n && w.err == nil {
		b := <-w.ahead.full
		unread := w.buf[w.pos:w.end]
		w.err = b.err
		if len(unread) <= headroom {
			copy(b.buf[headroom-len(unread):], unread)
			w.giveBack()
			w.buf, w.lent = b.buf, true
			w.pos, w.end = headroom-len(unread), headroom+b.n
			continue
		}
		joined := append(append(make([]byte, 0, len(unread)+b.n), unread...), b.buf[headroom:headroom+b.n]...)
		w.giveBack()
		w.buf, w.lent = b.buf, true
		w.giveBack()
		w.buf, w.lent, w.pos, w.end = joined, false, 0, len(joined)
	}
	return w.short(n)
}

// giveBack lets the window's block be read into again, if it is one.
func (w *window) giveBack() {
	if w.lent {
		w.ahead.free <- w.buf
	}
}
