package report

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// The headers of GRE, ERSPAN and VXLAN.

var greRows = []row{
	show("gre.flags_and_version",
		show("gre.flags.checksum"), show("gre.flags.routing"), show("gre.flags.key"), show("gre.flags.sequence_number"),
		show("gre.flags.strict_source_route"), show("gre.flags.recursion_control"), show("gre.flags.ack"),
		show("gre.flags.reserved").when(func(t *tree) bool { return !grePPTP(t) }),
		ownBits(field.Field{Name: "gre.flags.reserved", Label: "Flags (Reserved)", Type: field.Uint16, Base: field.Dec, Mask: 0x0078}, 0, 2).when(grePPTP),
		show("gre.flags.version")),
	show("gre.proto"),
	show("gre.checksum", expert("gre.checksum.incorrect", warning, onProtocol, badGREChecksum)).with(greChecksum),
	known("gre.checksum.status"),
	show("gre.offset"),
	show("gre.key"),
	show("gre.key.payload_length"),
	show("gre.key.call_id"),
	show("gre.sequence_number"),
	show("gre.ack_number"),
	eachCalled("gre.routing", show("gre.routing"), show("gre.routing.address_family"), show("gre.routing.sre_offset"), show("gre.routing.src_length"),
		show("gre.routing.information")),
	each("gre.wccp.redirect_header",
		show("gre.wccp.dynamic_service"), show("gre.wccp.alternative_bucket_used"), show("gre.wccp.redirect_header_valid"),
		show("gre.wccp.service_id"), show("gre.wccp.alternative_bucket"), show("gre.wccp.primary_bucket")),
	call(func(t *tree) { t.nested(func(l *decode.Layer) bool { return l.Kind == decode.Data }) }).when(func(t *tree) bool {
		const routing = 0x40 // what follows a source route is not looked at
		return t.octet(0)&routing == 0
	}),
}

// eachCalled adds rows about each of the parts that a field is read from, with no node above them.
func eachCalled(name string, rows ...row) row {
	r := each(name)
	r.call = func(t *tree) { t.add(rows) }
	return r
}

var greProtocol = show("gre.proto").field

func grePPTP(t *tree) bool { return t.number16(2) == 0x880b }

func greTitle(t *tree, _ *field.Value) {
	t.str("Generic Routing Encapsulation (")
	if name := greProtocol.NameOf(t.number16(2)); name != "" {
		t.str(name).str(")")
		return
	}
	from := len(t.text)
	t.hex(t.number16(2), 4)
	for i := from + len("0x"); i < len(t.text); i++ {
		t.text[i] = upper(t.text[i])
	}
	t.str(" - unknown)")
}

// upper returns a hexadecimal digit as a capital.
func upper(digit byte) byte {
	if digit >= 'a' {
		return digit - 'a' + 'A'
	}
	return digit
}

// greChecksum writes what the checksum is worth.
func greChecksum(t *tree, _ *field.Value) {
	state, _ := t.first(greStatus, field.Part{})
	switch decode.ChecksumState(state.Uint) {
	case decode.ChecksumGood:
		t.str(" [correct]")
	case decode.ChecksumBad:
		t.str(" incorrect, should be ").hex(t.rightGREChecksum(), 4)
	default:
		t.str(" [unverified]")
	}
}

var greStatus = show("gre.checksum.status").field

func badGREChecksum(t *tree) {
	t.str("Incorrect GRE Checksum [should be ").hex(t.rightGREChecksum(), 4).str("]")
}

// rightGREChecksum is what the checksum (RFC 2784 §2.4) should be: that of all bytes but its own, which are taken off in one's
// complement arithmetic.
func (t *tree) rightGREChecksum() uint64 {
	return uint64(decode.Checksum(t.bytes(), uint64(^uint16(t.number16(4)))))
}

// erspanRows list the fields of all versions and platforms: a header has its own.
var erspanRows = append([]row{
	show("erspan.version").nth(1),
	show("erspan.version", expert("erspan.version.unknown", warning, onUndecoded,
		says("Unknown version, please report or test to use fake ERSPAN preference"))).nth(2),
}, showAll("erspan.vlan", "erspan.cos", "erspan.encap", "erspan.bso", "erspan.truncated", "erspan.spanid", "erspan.reserved", "erspan.index",
	"erspan.timestamp", "erspan.sgt", "erspan.p", "erspan.ft", "erspan.hw", "erspan.direction", "erspan.gra", "erspan.o", "erspan.platid",
	"erspan.pid1.rsvd1", "erspan.pid1.vsmid", "erspan.pid1.port_index", "erspan.pid3.rsvd1", "erspan.pid3.port_index", "erspan.pid3.timestamp",
	"erspan.pid4.rsvd1", "erspan.pid4.rsvd2", "erspan.pid4.rsvd3", "erspan.pid5.switchid", "erspan.pid5.port_index", "erspan.pid5.timestamp",
	"erspan.pid7.rsvd1", "erspan.pid7.source_index", "erspan.pid7.timestamp")...)

// showAll are fields with nothing below them.
func showAll(names ...string) (rows []row) {
	for _, name := range names {
		rows = append(rows, show(name))
	}
	return rows
}

func erspanTitle(t *tree, _ *field.Value) {
	t.str("Encapsulated Remote Switch Packet ANalysis ")
	if len(t.header()) == 0 {
		t.str("Type I")
		return
	}
	name := erspanVersion.NameOf(uint64(t.octet(0) >> 4))
	if name == "" {
		name = "Unknown"
	}
	t.str(name)
}

var erspanVersion = show("erspan.version").field

var vxlanRows = []row{
	show("vxlan.flags", showAll("vxlan.flag_g", "vxlan.flag_i", "vxlan.flag_d", "vxlan.flag_a", "vxlan.flags_reserved")...).flags().when(plainVXLAN),
	ownBits(field.Field{Name: "vxlan.flags", Label: "Flags", Type: field.Uint8, Base: field.Hex}, 0, 1).
		below(append(showAll("vxlan.ver", "vxlan.i_bit", "vxlan.p_bit", "vxlan.o_bit"),
			ownBits(field.Field{Name: "vxlan.flags_reserved", Label: "Reserved(R)", Type: field.Uint8, Base: field.Dec, Mask: 0xc2}, 0, 1))...).
		when(func(t *tree) bool { return !plainVXLAN(t) }),
	show("vxlan.reserved_16"),
	show("vxlan.next_proto"),
	show("vxlan.gbp"),
	show("vxlan.vni"),
	show("vxlan.reserved8"),
}

// plainVXLAN reports whether the layer has no generic protocol extension, whose flags are others.
func plainVXLAN(t *tree) bool { return t.there("vxlan.flag_i") }

// below completes a field of one's own.
func (r row) below(rows ...row) row {
	r.rows = rows
	return r
}
