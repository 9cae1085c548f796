package decode

// trill passes the header of TRILL (RFC 6325 §3.1), options included, before the frame that it carries:
//
//	| version 2 bits, reserved 2, multi-destination 1, words of options 5, hops 6 | egress 2 | ingress 2 |
func (d *Decoder) trill(s span) {
	i := d.show(TRILL, s, 6)
	if !d.has(s, 6) {
		return
	}
	n := 6 + int32(be16(d.bytes(s))>>6&0x1f)*4
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if d.has(s, n) {
		d.ethernet(s.from(n))
	}
}

// backboneTag passes the service tag of a provider's backbone (IEEE 802.1Q §9.7, I-TAG): flags and 24 bits that number the
// service, whose frame follows.
func (d *Decoder) backboneTag(s span) {
	d.show(PBB, s, 4)
	if d.has(s, 4) {
		d.enter(VirtualNetwork(be32(d.bytes(s))))
		d.ethernet(s.from(4))
	}
}

// serviceHeader passes the network service header (RFC 8300 §2.2), whose length in words is the end of its first two bytes:
//
//	| version, flags, TTL, length 2 | metadata type 1 | next protocol 1 | path 3, index 1 | metadata |
func (d *Decoder) serviceHeader(s span) {
	const ipv4, ipv6, ethernet, service, mpls = 1, 2, 3, 4, 5
	i := d.show(NSH, s, 8)
	if !d.has(s, 8) || d.full() {
		return
	}
	b := d.bytes(s)
	n := max(8, int32(b[1]&0x3f)*4)
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if !d.has(s, n) {
		return
	}
	switch rest := s.from(n); b[3] {
	case ipv4:
		d.ip(rest)
	case ipv6:
		d.ipv6(rest)
	case ethernet:
		d.ethernet(rest)
	case service:
		d.serviceHeader(rest)
	case mpls:
		d.mpls(rest)
	default:
		d.data(rest)
	}
}
