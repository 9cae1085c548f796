package report

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// MACsec, IPsec's Authentication Header, and tags.

var macsecRows = append([]row{
	show("macsec.TCI", macsecBits...).with(func(t *tree, _ *field.Value) {
		t.str(", VER: ").hex(uint64(t.octet(0)>>7), 1)
		t.setFlags(macsecBits[1:])
	}),
}, showAll("macsec.AN", "macsec.SL", "macsec.PN", "macsec.SCI.system_identifier", "macsec.SCI.port_identifier", "macsec.etype", "macsec.ICV")...)

var macsecBits = showAll("macsec.TCI.V", "macsec.TCI.ES", "macsec.TCI.SC", "macsec.TCI.SCB", "macsec.TCI.E", "macsec.TCI.C")

var ahRows = []row{
	show("ah.next_header"),
	show("ah.length").with(func(t *tree, v *field.Value) { t.str(" (").uint((v.Uint + 2) * 4).str(" bytes)") }),
	show("ah.reserved"),
	show("ah.spi"),
	show("ah.sequence"),
	show("ah.icv"),
}

var vntagRows = showAll("vntag.dir", "vntag.ptr", "vntag.dst", "vntag.looped", "vntag.r", "vntag.version", "vntag.src", "vntag.etype")

var etagRows = showAll("etag.pcp", "etag.dei", "etag.iecid_base", "etag.resv", "etag.group", "etag.ecid_base", "etag.iecid_ext", "etag.ecid_ext", "etag.etype")

// etagTitle has the identifiers of ports with their extensions, which are their upper bits (IEEE 802.1BR §7.5).
func etagTitle(t *tree, _ *field.Value) {
	t.str("802.1BR E-Tag")
	b := t.header()
	if len(b) < 6 {
		return
	}
	tci := uint64(0)
	for _, c := range b[:6] {
		tci = tci<<8 | uint64(c)
	}
	t.str(", TCI: ").hex(tci, 12)
	t.str(" Ingress_E-CID: ").uint(uint64(b[4])<<12 | tci>>32&0x0fff)
	t.str(" E-CID: ").uint(uint64(b[5])<<12 | tci>>16&0x0fff)
}

// metadataRows are in the order of the tag: in GRE, what it carries comes first.
var metadataRows = []row{
	show("cmd.type").when(metadataInGRE),
	show("cmd.version"),
	show("cmd.length"),
	show("cmd.options"),
	show("cmd.sgt"),
	show("cmd.type").when(func(t *tree) bool { return !metadataInGRE(t) }),
}

func metadataInGRE(t *tree) bool {
	return t.layer > 0 && t.s.Packet.Layers[t.layer-1].Kind == decode.GRE
}

var etherIPRows = showAll("etherip.ver", "etherip.reserved")

func etherIPTitle(t *tree, _ *field.Value) {
	t.str("EtherIP, Version ").uint(uint64(t.octet(0) >> 4))
}
