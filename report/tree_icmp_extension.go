package report

import "github.com/icmpsniff/icmpsniff/field"

// ICMP extensions (RFC 4884 §7) and the objects in them.

var icmpExtensionRows = []row{
	show("icmp.ext",
		show("icmp.ext.version").worded(func(t *tree, v *field.Value) { t.str("Version: ").uint(v.Uint) }),
		show("icmp.ext.res"),
		show("icmp.ext.checksum", expert("icmp.ext.checksum_bad", warning, onChecksum, badChecksum)).with(extensionChecksum),
		known("icmp.ext.checksum.status"),
		extensionObjects(),
	).worded(func(t *tree, _ *field.Value) { t.str("ICMP Multi-Part Extensions") }),
}

func extensionChecksum(t *tree, _ *field.Value) {
	if t.there("icmp.ext.checksum_bad") {
		t.str(" incorrect, should be ").hex(uint64(t.rightChecksum()), 4)
	} else {
		t.str(" [correct]")
	}
}

// The classes of objects (IANA's ICMP extension object classes).
const mplsObject, informationObject, identificationObject = 1, 2, 3

var objectNames = map[byte]string{
	mplsObject: "MPLS Stack Entry", informationObject: "Interface Information Object", identificationObject: "Interface Identification Object",
}

var informationFlags = []row{
	show("icmp.int_info.role"),
	show("icmp.int_info.reserved"),
	show("icmp.int_info.ifindex"),
	show("icmp.int_info.ipaddr"),
	show("icmp.int_info.name_present"),
	show("icmp.int_info.mtu_present"),
}

var objectRows = []row{
	show("icmp.ext.length"),
	show("icmp.ext.class"),
	show("icmp.ext.ctype", informationFlags...).with(objectType),
	show("icmp.ext.data"),
	call(labelStack),
	show("icmp.int_info.index"),
	call(addressObject),
	call(nameObject),
	show("icmp.int_ident.name"),
	show("icmp.int_ident.index"),
	show("icmp.int_ident.afi"),
	show("icmp.int_ident.addr_length"),
	show("icmp.int_ident.reserved"),
	show("icmp.int_ident.ipv4"),
}

// extensionObjects adds the objects, each under the name of its class.
func extensionObjects() row {
	r := each("icmp.ext.length")
	r.call = func(t *tree) {
		b := t.part.Bytes
		if len(b) < 4 {
			return
		}
		t.begin(nil, field.Value{}, plain)
		if name := objectNames[b[2]]; name != "" {
			t.str(name)
		} else {
			t.str("Unknown object (").uint(uint64(b[2])).str("/").uint(uint64(b[3])).str(")")
		}
		if int(t.number16(0)) > len(b) {
			t.str(" (truncated)")
		}
		t.end()
		t.depth++
		t.add(objectRows)
		t.depth--
	}
	return r
}

var identifications = [...]string{1: "Identifies Interface By Name", 2: "Identifies Interface By Index", 3: "Identifies Interface By Address"}

// objectType names the sub-type of an object: RFC 5837 §4.1 makes it flags, RFC 8335 §2.1 a number.
func objectType(t *tree, v *field.Value) {
	switch b := t.part.Bytes; {
	case b[2] == informationObject:
		t.setFlags(informationFlags)
	case b[2] == identificationObject && v.Uint > 0 && v.Uint < uint64(len(identifications)):
		t.str(" (").str(identifications[v.Uint]).str(")")
	}
}

var labelRows = []row{
	show("icmp.mpls.label"),
	show("icmp.mpls.exp"),
	show("icmp.mpls.s"),
	show("icmp.mpls.ttl"),
}

// labelStack adds the entries of an MPLS label stack object (RFC 4950).
func labelStack(t *tree) {
	b := t.part.Bytes
	if b[2] != mplsObject {
		return
	}
	outer := t.part
	for b = b[4:]; len(b) >= 4; b = b[4:] {
		t.begin(nil, field.Value{}, plain)
		t.str("Label: ").uint(uint64(b[0])<<12 | uint64(b[1])<<4 | uint64(b[2])>>4)
		t.str(", Exp: ").uint(uint64(b[2] >> 1 & 7)).str(", S: ").uint(uint64(b[2] & 1)).str(", TTL: ").uint(uint64(b[3])).end()
		t.part = field.Part{Bytes: b[:4]}
		t.depth++
		t.add(labelRows)
		t.depth--
	}
	t.part = outer
}

var addressRows = []row{show("icmp.int_info.afi").worded(bare), show("icmp.reserved"), show("icmp.int_info.ipv4")}
var nameRows = []row{show("icmp.int_info.name_length"), show("icmp.int_info.name")}

// addressObject and nameObject add the parts of an interface information object that its flags announce.
func addressObject(t *tree) { t.object("icmp.int_info.afi", "IP Address Sub-Object", addressRows) }
func nameObject(t *tree) {
	t.object("icmp.int_info.name_length", "Interface Name Sub-Object", nameRows)
}

func (t *tree) object(first, title string, rows []row) {
	if !t.there(first) {
		return
	}
	t.line(plain, title)
	t.depth++
	t.add(rows)
	t.depth--
}
