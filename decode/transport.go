package decode

// UDP ports whose payload is decoded further.
const (
	portDNS         = 53
	portL2TP        = 1701
	portGTPU        = 2152
	portTeredo      = 3544
	portLISP        = 4341
	portLISPControl = 4342
	portVXLAN       = 4789
	portVXLANGPE    = 4790
	portMDNS        = 5353
	portLLMNR       = 5355
	portGeneve      = 6081
	portMPLSinUDP   = 6635
	portOTV         = 8472 // Linux' own VXLAN port before IANA gave one
)

// udpDatagram decodes a UDP header (RFC 768) and what its ports announce: of two known ports the lower is tried first.
func (d *Decoder) udpDatagram(s span) {
	i := d.showPorts(UDP, s, 8)
	if !d.has(s, 8) {
		d.short(i, s, 4)
		return
	}
	b := d.bytes(s)
	switch n := int32(be16(b[4:])); {
	case n >= 8:
		s = s.upTo(n)
	case n != 0 || s.length() <= 0xffff: // 0 is a jumbogram's, RFC 2675 §4
		d.p.Layers[i].Flags |= Bad
		return
	}
	d.udp.DecodeFromBytes(b, feedback) //nolint:errcheck // fails only for the lengths above
	l := &d.p.Layers[i]
	l.End, l.Stated = s.end, s.stated
	rest := s.from(8)
	if rest.length() == 0 || d.full() {
		return
	}
	low, high := uint16(d.udp.SrcPort), uint16(d.udp.DstPort)
	if low > high {
		low, high = high, low
	}
	if !d.udpPort(low, rest) && !d.udpPort(high, rest) {
		d.data(rest)
	}
}

// showPorts appends a layer with a header of n bytes, of which a line speaks if its ports are there.
func (d *Decoder) showPorts(k Kind, s span, n int32) int {
	if s.captured() < 4 {
		return d.add(k, s, n)
	}
	return d.show(k, s, n)
}

// udpPort decodes a datagram's payload by one of its ports, and reports false if the port or the payload is not known.
func (d *Decoder) udpPort(port uint16, s span) bool {
	switch port {
	case portDNS, portMDNS, portLLMNR:
		d.dns(s)
	case portGTPU:
		return d.gtpU(s)
	case portTeredo:
		return d.teredo(s)
	case portL2TP:
		return d.l2tp(s)
	case portLISP:
		d.lisp(s)
	case portLISPControl:
		return d.lispControl(s)
	case portVXLAN, portOTV:
		d.vxlan(s)
	case portVXLANGPE:
		d.vxlanGPE(s)
	case portGeneve:
		d.geneve(s)
	case portMPLSinUDP:
		d.mpls(s)
	default:
		return false
	}
	return true
}

// tcp decodes a TCP header (RFC 9293 §3.1).
func (d *Decoder) tcp(s span) {
	i := d.showPorts(TCP, s, 20)
	l := &d.p.Layers[i]
	if !d.has(s, 20) {
		if s.captured() < 8 || d.quoted == 0 { // an error need not quote more than the ports and the sequence number
			d.short(i, s, 4)
		}
		return
	}
	b := d.bytes(s)
	n := int32(b[12]>>4) * 4
	if n < 20 {
		l.Flags |= Bad
		return
	}
	l.Body = min(s.start+n, s.stated)
	if !d.has(s, n) {
		l.Flags |= Cut
		return
	}
	rest := s.from(n)
	if be16(b) == portDNS || be16(b[2:]) == portDNS {
		if d.dnsMessage(rest) {
			return
		}
	}
	d.data(rest)
}

// dnsMessage decodes the first message in a TCP segment, whose length is before it (RFC 7766 §8), and reports false if it is not whole.
func (d *Decoder) dnsMessage(s span) bool {
	if s.captured() < 2 {
		return false
	}
	n := int32(be16(d.bytes(s)))
	if n == 0 || n > s.length()-2 {
		return false
	}
	d.dns(s.from(2).upTo(n))
	return true
}

// dns marks a DNS message (RFC 1035 §4.1); its names are read by whoever prints them.
func (d *Decoder) dns(s span) {
	i := d.show(DNS, s, 12)
	if !d.has(s, 12) {
		d.short(i, s, 4)
	}
}
