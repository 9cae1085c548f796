package filter

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Error is a mistake in a filter: what is wrong, and with which part of it.
type Error struct {
	Text       string // the filter
	Start, End int    // the culprit, bytes of Text; Start == End == len(Text) if something is missing at the end
	Message    string // one sentence
	// Display is the display filter meant, where Text is in the language of capture filters, or "".
	Display string
}

// Error returns the sentence, the filter, and a line that points at the culprit.
func (e *Error) Error() string {
	var b strings.Builder
	column := utf8.RuneCountInString(e.Text[:e.Start])
	width := max(1, utf8.RuneCountInString(e.Text[e.Start:e.End]))
	fmt.Fprintf(&b, "%s\n    %s\n    %s^%s", e.Message, strings.Map(shown, e.Text), strings.Repeat(" ", column), strings.Repeat("~", width-1))
	if e.Display != "" {
		fmt.Fprintf(&b, "\nthis looks like a capture filter (-f); as a display filter it is: %s", e.Display)
	}
	return b.String()
}

// shown stands for a character of a filter where the filter is quoted: for one that is no character to look at, something as wide.
func shown(r rune) rune {
	switch {
	case strconv.IsPrint(r):
		return r
	case unicode.IsSpace(r):
		return ' '
	}
	return utf8.RuneError
}

// span is a stretch of a filter's text.
type span struct{ start, end int }

// to returns the span from the start of one to the end of another.
func (s span) to(end span) span { return span{s.start, end.end} }

// mistake is how the rooms of this package report an error: they panic with it, and Compile recovers.
type mistake struct {
	span
	message string
}

// fail reports an error at a place. It does not return.
func fail(at span, format string, args ...any) {
	panic(mistake{at, fmt.Sprintf(format, args...)})
}
