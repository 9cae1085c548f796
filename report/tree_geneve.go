package report

import (
	"math/bits"

	"github.com/icmpsniff/icmpsniff/field"
)

// Geneve, with its options, and GTP's user plane, with its extension headers.

var geneveRows = []row{
	show("geneve.version"),
	show("geneve.option.length").in(" bytes"),
	show("geneve.flags", show("geneve.flags.oam"), show("geneve.flags.critical"), show("geneve.flags.reserved").worded(reservedBits(1, 0x3f))).flags(),
	show("geneve.proto_type"),
	show("geneve.vni"),
	show("geneve.reserved").when(func(t *tree) bool { return t.octet(7) != 0 }),
	hide("geneve.reserved").when(func(t *tree) bool { return t.octet(7) == 0 }),
	show("geneve.options",
		each("geneve.option",
			show("geneve.option.class"),
			show("geneve.option.type").with(criticality),
			hide("geneve.option.type.critical"),
			show("geneve.option.flags", show("geneve.option.flags.reserved").worded(reservedBits(3, 0xe0))).with(func(t *tree, _ *field.Value) { t.str(" (RSVD)") }).
				when(func(t *tree) bool { return t.octet(3)>>5 != 0 }),
			row{field: show("geneve.option.flags").field, look: hidden, rows: []row{hide("geneve.option.flags.reserved")}, cond: func(t *tree) bool {
				return t.octet(3)>>5 == 0
			}},
			show("geneve.option.length").in(" bytes"),
			show("geneve.option.unknown.data"),
		).worded(func(t *tree, v *field.Value) { t.geneveOption(v.Bytes).criticality(v.Bytes[2]) }),
		brokenOption,
	).worded(func(t *tree, v *field.Value) { t.str("Options: (").uint(uint64(len(v.Bytes))).str(" bytes)") }),
}

// brokenOption is text with a remark of the same words below.
var brokenOption = func() row {
	words := func(t *tree) {
		b := t.bytes()
		t.geneveOption(b).str(" (length of ").uint(4 + 4*uint64(b[3]&0x1f)).str(" is past end of options)")
	}
	r := each("geneve.option.length.invalid")
	remark := expert("geneve.option.length.invalid", warning, onProtocol, words)
	r.call = func(t *tree) {
		t.begin(nil, field.Value{}, plain)
		words(t)
		t.end()
		t.depth++
		remark.call(t)
		t.depth--
	}
	return r
}()

// reservedBits writes several bits at an offset that are one boolean.
func reservedBits(offset int, mask uint64) func(t *tree, v *field.Value) {
	f := &field.Field{Type: field.Uint8, Mask: mask}
	shift := bits.TrailingZeros64(mask)
	return func(t *tree, v *field.Value) {
		number := field.Value{Uint: uint64(t.octet(offset)) & mask >> shift}
		t.bits(f, &number, 8).str("Reserved: ").truth(f, v)
	}
}

// geneveOption writes the beginning of the label of an option: its class and type.
func (t *tree) geneveOption(b []byte) *tree {
	class := uint64(b[0])<<8 | uint64(b[1])
	name := optionClass.NameOf(class)
	if name == "" {
		name = "Unknown"
	}
	return t.str("Unknown, Class: ").str(name).str(" (").hex(class, 4).str(") Type: ").hex(uint64(b[2]), 2)
}

var optionClass = show("geneve.option.class").field

func criticality(t *tree, v *field.Value) { t.criticality(byte(v.Uint)) }

// criticality writes whether an option of a type may be passed over (RFC 8926 §3.5).
func (t *tree) criticality(kind byte) {
	if kind&0x80 != 0 {
		t.str(" (Critical)")
	} else {
		t.str(" (Non-critical)")
	}
}

func geneveTitle(t *tree, _ *field.Value) {
	t.str("Generic Network Virtualization Encapsulation")
	if b := t.header(); len(b) >= 7 {
		t.str(", VNI: ").hex(uint64(b[4])<<16|uint64(b[5])<<8|uint64(b[6]), 6)
		if b[1]&0x80 != 0 {
			t.str(", OAM")
		}
	}
}

var gtpRows = []row{
	show("gtp.flags", showAll("gtp.flags.version", "gtp.flags.payload", "gtp.flags.reserved", "gtp.flags.e", "gtp.flags.s", "gtp.flags.pn")...),
	show("gtp.message"),
	show("gtp.length"),
	show("gtp.teid"),
	show("gtp.seq_number"),
	show("gtp.npdu_number"),
	show("gtp.ext_hdr.next"),
	each("gtp.ext_hdr",
		show("gtp.ext_hdr.length"),
		show("gtp.ext_hdr.udp_port"),
		show("gtp.ext_hdr.ran_cont"),
		call(func(t *tree) {
			if t.octet(0) != sessionContainer {
				return
			}
			t.line(plain, "PDU Session Container")
			t.depth++
			t.add(sessionRows)
			t.depth--
		}),
		show("gtp.ext_hdr.pdcp_sn"),
		show("gtp.ext_hdr.next"),
	).worded(func(t *tree, v *field.Value) {
		name := gtpExtension.NameOf(uint64(v.Bytes[0]))
		if name == "" {
			name = "Unknown"
		}
		t.str("Extension header (").str(name).str(")")
	}),
}

var gtpExtension = show("gtp.ext_hdr.next").field

// sessionContainer is the type of the extension header that says what a packet's session is (3GPP TS 29.281 §5.2.2.7).
const sessionContainer = 0x85

var sessionRows = showAll("gtp.ext_hdr.pdu_ses_con.pdu_type", "gtp.spare.h1", "gtp.ext_hdr.pdu_ses_cont.ppp", "gtp.ext_hdr.pdu_ses_cont.rqi",
	"gtp.spare.b7b6", "gtp.ext_hdr.pdu_ses_con.qos_flow_id", "gtp.ext_hdr.pdu_ses_cont.ppi", "gtp.spare.b4b0")
