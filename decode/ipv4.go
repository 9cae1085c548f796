package decode

// ip decodes an IP header of either version, told by its first nibble.
func (d *Decoder) ip(s span) {
	if b := d.bytes(s); len(b) > 0 && b[0]>>4 == 6 {
		d.ipv6(s)
		return
	}
	d.ipv4(s)
}

// ipv4 decodes an IPv4 header (RFC 791 §3.1) and what it carries; fragments are put together first.
func (d *Decoder) ipv4(s span) {
	i := d.show(IPv4, s, 20)
	l := &d.p.Layers[i]
	if !d.has(s, 1) {
		l.Flags |= Unread
		return
	}
	b := d.bytes(s)
	header := int32(b[0]&0x0f) * 4
	if b[0]>>4 != 4 || header < 20 {
		l.Flags |= Bad
		return
	}
	l.Body = min(s.start+header, s.stated)
	if !d.has(s, 20) {
		l.Flags |= Cut
		return
	}
	// A total length of 0 is what a capture sees of segments that the network card will cut.
	total := int32(be16(b[2:]))
	switch {
	case total >= header:
		s = s.upTo(total)
	case total != 0:
		l.Flags |= Bad
		return
	}
	l.End, l.Stated = s.end, s.stated
	if d.quoted == 0 {
		d.p.net = int32(i)
	}
	d.addresses(IPv4Address, b[12:16], b[16:20])
	if !d.has(s, header) {
		l.Flags |= Cut
		return
	}

	if header > 20 && d.quoted == 0 {
		final, whole := readOptions(b[20:header])
		if final != nil {
			d.p.Destination.Bytes = final
		}
		if !whole {
			d.verdict(Malformed)
			return
		}
	}
	rest := s.from(header)
	offset, more := int32(be16(b[6:])&0x1fff)*8, b[6]&0x20 != 0
	proto := b[9]
	if offset > 0 || more && rest.length() > 0 {
		l.Flags |= Fragment
	}
	switch {
	case rest.length() == 0:
		return
	case l.Flags&Fragment == 0:
		d.ipProtocol(proto, rest, i)
		return
	}
	// A first fragment that was cut is decoded as far as it goes, since it will never be whole.
	if cut := s.captured() < total; cut && offset == 0 {
		d.unreassembled = d.unreassembled || d.quoted == 0
		d.ipProtocol(proto, rest, i)
		return
	} else if cut || d.quoted > 0 {
		d.data(rest)
		if offset == 0 {
			was := d.setAside()
			d.ipProtocol(proto, rest, i)
			d.aside = was
		}
		return
	}
	key := fragmentKey{id: uint32(be16(b[4:])), proto: proto, segment: d.segment()}
	copy(key.src[:], b[12:16])
	copy(key.dst[:], b[16:20])
	if proto, whole, ok := d.fragment(key, proto, offset, more, rest, i); ok {
		d.ipProtocol(proto, whole, i)
	}
}

// setAside marks the layers that follow, and returns what to restore.
func (d *Decoder) setAside() (was Flags) {
	was, d.aside = d.aside, Aside
	return was
}

// fragment adds a fragment, whose bytes are all there, to its datagram, whose IP header (IPv6: fragment header) is layer i. If that
// makes the datagram whole, it returns its bytes and the protocol that its first fragment announces: in IPv6 the others may announce
// another (RFC 8200 §4.5).
func (d *Decoder) fragment(key fragmentKey, announced uint8, offset int32, more bool, s span, i int) (proto uint8, whole span, ok bool) {
	b, in := d.fragments.add(key, announced, offset, more, d.bytes(s), d.p.Number, d.p.Time)
	d.p.ReassembledIn = in
	if b == nil || len(d.p.bufs) > maxReassembled || d.full() {
		d.data(s)
		return 0, span{}, false
	}
	l := &d.p.Layers[i]
	l.Flags = l.Flags&^Fragment | Reassembled
	g := d.fragments.last()
	d.p.Pieces = g.pieces
	d.p.bufs = append(d.p.bufs, b)
	return g.proto, span{buf: uint8(len(d.p.bufs) - 1), end: int32(len(b)), stated: int32(len(b))}, true
}

// maxReassembled bounds the datagrams put together within one frame: tunnels may carry fragments of fragments.
const maxReassembled = 8

// ah passes an IPsec Authentication Header (RFC 4302 §2), which hides nothing, and returns what follows, and false if it was cut.
func (d *Decoder) ah(s span) (next uint8, rest span, whole bool) {
	i := d.show(AH, s, 12)
	if !d.has(s, 12) {
		return 0, s, false
	}
	b := d.bytes(s)
	n := (int32(b[1]) + 2) * 4
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	return b[0], s.from(n), d.has(s, n)
}
