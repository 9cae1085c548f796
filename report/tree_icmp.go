package report

import (
	"strconv"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

var icmpRows = []row{
	show("icmp.type").with(func(t *tree, v *field.Value) { t.str(" (").str(icmpTypeName(t.bytes())).str(")") }),
	show("icmp.code").with(func(t *tree, v *field.Value) { t.code(decode.ICMPv4CodeName(t.octet(0), byte(v.Uint))) }),
	show("icmp.checksum", expert("icmp.checksum_bad", warning, onChecksum, badChecksum)).with(checksum),
	known("icmp.checksum.status"),
	show("icmp.ident"),
	show("icmp.ident_le"),
	show("icmp.seq"),
	show("icmp.seq_le"),
	show("icmp.ext.echo.seq"),
	show("icmp.ext.echo.req.res"),
	show("icmp.ext.echo.req.local"),
	show("icmp.ext.echo.rsp.state"),
	show("icmp.ext.echo.rsp.res"),
	show("icmp.ext.echo.rsp.active"),
	show("icmp.ext.echo.rsp.ipv4"),
	show("icmp.ext.echo.rsp.ipv6"),
	show("icmp.redir_gw"),
	show("icmp.pointer"),
	show("icmp.unused").nth(1),
	show("icmp.length", known("icmp.length.original_datagram")),
	show("icmp.unused").nth(2),
	show("icmp.mtu"),
	show("icmp.num_addrs"),
	show("icmp.addr_entry_size"),
	show("icmp.lifetime").with(func(t *tree, v *field.Value) { t.str(" (").duration(v.Uint).str(")") }),
	call(routers),
	mobilityExtensions(),
	show("icmp.originate_timestamp").with(sinceMidnight),
	show("icmp.receive_timestamp").with(sinceMidnight),
	show("icmp.transmit_timestamp").with(sinceMidnight),
	show("icmp.address_mask"),
	known("icmp.resp_in").when(inPacket),
	known("icmp.no_resp", expert("icmp.resp_not_found", warning, onSequence, says("No response seen to ICMP request"))).when(inPacket),
	known("icmp.resp_to").when(inPacket),
	known("icmp.resptime").worded(responseTime).when(inPacket),
	show("icmp.data_time"),
	known("icmp.data_time_relative"),
	call((*tree).carried),
}

// icmpTypeName returns the name of a message's type.
func icmpTypeName(b []byte) string {
	const advertisement, mobile, mobileAlone = 9, 0, 16 // RFC 5944 §2.1
	if len(b) > 1 && b[0] == advertisement && (b[1] == mobile || b[1] == mobileAlone) {
		return "Mobile IP Advertisement"
	}
	if name := decode.ICMPv4TypeName(b[0]); name != "" {
		return name
	}
	return "Unknown ICMP (obsolete or malformed?)"
}

// code writes the name of a message's code, if the type has codes.
func (t *tree) code(name string, coded bool) {
	switch {
	case name != "":
		t.str(" (").str(name).str(")")
	case coded:
		t.str(" (Unknown code: ").uint(uint64(t.octet(1))).str(")")
	}
}

// checksum writes what a message's checksum is worth.
func checksum(t *tree, _ *field.Value) {
	switch state := t.s.Packet.ChecksumState(t.layer); {
	case t.here().Quoted > 0:
		t.str(" [unverified] [in ICMP error packet]")
	case state == decode.ChecksumGood:
		t.str(" [correct]")
	case state == decode.ChecksumBad:
		t.str(" incorrect, should be ").hex(uint64(t.rightChecksum()), 4)
	default:
		t.str(" [unverified] [fragmented datagram]")
	}
}

func badChecksum(t *tree) {
	t.str("Bad checksum [should be ").hex(uint64(t.rightChecksum()), 4).str("]")
}

// rightChecksum is what the checksum of the message should be: what is there, corrected by what the sum over all is off by.
func (t *tree) rightChecksum() uint16 {
	p := t.s.Packet
	b := t.bytes()
	var sum uint64
	if ip := p.Network(); ip != nil && ip.Kind == decode.IPv6 && t.here().Kind == decode.ICMPv6 {
		h := p.Header(ip)
		if len(h) >= 40 {
			sum = decode.PseudoHeaderSum(h[8:24], p.Destination.Bytes, 58, len(b))
		}
	}
	there := uint32(b[2])<<8 | uint32(b[3])
	right := uint32(decode.Checksum(b, sum)) + there
	return uint16(right&0xffff + right>>16)
}

// sinceMidnight writes a time of the timestamp messages (RFC 792: milliseconds since midnight UT).
func sinceMidnight(t *tree, v *field.Value) {
	t.str(" (")
	t.clock(v.Uint).str(" after midnight UTC)")
}

// clock writes milliseconds as hours, minutes and seconds, those that are not 0.
func (t *tree) clock(ms uint64) *tree {
	t.longUnits(ms / 1000)
	s := ms / 1000 % 60
	switch {
	case ms%1000 != 0:
		t.separate(ms / 1000)
		t.text = appendFraction(appendUint(t.text, s), ms%1000*1e6, 3)
		return t.str(" seconds")
	case s != 0 || ms == 0:
		t.separate(ms / 1000)
		return t.plural(s, " second")
	}
	return t
}

// duration writes seconds as days, hours, minutes and seconds.
func (t *tree) duration(s uint64) *tree { return t.clock(s * 1000) }

// longUnits writes the days, hours and minutes of a number of seconds.
func (t *tree) longUnits(s uint64) {
	written := false
	for _, u := range [3]struct {
		n    uint64
		noun string
	}{{s / 86400, " day"}, {s / 3600 % 24, " hour"}, {s / 60 % 60, " minute"}} {
		if u.n == 0 {
			continue
		}
		if written {
			t.str(", ")
		}
		t.plural(u.n, u.noun)
		written = true
	}
}

func (t *tree) separate(s uint64) {
	if s >= 60 {
		t.str(", ")
	}
}

// responseTime writes a response time.
func responseTime(t *tree, v *field.Value) {
	f := t.nodes[len(t.nodes)-1].field
	t.str(f.Label).str(": ")
	t.text = strconv.AppendFloat(t.text, v.Float(), 'f', 3, 64)
	t.str(" ms")
}

var (
	routerAddress = show("icmp.router_address").field
	preference    = show("icmp.pref_level").field
)

// routers adds the addresses of a router advertisement, each with how much it is preferred.
func routers(t *tree) {
	from := len(t.parts)
	t.parts = routerAddress.Parts(t.s, t.layer, t.parts)
	for i, to := from, len(t.parts); i < to; i++ {
		t.part = t.parts[i]
		t.addNode(&row{field: routerAddress}, field.Value{Bytes: t.part.Bytes[:min(4, len(t.part.Bytes))]})
		t.addValues(&row{field: preference})
	}
	t.part = field.Part{}
	t.parts = t.parts[:from]
}
