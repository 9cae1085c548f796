package report

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

var ipv6Rows = []row{
	show("ipv6.version").worded(bare),
	own(field.Field{Name: "ip.version", Type: field.Uint8, Base: field.Dec, Protocol: "ipv6"}, func(t *tree, dst []field.Value) []field.Value {
		return append(dst, field.Value{Uint: uint64(t.octet(0) >> 4)})
	}).looking(hidden),
	show("ipv6.tclass", show("ipv6.tclass.dscp"), show("ipv6.tclass.ecn")).with(func(t *tree, v *field.Value) { t.services(v.Uint) }),
	show("ipv6.flow"),
	show("ipv6.plen",
		expert("ipv6.plen_exceeds_framing", warning, onProtocol, func(t *tree) {
			t.str("IPv6 payload length exceeds framing length (").uint(uint64(t.here().StatedLength() - 40)).str(" bytes)")
		}),
		expert("ipv6.plen_zero", chat, onProtocol, says(`IPv6 payload length equals 0 (maybe because of "TCP segmentation offload" (TSO))`)),
	).with(jumbogram),
	show("ipv6.nxt").worded(ipProtocol),
	show("ipv6.hlim"),
	show("ipv6.src"),
	hide("ipv6.addr").nth(1),
	hide("ipv6.src_host"),
	hide("ipv6.host").nth(1),
	show("ipv6.dst"),
	hide("ipv6.addr").nth(2),
	hide("ipv6.dst_host"),
	hide("ipv6.host").nth(2),
	known("ipv6.src_slaac_mac"),
	hide("ipv6.slaac_mac").nth(1),
	known("ipv6.dst_slaac_mac"),
	known("ipv6.src_6to4_gw_ipv4"),
	known("ipv6.src_6to4_sla_id"),
	known("ipv6.dst_6to4_gw_ipv4"),
	known("ipv6.dst_6to4_sla_id"),
	call(extensionHeaders),
}

// jumbogram says that the length is in an option of the next header (RFC 2675 §3).
func jumbogram(t *tree, v *field.Value) {
	if v.Uint != 0 || t.next >= len(t.s.Packet.Layers) {
		return
	}
	layer := t.layer
	t.layer = t.next
	from := len(t.parts)
	t.parts = jumboLength.Parts(t.s, t.layer, t.parts)
	for _, o := range t.parts[from:] {
		if o.Bytes[0] == 0xc2 {
			t.str(" (Jumbogram)")
			break
		}
	}
	t.parts = t.parts[:from]
	t.layer = layer
}

var jumboLength = show("ipv6.opt.jumbo").field

func ipv6Title(t *tree, _ *field.Value) {
	t.str("Internet Protocol Version 6")
	t.ends(sourceAddress6, destinationAddress6)
}

var (
	sourceAddress6      = show("ipv6.src").field
	destinationAddress6 = show("ipv6.dst").field
)

// extensionHeaders adds, below the IPv6 header, those that extend it.
func extensionHeaders(t *tree) {
	quoted := t.here().Quoted
	t.nested(func(l *decode.Layer) bool {
		switch l.Kind {
		case decode.IPv6HopByHop, decode.IPv6DestOpts, decode.IPv6Routing, decode.IPv6Fragment, decode.AH:
			return l.Quoted == quoted
		}
		return false
	})
	if last := t.next - 1; last > t.layer && t.s.Packet.Layers[last].Kind == decode.IPv6Fragment {
		outer := t.layer
		t.layer = last
		fragments6.add(t)
		t.layer = outer
	}
}

var hopByHopRows = extensionRows("ipv6.hopopts")
var destinationRows = extensionRows("ipv6.dstopts")

// extensionRows are those of the two headers that hold options.
func extensionRows(name string) []row {
	return []row{
		show(name + ".nxt").worded(ipProtocol),
		show(name + ".len"),
		known(name + ".len_oct").in(" bytes"),
		each("ipv6.opt",
			show("ipv6.opt.type", show("ipv6.opt.type.action"), show("ipv6.opt.type.change"), show("ipv6.opt.type.rest")),
			show("ipv6.opt.length"),
			show("ipv6.opt.pad1"),
			show("ipv6.opt.padn"),
			show("ipv6.opt.router_alert"),
			show("ipv6.opt.jumbo"),
			show("ipv6.opt.unknown", expert("ipv6.opt.unknown_data.expert", note, onUndecoded, says("Unknown Data (not interpreted)"))),
		).worded(func(t *tree, _ *field.Value) {
			name := ipv6OptionType.NameOf(uint64(t.octet(0)))
			if name == "" {
				name = "Unknown IPv6 Option"
				t.str(name).str(" (").uint(uint64(t.octet(0))).str(")")
				return
			}
			t.str(name)
		}),
	}
}

var ipv6OptionType = show("ipv6.opt.type").field

var routingRows = []row{
	show("ipv6.routing.nxt").worded(ipProtocol),
	show("ipv6.routing.len"),
	known("ipv6.routing.len_oct").in(" bytes"),
	show("ipv6.routing.type", expert("ipv6.routing.deprecated", note, onDeprecated, says("Routing header type is deprecated"))),
	show("ipv6.routing.segleft"),
	show("ipv6.routing.src.reserved"),
	numbered("ipv6.routing.src.addr", 1),
	show("ipv6.routing.srh.last_entry"),
	show("ipv6.routing.srh.flags"),
	show("ipv6.routing.srh.tag"),
	numbered("ipv6.routing.srh.addr", 0),
}

// numbered adds the addresses of a routing header, with their numbers.
func numbered(name string, first uint64) row {
	f := show(name).field
	return call(func(t *tree) {
		from := len(t.parts)
		t.parts = f.Parts(t.s, t.layer, t.parts)
		for i, p := range t.parts[from:] {
			t.begin(f, field.Value{Bytes: p.Bytes}, plain)
			t.str("Address[").uint(first + uint64(i)).str("]: ").ip(p.Bytes).end()
		}
		t.parts = t.parts[:from]
	})
}

func routingTitle(t *tree, _ *field.Value) {
	t.str("Routing Header for IPv6")
	if name := routingType.NameOf(uint64(t.octet(2))); name != "" {
		t.str(" (").str(name).str(")")
	}
}

var routingType = show("ipv6.routing.type").field

var fragmentRows = []row{
	show("ipv6.fraghdr.nxt").worded(ipProtocol),
	show("ipv6.fraghdr.reserved_octet"),
	show("ipv6.fraghdr.offset").with(func(t *tree, v *field.Value) { t.str(" (").uint(v.Uint * 8).str(" bytes)") }),
	show("ipv6.fraghdr.reserved_bits"),
	show("ipv6.fraghdr.more"),
	show("ipv6.fraghdr.ident"),
}
