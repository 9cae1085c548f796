package report

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// UDP, TCP and DNS as far as an ICMP error is about them: without what tshark knows of a stream.

var udpRows = []row{
	show("udp.srcport"),
	show("udp.dstport", call(tracerouteProbe)),
	hide("udp.port").nth(1),
	hide("udp.port").nth(2),
	show("udp.length"),
	show("udp.checksum", own(checksumStatus("udp"), checksumAbsent).looking(generated)).with(func(t *tree, v *field.Value) {
		if v.Uint == 0 {
			t.str(" [zero-value ignored]")
		} else {
			t.str(" [unverified]")
		}
	}),
	own(checksumStatus("udp"), checksumUnverified).looking(generated).when(func(t *tree) bool { return t.number16(6) != 0 }),
	show("udp.payload").worded(func(t *tree, v *field.Value) {
		t.str("UDP payload (")
		t.plural(uint64(len(v.Bytes)), " byte").str(")")
	}),
}

// tracerouteProbe remarks on the ports that traceroute sends to: three probes to a hop, from 33435 on.
func tracerouteProbe(t *tree) {
	const first, last = 32768 + 666 + 1, 32768 + 666 + 30
	if port := t.number16(2); port >= first && port <= last {
		t.remark(&probeRemark)
	}
}

var probeRemark = remark{
	field:    &field.Field{Name: "udp.possible_traceroute", Type: field.None, Protocol: "udp"},
	severity: chat, group: onSequence, text: func(t *tree) {
		n := t.number16(2) - 33435
		t.str("Possible traceroute: hop #").uint(n/3 + 1).str(", attempt #").uint(n%3 + 1)
	},
}

func checksumStatus(protocol string) field.Field {
	return field.Field{
		Name: protocol + ".checksum.status", Label: "Checksum Status", Type: field.Uint8, Protocol: protocol,
		Names: show("icmp.checksum.status").field.Names,
	}
}

// checksumUnverified: the checksums of UDP and TCP are left alone, as network cards fill them in after the capture.
func checksumUnverified(t *tree, dst []field.Value) []field.Value {
	if len(t.header()) < 8 {
		return dst
	}
	return append(dst, field.Value{Uint: uint64(decode.ChecksumUnverified)})
}

// checksumAbsent: a checksum of 0 is none (RFC 768).
func checksumAbsent(t *tree, dst []field.Value) []field.Value {
	const notPresent = 3 // in the names of the status
	if len(t.header()) < 8 || t.number16(6) != 0 {
		return dst
	}
	return append(dst, field.Value{Uint: notPresent})
}

func udpTitle(t *tree, _ *field.Value) { t.str("User Datagram Protocol").ports() }

// ports writes the two ports, which UDP and TCP have in one place.
func (t *tree) ports() *tree {
	if b := t.bytes(); len(b) >= 4 {
		t.str(", Src Port: ").uint(uint64(b[0])<<8 | uint64(b[1]))
		t.str(", Dst Port: ").uint(uint64(b[2])<<8 | uint64(b[3]))
	}
	return t
}

var tcpRows = []row{
	show("tcp.srcport"),
	show("tcp.dstport"),
	hide("tcp.port").nth(1),
	hide("tcp.port").nth(2),
	known("tcp.len"),
	show("tcp.seq_raw"),
	show("tcp.ack_raw"),
	show("tcp.hdr_len").worded(headerLength),
	show("tcp.flags",
		tcpFlag("tcp.flags.res", "Reserved", 0xe00),
		tcpFlag("tcp.flags.ae", "Accurate ECN", 0x100),
		tcpFlag("tcp.flags.cwr", "Congestion Window Reduced", 0x080),
		tcpFlag("tcp.flags.ece", "ECN-Echo", 0x040),
		show("tcp.flags.urg").of(12),
		show("tcp.flags.ack").of(12),
		show("tcp.flags.push").of(12),
		show("tcp.flags.reset").of(12),
		show("tcp.flags.syn").of(12),
		show("tcp.flags.fin").of(12),
		own(field.Field{Name: "tcp.flags.str", Label: "TCP Flags", Type: field.String, Protocol: "tcp"}, flagLetters).looking(generated),
	).worded(controlBits),
	show("tcp.window_size_value"),
	show("tcp.checksum").with(func(t *tree, _ *field.Value) { t.str(" [unverified]") }),
	own(checksumStatus("tcp"), checksumUnverified).looking(generated),
	show("tcp.urgent_pointer"),
	show("tcp.payload").worded(func(t *tree, v *field.Value) {
		t.str("TCP payload (")
		t.plural(uint64(len(v.Bytes)), " byte").str(")")
	}),
}

// controlBits writes the names of the flags that are set, from the lowest bit on (RFC 9293 §3.1).
func controlBits(t *tree, v *field.Value) {
	t.str("Flags: ").hex(v.Uint, 3).str(" (")
	before := ""
	for i, name := range tcpFlags {
		if v.Uint>>i&1 != 0 {
			t.str(before).str(name)
			before = ", "
		}
	}
	if before == "" {
		t.str("<None>")
	}
	t.str(")")
}

// tcpFlag adds a flag that is not in the table.
func tcpFlag(name, label string, mask uint64) row {
	return ownBits(field.Field{Name: name, Label: label, Type: field.Boolean, Mask: mask, Names: setOrNot}, 12, 2).of(12)
}

var setOrNot = []field.Name{{Value: 1, Name: "Set"}, {Value: 0, Name: "Not set"}}

// flagLetters makes a text of the flags: a letter for each that is set, a dot for each that is not.
func flagLetters(t *tree, dst []field.Value) []field.Value {
	b := t.header()
	if len(b) < 14 {
		return dst
	}
	from := len(t.letters)
	for i, flags := 11, uint(b[12])<<8|uint(b[13]); i >= 0; i-- {
		if flags>>i&1 != 0 {
			t.letters = append(t.letters, "RRRACEUAPRSF"[11-i])
		} else {
			t.letters = append(t.letters, "·"...)
		}
	}
	return append(dst, field.Value{Bytes: t.letters[from:len(t.letters):len(t.letters)]})
}

func tcpTitle(t *tree, _ *field.Value) { t.str("Transmission Control Protocol").ports() }

var dnsRows = []row{
	show("dns.id"),
	show("dns.flags", show("dns.flags.response"), show("dns.flags.opcode"), show("dns.flags.rcode")),
	show("dns.count.queries"),
	show("dns.count.answers"),
	show("dns.count.auth_rr"),
	show("dns.count.add_rr"),
	show("dns.qry.name"),
	show("dns.qry.type"),
	show("dns.qry.class"),
}

var dataRows = []row{
	show("data.data"),
	known("data.len"),
}

var dataField = show("data.data").field

// data returns the bytes of the data that the tree is at, without those that are a field of the message before: all, if a
// protocol has them that is not read here.
func (t *tree) data() []byte {
	b := t.bytes()
	if !t.there("data") {
		return b
	}
	v, _ := t.first(dataField, field.Part{})
	return v.Bytes
}

// dataTitle counts the bytes that no protocol has.
func dataTitle(t *tree, _ *field.Value) { t.dataTitle(len(t.data())) }

func (t *tree) dataTitle(n int) {
	t.str("Data (")
	t.plural(uint64(n), " byte").str(")")
}
