package filter

import (
	"math"

	"github.com/icmpsniff/icmpsniff/field"
)

// function is one of the language's.
type function struct {
	most    int // arguments; the least is one
	takes   func(t field.Type) bool
	gives   func(t field.Type) field.Type
	refusal string // of an argument of another type; gets the argument and its type's name
	// run appends the function's values to list. text is where it may put bytes.
	run func(t field.Type, args []field.Value, list []field.Value, text []byte) ([]field.Value, []byte)
}

// functions are all there are. To add one: a row here.
var functions map[string]function

func init() { // not in the declaration, as compiling a call looks its function up
	functions = map[string]function{
		"len":    {1, anyType, number32, "", runLen},
		"count":  {1, anyType, number32, "", runCount},
		"upper":  {1, textual, same, "%s is no string (it is a %s): only strings can be used as parameter for upper()", runCase('a', 'z')},
		"lower":  {1, textual, same, "%s is no string (it is a %s): only strings can be used as parameter for lower()", runCase('A', 'Z')},
		"string": {1, printable, toString, "string conversion of %s (%s) is not supported", runString},
		"max":    {16, comparable, same, "%s (%s) cannot be compared", runExtreme(1)},
		"min":    {16, comparable, same, "%s (%s) cannot be compared", runExtreme(-1)},
		"abs":    {1, numeric, same, "%s (%s) is no number", runAbs},
	}
}

func anyType(field.Type) bool        { return true }
func textual(t field.Type) bool      { return t == field.String }
func comparable(t field.Type) bool   { return t != field.None }
func same(t field.Type) field.Type   { return t }
func number32(field.Type) field.Type { return field.Uint32 }
func toString(field.Type) field.Type { return field.String }
func numeric(t field.Type) bool      { return computable(t, "+") }
func printable(t field.Type) bool {
	return t.Unsigned() && t != field.Boolean || t.Signed() || t == field.IPv4 || t == field.IPv6 || t == field.Ether
}

// calling compiles a call.
func calling(n *call) values {
	f := functions[n.name]
	t := typeOf(n.changing())
	args := make([]values, len(n.args))
	for i, a := range n.args {
		args[i] = operand(a, t)
	}
	var in, list []field.Value
	var text []byte
	return func(s *field.Subject) []field.Value {
		in = in[:0]
		for _, a := range args {
			in = append(in, a(s)...)
		}
		if len(in) == 0 { // as everywhere, what is not there makes no value
			return nil
		}
		list, text = f.run(t, in, list[:0], text[:0])
		return list
	}
}

func runLen(t field.Type, args, list []field.Value, text []byte) ([]field.Value, []byte) {
	for i := range args {
		n := t.Size()
		if t.InBytes() {
			n = len(args[i].Own(t))
		}
		list = append(list, field.Value{Uint: uint64(n)})
	}
	return list, text
}

func runCount(_ field.Type, args, list []field.Value, text []byte) ([]field.Value, []byte) {
	if len(args) == 0 {
		return list, text
	}
	return append(list, field.Value{Uint: uint64(len(args))}), text
}

// runCase turns the letters from first to last into those of the other case.
func runCase(first, last byte) func(field.Type, []field.Value, []field.Value, []byte) ([]field.Value, []byte) {
	return func(_ field.Type, args, list []field.Value, text []byte) ([]field.Value, []byte) {
		for i := range args {
			n := len(text)
			for _, c := range args[i].Bytes {
				if c >= first && c <= last {
					c ^= 0x20
				}
				text = append(text, c)
			}
			list = append(list, field.Value{Bytes: text[n:]})
		}
		return list, text
	}
}

func runString(t field.Type, args, list []field.Value, text []byte) ([]field.Value, []byte) {
	f := field.Field{Type: t, Base: field.Dec}
	for i := range args {
		n := len(text)
		text = f.Append(text, &args[i])
		list = append(list, field.Value{Bytes: text[n:]})
	}
	return list, text
}

// runExtreme keeps the value that is on one side of all others: the largest (1) or the smallest (-1).
func runExtreme(side int) func(field.Type, []field.Value, []field.Value, []byte) ([]field.Value, []byte) {
	return func(t field.Type, args, list []field.Value, text []byte) ([]field.Value, []byte) {
		order := ordered(t, t)
		best := 0
		for i := range args {
			if order(&args[i], &args[best])*side > 0 {
				best = i
			}
		}
		if len(args) > 0 {
			list = append(list, args[best])
		}
		return list, text
	}
}

func runAbs(t field.Type, args, list []field.Value, text []byte) ([]field.Value, []byte) {
	for _, v := range args {
		switch {
		case t == field.Double:
			v.Uint = math.Float64bits(math.Abs(v.Float()))
		case !wide(t) && v.Int() < 0:
			v.Uint = -v.Uint
		}
		list = append(list, v)
	}
	return list, text
}
