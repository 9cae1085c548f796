package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/icmpsniff/icmpsniff/capture"
)

// pipe is a stream that ends when its context does. Without it, nothing could end a run that waits for a terminal, or for a
// program that writes nothing.
type pipe struct {
	ctx  context.Context
	full <-chan chunk
	free chan<- []byte
	now  chunk
	rest []byte // of now, still to be read
}

// chunk is what one read gave.
type chunk struct {
	buf []byte
	n   int
	err error
}

const chunkSize = 64 << 10 // what a pipe of Linux holds

// newPipe reads from r, one chunk ahead, on a goroutine that ends with r, or with ctx after the read that it is in.
func newPipe(ctx context.Context, r io.Reader) *pipe {
	full, free := make(chan chunk), make(chan []byte, 2)
	free <- make([]byte, chunkSize)
	free <- make([]byte, chunkSize)
	go func() {
		for {
			var c chunk
			select {
			case c.buf = <-free:
			case <-ctx.Done():
				return
			}
			c.n, c.err = r.Read(c.buf)
			select {
			case full <- c:
			case <-ctx.Done():
				return
			}
			if c.err != nil {
				return
			}
		}
	}()
	return &pipe{ctx: ctx, full: full, free: free}
}

// Read implements io.Reader. The end of the context is the end of the stream.
func (p *pipe) Read(b []byte) (int, error) {
	for len(p.rest) == 0 {
		if p.now.err != nil {
			return 0, p.now.err
		}
		if p.now.buf != nil {
			p.free <- p.now.buf
		}
		select {
		case p.now = <-p.full:
			p.rest = p.now.buf[:p.now.n]
		case <-p.ctx.Done():
			p.now = chunk{err: io.EOF}
		}
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

// fifo is a named pipe, which is opened by the first Read: opening waits until somebody writes.
type fifo struct {
	path string
	file *os.File
}

func (f *fifo) Read(b []byte) (int, error) {
	if f.file == nil {
		file, err := os.Open(f.path)
		if err != nil {
			return 0, err
		}
		f.file = file
	}
	return f.file.Read(b)
}

// isPipe reports whether reading a file may wait for another program.
func isPipe(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode()&(os.ModeNamedPipe|os.ModeSocket|os.ModeCharDevice) != 0
}

// interrupted drops what a pipe's end looks like that the user asked for: the capture is not cut short, only over.
func interrupted(ctx context.Context, err error) error {
	var file *capture.FileError
	if ctx.Err() != nil && errors.As(err, &file) && (file.Kind == capture.CutShort || file.Kind == capture.Empty || file.Kind == capture.NotCapture) {
		return nil
	}
	return err
}
