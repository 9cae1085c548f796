package report

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// Ethernet, its tags, and Linux' cooked headers.

var ethernetRows = []row{
	show("eth.dst", macRows("eth.dst", 1)...).worded(destinationMAC),
	show("eth.src", append([]row{
		expert("eth.src_not_group", warning, onProtocol, says("Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)")),
	}, macRows("eth.src", 2)...)...).worded(sourceMAC),
	show("eth.type"),
	show("eth.len"),
	show("eth.padding"),
	show("eth.trailer", doubtfulPadding),
	show("eth.fcs").with(func(t *tree, _ *field.Value) { t.str(" [unverified]") }),
	known("eth.fcs.status"),
}

// macRows are below an address: the n-th of those that eth.addr and the like name.
func macRows(name string, n int) []row {
	return []row{
		resolved(name+"_resolved", n),
		hide(name + ".oui"),
		show("eth.addr").nth(n),
		resolved("eth.addr_resolved", n),
		hide("eth.addr.oui").nth(n),
		show(name + ".lg"),
		hide("eth.lg").nth(n),
		show(name + ".ig"),
		hide("eth.ig").nth(n),
	}
}

// resolved adds the name of the n-th address, or itself if it has none.
func resolved(name string, n int) row {
	at := 6 * (n - 1)
	return own(*show(name).field, func(t *tree, dst []field.Value) []field.Value {
		b := t.bytes()
		if len(b) < at+6 {
			return dst
		}
		from := len(t.letters)
		t.letters = t.names.appendMAC(t.letters, b[at:at+6])
		return append(dst, field.Value{Bytes: t.letters[from:len(t.letters):len(t.letters)]})
	}).looking(hidden)
}

// appendMAC appends the name of a link address, or the address itself.
func (n *Names) appendMAC(dst, mac []byte) []byte {
	return n.appendAddress(dst, decode.Address{Kind: decode.MAC, Bytes: mac})
}

func destinationMAC(t *tree, v *field.Value) { t.str("Destination: ").mac(v.Bytes) }
func sourceMAC(t *tree, v *field.Value)      { t.str("Source: ").mac(v.Bytes) }

func ethernetTitle(t *tree, _ *field.Value) {
	b := t.bytes()
	if len(b) < 14 {
		t.str("Ethernet")
		return
	}
	if b[12] >= 6 {
		t.str("Ethernet II")
	} else {
		t.str("IEEE 802.3 Ethernet")
		return
	}
	t.str(", Src: ").mac(b[6:12]).str(", Dst: ").mac(b[:6])
}

var vlanRows = []row{
	show("vlan.priority"),
	show("vlan.dei"),
	show("vlan.id"),
	show("vlan.etype"),
	show("vlan.len"),
	show("vlan.trailer"),
}

func vlanTitle(t *tree, _ *field.Value) {
	t.str("802.1Q Virtual LAN")
	if b := t.header(); len(b) >= 2 {
		t.str(", PRI: ").uint(uint64(b[0] >> 5)).str(", DEI: ").uint(uint64(b[0] >> 4 & 1))
		t.str(", ID: ").uint(uint64(b[0]&0x0f)<<8 | uint64(b[1]))
	}
}

var serviceTagRows = []row{
	show("ieee8021ad.priority").worded(bare),
	show("ieee8021ad.dei"),
	show("ieee8021ad.id"),
	own(
		field.Field{Name: "ieee8021ah.etype", Label: "Type", Type: field.Uint16, Base: field.Hex, Protocol: "ieee8021ah", Names: show("eth.type").field.Names},
		func(t *tree, dst []field.Value) []field.Value {
			b := t.header()
			if len(b) < 4 {
				return dst
			}
			return append(dst, field.Value{Uint: uint64(b[2])<<8 | uint64(b[3])})
		},
	),
}

func serviceTagTitle(t *tree, _ *field.Value) {
	t.str("IEEE 802.1ad")
	if b := t.header(); len(b) >= 2 {
		t.str(", ID: ").uint(uint64(b[0]&0x0f)<<8 | uint64(b[1]))
	}
}

// bare writes a label with the number and not its name.
func bare(t *tree, v *field.Value) {
	f := t.nodes[len(t.nodes)-1].field
	if f.Mask != 0 {
		t.bits(f, v, f.Container())
	}
	t.str(f.Label).str(": ").number(f, v)
}

var cookedRows = []row{
	show("sll.pkttype"),
	show("sll.hatype"),
	show("sll.halen"),
	show("sll.src.eth"),
	unusedCooked(12, 2),
	show("sll.etype"),
	show("sll.ltype"),
	cookedTrailer,
}

var cooked2Rows = []row{
	show("sll.etype"),
	show("sll.ltype"),
	show("sll.ifindex"),
	show("sll.hatype"),
	show("sll.pkttype"),
	show("sll.halen"),
	show("sll.src.eth"),
	unusedCooked(18, 2),
	cookedTrailer,
}

var cookedTrailer = show("sll.trailer", doubtfulPadding)

// doubtfulPadding remarks on what may be padding.
var doubtfulPadding = expert("eth.padding_bad", note, onProtocol,
	says("Didn't find padding of zeros, and an undecoded trailer exists. There may be padding of non-zeros."))

// unusedCooked is what an Ethernet address leaves of the eight bytes for an address.
func unusedCooked(at, n int) row {
	f := field.Field{Name: "sll.unused", Label: "Unused", Type: field.Bytes, Protocol: "sll"}
	return own(f, func(t *tree, dst []field.Value) []field.Value {
		if b := t.header(); len(b) >= at+n {
			dst = append(dst, field.Value{Bytes: b[at : at+n]})
		}
		return dst
	})
}

func cookedTitle(title string) func(t *tree, v *field.Value) {
	return func(t *tree, _ *field.Value) { t.str(title) }
}
