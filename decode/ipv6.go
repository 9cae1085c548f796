package decode

import "github.com/google/gopacket/layers"

// ipv6 decodes an IPv6 header (RFC 8200 §3), its extension headers and what they carry.
func (d *Decoder) ipv6(s span) {
	i := d.show(IPv6, s, 40)
	l := &d.p.Layers[i]
	if !d.has(s, 1) {
		l.Flags |= Cut
		return
	}
	b := d.bytes(s)
	if b[0]>>4 != 6 {
		l.Flags |= Bad
		d.data(s)
		return
	}
	if !d.has(s, 40) {
		l.Flags |= Cut
		return
	}
	if d.quoted == 0 {
		d.p.net = int32(i)
	}
	d.addresses(IPv6Address, b[8:24], b[24:40])

	next, rest := b[6], s.from(40)
	if n := int32(be16(b[4:])); n > 0 {
		rest = rest.upTo(n)
	} else if n, ok := d.jumbo(next, rest); ok {
		rest = rest.upTo(n)
	} else if next != uint8(layers.IPProtocolIPv6HopByHop) {
		rest = rest.upTo(0)
	}
	l.End, l.Stated = rest.end, rest.stated
	d.ipv6Next(next, rest, i, b)
}

// ipv6Next follows the chain of extension headers (RFC 8200 §4).
func (d *Decoder) ipv6Next(next uint8, s span, ipIndex int, header []byte) {
	for whole := true; whole && !d.full(); {
		switch layers.IPProtocol(next) {
		case layers.IPProtocolIPv6HopByHop:
			next, s, whole = d.extension(IPv6HopByHop, s)
		case layers.IPProtocolIPv6Destination:
			next, s, whole = d.extension(IPv6DestOpts, s)
		case layers.IPProtocolIPv6Routing:
			b := d.bytes(s)
			next, s, whole = d.extension(IPv6Routing, s)
			if dst := finalDestination(b, header[24:40], &d.final); dst != nil && d.quoted == 0 {
				d.p.Destination.Bytes = dst
			}
		case layers.IPProtocolAH:
			next, s, whole = d.ah(s)
		case layers.IPProtocolIPv6Fragment:
			d.ipv6Fragment(s, ipIndex, header)
			return
		case layers.IPProtocolNoNextHeader:
			d.data(s)
			return
		default:
			d.ipProtocol(next, s, ipIndex)
			return
		}
	}
}

// extension adds one options or routing header and returns what follows, and false if the header was cut.
func (d *Decoder) extension(k Kind, s span) (next uint8, rest span, whole bool) {
	i := d.add(k, s, 8)
	if !d.has(s, 2) {
		d.p.Layers[i].Flags |= Unread
		return 0, s, false
	}
	b := d.bytes(s)
	n := (int32(b[1]) + 1) * 8
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if !d.has(s, n) {
		d.p.Layers[i].Flags |= Cut
		return 0, s, false
	}
	if k == IPv6Routing {
		whole = routeFits(b[:n])
	} else {
		whole = d.options6(s, n)
	}
	if !whole {
		d.verdict(Malformed)
		d.p.Layers[i].Flags |= Bad
		return 0, s, false
	}
	d.ext.DecodeFromBytes(b, feedback) //nolint:errcheck // fails only below n bytes
	return uint8(d.ext.NextHeader), s.from(n), true
}

// options6 walks the options (RFC 8200 §4.2) of the header of n bytes that s begins with, and reports false if one is longer than the
// packet. One that is only longer than the header ends the list. The packet's source is the home address of a mobile node (RFC 6275
// §6.3), if there is one.
func (d *Decoder) options6(s span, n int32) bool {
	const pad1, homeAddress = 0, 0xc9
	b := d.bytes(s)
	for at := int32(2); at < n; {
		kind := b[at]
		if kind == pad1 {
			at++
			continue
		}
		if !d.has(s, at+2) {
			return false
		}
		size := int32(b[at+1])
		if at += 2; at+size > n {
			return d.has(s, at+size)
		}
		if kind == homeAddress && size == addressSize && d.quoted == 0 {
			d.p.Source.Bytes = b[at : at+size]
		}
		at += size
	}
	return true
}

// jumbo returns the payload length that a Jumbo Payload option states (RFC 2675 §2).
func (d *Decoder) jumbo(next uint8, s span) (int32, bool) {
	const pad1, jumbo = 0, 0xc2
	if layers.IPProtocol(next) != layers.IPProtocolIPv6HopByHop {
		return 0, false
	}
	b := d.bytes(s)
	if len(b) < 8 {
		return 0, false
	}
	for b = b[2:min(len(b), (int(b[1])+1)*8)]; len(b) > 0; {
		if b[0] == pad1 {
			b = b[1:]
			continue
		}
		if len(b) < 2 || len(b) < 2+int(b[1]) {
			return 0, false
		}
		if b[0] == jumbo && b[1] == 4 {
			n := be32(b[2:])
			return int32(min(n, maxLength)), true
		}
		b = b[2+int(b[1]):]
	}
	return 0, false
}

// ipv6Fragment decodes a fragment header (RFC 8200 §4.5).
func (d *Decoder) ipv6Fragment(s span, ipIndex int, header []byte) {
	i := d.add(IPv6Fragment, s, 8)
	if !d.has(s, 8) {
		d.p.Layers[i].Flags |= Unread
		return
	}
	b := d.bytes(s)
	offset, more, next := int32(be16(b[2:])&^7), b[3]&1 != 0, b[0]
	rest := s.from(8)
	if offset == 0 && !more || rest.length() == 0 { // an atomic fragment, RFC 6946, or one of nothing
		d.ipv6Next(next, rest, ipIndex, header)
		return
	}
	d.p.Layers[i].Flags |= Fragment
	if d.quoted > 0 {
		d.data(rest)
		if offset == 0 {
			was := d.setAside()
			d.ipv6Next(next, rest, ipIndex, header)
			d.aside = was
		}
		return
	}
	d.p.Top = i
	key := fragmentKey{id: be32(b[4:]), v6: true, segment: d.segment()}
	copy(key.src[:], header[8:24])
	copy(key.dst[:], header[24:40])
	if ip := &d.p.Layers[ipIndex]; rest.captured() < rest.length() || ip.Body+int32(be16(header[4:])) > ip.End {
		d.data(rest)
		return
	}
	if next, whole, ok := d.fragment(key, next, offset, more, rest, i); ok {
		d.p.Top = ipIndex
		d.ipv6Next(next, whole, ipIndex, header)
	}
}
