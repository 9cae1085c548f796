package report

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// What a fragment's tree says of its datagram: in the frame that completes it the fragments, in the others that frame.

// fragments are the words and fields for it of one version of IP.
type fragments struct {
	version string
	whole   row          // of the frame that completes a datagram
	in      *field.Field // the number of that frame, on the others
}

var (
	fragments4 = fragmentsOf("IPv4", "ip", &field.Field{Name: "ip.reassembled_in", Type: field.FrameNum, Protocol: "ip"})
	fragments6 = fragmentsOf("IPv6", "ipv6", &field.Field{Name: "ipv6.reassembled.in", Type: field.FrameNum, Protocol: "ipv6"})
)

func fragmentsOf(version, protocol string, in *field.Field) *fragments {
	piece := show(protocol + ".fragment").field
	return &fragments{version: version, in: in, whole: known(protocol+".fragments",
		call(func(t *tree) { t.pieces(piece) }),
		known(protocol+".fragment.count"),
		known(protocol+".reassembled.length"),
		known(protocol+".reassembled.data"),
	).worded(func(t *tree, _ *field.Value) {
		p := t.s.Packet
		t.plural(uint64(len(p.Pieces)), " "+version+" Fragment").str(" (")
		t.plural(uint64(p.Layers[t.layer+1].StatedLength()), " byte").str("): ")
		for i := range p.Pieces {
			if i > 0 {
				t.str(", ")
			}
			t.str("#").uint(p.Pieces[i].Frame).str("(").uint(uint64(p.Pieces[i].Length)).str(")")
		}
	})}
}

// add adds what there is to say of the header, or fragment header, that the tree is at.
func (f *fragments) add(t *tree) {
	p := t.s.Packet
	t.addValues(&f.whole)
	if !t.twoPass || t.here().Flags&decode.Fragment == 0 || t.here().Quoted > 0 || p.ReassembledIn == 0 || p.ReassembledIn == p.Number {
		return
	}
	t.begin(f.in, field.Value{Uint: p.ReassembledIn}, generated)
	t.str("Reassembled ").str(f.version).str(" in frame: ").uint(p.ReassembledIn).end()
}

// pieces adds the fragments, each with where its bytes are.
func (t *tree) pieces(f *field.Field) {
	for _, p := range t.s.Packet.Pieces {
		t.begin(f, field.Value{Uint: p.Frame}, generated)
		t.str("Frame: ").uint(p.Frame).str(", payload: ").uint(uint64(p.Offset)).str("-").uint(uint64(max(p.Offset, p.Offset+p.Length-1)))
		t.str(" (")
		t.plural(uint64(p.Length), " byte").str(")").end()
	}
}

// fragment adds, as data, what the last layer carries, if that is a fragment of which nothing more is known.
func (t *tree) fragment() {
	p := t.s.Packet
	l := &p.Layers[t.next-1]
	if l.Flags&decode.Fragment == 0 || t.next < len(p.Layers) && p.Layers[t.next].Kind != decode.ICMPExtension {
		return
	}
	if b := p.Payload(l); len(b) > 0 {
		t.at(field.Part{Bytes: b}, t.addData)
	}
}

// addData adds the part that the tree is at, as data.
func (t *tree) addData() {
	b := t.part.Bytes
	t.addNode(&fragmentData, field.Value{Bytes: b, Uint: uint64(len(b))})
}

var fragmentData = row{
	field: show("data").field,
	label: func(t *tree, v *field.Value) { t.dataTitle(len(v.Bytes)) },
	rows: []row{
		own(*show("data.data").field, func(t *tree, dst []field.Value) []field.Value {
			return append(dst, field.Value{Bytes: t.part.Bytes})
		}),
		own(*show("data.len").field, func(t *tree, dst []field.Value) []field.Value {
			return append(dst, field.Value{Uint: uint64(len(t.part.Bytes))})
		}).looking(generated),
	},
}
