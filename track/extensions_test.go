package track

import (
	"encoding/binary"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/icmpsniff/icmpsniff/decode"
)

// extended returns an error about a quote of 128 bytes, with an extension structure of objects behind it (RFC 4884 §7).
func extended(sum func([]byte) uint16, objects ...[]byte) packet {
	about := udp(0, 1, 2, strings.Repeat("x", 100)).id(7)
	quote := about.datagram()
	body := append([]byte{11, 0, 0, 0, 0, 128 / 4, 0, 0}, quote...)
	body = append(body, 0x20, 0, 0, 0) // version 2
	for _, o := range objects {
		body = append(body, o...)
	}
	extension := body[8+len(quote):]
	binary.BigEndian.PutUint16(extension[2:], sum(extension))
	return packet{at: ms, from: carol, to: alice, src: c4, dst: a4, body: body}
}

// TestExtensions protects what is read behind the quote of an error: MPLS labels and interfaces, and nothing that is not whole.
func TestExtensions(t *testing.T) {
	right := func(b []byte) uint16 { return decode.Checksum(b, 0) }
	absent := func([]byte) uint16 { return 0 }
	wrong := func([]byte) uint16 { return 1 }
	mpls := []byte{0, 12, 1, 1, 0x03, 0xe8, 0x0a, 0xfe, 0x00, 0x01, 0x01, 0x01} // 16000, class 5, TTL 254; 16, bottom, TTL 1
	labels := []Label{{Label: 16000, TrafficClass: 5, TTL: 254}, {Label: 16, Bottom: true, TTL: 1}}
	whole := []byte{0, 28, 2, 0x0f, 0, 0, 0, 7, 0, 1, 0, 0, 10, 0, 0, 1, 8, 'e', 't', 'h', '0', 0, 0, 0, 0, 0, 0x05, 0xdc}
	named := []byte{0, 8, 2, 0x82, 4, 'e', '1', 0}
	over6 := append([]byte{0, 24, 2, 0xc4, 0, 2, 0, 0}, netip.MustParseAddr("fe80::1").AsSlice()...)

	for _, c := range []struct {
		name       string
		error      packet
		labels     []Label
		interfaces []Interface
	}{
		{"MPLS", extended(right, mpls), labels, nil},
		{"without a checksum", extended(absent, mpls), labels, nil},
		{"with a wrong checksum", extended(wrong, mpls), nil, nil},
		{"all of an interface", extended(right, whole), nil, []Interface{{Index: 7, Address: netip.MustParseAddr("10.0.0.1"), Name: "eth0", MTU: 1500}}},
		{"names and IPv6 addresses", extended(right, named, over6), nil,
			[]Interface{{Role: Outgoing, Name: "e1"}, {Role: NextHop, Address: netip.MustParseAddr("fe80::1")}}},
		{"both", extended(right, mpls, named), labels, []Interface{{Role: Outgoing, Name: "e1"}}},
		{"another class before", extended(right, []byte{0, 8, 77, 1, 1, 2, 3, 4}, mpls), labels, nil},
		{"an object longer than all", extended(right, []byte{0, 40, 1, 1, 0, 1, 1, 1}), nil, nil},
		{"an object shorter than its header", extended(right, []byte{0, 3, 1, 1}, mpls), nil, nil},
		{"an interface cut in its name", extended(right, []byte{0, 8, 2, 0x02, 60, 'e', '1', 0}), nil, []Interface{{}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := watch(t, Options{}, c.error).tracker.Summary().Errors[0]
			if diff := cmp.Diff(c.labels, e.Labels); diff != "" {
				t.Errorf("labels (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.interfaces, e.Interfaces, cmpopts.EquateComparable(netip.Addr{})); diff != "" {
				t.Errorf("interfaces (-want +got):\n%s", diff)
			}
		})
	}
}
