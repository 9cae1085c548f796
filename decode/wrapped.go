package decode

import "encoding/binary"

// ppi passes the Per-Packet Information header: version, flags, length, link type, all little-endian.
func (d *Decoder) ppi(s span) {
	if !d.has(s, 8) {
		return
	}
	b := d.bytes(s)
	d.within(binary.LittleEndian.Uint32(b[4:]), uint32(binary.LittleEndian.Uint16(b[2:])), 8, s)
}

// pktap passes macOS' header: its length, the type of the record, and the link type of the frame after it, all little-endian and of
// four bytes, and more.
func (d *Decoder) pktap(s span) {
	if d.has(s, 12) {
		b := d.bytes(s)
		d.within(binary.LittleEndian.Uint32(b[8:]), binary.LittleEndian.Uint32(b), 12, s)
	}
}

// within decodes a frame by a link type that the n bytes before it state, least of which must be there. The types that state another
// are none, so that they do not nest.
func (d *Decoder) within(link, n uint32, least int32, s span) {
	const ppi, pktap, oldPKTAP = 192, 258, 149
	if n < uint32(least) || n > maxLength || link > 0xffff || link == ppi || link == pktap || link == oldPKTAP || !d.has(s, int32(n)) {
		return
	}
	d.frame(uint16(link), s.from(int32(n)))
}

// pflog decodes the log header of OpenBSD's packet filter: length, address family, …
func (d *Decoder) pflog(s span) {
	if !d.has(s, 2) {
		return
	}
	b := d.bytes(s)
	n := (int32(b[0]) + 3) &^ 3
	if d.has(s, n) {
		d.family(b[1], s.from(n))
	}
}

// nflog decodes a packet logged by Linux' packet filter: an address family, a version, a resource of two bytes, then attributes,
// each a length and a type of two bytes in the host's order and a value, filled up to words.
func (d *Decoder) nflog(s span) {
	const payload, mask = 9, 0x7fff
	if !d.has(s, 4) {
		return
	}
	s = s.from(4)
	var order binary.ByteOrder = binary.LittleEndian
	if b := d.bytes(s); len(b) >= 2 && int32(order.Uint16(b)) > s.length() {
		order = binary.BigEndian
	}
	for s.length() > 0 && d.has(s, 4) {
		b := d.bytes(s)
		n := int32(order.Uint16(b))
		if n < 4 {
			return
		}
		if order.Uint16(b[2:])&mask == payload {
			d.ip(s.upTo(n).from(4))
			return
		}
		s = s.from((n + 3) &^ 3)
	}
}

// juniper returns a decoder that passes the header of Juniper's routers: a magic number of three bytes, flags, and, if one says
// so, extensions after two bytes with their length. Then there is a frame of the link type, or, if the router took its header
// off, four bytes and a packet.
func juniper(frame func(*Decoder, span)) func(*Decoder, span) {
	const extended, noHeader = 0x80, 0x02
	return func(d *Decoder, s span) {
		if !d.has(s, 4) {
			return
		}
		flags, n := d.bytes(s)[3], int32(4)
		if flags&extended != 0 {
			if !d.has(s, 6) {
				return
			}
			n = 6 + int32(be16(d.bytes(s)[4:]))
		}
		switch {
		case flags&noHeader == 0 && d.has(s, n):
			frame(d, s.from(n))
		case flags&noHeader != 0 && d.has(s, n+4):
			d.ip(s.from(n + 4))
		}
	}
}
