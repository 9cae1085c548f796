package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/filter"
	"github.com/icmpsniff/icmpsniff/filter/bpf"
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
	// What failed once, as a full disk, fails with the report again.
	sentences := slices.Compact(strings.Split(err.Error(), "\n"))
	fmt.Fprintf(stderr, "icmpsniff: %s\n", printable(strings.Join(sentences, "\n"), "\n\t"))
	var file *capture.FileError
	var written *capture.WriteError
	var printed *fs.PathError
	var display *filter.Error
	if errors.As(err, &file) || errors.As(err, &written) || errors.As(err, &printed) || errors.As(err, &display) {
		return statusInput
	}
	return statusUsage
}

// namingFile adds to what is wrong with a capture filter that one of its words is a file, as of `icmpsniff *.pcap`: only the first
// word of the command line may be one without -r.
func namingFile(err error) error {
	var refused *bpf.Error
	if !errors.As(err, &refused) {
		return err
	}
	for word := range strings.FieldsSeq(refused.Expr) {
		if info, unknown := os.Stat(word); unknown == nil && info.Mode().IsRegular() {
			return &usageError{fmt.Sprintf("%v %q is a file: give it to -r.", err, word)}
		}
	}
	return err
}

// printable returns a sentence with everything escaped that a terminal would obey, but for the characters of keep: names of files
// and interfaces may hold anything, and so may words that a script passes on.
func printable(sentence, keep string) string {
	var b strings.Builder
	for len(sentence) > 0 {
		r, size := utf8.DecodeRuneInString(sentence)
		if valid := r != utf8.RuneError || size > 1; valid && strconv.IsPrint(r) || strings.ContainsRune(keep, r) {
			b.WriteString(sentence[:size])
		} else {
			quoted := strconv.Quote(sentence[:size])
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		sentence = sentence[size:]
	}
	return b.String()
}
