package report

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// someErrors are an error for each thing that can be said of one.
func someErrors() []track.Error {
	router, router6 := netip.MustParseAddr("192.168.77.1"), netip.MustParseAddr("2001:db8:100::1")
	ping := track.Quote{Source: here, Destination: there, Protocol: 1, Query: true, MessageType: 8, ID: 0x1b1d, Seq: 2}
	ping6 := track.Quote{Source: here6, Destination: there6, Protocol: 58, Query: true, MessageType: 128, ID: 1, Seq: 3}
	return []track.Error{
		{
			Frame: 12, Time: 1_000_000, HasTime: true, Family: 4, Reporter: router, Receiver: here, Type: 3, Code: 4, AboutFrame: 9, About: ping,
			Translated: true, MTU: 1400, Copies: 1, Segments: []decode.Segment{100, 7},
			Labels:     []track.Label{{Label: 16001, TrafficClass: 5, TTL: 254}, {Label: 24005, Bottom: true, TTL: 1}},
			Interfaces: []track.Interface{{Index: 3, Address: router, Name: "eth\x1b[2J0", MTU: 1500}, {Role: track.NextHop, Name: "ge-0/0/1"}},
		},
		{Frame: 14, Family: 4, Reporter: router, Receiver: here, Type: 5, Code: 1, AboutFrame: 13, About: ping, Gateway: there},
		{Frame: 16, Family: 4, Reporter: router, Receiver: here, Type: 12, AboutFrame: 15, About: ping, HasPointer: true, Pointer: 22},
		{
			Frame: 18, Family: 4, Reporter: there, Receiver: here, Type: 3, Code: 3, AboutFrame: 17,
			About: track.Quote{Source: here, Destination: there, Protocol: 17, Ports: true, SourcePort: 40000, DestinationPort: 9},
		},
		{Frame: 20, Family: 4, Reporter: there, Receiver: here, Type: 3, Code: 2, About: track.Quote{Source: here, Destination: there, Protocol: 200}},
		{Frame: 21, Family: 4, Reporter: router, Receiver: here, Type: 4},
		{Frame: 22, Family: 6, Reporter: router6, Receiver: here6, Type: 2, AboutFrame: 19, About: ping6, MTU: 1280},
		{Frame: 23, Family: 6, Reporter: router6, Receiver: here6, Type: 137, About: track.Quote{Destination: there6}, Gateway: there6},
	}
}

func somePathMTUs() []track.PathMTU {
	router := netip.MustParseAddr("192.168.77.1")
	return []track.PathMTU{
		{Destination: there, Segments: []decode.Segment{100, 7}, MTU: 1400, Reporter: router, Frame: 12, Sender: here, Reports: 2, Obeyed: track.Disobeyed, Exceeded: 30},
		{Destination: there6, MTU: 1280, Reporter: netip.MustParseAddr("2001:db8:100::1"), Frame: 22, Sender: here6, Reports: 1, Obeyed: track.Obeyed},
		{Destination: here, MTU: 576, Reporter: router, Frame: 40, Sender: there, Reports: 1},
	}
}

// TestErrorName protects that an error is called what tshark calls it, also where it gives its code no name.
func TestErrorName(t *testing.T) {
	for _, c := range []struct {
		family     int
		kind, code uint8
		want       string
	}{
		{4, 3, 1, "Host unreachable"},
		{4, 3, 13, "Communication administratively filtered"},
		{4, 3, 99, "Destination unreachable, code 99"},
		{4, 4, 0, "Source quench (flow control)"},
		{4, 5, 3, "Redirect for TOS and host"},
		{4, 11, 1, "Fragment reassembly time exceeded"},
		{4, 12, 2, "Parameter problem: bad length"},
		{6, 1, 0, "No route to destination"},
		{6, 1, 7, "Error in Source Routing Header"},
		{6, 2, 0, "Packet Too Big"},
		{6, 3, 0, "Hop limit exceeded in transit"},
		{6, 4, 3, "Parameter Problem: IPv6 first fragment has incomplete IPv6 header chain"},
		{6, 137, 0, "Redirect"},
	} {
		if got := errorName(&track.Error{Family: c.family, Type: c.kind, Code: c.code}); got != c.want {
			t.Errorf("%d/%d of IPv%d: %q, want %q", c.kind, c.code, c.family, got, c.want)
		}
	}
}

// TestReported protects the sentences between the lines.
func TestReported(t *testing.T) {
	want := []string{
		"ICMP: 192.168.77.1 says fragmentation needed (MTU 1400) about frame 9, which a NAT changed " +
			`(ICMP 192.168.77.8 → 192.168.77.233, id=0x1b1d, seq=2); MPLS 16001/24005; interface in eth\x1b[2J0 192.168.77.1 index 3 MTU 1500; next hop ge-0/0/1`,
		"ICMP: 192.168.77.1 says redirect for host about frame 13 (ICMP 192.168.77.8 → 192.168.77.233, id=0x1b1d, seq=2): send to 192.168.77.233",
		"ICMP: 192.168.77.1 says parameter problem: pointer indicates the error about frame 15 (ICMP 192.168.77.8 → 192.168.77.233, id=0x1b1d, seq=2)",
		"ICMP: 192.168.77.233 says port unreachable about frame 17 (UDP 192.168.77.8:40000 → 192.168.77.233:9)",
		"ICMP: 192.168.77.233 says protocol unreachable about what was not captured (protocol 200 192.168.77.8 → 192.168.77.233)",
		"ICMP: 192.168.77.1 says source quench (flow control)",
		"ICMPv6: 2001:db8:100::1 says packet too big (MTU 1280) about frame 19 (ICMPv6 2001:db8:100::8 → 2001:db8:100::e9, id=0x0001, seq=3)",
		"ICMPv6: 2001:db8:100::1 says redirect about what was not captured (to 2001:db8:100::e9): send to 2001:db8:100::e9",
	}
	var got []string
	for _, e := range someErrors() {
		line := string(AppendEvent(nil, &track.Event{Kind: track.Reported, Frame: e.Frame, Error: &e}, []byte("1.000000")))
		const start = "!       1.000000 "
		got = append(got, line[len(start):])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

// TestCause protects the note on an error's line, and that it is there only where it is asked for.
func TestCause(t *testing.T) {
	for _, c := range []struct {
		name     string
		causes   bool
		relation track.Relation
		want     string
	}{
		{"an error", true, track.Relation{Role: track.ErrorMessage, Peer: 9}, " (error for 9)"},
		{"through a NAT", true, track.Relation{Role: track.ErrorMessage, Peer: 9, Marks: track.Changed}, " (error for 9, translated)"},
		{"about what was not captured", true, track.Relation{Role: track.ErrorMessage}, ""},
		{"as tshark has it", false, track.Relation{Role: track.ErrorMessage, Peer: 9}, ""},
	} {
		data := []byte{0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 3, 1, 0, 0, 0, 0, 0, 0} // IPv4, host unreachable
		p := decode.Packet{Frame: decode.Frame{Number: 1, Length: len(data), Data: data, Link: 101, HasTime: true, Digits: 6}}
		decode.New().Decode(&p)
		var s field.Subject
		s.Set(&p, &c.relation)
		lines := Lines{Paired: c.causes}
		if got, want := string(lines.Append(nil, &s)), "Destination unreachable (Host unreachable)"+c.want; got[len(got)-len(want):] != want {
			t.Errorf("%s: %q does not end in %q", c.name, got, want)
		}
	}
}
