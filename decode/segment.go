package decode

import "strconv"

// Segment is what sets a network apart from the others on one wire: a VLAN or a virtual network. Of a VLAN it is the identifier;
// see [VirtualNetwork] for the others.
//
// What tells no network from another is no segment: an MPLS label, a GTP tunnel, an L2TP or PPPoE session and most GRE keys
// name one link or one direction of it.
type Segment uint32

// A network identifier has 24 bits. One bit above them tells it from a VLAN's.
const (
	maxNetwork         = 1<<24 - 1
	virtual    Segment = 1 << 24
)

// VirtualNetwork is the segment of a network identifier: the VNI of VXLAN (RFC 7348 §5) and of Geneve (RFC 8926 §3.4), the
// VSID of NVGRE (RFC 7637 §3.2), and the I-SID of backbone bridges (IEEE 802.1Q §9.7). They number networks, not tunnels, so that
// one number is one network whatever carries it. Bits above the 24th are ignored.
func VirtualNetwork(vni uint32) Segment { return virtual | Segment(vni&maxNetwork) }

// Virtual reports whether s is a virtual network.
func (s Segment) Virtual() bool { return s&virtual != 0 }

// Number returns the identifier: 12 bits of a VLAN, 24 of a virtual network.
func (s Segment) Number() uint32 { return uint32(s &^ virtual) }

// AppendTo appends the segment as String writes it.
func (s Segment) AppendTo(dst []byte) []byte {
	if s.Virtual() {
		dst = append(dst, "vni "...)
	}
	return strconv.AppendUint(dst, uint64(s.Number()), 10)
}

// String returns the identifier: 100 of a VLAN, vni 5000 of a virtual network.
func (s Segment) String() string { return string(s.AppendTo(nil)) }

// enter records that what follows is on a segment, unless it is quoted.
func (d *Decoder) enter(s Segment) {
	if d.quoted == 0 {
		d.p.Segments = append(d.p.Segments, s)
	}
}

// segment returns the innermost segment so far, 0 if there is none.
func (d *Decoder) segment() Segment {
	if n := len(d.p.Segments); n > 0 {
		return d.p.Segments[n-1]
	}
	return 0
}

// enterVXLAN enters the network of a VXLAN header, unless its flag I says that there is none in it (RFC 7348 §5).
func (d *Decoder) enterVXLAN(header []byte) {
	const hasNetwork = 0x08
	if header[0]&hasNetwork != 0 {
		d.enter(VirtualNetwork(be32(header[4:]) >> 8))
	}
}
