package report

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// IEEE 802.2, with the SNAP header after it.

var llcRows = []row{
	show("llc.dsap", show("llc.dsap.sap"), show("llc.dsap.ig")),
	show("llc.ssap", show("llc.ssap.sap"), show("llc.ssap.cr")),
	show("llc.control", slices.Concat(
		showAll("llc.control.n_r", "llc.control.n_s"),
		[]row{pollBit("llc.control.p"), pollBit("llc.control.f")},
		showAll("llc.control.s_ftype", "llc.control.u_modifier_cmd", "llc.control.u_modifier_resp"),
		[]row{
			show("llc.control.ftype").when(llcUnnumbered),
			llcFormat(0x0003).when(func(t *tree) bool { return t.octet(2)&3 == 1 }),
			llcFormat(0x0001).when(func(t *tree) bool { return t.octet(2)&1 == 0 }),
		})...).worded(llcControl),
	call(func(t *tree) { t.nested(func(l *decode.Layer) bool { return l.Kind == decode.SNAP }) }),
}

func llcUnnumbered(t *tree) bool { return t.octet(2)&3 == 3 }

// llcFormat shows the format of a control field of two bytes.
func llcFormat(mask uint64) row {
	f := show("llc.control.ftype").field
	return own(field.Field{Name: f.Name, Label: f.Label, Type: f.Type, Base: f.Base, Names: f.Names, Mask: mask, Protocol: f.Protocol},
		func(t *tree, dst []field.Value) []field.Value {
			return append(dst, field.Value{Uint: uint64(t.octet(2)) & mask})
		}).of(16)
}

// pollBit shows a bit that is in another place of control fields of two bytes.
func pollBit(name string) row {
	f := show(name).field
	wide := &field.Field{Label: f.Label, Type: f.Type, Mask: 0x0100, Names: f.Names}
	return show(name).worded(func(t *tree, v *field.Value) {
		if llcUnnumbered(t) {
			t.bits(f, v, 8)
		} else {
			t.bits(wide, v, 16)
		}
		t.str(f.Label).str(": ").value(f, v)
	})
}

// llcControl writes what a control field says, in short.
func llcControl(t *tree, v *field.Value) {
	t.str("Control field: ")
	b := t.bytes()
	response := b[1]&1 != 0
	set := b[2]&0x10 != 0
	if !llcUnnumbered(t) {
		set = b[3]&1 != 0
	}
	pollOrFinal := func(final bool) {
		switch {
		case set && final:
			t.str(" F")
		case set:
			t.str(" P")
		}
		t.str(", ")
	}
	switch {
	case llcUnnumbered(t):
		t.str("U")
		pollOrFinal(response)
		name := commandShort[b[2]&0xec]
		if short := responseShort[b[2]&0xec]; response && short != "" {
			name = short
		}
		if name == "" {
			name = "Unknown"
		}
		t.str("func=").str(name)
	case b[2]&1 == 0:
		t.str("I")
		pollOrFinal(false)
		t.str("N(R)=").uint(uint64(b[3] >> 1)).str(", N(S)=").uint(uint64(b[2] >> 1))
	default:
		t.str("S")
		pollOrFinal(response)
		t.str("func=").str(supervisoryShort[b[2]>>2&3]).str(", N(R)=").uint(uint64(b[3] >> 1))
	}
	digits := 4
	if llcUnnumbered(t) {
		digits = 2
	}
	t.str(" (")
	from := len(t.text)
	t.hex(v.Uint, digits)
	for i := from + len("0x"); i < len(t.text); i++ {
		t.text[i] = upper(t.text[i])
	}
	t.str(")")
}

// The abbreviations of IEEE 802.2 §5.3 and §5.4 and of HDLC, by the bits of the control field that they are.
var (
	supervisoryShort = [4]string{"RR", "RNR", "REJ", "SREJ"}
	commandShort     = map[byte]string{
		0x00: "UI", 0x20: "UP", 0x40: "DISC", 0x60: "UA", 0x80: "SNRM", 0xe0: "TEST", 0x04: "SIM", 0x84: "FRMR", 0x0c: "SARM", 0x2c: "SABM", 0x6c: "SABME",
		0x8c: "RESET", 0xac: "XID", 0xcc: "SNRME",
	}
	responseShort = map[byte]string{0x40: "RD", 0x04: "RIM", 0x0c: "DM"}
)

// snapRows are below the 802.2 header.
var snapRows = append([]row{
	show("llc.oui").worded(func(t *tree, _ *field.Value) {
		t.str("Organization Code: ")
		t.text = appendMAC(t.text, t.bytes()[:3])
	}),
}, showAll("llc.type", "llc.cisco_pid", "llc.nortel_pid", "llc.apple_atalk_pid", "llc.apple_awdl_pid", "llc.extreme_pid", "llc.foundry_pid",
	"llc.force10_pid", "llc.iana_pid", "llc.cimetrics_pid", "llc.bluetooth_pid", "llc.wlccp_pid", "llc.hpteam_pid", "llc.pid")...)
