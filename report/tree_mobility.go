package report

import "github.com/icmpsniff/icmpsniff/field"

// Extensions of ICMP router advertisements by mobility agents (RFC 5944 §2.1).

var mobilityRows = []row{
	show("icmp.mip.type"),
	show("icmp.mip.length"),
	show("icmp.mip.seq"),
	show("icmp.mip.life"),
	show("icmp.mip.flags",
		show("icmp.mip.r"),
		show("icmp.mip.b"),
		show("icmp.mip.h"),
		show("icmp.mip.f"),
		show("icmp.mip.m"),
		show("icmp.mip.g"),
		show("icmp.mip.v"),
		show("icmp.mip.rt"),
		show("icmp.mip.u"),
		show("icmp.mip.x"),
		show("icmp.mip.reserved"),
	).flags(),
	show("icmp.mip.coa"),
	show("icmp.mip.prefixlength"),
	show("icmp.mip.challenge"),
}

var mobilityType = show("icmp.mip.type").field

// mobilityExtensions adds the extensions, each under the name of its type.
func mobilityExtensions() row {
	r := each("icmp.mip.type")
	r.call = func(t *tree) {
		t.begin(nil, field.Value{}, plain)
		t.str("Ext: ")
		if name := mobilityType.NameOf(uint64(t.octet(0))); name != "" {
			t.str(name)
		} else {
			t.str("Unknown ext ").uint(uint64(t.octet(0)))
		}
		t.end()
		t.depth++
		t.add(mobilityRows)
		t.depth--
	}
	return r
}
