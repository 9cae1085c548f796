package decode

import "github.com/google/gopacket/layers"

// grePacket decodes GRE: version 0 (RFC 2784, RFC 2890, RFC 1701's routing) and 1 (PPTP's, RFC 2637).
func (d *Decoder) grePacket(s span) {
	const checksum, routing, key, sequence, ack = 0x80, 0x40, 0x20, 0x10, 0x80
	i := d.show(GRE, s, 4)
	if !d.has(s, 4) {
		return
	}
	// gopacket's decoder trusts that the optional fields are there, and reads an acknowledgement in any version.
	b := d.bytes(s)
	n := int32(4)
	if b[0]&(checksum|routing) != 0 {
		n += 4
	}
	keyAt := n
	if b[0]&key != 0 {
		n += 4
	}
	if b[0]&sequence != 0 {
		n += 4
	}
	if b[1]&ack != 0 && b[1]&7 == 1 {
		n += 4
	}
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if b[0]&routing != 0 || !d.has(s, n) {
		d.data(s.from(n))
		return
	}
	rest := s.from(n)
	if rest.length() == 0 {
		return
	}
	protocol := be16(b[2:])
	if b[0]&key != 0 && layers.EthernetType(protocol) == layers.EthernetTypeTransparentEthernetBridging { // NVGRE, RFC 7637 §3.2
		d.enter(VirtualNetwork(be32(b[keyAt:]) >> 8))
	}
	d.greProtocol(protocol, rest, b[0]&sequence != 0)
}

// Protocol types of GRE that gopacket does not name.
const (
	greNHRP     layers.EthernetType = 0x2001
	greERSPAN3  layers.EthernetType = 0x22eb
	greEthernet layers.EthernetType = 0x6400
	grePPP      layers.EthernetType = 0x880b
	greWCCP     layers.EthernetType = 0x883e
)

// greProtocol decodes what a GRE header announces. Its protocol types are EtherTypes, but not all of those travel in GRE, and
// some travel nowhere else.
func (d *Decoder) greProtocol(t uint16, s span, sequenced bool) {
	if d.full() {
		d.verdict(Malformed)
		return
	}
	switch layers.EthernetType(t) {
	case layers.EthernetTypeIPv4:
		d.ip(s)
	case layers.EthernetTypeIPv6:
		d.ipv6(s)
	case layers.EthernetTypeARP:
		d.arpPacket(s)
	case layers.EthernetTypeTransparentEthernetBridging, greEthernet:
		d.ethernet(s)
	case layers.EthernetTypeMPLSUnicast, layers.EthernetTypeMPLSMulticast:
		d.mpls(s)
	case grePPP:
		d.pppFramed(s)
	case layers.EthernetTypeERSPAN:
		if sequenced {
			d.erspan2(s)
		} else { // type I has no header of its own
			d.add(ERSPAN, s, 0)
			d.ethernet(s)
		}
	case greERSPAN3:
		d.erspan3(s)
	case etherTypeCiscoMetaData:
		d.ciscoMetaData(s, 0)
	case greNHRP:
		d.nhrp(s)
	case greWCCP:
		d.wccp(s)
	default:
		d.data(s)
	}
}

// wccp decodes IPv4 that a router hands to a web cache, with or without the redirect header of version 2 before it, which does not
// begin as IPv4 does.
func (d *Decoder) wccp(s span) {
	const redirect = 4 // bytes (draft-wilson-wrec-wccp-v2 §4.12)
	if b := d.bytes(s); len(b) > 0 && b[0]>>4 != 4 {
		s = s.from(redirect)
	}
	d.ip(s)
}

// erspan2 passes the header of ERSPAN type II (draft-foschiano-erspan §4.2).
func (d *Decoder) erspan2(s span) {
	d.show(ERSPAN, s, 8)
	if d.has(s, 8) {
		d.ethernet(s.from(8))
	}
}

// erspan3 passes the header of ERSPAN type III (draft-foschiano-erspan §4.3), whose last bit announces a subheader. The
// frame type tells an Ethernet frame (0) from an IP datagram (2).
func (d *Decoder) erspan3(s span) {
	d.show(ERSPAN, s, 12)
	if !d.has(s, 12) {
		return
	}
	b := d.bytes(s)
	n := int32(12)
	if b[11]&1 != 0 {
		n += 8
	}
	switch frameType := b[10] >> 2 & 0x1f; frameType {
	case 0:
		d.ethernet(s.from(n))
	case 2:
		d.ip(s.from(n))
	default:
		d.data(s.from(n))
	}
}

// vxlan decodes VXLAN (RFC 7348 §5).
func (d *Decoder) vxlan(s span) {
	d.show(VXLAN, s, 8)
	if d.has(s, 8) {
		d.enterVXLAN(d.bytes(s))
		d.ethernet(s.from(8))
	}
}

// vxlanGPE decodes VXLAN's generic protocol extension (RFC 9638 names its next protocols).
func (d *Decoder) vxlanGPE(s span) {
	d.show(VXLAN, s, 8)
	if !d.has(s, 8) {
		return
	}
	b := d.bytes(s)
	d.enterVXLAN(b)
	switch rest := s.from(8); b[3] {
	case 1:
		d.ip(rest)
	case 2:
		d.ipv6(rest)
	case 3:
		d.ethernet(rest)
	case 5:
		d.mpls(rest)
	default:
		d.data(rest)
	}
}

// geneve decodes Geneve (RFC 8926 §3.4). gopacket's decoder counts the options' bytes in uint8, and never forgets those of
// the packet before.
func (d *Decoder) geneve(s span) {
	i := d.show(Geneve, s, 8)
	if !d.has(s, 8) {
		return
	}
	b := d.bytes(s)
	n := 8 + int32(b[0]&0x3f)*4
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if d.has(s, n) {
		d.enter(VirtualNetwork(be32(b[4:]) >> 8))
		d.etherType(be16(b[2:]), s.from(n))
	}
}

// teredo decodes Teredo's optional indications (RFC 4380 §5.1.1) and the IPv6 packet after them.
func (d *Decoder) teredo(s span) bool {
	const authentication, origin = 0x0001, 0x0000
	b := d.bytes(s)
	n := int32(0)
	if len(b) >= 13 && be16(b) == authentication {
		n = 13 + int32(b[2]) + int32(b[3])
	}
	if int(n)+8 <= len(b) && be16(b[n:]) == origin {
		n += 8
	}
	if int(n) >= len(b) || b[n]>>4 != 6 {
		return false
	}
	d.show(Teredo, s, n)
	d.ipv6(s.from(n))
	return true
}

// gtpU decodes the user plane of GTP version 1 (3GPP TS 29.281 §5.1); only a G-PDU carries a packet. gopacket's decoder
// writes to standard output when an extension header is cut.
func (d *Decoder) gtpU(s span) bool {
	const version1, protocolType, optional, extension, gPDU = 1, 0x10, 0x07, 0x04, 255
	b := d.bytes(s)
	if len(b) < 8 || b[0]>>5 != version1 || b[0]&protocolType == 0 {
		return false
	}
	i := d.show(GTPU, s, 8)
	n := int32(8)
	if b[0]&optional != 0 {
		n = 12
		if !d.has(s, n) {
			return true
		}
		for next := b[11]; b[0]&extension != 0 && next != 0; next = b[n-1] {
			if !d.has(s, n+1) {
				return true
			}
			size := int32(b[n]) * 4
			if size == 0 || !d.has(s, n+size) {
				d.verdict(Malformed)
				return true
			}
			n += size
		}
	}
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if rest := s.from(n); b[1] == gPDU && rest.length() > 0 {
		d.ip(rest)
	} else {
		d.data(rest)
	}
	return true
}

// etherIP decodes Ethernet within IP (RFC 3378 §3).
func (d *Decoder) etherIP(s span) {
	d.show(EtherIP, s, 2)
	if d.has(s, 2) {
		d.ethernet(s.from(2))
	}
}

// pim decodes the datagram that a PIM register message carries (RFC 7761 §4.9.3). The line goes on to speak of PIM.
func (d *Decoder) pim(s span) {
	const version2, register = 2, 1
	top := d.show(PIM, s, 4)
	if !d.has(s, 4) {
		return
	}
	if b := d.bytes(s); b[0]>>4 == version2 && b[0]&0x0f == register && d.has(s, 8) {
		if rest := s.from(8); rest.length() > 0 {
			d.ip(rest)
			d.p.Top = top
		}
	}
}

// lisp passes the data header of LISP (RFC 9300 §5.1).
func (d *Decoder) lisp(s span) {
	d.show(LISP, s, 8)
	if d.has(s, 8) {
		d.ip(s.from(8))
	}
}

// lispControl passes the header of an encapsulated control message of LISP (RFC 9301 §5.8); the others carry no packet.
func (d *Decoder) lispControl(s span) bool {
	const encapsulated = 8
	if b := d.bytes(s); len(b) < 5 || b[0]>>4 != encapsulated {
		return false
	}
	i := d.show(LISP, s, 4)
	d.ip(s.from(4))
	if d.quoted == 0 {
		d.p.Top = i
	}
	return true
}

// l2tp decodes the data messages of L2TP version 2 (RFC 2661 §3.1), whose header is as long as its flags say.
func (d *Decoder) l2tp(s span) bool {
	const control, length, sequence, offset = 0x80, 0x40, 0x08, 0x02
	b := d.bytes(s)
	if len(b) < 6 || b[1]&0x0f != 2 {
		return false
	}
	if b[0]&control != 0 {
		d.show(L2TP, s, s.length())
		return true
	}
	n := int32(6)
	if b[0]&length != 0 {
		n += 2
	}
	if b[0]&sequence != 0 {
		n += 4
	}
	if b[0]&offset != 0 {
		if !d.has(s, n+2) {
			return true
		}
		n += 2 + int32(be16(b[n:]))
	}
	d.show(L2TP, s, n)
	if d.has(s, n) {
		d.pppFramed(s.from(n))
	}
	return true
}

// ciscoMetaData passes Cisco's tag of a security group, with the EtherType at an offset: first in GRE, last elsewhere.
//
//	| version 1 | length 1 | option 2 | group 2 | EtherType 2 |
func (d *Decoder) ciscoMetaData(s span, etherType int) {
	d.show(CiscoMetaData, s, 8)
	if d.has(s, 8) {
		d.etherType(be16(d.bytes(s)[etherType:]), s.from(8))
	}
}

// nhrp decodes the datagram that an NHRP message quotes: the cause of an error or of a traffic indication (RFC 2332
// §5.2.7). The fixed part says how long the addresses are that come before it:
//
//	| fixed 18 | source NBMA length 1 | subaddress 1 | source protocol length 1 | destination's 1 | 6 | addresses |
func (d *Decoder) nhrp(s span) {
	const errorIndication, trafficIndication = 7, 8
	d.show(NHRP, s, 28)
	if !d.has(s, 28) {
		return
	}
	b := d.bytes(s)
	if kind := b[17]; kind != errorIndication && kind != trafficIndication {
		return
	}
	n := 28 + int32(b[18]&0x3f) + int32(b[19]&0x3f) + int32(b[20]) + int32(b[21])
	if d.has(s, n) {
		d.quote(s.from(n))
	}
}
