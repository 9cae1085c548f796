package report

import "github.com/icmpsniff/icmpsniff/field"

// PPP and what carries it, labels and pseudowires, BSD's loopback header.

var pppRows = []row{
	show("ppp.address"),
	show("ppp.control"),
	known("ppp.direction"),
	show("ppp.protocol"),
}

var pppoeRows = showAll("pppoe.version", "pppoe.type", "pppoe.code", "pppoe.session_id", "pppoe.payload_length")

var chdlcRows = showAll("chdlc.address", "chdlc.control", "chdlc.protocol")

var l2tpRows = append([]row{
	show("l2tp.flags", showAll("l2tp.type", "l2tp.length_bit", "l2tp.seq_bit", "l2tp.offset_bit", "l2tp.priority", "l2tp.version")...).flags(),
}, showAll("l2tp.length", "l2tp.tunnel", "l2tp.session", "l2tp.Ns", "l2tp.Nr", "l2tp.offset", "l2tp.offset_padding", "l2tp.zero_length_body_message")...)

var nullRows = showAll("null.family", "null.type")

var mplsRows = []row{
	show("mpls.label").worded(func(t *tree, v *field.Value) {
		t.bits(mplsLabel, v, 32).str("MPLS Label: ")
		if name := mplsLabel.NameOf(v.Uint); name != "" {
			t.str(name).str(" (").uint(v.Uint).str(")")
			return
		}
		t.uint(v.Uint).str(" (").hex(v.Uint, 5).str(")")
	}),
	show("mpls.exp"),
	show("mpls.bottom"),
	show("mpls.ttl"),
}

var mplsLabel = show("mpls.label").field

func mplsTitle(t *tree, _ *field.Value) {
	t.str("MultiProtocol Label Switching Header")
	b := t.header()
	if len(b) < 4 {
		return
	}
	label := uint64(b[0])<<12 | uint64(b[1])<<4 | uint64(b[2]>>4)
	t.str(", Label: ").uint(label)
	if name := mplsLabel.NameOf(label); name != "" {
		t.str(" (").str(name).str(")")
	}
	t.str(", Exp: ").uint(uint64(b[2] >> 1 & 7)).str(", S: ").uint(uint64(b[2] & 1)).str(", TTL: ").uint(uint64(b[3]))
}

// pseudowireRows are beside the last label of a pseudowire.
var pseudowireRows = []row{
	hide("pweth"),
	hide("pweth.cw"),
	show("pwethcw", show("pweth.cw.sequence_number").called("Sequence Number")),
}
