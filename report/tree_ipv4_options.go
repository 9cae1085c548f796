package report

import (
	"github.com/icmpsniff/icmpsniff/field"
)

// The options of IPv4 (RFC 791 §3.1), each a node with the name of its type.

// ipv4Option is a type of option: its name in labels, and the field that JSON has for all of it.
type ipv4Option struct {
	name  string
	field *field.Field
}

// ipv4Options are the types with names (IANA's IP option numbers).
var ipv4Options = map[byte]ipv4Option{
	0:   newOption("eol", "End of Options List (EOL)"),
	1:   newOption("nop", "No-Operation (NOP)"),
	7:   newOption("record_route", "Record Route"),
	11:  newOption("mtu_probe", "MTU Probe"),
	12:  newOption("mtu_reply", "MTU Reply"),
	25:  newOption("qs", "Quick-Start"),
	68:  newOption("timestamp", "Time Stamp"),
	82:  newOption("traceroute", "Traceroute"),
	130: newOption("security", "Security"),
	131: newOption("route", "Loose Source Route"),
	133: newOption("ext_security", "Extended Security"),
	134: newOption("cipso", "Commercial Security"),
	136: newOption("sid", "Stream ID"),
	137: newOption("source_route", "Strict Source Route"),
	148: newOption("routeralert", "Router Alert"),
	149: newOption("sdb", "Selective Directed Broadcast"),
}

func newOption(key, name string) ipv4Option {
	return ipv4Option{name, &field.Field{Name: "ip.options." + key, Type: field.Bytes}}
}

// The types of option whose insides are shown by more than fields.
const recordRoute, stampOption, looseRoute, strictRoute, alertOption = 7, 68, 131, 137, 148

var (
	anyOption     = show("ip.opt.type")
	ipv4TypeRows  = []row{show("ip.opt.type", show("ip.opt.type.copy"), show("ip.opt.type.class"), show("ip.opt.type.number"))}
	ipv4OtherRows = []row{
		show("ip.opt.len"),
		show("ip.opt.ptr", call(pointerRemark)),
		show("ip.opt.ra").worded(func(t *tree, v *field.Value) { t.str("Router Alert: ").routerAlert(v.Uint) }),
		show("ip.cipso.doi"),
		show("ip.cipso.tag_type"),
		show("ip.cipso.sensitivity_level"),
		show("ip.cipso.categories"),
		show("ip.opt.overflow").worded(highBits),
		show("ip.opt.flag").worded(lowBits),
		call(timeStamps),
		call(routeAddresses),
	}
)

// addIPv4Options adds the options, under a line that names those which do something.
func addIPv4Options(t *tree) {
	from := len(t.parts)
	t.parts = anyOption.field.Parts(t.s, t.layer, t.parts)
	if to := len(t.parts); to > from {
		t.begin(nil, field.Value{}, plain)
		t.str("Options: (").uint(uint64(t.octet(0)&0x0f)*4 - 20).str(" bytes)")
		for _, o := range t.parts[from:to] {
			if o.Bytes[0] > 1 {
				t.str(", ").str(ipv4Options[o.Bytes[0]].name)
			}
		}
		t.end()
		t.depth++
		for i := from; i < to; i++ {
			t.at(t.parts[i], t.addIPv4Option)
		}
		t.depth--
	}
	t.parts = t.parts[:from]
}

// addIPv4Option adds the option that the tree is at.
func (t *tree) addIPv4Option() {
	b := t.part.Bytes
	o, known := ipv4Options[b[0]]
	if !known {
		t.begin(nil, field.Value{}, plain)
		t.str("Unknown (").hex(uint64(b[0]), 2).str(")")
		if len(b) > 1 {
			t.str(" (").uint(uint64(b[1])).str(" bytes)")
		}
		t.end()
		return
	}
	t.begin(o.field, field.Value{Bytes: b}, plain)
	t.str("IP Option - ").str(o.name)
	if b[0] > 1 {
		t.str(" (").uint(uint64(len(b))).str(" bytes)")
	}
	if b[0] == alertOption && len(b) == 4 {
		t.str(": ").routerAlert(uint64(b[2])<<8 | uint64(b[3]))
	}
	t.end()
	t.depth++
	t.add(ipv4TypeRows)
	t.add(ipv4OtherRows)
	t.depth--
}

// routerAlert writes the value of RFC 2113 §2.1.
func (t *tree) routerAlert(u uint64) *tree {
	if u == 0 {
		return t.str("Router shall examine packet (0)")
	}
	return t.str("Unknown (").uint(u).str(")")
}

func highBits(t *tree, v *field.Value) { t.nibble(v, "Overflow: ", true).uint(v.Uint) }

// lowBits writes the flag of a time stamp option with its name.
func lowBits(t *tree, v *field.Value) {
	f := t.nodes[len(t.nodes)-1].field
	name := f.NameOf(v.Uint)
	if name == "" {
		name = "Unknown"
	}
	t.nibble(v, "Flag: ", false).str(name).str(" (").hex(v.Uint, 1).str(")")
}

// nibble writes four bits of a byte.
func (t *tree) nibble(v *field.Value, label string, high bool) *tree {
	f := field.Field{Type: field.Uint8, Mask: 0x0f}
	if high {
		f.Mask = 0xf0
	}
	return t.bits(&f, v, 8).str(label)
}
