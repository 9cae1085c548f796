package decode

import "github.com/google/gopacket/layers"

// pppoe decodes a PPPoE session header (RFC 2516 §4).
func (d *Decoder) pppoe(s span) {
	d.show(PPPoE, s, 6)
	if !d.has(s, 6) {
		return
	}
	d.ppp(s.from(6).upTo(int32(be16(d.bytes(s)[4:]))))
}

// ppp decodes a PPP header (RFC 1661 §2), with or without HDLC's address and control (RFC 1662 §3.1) and with a
// protocol of one or two bytes (RFC 1661 §6.5).
func (d *Decoder) ppp(s span) {
	n := int32(0)
	if b := d.bytes(s); len(b) >= 2 && b[0] == 0xff && b[1] == 3 {
		n = 2
	}
	i := d.show(PPP, s, n+2)
	if !d.has(s, n+1) {
		return
	}
	b := d.bytes(s)
	proto := uint16(b[n])
	n++
	if proto&1 == 0 {
		if !d.has(s, n+1) {
			return
		}
		proto = proto<<8 | uint16(b[n])
		n++
	}
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	rest := s.from(n)
	switch layers.PPPType(proto) {
	case layers.PPPTypeIPv4:
		d.ip(rest)
	case layers.PPPTypeIPv6:
		d.ipv6(rest)
	case layers.PPPTypeMPLSUnicast, layers.PPPTypeMPLSMulticast:
		d.mpls(rest)
	default:
		d.data(rest)
	}
}
