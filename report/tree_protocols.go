package report

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// protocol is what the tree of a protocol looks like.
type protocol struct {
	kind  decode.Kind
	name  string                        // of the protocol's field
	title func(t *tree, v *field.Value) // nil for the protocol's name
	rows  []row

	field *field.Field
}

// protocols are those that have rows. A layer has the first of them that its field has a value in.
var protocols []protocol

// byKind leads to the protocols of each kind of layer.
var byKind [256][]*protocol

func init() { // not in the declaration, as an error quotes what may be an error again
	protocols = []protocol{
		{kind: decode.Ethernet, name: "eth", title: ethernetTitle, rows: ethernetRows},
		{kind: decode.Dot1Q, name: "vlan", title: vlanTitle, rows: vlanRows},
		{kind: decode.Dot1Q, name: "ieee8021ad", title: serviceTagTitle, rows: serviceTagRows},
		{kind: decode.LinuxSLL, name: "sll", title: cookedTitle("Linux cooked capture v1"), rows: cookedRows},
		{kind: decode.LinuxSLL2, name: "sll", title: cookedTitle("Linux cooked capture v2"), rows: cooked2Rows},
		{kind: decode.ARP, name: "arp", title: arpTitle, rows: arpRows},
		{kind: decode.IPv4, name: "ip", title: ipv4Title, rows: ipv4Rows},
		{kind: decode.IPv6, name: "ipv6", title: ipv6Title, rows: ipv6Rows},
		{kind: decode.IPv6HopByHop, name: "ipv6.hopopts", rows: hopByHopRows},
		{kind: decode.IPv6DestOpts, name: "ipv6.dstopts", rows: destinationRows},
		{kind: decode.IPv6Routing, name: "ipv6.routing", title: routingTitle, rows: routingRows},
		{kind: decode.IPv6Fragment, name: "ipv6.fraghdr", rows: fragmentRows},
		{kind: decode.ICMPv4, name: "icmp", rows: icmpRows},
		{kind: decode.ICMPv6, name: "icmpv6", rows: icmpv6Rows},
		{kind: decode.IGMP, name: "igmp", rows: igmpRows},
		{kind: decode.RawIP, name: "raw"},
		{kind: decode.Null, name: "null", rows: nullRows},
		{kind: decode.GRE, name: "gre", title: greTitle, rows: greRows},
		{kind: decode.ERSPAN, name: "erspan", title: erspanTitle, rows: erspanRows},
		{kind: decode.VXLAN, name: "vxlan", rows: vxlanRows},
		{kind: decode.Geneve, name: "geneve", title: geneveTitle, rows: geneveRows},
		{kind: decode.GTPU, name: "gtp", rows: gtpRows},
		{kind: decode.L2TP, name: "l2tp", rows: l2tpRows},
		{kind: decode.EtherIP, name: "etherip", title: etherIPTitle, rows: etherIPRows},
		{kind: decode.PPP, name: "ppp", rows: pppRows},
		{kind: decode.PPPoE, name: "pppoes", rows: pppoeRows},
		{kind: decode.CHDLC, name: "chdlc", rows: chdlcRows},
		{kind: decode.MPLS, name: "mpls", title: mplsTitle, rows: mplsRows},
		{kind: decode.LLC, name: "llc", rows: llcRows},
		{kind: decode.MACsec, name: "macsec", rows: macsecRows},
		{kind: decode.AH, name: "ah", rows: ahRows},
		{kind: decode.VNTag, name: "vntag", rows: vntagRows},
		{kind: decode.ETag, name: "etag", title: etagTitle, rows: etagRows},
		{kind: decode.Loop, name: "loop", rows: loopRows},
		{kind: decode.Teredo, name: "teredo", rows: teredoRows},
		{kind: decode.LISP, name: "lisp-data", rows: lispRows},
		{kind: decode.PIM, name: "pim", rows: pimRows},
		{kind: decode.CiscoMetaData, name: "cmd", rows: metadataRows},
		{kind: decode.UDP, name: "udp", title: udpTitle, rows: udpRows},
		{kind: decode.TCP, name: "tcp", title: tcpTitle, rows: tcpRows},
		{kind: decode.DNS, name: "dns", rows: dnsRows},
		{kind: decode.DNS, name: "mdns", rows: dnsRows},
		{kind: decode.DNS, name: "llmnr", rows: dnsRows},
		{kind: decode.Data, name: "data", title: dataTitle, rows: dataRows},
	}
	for i := range protocols {
		p := &protocols[i]
		p.field = show(p.name).field
		byKind[p.kind] = append(byKind[p.kind], p)
	}
}

// addLayer adds the next layer, and with it those that belong to it.
func (t *tree) addLayer() {
	layer, part := t.layer, t.part
	t.layer, t.part = t.next, field.Part{}
	t.next++
	t.addProtocol()
	t.layer, t.part = layer, part
}

func (t *tree) addProtocol() {
	kind := t.here().Kind
	switch {
	case kind == decode.ICMPExtension:
		t.add(icmpExtensionRows)
		return
	case kind == decode.SNAP:
		t.add(snapRows)
		return
	case t.here().Flags&(decode.Unread|decode.Aside) != 0,
		kind == decode.Data && len(t.data()) == 0,
		kind == decode.RawIP && !slices.Contains(rawLinks, t.s.Packet.Link):
		return
	}
	from := len(t.values)
	for _, p := range byKind[kind] {
		t.values = p.field.Within(t.s, t.layer, field.Part{}, t.values[:from])
		if len(t.values) == from {
			continue
		}
		v := t.values[from]
		t.values = t.values[:from]
		t.addNode(&row{field: p.field, label: p.title, rows: p.rows}, v)
		if kind == decode.IPv4 || kind == decode.IPv6 {
			t.fragment()
		}
		if kind == decode.MPLS {
			t.add(pseudowireRows)
		}
		return
	}
	t.undetailed(kind)
}

// undetailed adds a protocol that has no rows: its name alone.
func (t *tree) undetailed(kind decode.Kind) {
	name := kind.String()
	if name == "" {
		return
	}
	f, ok := field.Lookup(name)
	if !ok {
		t.line(plain, name)
		return
	}
	v := field.Value{Bytes: t.bytes(), Uint: uint64(len(t.bytes()))}
	if kind == decode.Data {
		t.addNode(&row{field: f, label: dataTitle}, v)
		return
	}
	t.addNode(&row{field: f}, v)
}

// rawLinks are the link types (tcpdump.org's registry) that are nothing but an IP packet and have a header in the tree all the same.
var rawLinks = []uint16{12, 14, 101}

// nested adds, where the tree is, the layers that follow as long as they belong to the present one.
func (t *tree) nested(belongs func(l *decode.Layer) bool) {
	for t.next < len(t.s.Packet.Layers) && belongs(&t.s.Packet.Layers[t.next]) {
		t.addLayer()
	}
}

// carried adds what an ICMP message carries: a quoted datagram, extensions, data. What a quoted UDP or TCP header carries comes
// after the message, as a protocol of its own.
func (t *tree) carried() {
	quoted := t.here().Quoted
	layers := t.s.Packet.Layers
	for t.next < len(layers) {
		l := &layers[t.next]
		if l.Quoted <= quoted && l.Kind != decode.ICMPExtension && l.Kind != decode.Data {
			break
		}
		if before := layers[t.next-1].Kind; l.Kind == decode.Data && (before == decode.UDP || before == decode.TCP) {
			t.later = append(t.later, t.next)
			t.next++
			continue
		}
		t.addLayer()
	}
}

// addLater adds the layers that carried left.
func (t *tree) addLater() {
	next := t.next
	for _, i := range t.later {
		t.next = i
		t.addLayer()
	}
	t.next, t.later = next, t.later[:0]
}
