package track

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// summed returns the packet, UDP, with a length and a checksum. Before a card fills it in, that of alice to bob over IPv6 is 0x5b98 and
// the length: the sum of their addresses and the protocol.
func (k packet) summed(length byte, checksum uint16) packet {
	k.body = append([]byte(nil), k.body...)
	k.body[5], k.body[6], k.body[7] = length, byte(checksum>>8), byte(checksum)
	return k
}

// TestProbesOfOneChecksum protects that two probes which differ by nothing but their length are no copies.
func TestProbesOfOneChecksum(t *testing.T) {
	third := udpProbe6(0, 3, 1)
	s := watch(t, Options{}, udpProbe6(0, 1, 2), udpProbe6(0, 2, 3), third.summed(12, 1), third.summed(11, 1), third.summed(11, 1), ping(5*second, 9)).tracker.Summary()
	want := []string{"udp 2001:db8::a to 2001:db8::b: 1: * 0 of 1; 2: * 0 of 1; 3: * 0 of 2"}
	if diff := cmp.Diff(want, describePaths(s)); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
}

// TestProbesAlike protects that an error finds its own probe among those with the same ports, of which one may be missing from the
// capture: what tells them apart is the length, and the checksum where the network card had filled it in.
func TestProbesAlike(t *testing.T) {
	const unfilled = 0x5ba4 // the sum of 2001:db8::a, 2001:db8::b, the protocol 17 and the length 12
	third, fourth := udpProbe6(0, 3, 1), udpProbe6(0, 4, 1)
	end := ping(5*second, 9)
	for _, c := range []struct {
		name             string
		captured, quoted packet
		want             string
	}{
		{"the same", third.summed(12, 1), third.summed(12, 1), "2001:db8:1::1 1 of 1"},
		{"of another checksum", third.summed(12, 1), fourth.summed(12, 2), "* 0 of 1"},
		{"of another length", third.summed(12, unfilled), fourth.summed(11, 2), "* 0 of 1"},
		{"before the card filled the checksum in", third.summed(12, unfilled), third.summed(12, 2), "2001:db8:1::1 1 of 1"},
		{"nearly that", third.summed(12, unfilled+1), third.summed(12, 2), "* 0 of 1"},
		{"without a checksum", third.summed(12, 0), third.summed(12, 2), "2001:db8:1::1 1 of 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			shown := []packet{udpProbe6(0, 1, 2), udpProbe6(0, 2, 3)}
			s := watch(t, Options{}, append(shown, c.captured, icmpError(ms, r16, 3, 0, c.quoted), end)...).tracker.Summary()
			want := []string{"udp 2001:db8::a to 2001:db8::b: 1: * 0 of 1; 2: * 0 of 1; 3: " + c.want}
			if diff := cmp.Diff(want, describePaths(s)); diff != "" {
				t.Errorf("paths (-want +got):\n%s", diff)
			}
		})
	}
}
