package report

import (
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// TestCells protects the figures: rounded, never to a falsehood.
func TestCells(t *testing.T) {
	tests := []struct{ name, got, want string }{
		{"ms of a µs capture", Milliseconds(21_000, 6), "0.021"},
		{"ms of a ns capture", Milliseconds(21_001, 9), "0.021001"},
		{"ms of a ms capture", Milliseconds(21_000_000, 3), "21"},
		{"ms of a capture in seconds", Milliseconds(1e9, 0), "1000"},
		{"ms of a capture finer than ns", Milliseconds(21_001, 12), "0.021001"},
		{"tenths", millisecondTenths(490_000), "0.5"},
		{"tenths behind", millisecondTenths(-50_001), "-0.1"},
		{"tenths next to nothing", millisecondTenths(-12_000), "0.0"},
		{"percent", percent(20), "20.0"},
		{"percent none", percent(0), "0.0"},
		{"percent all", percent(100), "100.0"},
		{"percent almost none", percent(100.0 / 30000), "0.003"},
		{"percent almost all", percent(99.99), "99.99"},
		{"percent third", percent(100.0 / 3), "33.3"},
		{"percent one in 10 million million", percent(1e-11), "0.00000000"},
		{"seconds", seconds(1_500_000_000, 6), "1.500000"},
		{"seconds backwards", seconds(-1, 9), "-0.000000001"},
		{"time of a µs capture", timestamp(1_767_323_045_000_001_999, 6), "2026-01-02T03:04:05.000001Z"},
		{"time of a capture in seconds", timestamp(1_767_323_045_000_001_999, 0), "2026-01-02T03:04:05Z"},
		{"id", identifier(0xa), "0x000a"},
		{"no mac", mac([6]byte{}), ""},
		{"no network", stack(nil), ""},
		{"VLANs", stack([]decode.Segment{100, 7}), "100/7"},
		{"VLANs and a virtual network", stack([]decode.Segment{100, decode.VirtualNetwork(5000), 7}), "100/vni 5000/7"},
		{"name of none", NetworkName(nil), ""},
		{"name of VLANs", NetworkName([]decode.Segment{100, 7}), "VLAN 100/7"},
		{"name of a VLAN and a virtual network", NetworkName([]decode.Segment{100, decode.VirtualNetwork(5000)}), "VLAN 100/vni 5000"},
		{"name of a virtual network", NetworkName([]decode.Segment{decode.VirtualNetwork(5000)}), "vni 5000"},
		{"one", Counted(1, "frame"), "1 frame"},
		{"none", Counted(0, "frame"), "0 frames"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}
