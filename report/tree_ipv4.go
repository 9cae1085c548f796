package report

import (
	"github.com/icmpsniff/icmpsniff/field"
)

var ipv4Rows = []row{
	show("ip.version").worded(bare),
	show("ip.hdr_len").worded(headerLength),
	show("ip.dsfield", show("ip.dsfield.dscp"), show("ip.dsfield.ecn")).with(func(t *tree, v *field.Value) { t.services(v.Uint) }),
	show("ip.len", expert("ip.bogus_ip_length", grave, onProtocol, bogusLength)).worded(totalLength),
	show("ip.id"),
	show("ip.flags", show("ip.flags.rb"), show("ip.flags.df"), show("ip.flags.mf")).flags(),
	show("ip.frag_offset").worded(func(t *tree, v *field.Value) {
		f := t.nodes[len(t.nodes)-1].field
		t.bits(f, v, f.Container()).str(f.Label).str(": ").uint(v.Uint * 8)
	}),
	show("ip.ttl",
		expert("ip.ttl.lncb", note, onSequence, func(t *tree) {
			t.str(`"Time To Live" != `).uint(1).str(" for a packet sent to the Local Network Control Block (see RFC 3171)")
		}),
		expert("ip.ttl.too_small", note, onSequence, func(t *tree) { t.str(`"Time To Live" only `).uint(uint64(t.octet(8))) }),
	),
	show("ip.proto").worded(ipProtocol),
	show("ip.checksum").with(func(t *tree, _ *field.Value) { t.str(" [validation disabled]") }),
	known("ip.checksum.status"),
	show("ip.src"),
	hide("ip.addr").nth(1),
	hide("ip.src_host"),
	hide("ip.host").nth(1),
	show("ip.cur_rt").worded(func(t *tree, v *field.Value) { t.str("Current Route: ").ip(v.Bytes) }),
	hide("ip.cur_rt_host"),
	call(func(t *tree) {
		if !t.there("ip.cur_rt") {
			t.add(destinationRows4)
		}
	}),
	call(addIPv4Options),
	call(fragments4.add),
}

func ipv4Title(t *tree, _ *field.Value) {
	t.str("Internet Protocol Version 4")
	t.ends(sourceAddress, destinationAddress)
	t.repeat(currentRoute, ", Via: ", "")
}

// totalLength writes the header's length, or that it has none.
func totalLength(t *tree, v *field.Value) {
	if t.number16(2) != 0 {
		t.str("Total Length: ").uint(v.Uint)
		return
	}
	t.str("[Total Length: ").uint(v.Uint).str(` bytes (reported as 0, presumed to be because of "TCP segmentation offload" (TSO))]`)
}

// destinationRows4 are where the destination is: in the header, or, until it is reached, at the end of a source route.
var destinationRows4 = []row{
	show("ip.dst"),
	hide("ip.addr").nth(2),
	hide("ip.dst_host"),
	hide("ip.host").nth(2),
}

var (
	currentRoute       = show("ip.cur_rt").field
	sourceAddress      = show("ip.src").field
	destinationAddress = show("ip.dst").field
)

// ends writes the addresses of an IP header.
func (t *tree) ends(source, destination *field.Field) {
	t.repeat(source, ", Src: ", "")
	t.repeat(destination, ", Dst: ", "")
}

func headerLength(t *tree, v *field.Value) {
	f := t.nodes[len(t.nodes)-1].field
	t.bits(f, v, f.Container()).str(f.Label).str(": ").uint(v.Uint).str(" bytes (").uint(v.Uint / 4).str(")")
}

// services writes the two parts of a differentiated services field (RFC 2474, RFC 3168) by their short names.
func (t *tree) services(u uint64) {
	t.str(" (DSCP: ")
	if name := dscpShort[u>>2&0x3f]; name != "" {
		t.str(name)
	} else {
		t.str("Unknown")
	}
	t.str(", ECN: ").str(ecnShort[u&3]).str(")")
}

var dscpShort = [64]string{
	0: "CS0", 1: "LE", 8: "CS1", 16: "CS2", 24: "CS3", 32: "CS4", 40: "CS5", 48: "CS6", 56: "CS7",
	10: "AF11", 12: "AF12", 14: "AF13", 18: "AF21", 20: "AF22", 22: "AF23", 26: "AF31", 28: "AF32", 30: "AF33",
	34: "AF41", 36: "AF42", 38: "AF43", 44: "VOICE-ADMIT", 46: "EF PHB",
}

var ecnShort = [4]string{"Not-ECT", "ECT(1)", "ECT(0)", "CE"}

func bogusLength(t *tree) {
	total, header := t.number16(2), uint64(t.octet(0)&0x0f)*4
	if total < header {
		t.str("Bogus IP length (").uint(total).str(", less than header length ").uint(header).str(")")
		return
	}
	t.str("IPv4 total length exceeds packet length (").uint(uint64(t.here().StatedLength())).str(" bytes)")
}

// ipProtocol names a protocol as its own registry does; most numbers have none.
func ipProtocol(t *tree, v *field.Value) {
	f := t.nodes[len(t.nodes)-1].field
	name := f.NameOf(v.Uint)
	if name == "" {
		name = "Unassigned"
	}
	t.str(f.Label).str(": ").str(name).str(" (").uint(v.Uint).str(")")
}
