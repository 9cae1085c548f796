package report

import "github.com/icmpsniff/icmpsniff/field"

// Multicast listener discovery (RFC 2710, RFC 3810).

var listenerRows = []row{
	show("icmpv6.mld.maximum_response_delay"),
	show("icmpv6.mld.maximum_response_code"),
	show("icmpv6.reserved").when(message(listenerQuery, listenerReport, listenerDone)),
	show("icmpv6.mld.multicast_address"),
	show("icmpv6.mld.flag",
		show("icmpv6.mld.flag.s"),
		show("icmpv6.mld.flag.qrv"),
		show("icmpv6.mld.flag.reserved"),
	).flags(),
	show("icmpv6.mld.qqi"),
	show("icmpv6.mld.nb_sources"),
	show("icmpv6.mld.source_address"),
	show("icmpv6.reserved").when(message(listenerReport2)),
	show("icmpv6.mldr.nb_mcast_records"),
	each("icmpv6.mldr.mar",
		show("icmpv6.mldr.mar.record_type"),
		show("icmpv6.mldr.mar.aux_data_len"),
		show("icmpv6.mldr.mar.nb_sources"),
		show("icmpv6.mldr.mar.multicast_address"),
		show("icmpv6.mldr.mar.source_address"),
		show("icmpv6.mldr.mar.auxiliary_data"),
	).worded(func(t *tree, _ *field.Value) {
		t.str("Multicast Address Record")
		t.repeat(listenerRecord, " ", "")
		t.repeat(listenerAddress, ": ", "")
	}),
}

var (
	listenerRecord  = show("icmpv6.mldr.mar.record_type").field
	listenerAddress = show("icmpv6.mldr.mar.multicast_address").field
)
