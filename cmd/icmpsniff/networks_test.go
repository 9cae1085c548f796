package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Protects that two virtual networks whose hosts have the same addresses stay two, from the packet to the report.
func TestVirtualNetworks(t *testing.T) {
	const capture = committed + "/vxlan-two.pcap"
	var report struct {
		Flows []struct {
			Source, Destination string
			VLAN, VNI           []int
			Sent, Received      int
		}
		Neighbors []struct {
			Address   string
			VLAN, VNI []int
			MACs      []string
		}
	}
	if err := json.Unmarshal([]byte(sniff(t, "-q", "--report", "json", capture).stdout), &report); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range report.Flows {
		got = append(got, fmt.Sprintf("%s to %s on %v %v: %d of %d", f.Source, f.Destination, f.VLAN, f.VNI, f.Received, f.Sent))
	}
	for _, n := range report.Neighbors {
		if strings.HasPrefix(n.Address, "10.42.0.") {
			got = append(got, fmt.Sprintf("%s at %v on %v %v", n.Address, n.MACs, n.VLAN, n.VNI))
		}
	}
	want := []string{
		"10.42.0.1 to 10.42.0.2 on [] [5000]: 2 of 2",
		"10.42.0.1 to 10.42.0.2 on [] [5001]: 2 of 2",
		"10.42.0.1 at [02:00:0a:2a:00:01] on [] [5000]",
		"10.42.0.2 at [02:00:0a:2a:00:02] on [] [5000]",
		"10.42.0.1 at [02:00:0a:2a:01:01] on [] [5001]",
		"10.42.0.2 at [02:00:0a:2a:01:02] on [] [5001]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, form := range []string{"table", "csv", "markdown", "html"} {
		if text := sniff(t, "-q", "--report", form, capture).stdout; !strings.Contains(text, "vni 5001") {
			t.Errorf("%s does not say what network a row is of", form)
		}
	}
	if text := sniff(t, "--explain", capture).stdout; !strings.Contains(text, "4. Frame 4 (0.000080, vni 5000): ") {
		t.Errorf("the fourth step does not say what network it is in:\n%s", text)
	}
}
