package report

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

var arpRows = []row{
	show("arp.hw.type"),
	show("arp.proto.type"),
	show("arp.hw.size"),
	show("arp.proto.size"),
	show("arp.opcode"),
	known("arp.isprobe"),
	known("arp.isgratuitous"),
	known("arp.isannouncement"),
	show("arp.src.hw_mac"),
	show("arp.src.hw"),
	show("arp.src.proto_ipv4"),
	show("arp.src.proto"),
	show("arp.dst.hw_mac"),
	show("arp.dst.hw"),
	show("arp.dst.proto_ipv4"),
	show("arp.dst.proto"),
}

// arpTitle says what a packet does, as RFC 5227 tells probes and announcements from requests.
func arpTitle(t *tree, _ *field.Value) {
	t.str("Address Resolution Protocol")
	a, ok := decode.ReadARP(t.bytes())
	if !ok {
		return
	}
	t.str(" (")
	switch name := arpOperation.NameOf(uint64(a.Operation)); {
	case t.there("arp.isprobe"):
		t.str("ARP Probe")
	case t.there("arp.isannouncement"):
		t.str("ARP Announcement")
	case name == "":
		t.str("opcode ").hex(uint64(a.Operation), 4)
	default:
		t.str(name)
	}
	if t.there("arp.isgratuitous") && !t.there("arp.isannouncement") {
		t.str("/gratuitous ARP")
	}
	t.str(")")
}

var arpOperation = show("arp.opcode").field

// there reports whether a field has a value in the layer.
func (t *tree) there(name string) bool {
	f, _ := field.Lookup(name)
	_, found := t.first(f, t.part)
	return found
}

// first returns the first value of a field in a part of the layer, and false if there is none.
func (t *tree) first(f *field.Field, part field.Part) (v field.Value, found bool) {
	from := len(t.values)
	t.values = f.Within(t.s, t.layer, part, t.values)
	if found = len(t.values) > from; found {
		v = t.values[from]
	}
	t.values = t.values[:from]
	return v, found
}

// conflictRows are below the line that says that an address is in use twice.
var conflictRows = []row{
	known("arp.duplicate-address-frame", expert("arp.duplicate-address-detected", warning, onSequence, func(t *tree) {
		t.str("Duplicate IP address configured (").conflicting().str(")")
	})),
	known("arp.seconds-since-duplicate-address-frame"),
}

// conflict adds, after the packet, that it claims an address which another host has claimed.
func (t *tree) conflict() {
	r := t.s.Relation
	if r == nil || r.Conflict == nil {
		return
	}
	t.begin(nil, field.Value{}, generated)
	c := r.Conflict
	t.str("Duplicate IP address detected for ").conflicting()
	t.text = append(appendMAC(append(t.text, " ("...), c.MAC[:]), ") - also in use by "...)
	t.text = appendMAC(t.text, c.Earlier[:])
	t.str(" (frame ").uint(c.Frame).str(")").end()
	t.depth++
	t.add(conflictRows)
	t.depth--
}

// conflicting writes the address that two hosts claim.
func (t *tree) conflicting() *tree { return t.ip(t.s.Relation.Conflict.Address[:]) }
