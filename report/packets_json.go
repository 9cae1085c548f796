package report

import (
	"github.com/icmpsniff/icmpsniff/field"
)

// JSON prints an array with an object for each packet, as tshark -T json does: the tree with fields' names for keys and strings
// for all values. What is below a field that has a value is under its name with _tree after it. A key comes as often as the
// field does: RFC 8259 §4 allows that, and a reader that keeps the last of them loses the others.
type JSON struct {
	tree    tree
	printed bool // a packet
}

// NewJSON returns a printer of JSON. It heeds the options Names, TwoPass and Zone.
func NewJSON(options DetailOptions) *JSON { return &JSON{tree: options.tree()} }

// Begin appends the start of the array.
func (p *JSON) Begin(dst []byte) []byte { return append(dst, '[') }

// Append appends a packet's object.
func (p *JSON) Append(dst []byte, s *field.Subject) []byte {
	if p.printed {
		dst = append(dst, ',')
	}
	p.printed = true
	p.tree.fill(s)
	dst = appendPacketIndex(append(dst, "\n  {\n    \"_index\": \""...), s)
	dst = append(dst, "\",\n    \"_type\": \"doc\",\n    \"_score\": null,\n    \"_source\": {\n      \"layers\": "...)
	dst = p.object(dst, 0, len(p.tree.nodes), 3)
	return append(dst, "\n    }\n  }"...)
}

// End appends the end of the array.
func (p *JSON) End(dst []byte) []byte {
	if p.printed {
		dst = append(dst, '\n')
	}
	return append(dst, "]\n"...)
}

// object appends an object of the nodes [from, to) and all below them. It recurses as deep as the tree is.
func (p *JSON) object(dst []byte, from, to, depth int) []byte {
	t := &p.tree
	dst = append(dst, '{')
	for i := from; i < to; i = t.after(i) {
		if i > from {
			dst = append(dst, ',')
		}
		n := &t.nodes[i]
		value := n.hasValue() || !t.parent(i)
		if value {
			dst = append(appendJSONText(appendLevel(dst, depth+1), t.key(i)), ": "...)
			dst = t.appendJSONValue(dst, i)
		}
		if !t.parent(i) {
			continue
		}
		if value {
			dst = append(dst, ',')
		}
		dst = appendJSONText(appendLevel(dst, depth+1), t.key(i))
		if value {
			dst = append(dst[:len(dst)-1], `_tree"`...)
		}
		dst = p.object(append(dst, ": "...), i+1, t.after(i), depth+1)
	}
	return append(appendLevel(dst, depth), '}')
}

// appendLevel begins a line.
func appendLevel(dst []byte, depth int) []byte {
	dst = append(dst, '\n')
	for range depth {
		dst = append(dst, "  "...)
	}
	return dst
}

// hasValue reports whether a node has a value, whatever is below it.
func (n *node) hasValue() bool {
	return n.field != nil && n.field.Type != field.None && n.field.Type != field.Protocol
}

// key returns what node i is called: the name of its field, or, of text, the text itself.
func (t *tree) key(i int) []byte {
	if f := t.nodes[i].field; f != nil {
		t.name = append(t.name[:0], f.Name...)
		return t.name
	}
	return t.label(i)
}

// appendJSONValue appends the value of node i as a string: as -T fields has it, but for bytes, which have colons between them.
// A protocol with nothing below it has its label, and what has no value is an empty string.
func (t *tree) appendJSONValue(dst []byte, i int) []byte {
	n := &t.nodes[i]
	switch {
	case n.field == nil || n.field.Type == field.None:
		return append(dst, `""`...)
	case n.field.Type == field.Protocol:
		return appendJSONText(dst, t.label(i))
	case n.field.Type == field.Bytes:
		return append(appendMAC(append(dst, '"'), n.value.Bytes), '"')
	case n.field.Type == field.String:
		return appendJSONText(dst, n.value.Bytes)
	case n.field.Type == field.AbsoluteTime:
		return append(t.appendTime(append(dst, '"'), n.value.Int()), '"')
	}
	return append(n.field.Append(append(dst, '"'), &n.value), '"')
}
