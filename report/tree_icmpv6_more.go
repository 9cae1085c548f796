package report

import "github.com/icmpsniff/icmpsniff/field"

// Node information (RFC 4620), router renumbering (RFC 2894) and RPL (RFC 6550).

var nodeInformationRows = []row{
	show("icmpv6.ni.qtype"),
	show("icmpv6.ni.flag",
		show("icmpv6.ni.flag.g"),
		show("icmpv6.ni.flag.s"),
		show("icmpv6.ni.flag.l"),
		show("icmpv6.ni.flag.c"),
		show("icmpv6.ni.flag.a"),
		show("icmpv6.ni.flag.t"),
		show("icmpv6.ni.flag.rsv"),
	).flags(),
	show("icmpv6.ni.nonce"),
	show("icmpv6.ni.query.subject_ipv6"),
	show("icmpv6.ni.query.subject_ipv4"),
	answers("icmpv6.ni.reply.node_address"),
	answers("icmpv6.ni.reply.ipv4_address"),
}

// answers adds the addresses of a reply, each with its lifetime.
func answers(name string) row {
	r := each(name)
	rows := []row{show("icmpv6.ni.reply.node_ttl"), show(name)}
	r.call = func(t *tree) { t.add(rows) }
	return r
}

var renumberingRows = []row{
	show("icmpv6.rr.sequence_number"),
	show("icmpv6.rr.segment_number"),
	show("icmpv6.rr.flag",
		show("icmpv6.rr.flag.t"),
		show("icmpv6.rr.flag.r"),
		show("icmpv6.rr.flag.a"),
		show("icmpv6.rr.flag.s"),
		show("icmpv6.rr.flag.p"),
		show("icmpv6.rr.flag.rsv"),
	).flags(),
	show("icmpv6.rr.maxdelay"),
	show("icmpv6.reserved").nth(1).when(message(renumberingMessage)),
	each("icmpv6.rr.pco.mp",
		show("icmpv6.rr.pco.mp.opcode"),
		show("icmpv6.rr.pco.mp.oplength"),
		show("icmpv6.rr.pco.mp.ordinal"),
		show("icmpv6.rr.pco.mp.matchlen"),
		show("icmpv6.rr.pco.mp.minlen"),
		show("icmpv6.rr.pco.mp.maxlen"),
		own(field.Field{Name: "icmpv6.reserved", Label: "Reserved", Type: field.Bytes, Protocol: "icmpv6"}, partReserved),
		show("icmpv6.rr.pco.mp.matchprefix"),
	).worded(matchTitle),
	each("icmpv6.rr.pco.up",
		show("icmpv6.rr.pco.up.uselen"),
		show("icmpv6.rr.pco.up.keeplen"),
		show("icmpv6.rr.pco.up.flagmask", maskedFlags(1)...),
		show("icmpv6.rr.pco.up.raflags", maskedFlags(2)...),
		show("icmpv6.rr.pco.up.validlifetime").worded(lifetime),
		show("icmpv6.rr.pco.up.preferredlifetime").worded(lifetime),
		show("icmpv6.rr.pco.up.flag",
			show("icmpv6.rr.pco.up.flag.v"),
			show("icmpv6.rr.pco.up.flag.p"),
			show("icmpv6.rr.pco.up.flag.reserved"),
		).flags(),
		show("icmpv6.rr.pco.up.useprefix"),
	).worded(useTitle),
}

func maskedFlags(n int) []row {
	return []row{
		show("icmpv6.rr.pco.up.flagmask.l").nth(n),
		show("icmpv6.rr.pco.up.flagmask.a").nth(n),
		show("icmpv6.rr.pco.up.flagmask.reserved").nth(n),
	}
}

// partReserved is what follows the lengths in a match-prefix part.
func partReserved(t *tree, dst []field.Value) []field.Value {
	if b := t.part.Bytes; len(b) >= 8 {
		dst = append(dst, field.Value{Bytes: b[6:8]})
	}
	return dst
}

var (
	matchOperation = show("icmpv6.rr.pco.mp.opcode").field
	matchPrefix    = show("icmpv6.rr.pco.mp.matchprefix").field
	usePrefix      = show("icmpv6.rr.pco.up.useprefix").field
)

func matchTitle(t *tree, _ *field.Value) {
	b := t.part.Bytes
	t.str("Match-Prefix Part:")
	t.repeat(matchOperation, " ", "")
	t.repeat(matchPrefix, " ", "")
	t.str("/").uint(uint64(b[3])).str(" (").uint(uint64(b[4])).str("-").uint(uint64(b[5])).str(")")
}

func useTitle(t *tree, _ *field.Value) {
	b := t.part.Bytes
	t.str("Use-Prefix Part:")
	t.repeat(usePrefix, " ", "")
	t.str("/").uint(uint64(b[0])).str(" (keep ").uint(uint64(b[1])).str(")")
}

var rplRows = []row{
	show("icmpv6.rpl.dao.instance"),
	show("icmpv6.rpl.dao.flag",
		show("icmpv6.rpl.dao.flag.k"),
		show("icmpv6.rpl.dao.flag.d"),
		show("icmpv6.rpl.dao.flag.rsv"),
	).flags(),
	show("icmpv6.reserved").when(ofRPL),
	show("icmpv6.rpl.dao.sequence"),
	show("icmpv6.rpl.dao.dodagid"),
	show("icmpv6.rpl.daoack.instance"),
	show("icmpv6.rpl.daoack.flag",
		show("icmpv6.rpl.daoack.flag.d"),
		show("icmpv6.rpl.daoack.flag.rsv"),
	).flags(),
	show("icmpv6.rpl.daoack.sequence"),
	show("icmpv6.rpl.daoack.status"),
	show("icmpv6.rpl.daoack.dodagid"),
	each("icmpv6.opt",
		show("icmpv6.rpl.opt.type"),
		show("icmpv6.rpl.opt.length"),
		show("icmpv6.rpl.opt.target.flag"),
		show("icmpv6.rpl.opt.target.prefix_length"),
		show("icmpv6.data"),
	).worded(func(t *tree, _ *field.Value) {
		t.str("ICMPv6 RPL Option (")
		if name := rplOptionType.NameOf(uint64(t.octet(0))); name != "" {
			t.str(name)
		} else {
			t.str("Unknown ").uint(uint64(t.octet(0)))
		}
		t.str(")")
	}).when(ofRPL),
}

var rplOptionType = show("icmpv6.rpl.opt.type").field
