package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonSchema names the shape that json_rows.go defines. Keys may be added to it; one that changes its meaning, or goes,
// makes it report/2.
const jsonSchema = "icmpsniff.report/1"

// jsonPrinter prints one object, a line for each row, and holds no more than a line in memory.
type jsonPrinter struct{}

func (jsonPrinter) Print(w io.Writer, r *Report) error {
	s := r.Summary
	o := object{w: bufio.NewWriter(w)}
	o.member("schema", jsonSchema)
	o.member("capture", captureObject(r))
	flows := flowsOf(r)
	o.array("flows", len(flows), func(i int) any { return flowObject(flows[i]) })
	o.array("resolutions", len(s.Resolutions), func(i int) any { return resolutionObject(&s.Resolutions[i]) })
	o.array("neighbors", len(s.Neighbors), func(i int) any { return neighborObject(&s.Neighbors[i], r.Capture.HasTime) })
	o.array("errors", len(s.Errors), func(i int) any { return errorObject(&s.Errors[i]) })
	o.array("paths", len(s.Paths), func(i int) any { return pathObject(&s.Paths[i]) })
	o.array("path_mtu", len(s.PathMTUs), func(i int) any { return pathMTUObject(&s.PathMTUs[i]) })
	o.array("clocks", len(s.Clocks), func(i int) any { return clockObject(&s.Clocks[i]) })
	o.array("notes", len(s.Notes), func(i int) any { return noteObject(&s.Notes[i]) })
	o.member("totals", totalsObject(&s.Totals))
	o.member("errors_omitted", s.ErrorsOmitted)
	return o.close()
}

// object writes a JSON object member by member. The first error, of a value or of the writer, is kept for close.
type object struct {
	w      *bufio.Writer
	opened bool
	err    error
}

func (o *object) key(key string) {
	if o.opened {
		o.w.WriteString(",\n ")
	} else {
		o.w.WriteByte('{')
	}
	o.opened = true
	o.w.WriteString(strconv.Quote(key) + ":")
}

func (o *object) member(key string, value any) {
	o.key(key)
	o.value(value)
}

// array writes a member of n values, each on a line of its own.
func (o *object) array(key string, n int, value func(i int) any) {
	o.key(key)
	o.w.WriteByte('[')
	for i := range n {
		if i > 0 {
			o.w.WriteByte(',')
		}
		o.w.WriteString("\n  ")
		o.value(value(i))
	}
	o.w.WriteByte(']')
}

func (o *object) value(v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil && o.err == nil {
		o.err = fmt.Errorf("write %T as json: %w", v, err)
	}
	o.w.Write(printableJSON(bytes.TrimSuffix(b.Bytes(), []byte("\n"))))
}

func (o *object) close() error {
	o.w.WriteString("}\n")
	if err := o.w.Flush(); err != nil {
		return err
	}
	return o.err
}

// printableJSON escapes what encoding/json leaves as it is although a terminal may obey it: DEL, the C1 controls, and
// characters that turn or hide text. They occur in strings only, where \u says the same (RFC 8259 §7).
func printableJSON(b []byte) []byte {
	printable := func(r rune) bool { return r == '\n' || strconv.IsPrint(r) }
	if bytes.IndexFunc(b, func(r rune) bool { return !printable(r) }) < 0 {
		return b
	}
	var out []byte
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if printable(r) {
			out = append(out, b[:size]...)
		} else {
			for _, unit := range utf16.Encode([]rune{r}) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
		}
		b = b[size:]
	}
	return out
}
