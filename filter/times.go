package filter

import (
	"strings"
	"time"
)

// timeLayouts are the notations of a date and time. Those without a zone are in local time; a fraction may follow the seconds.
var timeLayouts = []string{
	"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00",
	"2006-01-02 15:04:05 MST", "2006-01-02 15:04 MST",
	"Jan _2, 2006 15:04:05", "Jan _2, 2006 15:04", "Jan _2, 2006",
	"Jan _2, 2006 15:04:05 MST",
}

// absoluteTime reads a date and time, ns since the Unix epoch.
func (n *literal) absoluteTime() int64 {
	text := n.text
	if len(text) > 10 && text[10] == 'T' {
		text = text[:10] + " " + text[11:]
	}
	for _, layout := range timeLayouts {
		in := time.Local
		if strings.HasSuffix(layout, "MST") && !strings.HasSuffix(text, "UTC") {
			continue // the names of other zones mean different things in different places
		}
		if t, err := time.ParseInLocation(layout, text, in); err == nil && t.Year() > 1677 && t.Year() < 2262 {
			return t.UnixNano()
		}
	}
	fail(n.span, `%q is not a valid absolute time; write "Nov 12, 1999 08:55:44.123" or "2011-07-04 12:34:56"`, n.text)
	return 0
}
