package main

import (
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/filter"
)

// Exit statuses, as tshark has them.
const (
	statusDone  = 0
	statusUsage = 1 // options, interface, permission, capture filter
	statusInput = 2 // a file, read or written, or a display filter; also when all before the damage was printed
)

// usageError is a mistake in the options: one sentence.
type usageError struct{ sentence string }

func (e *usageError) Error() string { return e.sentence }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// status prints the error, if there is one to print, and returns the exit status. A reader that closed the pipe has seen
// what it wanted.
func status(err error, stderr io.Writer) int {
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return statusDone
	}
	fmt.Fprintf(stderr, "icmpsniff: %v\n", err)
	var file *capture.FileError
	var written *capture.WriteError
	var display *filter.Error
	if errors.As(err, &file) || errors.As(err, &written) || errors.As(err, &display) {
		return statusInput
	}
	return statusUsage
}
