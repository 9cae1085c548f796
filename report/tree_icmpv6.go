package report

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// icmpv6Rows are of the messages of RFC 4443 and RFC 8335 and of those that have files of their own: their fields are in the
// same places, and only those of the message's type have values.
var icmpv6Rows = slices.Concat(
	[]row{
		show("icmpv6.type"),
		show("icmpv6.code").with(code6),
		show("icmpv6.checksum", expert("icmpv6.checksum_bad.expert", warning, onChecksum, badChecksum)).with(checksum),
		known("icmpv6.checksum.status"),
		show("icmpv6.mtu"),
		show("icmpv6.pointer"),
		show("icmpv6.echo.identifier"),
		show("icmpv6.echo.sequence_number"),
		show("icmpv6.ext.echo.seq"),
		show("icmpv6.ext.echo.req.res"),
		show("icmpv6.ext.echo.req.local"),
		show("icmpv6.ext.echo.rsp.state"),
		show("icmpv6.ext.echo.rsp.res"),
		show("icmpv6.ext.echo.rsp.active"),
		show("icmpv6.ext.echo.rsp.ipv4"),
		show("icmpv6.ext.echo.rsp.ipv6"),
		show("icmpv6.mip6.identifier"),
		known("icmpv6.resp_in").when(inPacket),
		known("icmpv6.no_resp", expert("icmpv6.resp_not_found", warning, onSequence, notAnswered6)).when(inPacket),
		known("icmpv6.resp_to").when(inPacket),
		known("icmpv6.resptime").worded(responseTime).when(inPacket),
	},
	listenerRows,
	[]row{show("icmpv6.reserved").nth(1).when(reservedFirst)},
	ndRows,
	nodeInformationRows,
	renumberingRows,
	rplRows,
	[]row{call((*tree).carried)},
)

func code6(t *tree, v *field.Value) {
	b := t.bytes()
	name, coded := decode.ICMPv6CodeName(b[0], byte(v.Uint))
	switch {
	case name != "":
		t.str(" (").str(name).str(")")
	case coded:
		t.str(" (Unknown)")
	}
}

func notAnswered6(t *tree) {
	t.str("No response seen to ICMPv6 request in frame ").uint(t.s.Packet.Number)
}

// Types of messages whose reserved bytes are among their fields (IANA's ICMPv6 parameters).
const (
	listenerQuery, listenerReport, listenerDone, listenerReport2 = 130, 131, 132, 143
	renumberingMessage, rplMessage                               = 138, 155
)

// message is a condition on layers: that they are messages of some types.
func message(kinds ...byte) func(t *tree) bool {
	return func(t *tree) bool { return slices.Contains(kinds, t.octet(0)) }
}

// reservedFirst: the reserved bytes come next after the checksum, in the messages of no file of their own.
func reservedFirst(t *tree) bool {
	switch t.octet(0) {
	case listenerQuery, listenerReport, listenerDone, listenerReport2, renumberingMessage, rplMessage:
		return false
	}
	return true
}
