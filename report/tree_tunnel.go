package report

import (
	"github.com/icmpsniff/icmpsniff/field"
)

// The headers of tunnels: GRE (RFC 2784, RFC 2890) and VXLAN (RFC 7348). None of their fields is in the table.

var bitNames = []field.Name{{Value: 1, Name: "Yes"}, {Value: 0, Name: "No"}}

var greRows = []row{
	greBits("flags_and_version", "Flags and Version", field.Uint16, 0).base(field.Hex).below(
		greBits("flags.checksum", "Checksum Bit", field.Boolean, 0x8000).named(bitNames),
		greBits("flags.routing", "Routing Bit", field.Boolean, 0x4000).named(bitNames),
		greBits("flags.key", "Key Bit", field.Boolean, 0x2000).named(bitNames),
		greBits("flags.sequence_number", "Sequence Number Bit", field.Boolean, 0x1000).named(bitNames),
		greBits("flags.strict_source_route", "Strict Source Route Bit", field.Boolean, 0x0800).named(bitNames),
		greBits("flags.recursion_control", "Recursion control", field.Uint16, 0x0700),
		greBits("flags.reserved", "Flags (Reserved)", field.Uint16, 0x00f8),
		greBits("flags.version", "Version", field.Uint16, 0x0007).named([]field.Name{{Value: 0, Name: "GRE"}, {Value: 1, Name: "Enhanced GRE"}}),
	),
	greProtocol,
}

var greProtocol = ownBits(field.Field{Name: "gre.proto", Label: "Protocol Type", Type: field.Uint16, Base: field.Hex, Names: greProtocols}, 2, 2)

// greProtocols are EtherTypes and what else GRE carries.
var greProtocols = append([]field.Name{{Value: 0x880b, Name: "PPP"}, {Value: 0x88be, Name: "ERSPAN"}, {Value: 0x22eb, Name: "ERSPAN III"},
	{Value: 0x8909, Name: "CiscoMetaData"}, {Value: 0x0800, Name: "IP"}}, show("eth.type").field.Names...)

func greBits(name, label string, t field.Type, mask uint64) row {
	return ownBits(field.Field{Name: "gre." + name, Label: label, Type: t, Base: field.Dec, Mask: mask}, 0, 2)
}

func greTitle(t *tree, _ *field.Value) {
	t.str("Generic Routing Encapsulation")
	if b := t.header(); len(b) >= 4 {
		name := greProtocol.field.NameOf(uint64(b[2])<<8 | uint64(b[3]))
		if name == "" {
			name = "Unknown"
		}
		t.str(" (").str(name).str(")")
	}
}

var vxlanRows = []row{
	vxlanBits("flags", "Flags", field.Uint16, 0, 0, 2).base(field.Hex).below(
		vxlanBits("flag_g", "GBP Extension", field.Boolean, 0x8000, 0, 2).named([]field.Name{{Value: 1, Name: "Defined"}, {Value: 0, Name: "Not defined"}}),
		vxlanBits("flag_i", "VXLAN Network ID (VNI)", field.Boolean, 0x0800, 0, 2),
		vxlanBits("flag_d", "Don't Learn", field.Boolean, 0x0040, 0, 2),
		vxlanBits("flag_a", "Policy Applied", field.Boolean, 0x0008, 0, 2),
		vxlanBits("flags_reserved", "Reserved(R)", field.Uint16, 0x77b7, 0, 2).base(field.Hex),
	).flags(),
	vxlanBits("gbp", "Group Policy ID", field.Uint16, 0, 2, 2),
	vxlanBits("vni", "VXLAN Network Identifier (VNI)", field.Uint24, 0, 4, 3),
	vxlanBits("reserved8", "Reserved", field.Uint8, 0, 7, 1),
}

func vxlanBits(name, label string, t field.Type, mask uint64, offset, width int) row {
	return ownBits(field.Field{Name: "vxlan." + name, Label: label, Type: t, Base: field.Dec, Mask: mask}, offset, width)
}

// base, named and below complete a field of one's own.
func (r row) base(b field.Base) row {
	r.field.Base = b
	return r
}

func (r row) named(names []field.Name) row {
	r.field.Names = names
	return r
}

func (r row) below(rows ...row) row {
	r.rows = rows
	return r
}

var nullRows = []row{
	call(func(t *tree) {
		b := t.header()
		if len(b) < 4 {
			return
		}
		// The family is in the capturing host's byte order.
		family := uint64(b[0]) | uint64(b[3])
		name := "Unknown"
		if n, ok := families[family]; ok {
			name = n
		}
		t.begin(nullFamily, field.Value{Uint: family}, plain)
		t.str("Family: ").str(name).str(" (").uint(family).str(")").end()
	}),
}

var nullFamily = &field.Field{Name: "null.family", Type: field.Uint32, Base: field.Dec, Protocol: "null"}

// families are the address families for IP of the systems that have this header.
var families = map[uint64]string{2: "IP", 10: "IPv6", 24: "IPv6", 28: "IPv6", 30: "IPv6"}
