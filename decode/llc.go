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
		d.snapHeader(rest)
	case d.llc.DSAP == 0x06 && d.llc.Control == 3: // IP, RFC 948
		d.ip(rest)
	default:
		d.data(rest)
	}
}

// snapHeader decodes SNAP. Only organisations that number their protocols by EtherType are followed: RFC 1042 (all
// zero), Apple's and 802.1H's bridge tunnels (00:00:f8), and Cisco's for GRE.
func (d *Decoder) snapHeader(s span) {
	d.show(SNAP, s, 5)
	if !d.has(s, 5) {
		return
	}
	d.snap.DecodeFromBytes(d.bytes(s), feedback) //nolint:errcheck // fails only below 5 bytes
	rest := s.from(5)
	switch oui := d.snap.OrganizationalCode; {
	case bytes.Equal(oui, []byte{0, 0, 0}), bytes.Equal(oui, []byte{0, 0, 0xf8}):
		d.etherType(uint16(d.snap.Type), rest)
	default:
		d.data(rest)
	}
}
