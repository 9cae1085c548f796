package capture

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// FileKind says what is wrong with a file.
type FileKind uint8

// The kinds of FileError.
const (
	Missing     FileKind = iota // no such file
	Permission                  // may not be read by this user
	IsDir                       // a folder
	Empty                       // 0 bytes
	NotCapture                  // not a format this package reads
	CutShort                    // ends in the middle of a frame
	Damaged                     // contradicts its format; Reason says where
	Unsupported                 // a known format, in a version this package does not read; Reason says which
	Unreadable                  // the operating system failed to read it; Err says why
)

// fileSentences words each kind: the file, then the reason.
var fileSentences = [...]string{
	Missing:     `%s doesn't exist.`,
	Permission:  `You don't have permission to read %s.`,
	IsDir:       `%s is a directory (folder), not a file.`,
	Empty:       `%s is empty.`,
	NotCapture:  `%s isn't a capture file in a format icmpsniff understands.`,
	CutShort:    `%s appears to have been cut short in the middle of a packet.`,
	Damaged:     `%s appears to be damaged or corrupt: %s.`,
	Unsupported: `%s contains record data that icmpsniff doesn't support: %s.`,
	Unreadable:  `%s could not be read: %s.`,
}

// FileError is why a saved capture could not be read, or not to its end. Frames delivered before it are good.
type FileError struct {
	Path   string // as the user gave it; "-" is standard input
	Kind   FileKind
	Reason string // for Damaged, Unsupported and Unreadable: a clause without a full stop
	Err    error  // the cause, where there is one
}

// Error is one sentence, Wireshark's wherever Wireshark has one.
func (e *FileError) Error() string {
	file := fmt.Sprintf("The file %q", e.Path)
	if e.Kind == Permission {
		file = fmt.Sprintf("the file %q", e.Path)
	}
	if e.Path == "-" {
		file = "Standard input"
	}
	switch e.Kind {
	case Damaged, Unsupported, Unreadable:
		return fmt.Sprintf(fileSentences[e.Kind], file, e.Reason)
	default:
		return fmt.Sprintf(fileSentences[e.Kind], file)
	}
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// openError words a failure of the operating system to open path.
func openError(path string, err error) *FileError {
	e := &FileError{Path: path, Kind: Unreadable, Reason: cause(err), Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Kind = Missing
	case errors.Is(err, fs.ErrPermission):
		e.Kind = Permission
	}
	return e
}

// readError words what stopped a reader: io.EOF stays as it is, since it is the clean end.
func readError(path string, err error) error {
	var corrupt *corruptError
	switch {
	case err == io.EOF:
		return io.EOF
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &FileError{Path: path, Kind: CutShort, Err: err}
	case errors.As(err, &corrupt):
		return &FileError{Path: path, Kind: Damaged, Reason: corrupt.Error(), Err: err}
	default:
		return &FileError{Path: path, Kind: Unreadable, Reason: cause(err), Err: err}
	}
}

// damaged is a FileError of kind Damaged with a formatted reason.
func damaged(path, format string, args ...any) *FileError {
	return &FileError{Path: path, Kind: Damaged, Reason: fmt.Sprintf(format, args...)}
}

// cause is err without the operation and path that package os puts before it: the sentence has them already.
func cause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}
