package capture

import (
	"errors"
	"io"
	"os"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
)

// An input is a savefile that is open, and of which nothing was read. Files are opened before the first frame of any is
// delivered: whoever called may by then have given up the right to open more.
type input struct {
	path string
	r    io.Reader
}

// openInput opens a file, or a pipe that somebody may still have to write to.
func openInput(path string) (input, error) {
	if path == "-" {
		return input{path, os.Stdin}, nil
	}
	st, err := os.Stat(path)
	if err != nil {
		return input{}, openError(path, err)
	}
	var f *os.File
	if st.Mode().IsRegular() || st.IsDir() {
		if f, err = openRegular(path); err != nil {
			return input{}, err
		}
		return input{path, f}, nil
	}
	if f, err = os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0); err != nil {
		return input{}, openError(path, err)
	}
	return input{path, &waitingPipe{File: f}}, nil
}

// begin reads the header, and from then on counts what is read of a file, unless read is nil.
func (in input) begin(read *atomic.Int64) (Source, error) {
	if f, ok := in.r.(*os.File); ok && f != os.Stdin && read != nil {
		return OpenReader(in.path, countedFile{f, read})
	}
	return OpenReader(in.path, in.r)
}

// countedFile is a file that counts what is read of it.
type countedFile struct {
	*os.File
	read *atomic.Int64
}

func (c countedFile) Read(b []byte) (int, error) {
	n, err := c.File.Read(b)
	c.read.Add(int64(n))
	return n, err
}

func (in input) close() {
	if c, ok := in.r.(io.Closer); ok && in.r != os.Stdin {
		c.Close()
	}
}

// A waitingPipe is a pipe that was opened without waiting for its writer (fifo(7)). Until there is one, reading would take
// its absence for the end.
type waitingPipe struct {
	*os.File
	written bool
}

func (p *waitingPipe) Read(b []byte) (int, error) {
	if !p.written {
		if err := p.await(); err != nil {
			return 0, err
		}
		p.written = true
	}
	return p.File.Read(b)
}

// await returns when there are bytes, or when there was a writer that wrote none.
func (p *waitingPipe) await() error {
	conn, err := p.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = conn.Read(func(fd uintptr) bool {
		var n int
		n, failed = unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, 0)
		return n != 0
	})
	return errors.Join(err, failed)
}
