package capture

import (
	"bufio"
	"errors"
	"io"
	"io/fs"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// maxZstdWindow is the largest history a zstd stream may ask for: the limit of zstd's own command line, which only
// files made by "zstd --ultra" and "zstd --long" come near.
const maxZstdWindow = 128 << 20

// compressions are told apart by their first bytes: RFC 1952 §2.3.1, RFC 8878 §3.1.1, and lz4's frame format.
var compressions = []struct {
	name  string
	magic string
	open  func(io.Reader) (io.Reader, error)
}{
	{"gzip", "\x1f\x8b", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
	{"zstd", "\x28\xb5\x2f\xfd", func(r io.Reader) (io.Reader, error) {
		// One frame at a time and no read-ahead: a pipe's first capture frame must not wait for its last.
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow))
	}},
	{"lz4", "\x04\x22\x4d\x18", func(r io.Reader) (io.Reader, error) { return lz4.NewReader(r), nil }},
}

// decompress returns a window on what w contains once decompressed: w itself if it is not compressed.
func decompress(w *window) (*window, error) {
	for _, c := range compressions {
		if head, err := w.peek(len(c.magic)); err != nil || string(head) != c.magic {
			continue
		}
		r, err := c.open(bufio.NewReaderSize(w, 64<<10))
		if err == io.EOF { // behind the magic number, which is part of the stream
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, expanding(c.name, err)
		}
		return newWindow(&expander{r: r, name: c.name}), nil
	}
	return w, nil
}

// expander marks a decompressor's own errors as the file's damage.
type expander struct {
	r    io.Reader
	name string
}

func (e *expander) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	return n, expanding(e.name, err)
}

// expanding is the error of a decompressor, sorted: io.EOF and io.ErrUnexpectedEOF mean what they mean everywhere, and
// a failing disk is not the file's fault.
func expanding(name string, err error) error {
	var disk *fs.PathError
	if err == nil || err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &disk) {
		return err
	}
	return &corruptError{name: name, err: err}
}

// corruptError is compressed data that cannot be decompressed.
type corruptError struct {
	name string
	err  error
}

func (e *corruptError) Error() string { return "cannot decompress " + e.name + ": " + e.err.Error() }
func (e *corruptError) Unwrap() error { return e.err }
