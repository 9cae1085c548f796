package capture

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// outputFile is a stream that is being written. A regular file that cannot be written on is cut to whole records, so that
// it can still be read.
type outputFile struct {
	path    string // "-": standard output, which stays open
	w       io.Writer
	file    *os.File // nil: standard output
	regular bool
	size    int64 // bytes written
}

// createOutput creates a file that only its owner can read, as a capture holds everybody's traffic.
func createOutput(path string, stdout io.Writer) (*outputFile, error) {
	if path == "-" {
		return &outputFile{path: path, w: stdout}, nil
	}
	f, err := Create(path, 0o600)
	if err != nil {
		return nil, err
	}
	return &outputFile{path: path, w: f, file: f, regular: isRegular(f)}, nil
}

// write writes b, which begins and ends with whole records. whole says how many bytes of a part of it are.
func (o *outputFile) write(b []byte, whole func(b []byte, first bool) int) error {
	n, err := o.w.Write(b)
	if err == nil {
		o.size += int64(n)
		return nil
	}
	if o.regular {
		o.size += int64(whole(b[:n], o.size == 0))
		_ = o.file.Truncate(o.size) // there is no more to be done, and no more to be said
	}
	return &WriteError{Path: o.path, Err: err, begun: true}
}

// close leaves standard output open. Of a file that nobody can find any more it says so.
func (o *outputFile) close() error {
	if o.file == nil {
		return nil
	}
	info, err := o.file.Stat()
	if again := o.file.Close(); err == nil {
		err = again
	}
	if err == nil && o.regular && links(info) == 0 {
		err = errRemoved
	}
	if err != nil {
		return &WriteError{Path: o.path, Err: err, begun: true}
	}
	return nil
}

// links is how many names a file has, 1 where the system does not say.
func links(info fs.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Nlink)
	}
	return 1
}
