package report

import "github.com/icmpsniff/icmpsniff/field"

// Ethernet's configuration testing protocol, Teredo's indications, LISP's data header, and the beginning of PIM.

var loopRows = []row{
	show("loop.skipcount"),
	show("loop.relevant_function"),
	eachCalled("loop.function", showAll("loop.function", "loop.receipt_number", "loop.forwarding_address")...),
}

var teredoRows = []row{
	each("teredo.auth", showAll("teredo.auth.idlen", "teredo.auth.aulen", "teredo.auth.id", "teredo.auth.value", "teredo.auth.nonce", "teredo.auth.conf")...),
	each("teredo.orig", showAll("teredo.orig.port", "teredo.orig.addr")...),
}

var lispRows = []row{
	show("lisp-data.flags", showAll("lisp-data.flags.nonce", "lisp-data.flags.lsb", "lisp-data.flags.enr", "lisp-data.flags.mv", "lisp-data.flags.iid",
		"lisp-data.flags.res")...),
	show("lisp-data.nonce").worded(func(t *tree, v *field.Value) { t.str("Nonce: ").uint(v.Uint).str(" (").hex(v.Uint, 6).str(")") }),
	show("lisp-data.mapver", showAll("lisp-data.srcmapver", "lisp-data.dstmapver")...),
	show("lisp-data.iid"),
	show("lisp-data.lsb"),
	show("lisp-data.lsb8"),
}

var pimRows = showAll("pim.version", "pim.type", "pim.res_bytes", "pim.cksum")
