package report

import (
	"slices"
	"strconv"
	"time"

	"github.com/icmpsniff/icmpsniff/field"
)

// EK prints two lines of JSON for each packet, what to do and the packet, as the bulk interface of Elasticsearch reads them:
// tshark -T ek. A protocol is an object of its fields, however deep they are, and of the protocols in it. Fields that come
// several times below one of a kind are arrays.
type EK struct {
	tree tree

	// The fields of an object, in the order in which they came first. Objects within it use the end of the list.
	members []member
	index   map[memberKey]int // into members, of the object whose fields are being collected
	next    []int             // of each node the next in its member, 0 at the end
	above   []string          // the names of the nodes above, by depth
}

// member is what one member of an object is made of: nodes of one name below nodes of one name.
type member struct{ first, last, size int }

type memberKey struct{ parent, name string }

// NewEK returns a printer for Elasticsearch. It heeds the options Names and TwoPass.
func NewEK(options DetailOptions) *EK {
	return &EK{tree: options.tree(), index: map[memberKey]int{}}
}

// Begin appends nothing.
func (*EK) Begin(dst []byte) []byte { return dst }

// Append appends the two lines of a packet.
func (p *EK) Append(dst []byte, s *field.Subject) []byte {
	t := &p.tree
	t.fill(s)
	p.next = slices.Grow(p.next[:0], len(t.nodes))[:len(t.nodes)]
	clear(p.next)
	dst = appendBulkHead(dst, s)
	dst = p.object(append(dst, `"layers":`...), 0, len(t.nodes), "")
	return append(dst, "}\n"...)
}

// End appends nothing.
func (*EK) End(dst []byte) []byte { return dst }

// object appends an object of the nodes [from, to), which are below one of a name. It recurses as deep as protocols are nested.
func (p *EK) object(dst []byte, from, to int, name string) []byte {
	base := len(p.members)
	p.collect(from, to, name)
	dst = append(dst, '{')
	for g, end := base, len(p.members); g < end; g++ {
		if g > base {
			dst = append(dst, ',')
		}
		dst = p.appendMember(dst, p.members[g])
	}
	p.members = p.members[:base]
	return append(dst, '}')
}

// collect sorts the nodes [from, to) into members. What is below a protocol is that protocol's.
func (p *EK) collect(from, to int, name string) {
	if from == to {
		return
	}
	t := &p.tree
	clear(p.index)
	top := t.nodes[from].depth
	p.above = append(p.above[:0], name)
	for i := from; i < to; {
		n := &t.nodes[i]
		level := int(n.depth - top)
		key := memberKey{p.above[level], n.name()}
		if g, ok := p.index[key]; ok {
			m := &p.members[g]
			p.next[m.last] = i
			m.last = i
			m.size++
		} else {
			p.index[key] = len(p.members)
			p.members = append(p.members, member{i, i, 1})
		}
		if n.field != nil && n.field.Type == field.Protocol {
			i = t.after(i)
			continue
		}
		p.above = append(p.above[:level+1], n.name())
		i++
	}
}

// name returns the name of a node's field, "text" if it has none.
func (n *node) name() string {
	if n.field == nil {
		return "text"
	}
	return n.field.Name
}

// appendMember appends one: its name, and its value or an array of them.
func (p *EK) appendMember(dst []byte, g member) []byte {
	dst = append(appendMemberName(append(dst, '"'), &p.tree.nodes[g.first]), `":`...)
	if g.size > 1 {
		dst = append(dst, '[')
	}
	for k, i := 0, g.first; k < g.size; k, i = k+1, p.next[i] {
		if k > 0 {
			dst = append(dst, ',')
		}
		dst = p.value(dst, i)
	}
	if g.size > 1 {
		dst = append(dst, ']')
	}
	return dst
}

// appendMemberName appends a field's name after that of the protocol it is listed under, with _ for each point.
func appendMemberName(dst []byte, n *node) []byte {
	from := len(dst)
	if n.field != nil && n.field.Type != field.Protocol && n.field.Protocol != "" {
		dst = append(append(dst, n.field.Protocol...), '_')
	}
	dst = append(dst, n.name()...)
	for i := range dst[from:] {
		if dst[from+i] == '.' {
			dst[from+i] = '_'
		}
	}
	return dst
}

func (p *EK) value(dst []byte, i int) []byte {
	t := &p.tree
	n := &t.nodes[i]
	switch {
	case n.field == nil:
		return appendJSONText(dst, t.label(i))
	case n.field.Type == field.Protocol && t.parent(i):
		return p.object(dst, i+1, t.after(i), n.field.Name)
	case n.field.Type == field.None:
		return append(dst, "null"...)
	case n.field.Type == field.Boolean:
		return strconv.AppendBool(dst, n.value.Uint != 0)
	case n.field.Type == field.AbsoluteTime:
		dst = time.Unix(0, n.value.Int()).UTC().AppendFormat(append(dst, '"'), "2006-01-02T15:04:05.000000000Z")
		return append(dst, '"')
	}
	return t.appendJSONValue(dst, i)
}
