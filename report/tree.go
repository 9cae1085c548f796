package report

import (
	"time"

	"github.com/icmpsniff/icmpsniff/field"
)

// A tree is a packet as tshark shows it in detail: protocols, under them fields, under those more. It is built once for a packet,
// and -V, -T json and -T ek each print it in their own way. Files tree_*.go say what the trees of the protocols look like, as
// lists of rows; details.go, packets_json.go and packets_ek.go are the printers.
//
// The nodes are in the order in which a tree is read, each with its depth, so that no node points to another and all the memory
// is used again for the next packet. A tree is as deep as the datagrams that ICMP errors quote are, which package decode bounds,
// and a protocol's own rows some five more.
type tree struct {
	names   Names
	twoPass bool
	zone    *time.Location

	s     *field.Subject
	nodes []node
	text  []byte // the labels
	depth int16  // of the next node

	next  int        // the next layer to tell of
	layer int        // the layer that rows are about, -1 for the frame
	part  field.Part // the part of it, if they are about one

	later  []int         // layers that are shown after the protocol that they are in
	values []field.Value // stacks: a row uses their ends, and puts back what it took
	parts  []field.Part
	name   []byte // of a key

	letters []byte // values of text that are not in the frame
}

// node is a line of a tree: a field with a value, or text alone.
type node struct {
	field    *field.Field // nil for text
	value    field.Value
	from, to int // the label, in tree.text
	depth    int16
	look     look
}

// look says how a node is shown.
type look uint8

const (
	plain look = iota
	// generated nodes are what the analyzer knows, not what the packet says: in brackets.
	generated
	// hidden nodes are in no text, but in JSON.
	hidden
)

// fill makes the tree of a packet. It is valid until the next.
func (t *tree) fill(s *field.Subject) {
	t.s, t.nodes, t.text, t.depth = s, t.nodes[:0], t.text[:0], 0
	t.values, t.parts = t.values[:0], t.parts[:0]
	t.layer, t.part, t.later = -1, field.Part{}, t.later[:0]
	t.letters = t.letters[:0]
	t.frame()
	for t.next = 0; t.next < len(s.Packet.Layers); {
		t.addLayer()
		t.addLater()
	}
	t.conflict()
	t.verdict()
}

// begin adds a node, whose label is what is appended to t.text until end.
func (t *tree) begin(f *field.Field, v field.Value, l look) {
	t.nodes = append(t.nodes, node{field: f, value: v, from: len(t.text), depth: t.depth, look: l})
	if l == generated {
		t.text = append(t.text, '[')
	}
}

func (t *tree) end() {
	n := &t.nodes[len(t.nodes)-1]
	if n.look == generated {
		t.text = append(t.text, ']')
	}
	n.to = len(t.text)
}

// line adds a node without a field.
func (t *tree) line(l look, label string) {
	t.begin(nil, field.Value{}, l)
	t.str(label).end()
}

// label returns the text of node i.
func (t *tree) label(i int) []byte { return t.text[t.nodes[i].from:t.nodes[i].to] }

// parent reports whether node i has nodes below it.
func (t *tree) parent(i int) bool { return i+1 < len(t.nodes) && t.nodes[i+1].depth > t.nodes[i].depth }

// after returns the index of the first node behind node i and all below it.
func (t *tree) after(i int) int {
	j := i + 1
	for j < len(t.nodes) && t.nodes[j].depth > t.nodes[i].depth {
		j++
	}
	return j
}

// bytes returns the bytes that rows are about: those of a part, or of a layer and all it carries.
func (t *tree) bytes() []byte {
	if t.part.Bytes != nil {
		return t.part.Bytes
	}
	p := t.s.Packet
	if t.layer < 0 {
		return p.Data
	}
	return p.Bytes(&p.Layers[t.layer])
}

// octet returns one of those bytes, 0 if there are not so many.
func (t *tree) octet(i int) byte {
	if b := t.bytes(); i < len(b) {
		return b[i]
	}
	return 0
}

// number16 returns the number in two of those bytes.
func (t *tree) number16(i int) uint64 { return uint64(t.octet(i))<<8 | uint64(t.octet(i+1)) }

// header returns the bytes of the layer's header.
func (t *tree) header() []byte {
	p := t.s.Packet
	return p.Header(&p.Layers[t.layer])
}

// str, uint, hex, addr and escaped append to the label that was begun. They return the tree, for more to follow.
func (t *tree) str(s string) *tree {
	t.text = append(t.text, s...)
	return t
}

func (t *tree) uint(u uint64) *tree {
	t.text = appendUint(t.text, u)
	return t
}

// hex appends 0x and so many digits.
func (t *tree) hex(u uint64, digits int) *tree {
	t.text = append(t.text, "0x"...)
	for digits--; digits >= 0; digits-- {
		t.text = append(t.text, hexDigits[u>>(4*digits)&15])
	}
	return t
}

func (t *tree) escaped(b []byte) *tree {
	t.text = appendFrameText(t.text, b)
	return t
}

// mac appends a link address; where addresses have names, with the name before it, or itself if it has none.
func (t *tree) mac(b []byte) *tree {
	if t.names.MAC == nil {
		t.text = appendMAC(t.text, b)
		return t
	}
	t.text = append(t.names.appendMAC(t.text, b), " ("...)
	t.text = append(appendMAC(t.text, b), ')')
	return t
}

func (t *tree) ip(b []byte) *tree {
	if len(b) == 4 {
		t.text = appendIPv4Address(t.text, b)
	} else {
		t.text = appendIPv6Address(t.text, b)
	}
	return t
}
