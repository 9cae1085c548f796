package decode

// IGMP message types (IANA, "Internet Group Management Protocol Type Numbers"). Those below IGMPQuery are of version 0
// (RFC 988).
const (
	IGMPQuery              = 0x11
	IGMPReportV1           = 0x12
	igmpDVMRP              = 0x13
	igmpPIMv1              = 0x14
	IGMPReportV2           = 0x16
	IGMPLeave              = 0x17
	IGMPTracerouteResponse = 0x1e
	IGMPTracerouteRequest  = 0x1f
	IGMPReportV3           = 0x22
	igmpIGAP               = 0x40 // and the two after it
	igmpRGMP               = 0xfc // and those above
)

// igmp decodes IGMP: version 1 (RFC 1112), 2 (RFC 2236) and 3 (RFC 3376). DVMRP, PIM version 1, IGAP (draft-hayashi-igap) and RGMP
// (RFC 3488) travel as IGMP, and are protocols of their own.
func (d *Decoder) igmp(s span) {
	b := d.bytes(s)
	if len(b) > 0 {
		switch t := b[0]; {
		case t >= igmpIGAP && t <= igmpIGAP+2:
			d.show(IGAP, s, 16)
			d.has(s, 32) // with the account's name
			return
		case t >= igmpRGMP && d.toRGMP():
			d.show(RGMP, s, 8)
			d.has(s, 8)
			return
		case t == igmpDVMRP:
			d.show(DVMRP, s, 8)
			d.has(s, 8)
			return
		case t == igmpPIMv1:
			d.show(PIM, s, 8)
			d.has(s, 8)
			return
		}
	}
	if len(b) < 1 || b[0] == IGMPQuery && len(b) < 2 && s.length() < 12 { // of no version that one could tell
		d.has(s, 2)
		d.p.Layers[d.add(IGMP, s, 8)].Flags |= Unread
		return
	}
	d.show(IGMP, s, 8)
	switch t := b[0]; {
	case t < 0x10:
		d.has(s, 20)
	case t == IGMPTracerouteRequest || t == IGMPTracerouteResponse:
		d.has(s, 24)
	case t == IGMPQuery && s.length() >= 12:
		if d.has(s, 12) {
			d.has(s.from(12), int32(be16(b[10:]))*4)
		}
	case t == IGMPQuery, t == IGMPReportV1, t == IGMPReportV2, t == IGMPLeave:
		d.has(s, 8)
	case t != IGMPReportV3:
		d.has(s, 2)
	default:
		if d.has(s, 8) {
			d.groupRecords(int(be16(b[6:])), s.from(8))
		}
	}
}

// toRGMP reports whether the packet goes to the group of RGMP, which shares its types with others (RFC 3488 §3).
func (d *Decoder) toRGMP() bool {
	dst := d.p.Destination
	return d.quoted == 0 && dst.Kind == IPv4Address && [4]byte(dst.Bytes) == [4]byte{224, 0, 0, 25}
}

// groupRecords checks the records of a version 3 report (RFC 3376 §4.2.4).
func (d *Decoder) groupRecords(n int, s span) {
	for ; n > 0; n-- {
		if !d.has(s, 8) {
			return
		}
		b := d.bytes(s)
		size := 8 + int32(be16(b[2:]))*4 + int32(b[1])*4
		if !d.has(s, size) {
			return
		}
		s = s.from(size)
	}
}
