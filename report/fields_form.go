package report

import (
	"fmt"
	"strings"

	"github.com/icmpsniff/icmpsniff/field"
)

// FieldsForm is how -T fields arranges its columns: what -E sets.
type FieldsForm struct {
	BOM, Header bool
	Separator   byte // between columns
	Aggregator  byte // between the values of one column
	Quote       byte // around a field that the packet has, and a column of the line; 0 for none
	Occurrence  Occurrence
}

// TabSeparated is the form without -E.
var TabSeparated = FieldsForm{Separator: '\t', Aggregator: ','}

// Occurrence says which values of a field are printed.
type Occurrence uint8

// The occurrences of -E occurrence.
const (
	All Occurrence = iota
	First
	Last
)

// of returns those of the values that are printed.
func (o Occurrence) of(values []field.Value) []field.Value {
	switch {
	case len(values) == 0 || o == All:
		return values
	case o == First:
		return values[:1]
	}
	return values[len(values)-1:]
}

// formOptions are what -E knows. Of a value, as in tshark, only the first letter counts, a slash apart; set returns false if
// it is none of them.
var formOptions = []struct {
	name, values, meaning string
	set                   func(f *FieldsForm, value string) bool
}{
	{"bom", "y|n", "start with a UTF-8 byte order mark", func(f *FieldsForm, value string) bool { return setYes(&f.BOM, value) }},
	{"header", "y|n", "name the fields in a first line", func(f *FieldsForm, value string) bool { return setYes(&f.Header, value) }},
	{"separator", "/t|/s|CHARACTER", "what stands between fields: a tab, a space, a character", func(f *FieldsForm, value string) bool {
		return setCharacter(&f.Separator, value, map[string]byte{"/t": '\t', "/s": ' '})
	}},
	{"occurrence", "f|l|a", "of a field that occurs more than once, the first, the last, or all", func(f *FieldsForm, value string) bool {
		return setLetter(&f.Occurrence, value, map[byte]Occurrence{'f': First, 'l': Last, 'a': All})
	}},
	{"aggregator", ",|/s|CHARACTER", "what stands between the occurrences: a comma, a space, a character", func(f *FieldsForm, value string) bool {
		return setCharacter(&f.Aggregator, value, map[string]byte{"/s": ' '})
	}},
	{"quote", "d|s|n", "around a field: double quotes, single quotes, none", func(f *FieldsForm, value string) bool {
		return setLetter(&f.Quote, value, map[byte]byte{'d': '"', 's': '\'', 'n': 0})
	}},
}

// Set reads one -E, such as "separator=,". The error says what is wrong and lists what there is.
func (f *FieldsForm) Set(pair string) error {
	name, value, _ := strings.Cut(pair, "=")
	var known strings.Builder
	for _, o := range formOptions {
		if o.name == name && value != "" && o.set(f, value) {
			return nil
		}
		fmt.Fprintf(&known, "\n  %-28s %s", o.name+"="+o.values, o.meaning)
	}
	return fmt.Errorf("%q is not a valid field output option=value pair; there are:%s", pair, known.String())
}

func setYes(to *bool, value string) bool {
	return setLetter(to, value, map[byte]bool{'y': true, 'n': false})
}

func setLetter[T any](to *T, value string, letters map[byte]T) bool {
	v, ok := letters[value[0]]
	if ok {
		*to = v
	}
	return ok
}

// setCharacter takes one of the named characters or the first of the value. One that begins with a slash and has no such
// name is, in tshark, a backslash.
func setCharacter(to *byte, value string, named map[string]byte) bool {
	c, ok := named[value]
	switch {
	case ok:
		*to = c
	case value[0] == '/':
		*to = '\\'
	case value[0] >= ' ' && value[0] < 0x7f || value[0] == '\t':
		*to = value[0]
	default:
		return false
	}
	return true
}
