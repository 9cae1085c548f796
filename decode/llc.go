package decode

import "bytes"

// llcFrame decodes an IEEE 802.2 header and, where there is one, the SNAP header after it.
func (d *Decoder) llcFrame(s span) {
	const unnumbered = 3 // the format of a control field of one byte
	i := d.show(LLC, s, 3)
	if s.length() == 0 {
		d.p.Layers[i].Flags |= Unread
		return
	}
	if !d.has(s, 3) {
		d.p.Layers[i].Flags |= Unread
		return
	}
	b := d.bytes(s)
	if b[2]&3 != unnumbered && len(b) < 4 { // gopacket would allocate an error
		d.p.Layers[i].Flags |= Unread
		return
	}
	d.llc.DecodeFromBytes(b, feedback) //nolint:errcheck // fails only below 4 bytes
	rest := s.from(int32(len(d.llc.Contents)))
	d.p.Layers[i].Body = rest.start
	switch {
	case d.llc.DSAP == 0xaa && d.llc.SSAP == 0xaa && d.llc.Control == 3:
		const padding = 2 // before a bridged frame (RFC 2684 §5.2)
		d.snapHeader(rest, padding)
	case d.llc.DSAP == 0xfe && d.llc.Control == 3 && rest.captured() > 0: // ISO's protocols, RFC 2684 §5.1
		d.networkProtocol(d.bytes(rest)[0], rest, rest.from(1))
	case d.llc.DSAP == 0x06 && d.llc.Control == 3: // IP, RFC 948
		d.ip(rest)
	default:
		d.data(rest)
	}
}

// networkProtocol decodes what an identifier of ISO's network layer protocols (ISO/IEC TR 9577, RFC 2427 §4.1) announces in rest;
// what is not known begins with the identifier, in s.
func (d *Decoder) networkProtocol(id uint8, s, rest span) {
	const ipv4, ipv6, ppp = 0xcc, 0x8e, 0xcf
	switch id {
	case ipv4:
		d.ip(rest)
	case ipv6:
		d.ipv6(rest)
	case ppp: // RFC 1973
		d.pppFramed(rest)
	default:
		d.data(s)
	}
}

// snapHeader decodes SNAP. Followed are organisations that number their protocols by EtherType, RFC 1042 (all zero) and 802.1H's
// bridge tunnels (00:00:f8), and IEEE 802.1's (00:80:c2) for bridged Ethernet, which comes after so many bytes of padding.
func (d *Decoder) snapHeader(s span, padding int32) {
	const withChecksum, bridged = 0x0001, 0x0007
	d.show(SNAP, s, 5)
	if !d.has(s, 5) {
		return
	}
	d.snap.DecodeFromBytes(d.bytes(s), feedback) //nolint:errcheck // fails only below 5 bytes
	rest := s.from(5)
	switch oui := d.snap.OrganizationalCode; {
	case bytes.Equal(oui, []byte{0, 0, 0}), bytes.Equal(oui, []byte{0, 0, 0xf8}):
		d.etherType(uint16(d.snap.Type), rest)
	case bytes.Equal(oui, []byte{0, 0x80, 0xc2}) && (d.snap.Type == withChecksum || d.snap.Type == bridged) && !d.full():
		d.ethernet(rest.from(padding))
	default:
		d.data(rest)
	}
}
