package decode

import (
	"slices"
	"testing"
)

// TestSegments protects which headers set networks apart, in the order in which they are stacked, and which do not.
func TestSegments(t *testing.T) {
	ping := ipv4(icmp, echo4(nil))
	inner := ether(typeIPv4, ping)
	vxlan := func(header string, frame []byte) []byte {
		return ipv4(udp, udpHeader(50000, 4789, hexBytes(header), frame))
	}
	geneve := func(header string, frame []byte) []byte {
		return ipv4(udp, udpHeader(50000, 6081, hexBytes(header), frame))
	}
	over := func(header string, frame []byte) []byte { return ipv4(gre, hexBytes(header), frame) }
	for _, c := range []struct {
		name  string
		frame []byte
		want  []Segment
	}{
		{"none", inner, nil},
		{"VLANs", ether(typeQinQ, vlan(100, typeVLAN), vlan(7, typeIPv4), ping), []Segment{100, 7}},
		{"VXLAN", ether(typeIPv4, vxlan("08000000 00138800", inner)), []Segment{VirtualNetwork(5000)}},
		{"the highest identifier, and what is reserved behind it", ether(typeIPv4, vxlan("08000000 ffffffff", inner)), []Segment{VirtualNetwork(1<<24 - 1)}},
		{"network 0", ether(typeIPv4, vxlan("08000000 00000000", inner)), []Segment{VirtualNetwork(0)}},
		{"VXLAN without a network", ether(typeIPv4, vxlan("00000000 00138800", inner)), nil},
		{"VXLAN that was cut before its network", ether(typeIPv4, vxlan("08000000 0013", nil)), nil},
		{"Geneve", ether(typeIPv4, geneve("0000 6558 001388 00", inner)), []Segment{VirtualNetwork(5000)}},
		{"NVGRE: the flow is not the network", ether(typeIPv4, over("2000 6558 001388 07", inner)), []Segment{VirtualNetwork(5000)}},
		{"NVGRE with a checksum before the key", ether(typeIPv4, over("a000 6558 0000 0000 001388 07", inner)), []Segment{VirtualNetwork(5000)}},
		{"GRE, Ethernet without a key", ether(typeIPv4, over("0000 6558", inner)), nil},
		{"GRE, a key of IPv4", ether(typeIPv4, over("2000 0800 001388 07", ping)), nil},
		{"VLANs around and in VXLAN", ether(typeVLAN, vlan(100, typeIPv4), vxlan("08000000 00138800", ether(typeVLAN, vlan(7, typeIPv4), ping))),
			[]Segment{100, VirtualNetwork(5000), 7}},
		{"VXLAN in VXLAN", ether(typeIPv4, vxlan("08000000 00000100", ether(typeIPv4, vxlan("08000000 00000200", inner)))), []Segment{VirtualNetwork(1), VirtualNetwork(2)}},
		{"quoted", ether(typeIPv4, ipv4(icmp, hexBytes("0b 00 0000 00000000"), vxlan("08000000 00138800", inner))), nil},
		{"MPLS", ether(typeMPLS, hexBytes("00010140"), ping), nil},
		{"PPPoE", ether(typePPPoE, hexBytes("11 00 0007 001e 0021"), ping), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Packet{Frame: Frame{Number: 1, Link: 1, Data: c.frame, Length: len(c.frame)}}
			New().Decode(&p)
			if !slices.Equal(p.Segments, c.want) {
				t.Errorf("segments %v, want %v", p.Segments, c.want)
			}
		})
	}
}

// TestSegment protects that identifiers of VLANs and of virtual networks are told apart, and read back.
func TestSegment(t *testing.T) {
	for _, c := range []struct {
		s       Segment
		virtual bool
		number  uint32
		text    string
	}{
		{0, false, 0, "0"},
		{4095, false, 4095, "4095"},
		{VirtualNetwork(0), true, 0, "vni 0"},
		{VirtualNetwork(100), true, 100, "vni 100"},
		{VirtualNetwork(1<<24 - 1), true, 1<<24 - 1, "vni 16777215"},
		{VirtualNetwork(1<<24 | 5), true, 5, "vni 5"},
	} {
		if c.s.Virtual() != c.virtual || c.s.Number() != c.number || c.s.String() != c.text {
			t.Errorf("%#x is %v, %d, %q; want %v, %d, %q", uint32(c.s), c.s.Virtual(), c.s.Number(), c.s, c.virtual, c.number, c.text)
		}
	}
}
