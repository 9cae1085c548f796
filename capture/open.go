package capture

import (
	"io"
	"os"
)

// formats are told apart by their first four bytes.
var formats = map[string]func(path string, w *window, c io.Closer) (Source, error){
	"\xd4\xc3\xb2\xa1": openPcap,
	"\xa1\xb2\xc3\xd4": openPcap,
	"\x4d\x3c\xb2\xa1": openPcap,
	"\xa1\xb2\x3c\x4d": openPcap,
	"\x34\xcd\xb2\xa1": openPcap,
	"\xa1\xb2\xcd\x34": openPcap,
	"\x0a\x0d\x0d\x0a": openPcapng,
}

// Open opens a saved capture, or standard input if path is "-". It reads no further than the file's header, waiting
// for it if path is a pipe. Its errors are *FileError.
func Open(path string) (Source, error) { return OpenFiles([]string{path}, nil) }

// OpenReader is Open for a stream that is open already; path names it in errors. If r is an io.Closer it now belongs
// to the source, and is closed if OpenReader fails.
func OpenReader(path string, r io.Reader) (Source, error) {
	c, ok := r.(io.Closer)
	if !ok {
		c = io.NopCloser(nil)
	}
	s, err := recognise(path, r, c)
	if err != nil {
		c.Close()
		return nil, err
	}
	return s, nil
}

func recognise(path string, r io.Reader, c io.Closer) (Source, error) {
	raw := newWindow(r)
	w, err := decompress(raw)
	if err != nil {
		return nil, readError(path, err)
	}
	w.eager = isRegular(r)
	magic, err := w.peek(4)
	switch {
	case err == io.EOF:
		return nil, &FileError{Path: path, Kind: Empty}
	case err == io.ErrUnexpectedEOF && w == raw:
		return nil, &FileError{Path: path, Kind: NotCapture} // too short to be called a cut-short anything
	case err != nil:
		return nil, readError(path, err)
	}
	open, ok := formats[string(magic)]
	if !ok {
		return nil, &FileError{Path: path, Kind: NotCapture}
	}
	return open(path, w, w.closer(c))
}

// isRegular reports whether r is a file that has all its bytes.
func isRegular(r io.Reader) bool {
	f, ok := r.(interface{ Stat() (os.FileInfo, error) })
	if !ok {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode().IsRegular()
}

// openRegular opens anything but a folder.
func openRegular(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	st, err := f.Stat()
	if err == nil && !st.IsDir() {
		return f, nil
	}
	f.Close()
	if err != nil {
		return nil, openError(path, err)
	}
	return nil, &FileError{Path: path, Kind: IsDir}
}
