package decode

import "encoding/binary"

// minEtherType is the smallest EtherType (IEEE 802.3 §3.2.6); smaller values are lengths of an 802.2 frame.
const minEtherType = 0x0600

// maxLLC is the longest 802.2 frame in Ethernet, bytes (IEEE 802.3 §3.2.7).
const maxLLC = 1500

// ethernet decodes an Ethernet header (IEEE 802.3 §3.1.1), by type or by length.
func (d *Decoder) ethernet(s span) {
	if !d.has(s, 14) {
		d.p.Layers[d.show(Ethernet, s, 14)].Flags |= Unread
		return
	}
	b := d.bytes(s)
	d.eth.DecodeFromBytes(b, feedback) //nolint:errcheck // fails only below 14 bytes
	i := d.show(Ethernet, s, 14)
	if d.quoted == 0 {
		d.p.link = int32(i)
	}
	d.addresses(MAC, d.eth.SrcMAC, d.eth.DstMAC)
	// gopacket folds every length into one EtherType and trims by it: the field itself is read here.
	if t := be16(b[12:]); t >= minEtherType {
		d.etherType(t, s.from(14))
		d.trailer(s, i)
	} else if t <= maxLLC {
		d.lengthFrame(s.from(14).upTo(int32(t)))
	} else {
		d.data(s.from(14))
	}
}

// lengthFrame decodes what an Ethernet frame with a length carries: 802.2, or Novell's IPX without it, whose checksum is always ffff.
func (d *Decoder) lengthFrame(s span) {
	if b := d.bytes(s); len(b) >= 2 && b[0] == 0xff && b[1] == 0xff {
		d.data(s)
		return
	}
	d.llcFrame(s)
}

// trailer looks at what follows the packet in Ethernet frame i: padding, all zeros, that was captured in part makes the frame
// limited.
func (d *Decoder) trailer(s span, i int) {
	if s.captured() == s.length() {
		return
	}
	for _, l := range d.p.Layers[i+1:] {
		switch l.Kind {
		case ARP:
			l.Stated = l.Body
		case IPv4, IPv6:
		default:
			continue
		}
		padding := d.p.slice(s.buf, l.Stated, s.end)
		if len(padding) > 0 && isZero(padding) {
			d.verdict(Limited)
		}
		return
	}
}

func isZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// dot1Q decodes a VLAN tag: IEEE 802.1Q, 802.1ad's service tag, and the older 0x9100.
func (d *Decoder) dot1Q(s span) {
	i := d.show(Dot1Q, s, 4)
	if !d.has(s, 4) {
		d.short(i, s, 2)
		return
	}
	d.tag.DecodeFromBytes(d.bytes(s), feedback) //nolint:errcheck // fails only below 4 bytes
	d.enter(Segment(d.tag.VLANIdentifier))
	if t := uint16(d.tag.Type); t > maxLLC {
		d.etherType(t, s.from(4))
	} else {
		d.llcFrame(s.from(4).upTo(int32(t)))
	}
}

// longTag passes a tag of n bytes that ends with an EtherType: a VN-Tag (IEEE 802.1Qbh), an E-Tag (IEEE 802.1BR §7.5), an R-Tag
// (IEEE 802.1CB §7.8) or that of HSR (IEC 62439-3 §5.7).
func (d *Decoder) longTag(k Kind, s span, n int32) {
	d.show(k, s, n)
	if d.has(s, n) {
		d.etherType(be16(d.bytes(s)[n-2:]), s.from(n))
	}
}

// loopback passes the functions of Ethernet's configuration testing protocol (Ethernet version 2.0, §8), which bridges send to
// themselves: a count of bytes to skip, then functions, in little-endian order, up to the first that does not forward.
func (d *Decoder) loopback(s span) {
	const reply, forward = 1, 2
	i := d.show(Loop, s, 4)
	n := int32(2)
	for more := true; more && d.has(s, n+2); {
		switch b := d.bytes(s)[n:]; binary.LittleEndian.Uint16(b) {
		case reply: // and a receipt number
			n, more = n+4, false
		case forward: // and the address to forward to
			n += 8
		default:
			n, more = n+2, false
		}
	}
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if d.has(s, n) {
		d.data(s.from(n))
	}
}

// macsec passes a frame that MACsec only authenticates (IEEE 802.1AE §9.3: E and C bits clear); an encrypted one ends here.
func (d *Decoder) macsec(s span) {
	const sci, encrypted, changed, icv = 0x20, 0x08, 0x04, 16
	d.show(MACsec, s, 6)
	if !d.has(s, 6) {
		return
	}
	tci := d.bytes(s)[0]
	n := int32(6)
	if tci&sci != 0 {
		n += 8
	}
	if tci&(encrypted|changed) != 0 || !d.has(s, n+2+icv) {
		return
	}
	t := be16(d.bytes(s)[n:])
	d.etherType(t, s.upTo(s.length()-icv).from(n+2))
}

// mpls decodes a stack of labels (RFC 3032) and guesses what it carries, as the labels do not say: a first nibble of 4
// or 6 is IP, one of 0 a pseudowire's control word before Ethernet (RFC 4385 §3), anything else Ethernet.
func (d *Decoder) mpls(s span) {
	const bottom = 0x01
	for {
		d.show(MPLS, s, 4)
		if !d.has(s, 4) || d.full() {
			return
		}
		last := d.bytes(s)[2]&bottom != 0
		s = s.from(4)
		if last {
			break
		}
	}
	if s.length() == 0 || !d.has(s, 1) {
		return
	}
	switch d.bytes(s)[0] >> 4 {
	case 4, 6:
		d.ip(s)
	case 0:
		d.ethernet(s.from(4))
	case 1:
		d.associatedChannel(s)
	default:
		d.ethernet(s)
	}
}

// associatedChannel decodes a packet in the channel of a pseudowire or a path (RFC 4385 §5): a version and a channel's type, of
// which those of PPP's numbers carry IP (RFC 4385 §6).
func (d *Decoder) associatedChannel(s span) {
	const channelIPv4, channelIPv6 = 0x0021, 0x0057
	d.add(PWACH, s, 4)
	if !d.has(s, 4) {
		return
	}
	switch rest := s.from(4); be16(d.bytes(s)[2:]) {
	case channelIPv4:
		d.ip(rest)
	case channelIPv6:
		d.ipv6(rest)
	default:
		d.data(rest)
	}
}
