package capture

import (
	"errors"
	"fmt"
	"syscall"
)

// WriteError is why a savefile could not be created, or not be written to its end. What was written before can be read.
type WriteError struct {
	Path  string // "-" is standard output
	Err   error
	begun bool // the file was there, and frames are missing from it
}

// errRemoved is that the file has no name any more, so that what is written to it is lost.
var errRemoved = errors.New("it was removed meanwhile")

// What goes wrong when a file is created and when it is written to, in Wireshark's sentences; %s is the file.
var (
	createSentences = map[error]string{
		syscall.ENOENT:  "The path to %s doesn't exist.",
		syscall.ENOTDIR: "The path to %s doesn't exist.",
		syscall.EISDIR:  "Packets can't be written to %s, which is a directory (folder).",
		syscall.EACCES:  "You don't have permission to create or write to %s.",
		syscall.EPERM:   "You don't have permission to create or write to %s.",
	}
	writeSentences = map[error]string{
		syscall.ENOSPC: "Not all the packets could be written to %s because there is no space left on the file system.",
		syscall.EDQUOT: "Not all the packets could be written to %s because your disk quota is used up.",
	}
)

// Error is one sentence.
func (e *WriteError) Error() string {
	sentences, otherwise := createSentences, "Packets can't be written to %s: %s."
	if e.begun {
		sentences, otherwise = writeSentences, "Not all the packets could be written to %s: %s."
	}
	file := fmt.Sprintf("the file %q", e.Path)
	if e.Path == "-" {
		file = "standard output"
	}
	for cause, sentence := range sentences {
		if errors.Is(e.Err, cause) {
			return fmt.Sprintf(sentence, file)
		}
	}
	return fmt.Sprintf(otherwise, file, cause(e.Err))
}

// Unwrap returns the cause.
func (e *WriteError) Unwrap() error { return e.Err }
