package bpf

import (
	"fmt"
	"strings"
)

// Error is a filter that cannot be used.
type Error struct {
	Expr        string // as given
	Link        uint16 // LINKTYPE_ value it was compiled for
	Reason      string // libpcap's, or ours, without a full stop
	Display     bool   // Expr looks like a display filter
	Translation string // the capture filter that means the same, if Display and it is known
	Err         error
}

func newError(expr string, link uint16, err error) *Error {
	e := &Error{Expr: expr, Link: link, Reason: plain(err.Error()), Err: err}
	e.Translation, e.Display = Translate(expr)
	return e
}

// plain drops what libpcap says before its reasons.
func plain(reason string) string {
	reason = strings.TrimPrefix(reason, "can't parse filter expression: ")
	return strings.TrimSuffix(reason, ".")
}

// maxShown is how many bytes of a filter an error repeats.
const maxShown = 200

// Error is one sentence, and a second one if the filter is in the wrong language.
func (e *Error) Error() string {
	shown := e.Expr
	if len(shown) > maxShown {
		shown = shown[:maxShown] + "…"
	}
	s := fmt.Sprintf("The capture filter %q can't be used: %s.", shown, e.Reason)
	switch {
	case e.Translation != "":
		s += fmt.Sprintf(" It looks like a display filter (-Y); as a capture filter it is: %s", e.Translation)
	case e.Display:
		s += " It looks like a display filter: give it to -Y."
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
