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

// pppFramed decodes PPP in HDLC-like framing (RFC 1662 §3.1), with or without its address and control; Cisco's HDLC, told by its
// address, travels on the same lines.
func (d *Decoder) pppFramed(s span) {
	const unicast, multicast = 0x0f, 0x8f
	b := d.bytes(s)
	if len(b) > 0 && (b[0] == unicast || b[0] == multicast) {
		d.chdlc(s)
		return
	}
	framing := int32(0)
	if len(b) >= 2 && b[0] == 0xff && b[1] == 3 {
		framing = 2
	}
	d.pppAfter(framing, s)
}

// ppp decodes PPP's protocol field (RFC 1661 §2) and what it announces.
func (d *Decoder) ppp(s span) { d.pppAfter(0, s) }

// pppAfter decodes a PPP header whose protocol field, of one or two bytes (RFC 1661 §6.5), comes after n others.
func (d *Decoder) pppAfter(n int32, s span) {
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
	case pppBridged:
		d.bridgedPPP(rest)
	default:
		d.data(rest)
	}
}

// pppBridged is the protocol of PPP that carries bridged frames, which gopacket does not name.
const pppBridged layers.PPPType = 0x0031

// bridgedPPP decodes a frame bridged over PPP (RFC 3518 §4.2): flags, the type of its addresses, and a LAN's number if a flag says so.
func (d *Decoder) bridgedPPP(s span) {
	const numbered, ethernet = 0x20, 1
	i := d.show(BridgedPPP, s, 2)
	if !d.has(s, 2) || d.full() {
		return
	}
	b, n := d.bytes(s), int32(2)
	if b[0]&numbered != 0 {
		n += 4
	}
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if rest := s.from(n); b[1] == ethernet {
		d.ethernet(rest)
	} else {
		d.data(rest)
	}
}
