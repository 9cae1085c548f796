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
		if final := routeEnd(b[20:header]); final != nil {
			d.p.Destination.Bytes = final
		}
	}
	rest := s.from(header)
	offset, more := int32(be16(b[6:])&0x1fff)*8, b[6]&0x20 != 0
	proto := b[9]
	if offset == 0 && !more {
		d.ipProtocol(proto, rest, i)
		return
	}
	l.Flags |= Fragment
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

// routeEnd returns the destination that a source route among the options still leads to, the last of its addresses
// (RFC 791 §3.1); nil if there is none, or the route is at its end.
func routeEnd(options []byte) []byte {
	const end, noOperation, looseRoute, strictRoute = 0, 1, 131, 137
	for b := options; len(b) > 0; {
		switch b[0] {
		case end:
			return nil
		case noOperation:
			b = b[1:]
			continue
		}
		if len(b) < 2 || b[1] < 2 || int(b[1]) > len(b) {
			return nil
		}
		n := int(b[1])
		if (b[0] == looseRoute || b[0] == strictRoute) && n >= 7 && int(b[2]) <= n-3 {
			return b[n-4 : n]
		}
		b = b[n:]
	}
	return nil
}

// fragment adds a fragment, whose bytes are all there, to its datagram, whose IP header (IPv6: fragment header) is layer i. If that
// makes the datagram whole, it returns its bytes and the protocol that its first fragment announces: in IPv6 the others may announce
// another (RFC 8200 §4.5).
func (d *Decoder) fragment(key fragmentKey, announced uint8, offset int32, more bool, s span, i int) (proto uint8, whole span, ok bool) {
	if s.length() == 0 {
		return 0, span{}, false
	}
	b, proto, in := d.fragments.add(key, announced, offset, more, d.bytes(s), d.p.Number, d.p.Time)
	d.p.ReassembledIn = in
	if b == nil || len(d.p.bufs) > maxReassembled || d.full() {
		d.data(s)
		return 0, span{}, false
	}
	l := &d.p.Layers[i]
	l.Flags = l.Flags&^Fragment | Reassembled
	d.p.Pieces = d.fragments.pieces()
	d.p.bufs = append(d.p.bufs, b)
	return proto, span{buf: uint8(len(d.p.bufs) - 1), end: int32(len(b)), stated: int32(len(b))}, true
}

// maxReassembled bounds the datagrams put together within one frame: tunnels may carry fragments of fragments.
const maxReassembled = 8

// ah passes an IPsec Authentication Header (RFC 4302 §2), which hides nothing.
func (d *Decoder) ah(s span, ipIndex int) {
	i := d.show(AH, s, 12)
	if !d.has(s, 12) {
		return
	}
	b := d.bytes(s)
	n := (int32(b[1]) + 2) * 4
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if d.has(s, n) {
		d.ipProtocol(b[0], s.from(n), ipIndex)
	}
}
