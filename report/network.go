package report

import "github.com/icmpsniff/icmpsniff/decode"

// stack joins the segments of a network, the outermost first, for a column of its own: 100/7, 100/vni 5000; "" if there are none.
func stack(segments []decode.Segment) string { return string(appendStack(nil, segments)) }

func appendStack(dst []byte, segments []decode.Segment) []byte {
	for i, s := range segments {
		if i > 0 {
			dst = append(dst, '/')
		}
		dst = s.AppendTo(dst)
	}
	return dst
}

// NetworkName names a network where no column's title says what its numbers are: VLAN 100/7, VLAN 100/vni 5000, vni 5000; "" if
// there are no segments.
func NetworkName(segments []decode.Segment) string { return string(appendNetworkName(nil, segments)) }

func appendNetworkName(dst []byte, segments []decode.Segment) []byte {
	if len(segments) > 0 && !segments[0].Virtual() {
		dst = append(dst, "VLAN "...)
	}
	return appendStack(dst, segments)
}

// jsonNetwork is a stack of segments: identifiers of VLANs and of virtual networks, each the outermost first.
type jsonNetwork struct {
	VLAN []uint32 `json:"vlan"` // never nil, so that it is [] and not null
	VNI  []uint32 `json:"vni,omitempty"`
}

func networkObject(segments []decode.Segment) jsonNetwork {
	o := jsonNetwork{VLAN: []uint32{}}
	for _, s := range segments {
		if s.Virtual() {
			o.VNI = append(o.VNI, s.Number())
		} else {
			o.VLAN = append(o.VLAN, s.Number())
		}
	}
	return o
}
