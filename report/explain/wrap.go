package explain

import (
	"strings"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

const (
	columns = 80
	indent  = "    " // of all that belongs to a step, its title apart
)

// width returns how many columns of a terminal a text takes: Korean letters take two.
func width(s string) int { return twwidth.Width(s) }

// appendWrapped appends a text in lines that begin with a prefix, broken between words.
func appendWrapped(dst []byte, prefix, text string) []byte {
	return appendLines(append(dst, prefix...), prefix, text, columns-len(prefix))
}

// appendHanging is appendWrapped without a prefix in the first line.
func appendHanging(dst []byte, prefix, text string) []byte {
	return appendLines(dst, prefix, text, columns)
}

// appendLines appends a text, of which so many columns fit into the first line. A word that is longer than a line is cut.
func appendLines(dst []byte, prefix, text string, room int) []byte {
	used := 0
	for _, word := range strings.Fields(text) {
		if used > 0 && used+1+width(word) > room {
			dst = append(append(dst, '\n'), prefix...)
			used, room = 0, columns-len(prefix)
		}
		for width(word) > room {
			head := cut(word, room)
			dst = append(append(append(dst, head...), '\n'), prefix...)
			word, room = word[len(head):], columns-len(prefix)
		}
		if used > 0 {
			dst = append(dst, ' ')
			used++
		}
		dst = append(dst, word...)
		used += width(word)
	}
	return append(dst, '\n')
}

// cut returns as much of a text as fits into so many columns.
func cut(s string, room int) string {
	used := 0
	for i, r := range s {
		if used += width(string(r)); used > room {
			return s[:i]
		}
	}
	return s
}

// fit returns a text that takes at most so many columns, with two dots where it was cut.
func fit(s string, room int) string {
	if width(s) <= room {
		return s
	}
	if room < 2 {
		return ""
	}
	return cut(s, room-2) + ".."
}

// center returns a text with blanks around it to so many columns, cut if it is longer.
func center(s string, room int) string {
	s = fit(s, room)
	left := (room - width(s)) / 2
	return strings.Repeat(" ", left) + s + strings.Repeat(" ", room-width(s)-left)
}
