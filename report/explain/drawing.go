package explain

import "strings"

// drawing shows one packet on its way between two hosts, of which the one that asks stands on the left:
//
//	192.0.2.11               192.0.2.1 (gateway)                  203.0.113.14
//	    |-- Echo request seq=1 ----->|. . . . . . . . . . . . . . . . . .->|
type drawing struct {
	left, middle, right string // who they are; middle is a router that passes the packet on, "" if there is none
	below               [3]string
	label               string
	back                bool // it goes from right to left
}

const drawn = columns - 2*len(indent) // columns of a drawing

// append appends the drawing's lines. It is of ASCII alone, but for the words: what else looks like a line takes one column in
// some Korean terminals and two in others.
func (d *drawing) append(dst []byte) []byte {
	dst = appendPlaced(dst, d.left, d.middle, d.right)
	span := drawn - 2*4 // between the outermost bars
	var line string
	if d.middle == "" {
		line = "|" + shaft(d.label, span-2, '-', d.back) + "|"
	} else {
		half := (span - 3) / 2
		near, far := shaft(d.label, half, '-', d.back), shaft("", span-3-half, '.', d.back)
		if width(d.label) > half-6 {
			dst = appendPlaced(dst, "    "+fit(d.label, drawn-8), "", "")
			near = shaft("", half, '-', d.back)
		}
		line = "|" + near + "|" + far + "|"
	}
	dst = append(append(append(append(dst, indent...), "    "...), line...), '\n')
	if d.below != [3]string{} {
		dst = appendPlaced(dst, d.below[0], d.below[1], d.below[2])
	}
	return dst
}

// shaft returns an arrow of so many columns with a label in it.
func shaft(label string, n int, dash rune, back bool) string {
	s := ""
	if label != "" {
		s = " " + fit(label, n-6) + " "
	}
	left := (n - 1 - width(s)) / 2
	s = strings.Repeat(string(dash), left) + s + strings.Repeat(string(dash), n-1-width(s)-left)
	if back {
		return "<" + s
	}
	return s + ">"
}

// appendPlaced appends three texts, on the left, in the middle and on the right of a line, or of several where they have no room
// beside each other.
func appendPlaced(dst []byte, left, middle, right string) []byte {
	line, used := "", 0
	place := func(s string, at int) {
		if s == "" {
			return
		}
		at = max(at, 0)
		if used > 0 && at < used+2 {
			dst = append(append(append(dst, indent...), line...), '\n')
			line, used = "", 0
		}
		line += strings.Repeat(" ", at-used) + s
		used = at + width(s)
	}
	left, middle, right = fit(left, drawn), fit(middle, drawn), fit(right, drawn)
	place(left, 0)
	place(middle, (drawn-width(middle))/2)
	place(right, drawn-width(right))
	if line == "" {
		return dst
	}
	return append(append(append(dst, indent...), line...), '\n')
}
