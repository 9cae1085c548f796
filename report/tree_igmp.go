package report

import "github.com/icmpsniff/icmpsniff/field"

// IGMP (RFC 1112, RFC 2236, RFC 3376).

var igmpRows = []row{
	known("igmp.version"),
	show("igmp.type"),
	show("igmp.max_resp",
		show("igmp.max_resp.exp"),
		show("igmp.max_resp.mant"),
	).worded(tenths),
	show("igmp.reserved").nth(1),
	show("igmp.checksum").with(checksum),
	known("igmp.checksum.status"),
	show("igmp.reserved").nth(2),
	show("igmp.maddr"),
	show("igmp.s"),
	show("igmp.qrv"),
	show("igmp.qqic"),
	show("igmp.num_src"),
	show("igmp.saddr"),
	show("igmp.num_grp_recs"),
	groupRecords(),
}

// tenths writes a time in tenths of a second, and the byte that says it.
func tenths(t *tree, v *field.Value) {
	t.str("Max Resp Time: ").uint(v.Uint/10).str(".").uint(v.Uint%10).str(" sec (").hex(uint64(t.bytes()[1]), 2).str(")")
}

var (
	recordType    = show("igmp.record_type").field
	recordAddress = show("igmp.maddr").field
	recordRows    = []row{
		show("igmp.record_type"),
		show("igmp.aux_data_len"),
		show("igmp.num_src"),
		show("igmp.maddr"),
		call(recordSources),
	}
)

// groupRecords adds the records of a version 3 report, each under a line that says what it is.
func groupRecords() row {
	r := each("igmp.record_type")
	r.call = func(t *tree) {
		t.begin(nil, field.Value{}, plain)
		t.str("Group Record :")
		t.repeat(recordAddress, " ", "")
		t.repeat(recordType, "  ", "")
		t.end()
		t.depth++
		t.add(recordRows)
		t.depth--
	}
	return r
}

var sourceField = &field.Field{Name: "igmp.saddr", Label: "Source Address", Type: field.IPv4, Protocol: "igmp"}

// recordSources adds the sources of a group record (RFC 3376 §4.2.4).
func recordSources(t *tree) {
	b := t.part.Bytes
	if len(b) < 8 {
		return
	}
	for n := int(b[2])<<8 | int(b[3]); n > 0 && len(b) >= 12; n-- {
		t.begin(sourceField, field.Value{Bytes: b[8:12]}, plain)
		t.str("Source Address: ").ip(b[8:12]).end()
		b = b[4:]
	}
}
