package filter

import "github.com/icmpsniff/icmpsniff/field"

// Filter is a compiled display filter.
type Filter struct {
	text  string
	tree  node
	test  test
	known field.Stage
}

// Options say how a filter will be run.
type Options struct {
	// TwoPass allows fields that are known only when later frames have been seen.
	TwoPass bool
}

// maxText bounds a filter's length, bytes.
const maxText = 1 << 16

// Compile parses, checks and compiles a display filter. The empty filter matches everything. The error is an *Error.
func Compile(text string, options Options) (f *Filter, err error) {
	if len(text) > maxText {
		return nil, &Error{Message: "the filter is too long"}
	}
	defer func() {
		switch m := recover().(type) {
		case nil:
		case mistake:
			e := &Error{Text: text, Start: m.start, End: m.end, Message: m.message}
			e.Display = fromCaptureFilter(text, options)
			f, err = nil, e
		default:
			panic(m)
		}
	}()
	tree := parse(text)
	c := checker{twoPass: options.TwoPass}
	c.condition(tree)
	return &Filter{text: text, tree: tree, test: compile(tree), known: c.known}, nil
}

// Match reports whether the subject passes the filter.
func (f *Filter) Match(s *field.Subject) bool { return f.test(s) }

// Known returns when a packet is known to pass: when all the fields are that the filter asks for.
func (f *Filter) Known() field.Stage { return f.known }

// Text returns the filter as it was written.
func (f *Filter) Text() string { return f.text }

// String returns the filter with every grouping written out.
func (f *Filter) String() string { return show(f.tree) }
