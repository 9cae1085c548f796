package report

import (
	"slices"
	"time"

	"github.com/icmpsniff/icmpsniff/field"
)

// DetailOptions say how packets are printed in detail. The zero value is right for one pass over a capture.
type DetailOptions struct {
	Names   Names          // how link addresses are shown
	Only    []string       // the protocols to print in full, as filters spell them, the others on a line each; nil for all
	TwoPass bool           // requests know their replies, and fragments where they were reassembled
	Bytes   bool           // the packet's bytes are printed after it, so that data is not dumped where it stands
	Zone    *time.Location // of times; nil for local time
}

func (o *DetailOptions) tree() tree {
	zone := o.Zone
	if zone == nil {
		zone = time.Local
	}
	return tree{names: o.Names, twoPass: o.TwoPass, zone: zone}
}

// Details prints packets as trees of text, as tshark -V does: four blanks for each level, a blank line after each packet.
type Details struct {
	options DetailOptions
	tree    tree
}

// NewDetails returns a printer of details.
func NewDetails(options DetailOptions) *Details {
	return &Details{options: options, tree: options.tree()}
}

// Begin appends nothing.
func (*Details) Begin(dst []byte) []byte { return dst }

// Append appends the tree of a packet.
func (d *Details) Append(dst []byte, s *field.Subject) []byte {
	t := &d.tree
	t.fill(s)
	for i := 0; i < len(t.nodes); {
		n := &t.nodes[i]
		if n.look == hidden {
			i++
			continue
		}
		for range n.depth {
			dst = append(dst, "    "...)
		}
		dst = append(append(dst, t.label(i)...), '\n')
		if n.depth == 0 && d.collapsed(n) {
			i = t.after(i)
			continue
		}
		if n.field != nil && n.field.Name == "data" && !d.options.Bytes {
			dst = appendDump(append(dst, '\n'), t.dataBytes(i))
		}
		i++
	}
	return append(dst, '\n')
}

// collapsed reports whether only the title of a protocol is printed.
func (d *Details) collapsed(n *node) bool {
	return d.options.Only != nil && (n.field == nil || !slices.Contains(d.options.Only, n.field.Name))
}

// dataBytes returns the bytes of the data that node i is.
func (t *tree) dataBytes(i int) []byte {
	if t.parent(i) {
		return t.nodes[i+1].value.Bytes
	}
	return t.nodes[i].value.Bytes
}

// End appends nothing.
func (*Details) End(dst []byte) []byte { return dst }
