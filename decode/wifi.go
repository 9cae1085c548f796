package decode

import "encoding/binary"

// radioTap passes the radiotap header of 802.11 captures, and drops the frame check sequence if it says there is one.
//
//	| version 1 | pad 1 | length 2 | present 4, more while its top bit is set | fields, each aligned to its size |
func (d *Decoder) radioTap(s span) {
	const more, timestamp, flags, checkSequence, padded = 1 << 31, 1 << 0, 1 << 1, 0x10, 0x20
	i := d.show(RadioTap, s, 8)
	if !d.has(s, 8) {
		return
	}
	b := d.bytes(s)
	n := int32(binary.LittleEndian.Uint16(b[2:]))
	if n < 8 || !d.has(s, n) {
		d.verdict(Malformed)
		return
	}
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	rest := s.from(n)
	present := binary.LittleEndian.Uint32(b[4:])
	at := int32(8)
	for word := present; word&more != 0; at += 4 {
		if at+4 > n {
			d.verdict(Malformed)
			return
		}
		word = binary.LittleEndian.Uint32(b[at:])
	}
	if present&timestamp != 0 {
		at = (at+7)&^7 + 8
	}
	pad := false
	if present&flags != 0 && at < n {
		if b[at]&checkSequence != 0 {
			rest = rest.upTo(max(0, rest.length()-4))
		}
		pad = b[at]&padded != 0
	}
	d.dot11Frame(rest, pad)
}

func (d *Decoder) dot11(s span) { d.dot11Frame(s, false) }

// dot11Frame decodes the header of an IEEE 802.11 data frame (§9.2.3) in the clear; what it carries starts with 802.2.
func (d *Decoder) dot11Frame(s span, padded bool) {
	const management, data, qos, noData, toDS, fromDS, protected, order, amsdu = 0, 2, 0x8, 0x4, 0x1, 0x2, 0x40, 0x80, 0x80
	i := d.show(Dot11, s, 24)
	if !d.has(s, 2) {
		return
	}
	b := d.bytes(s)
	kind, subtype, fc := b[0]>>2&3, b[0]>>4, b[1]
	if kind != data {
		if len(b) >= 16 && (kind == management || subtype >= 8 && subtype <= 11) { // of control frames, those two addresses
			d.addresses(MAC, b[10:16], b[4:10])
		}
		return
	}
	n := int32(24)
	if fc&(toDS|fromDS) == toDS|fromDS {
		n += 6
	}
	control := n
	if subtype&qos != 0 {
		n += 2
		if fc&order != 0 {
			n += 4
		}
	}
	if !d.has(s, n) {
		return
	}
	switch fc & (toDS | fromDS) {
	case 0:
		d.addresses(MAC, b[10:16], b[4:10])
	case toDS:
		d.addresses(MAC, b[10:16], b[16:22])
	case fromDS:
		d.addresses(MAC, b[16:22], b[4:10])
	default:
		d.addresses(MAC, b[24:30], b[16:22])
	}
	if d.quoted == 0 {
		d.p.link = int32(i)
	}
	if padded {
		n = (n + 3) &^ 3
	}
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	switch {
	case subtype&noData != 0 || fc&protected != 0 || s.length() <= n:
	case subtype&qos != 0 && b[control]&amsdu != 0:
		d.aggregate(s.from(n))
	default:
		d.llcFrame(s.from(n))
	}
}

// aggregate decodes the packets of an A-MSDU (IEEE 802.11 §9.3.2.2.2), one after another: destination, source and length before
// each, and words filled up between them. A line speaks of the last.
func (d *Decoder) aggregate(s span) {
	const header = 14
	for s.length() > 0 && !d.full() && d.has(s, header) {
		n := header + int32(be16(d.bytes(s)[12:]))
		d.llcFrame(s.upTo(n).from(header))
		s = s.from((n + 3) &^ 3)
	}
}
