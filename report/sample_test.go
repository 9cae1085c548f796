package report

import (
	"errors"
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// sample is a report made by hand, printed in every format into testdata/report/NAME.FORMAT.
type sample struct {
	name   string
	shows  string
	report *Report
}

func samples() []sample {
	return []sample{
		{"ordinary", "pings with a fifth lost, and ARP: fits 120 columns, no column of zeros", ordinary()},
		{"empty", "a capture without a frame: no table but its own, and nothing known of time", &Report{Summary: &track.Summary{}}},
		{"everything", "every column and every sentence, ns, IPv6, VLANs, names that would forge a line", everything()},
		{"limited", "five flows, two of them shown", limited()},
	}
}

var (
	here     = netip.MustParseAddr("192.168.77.8")
	there    = netip.MustParseAddr("192.168.77.233")
	here6    = netip.MustParseAddr("2001:db8:100::8")
	there6   = netip.MustParseAddr("2001:db8:100::e9")
	hereMAC  = [6]byte{8, 0, 0x27, 0x6c, 0x2f, 0x72}
	thereMAC = [6]byte{2, 0, 0, 0xab, 0, 1}
)

func ordinary() *Report {
	echo := track.Counts{Sent: 40, Received: 32, Lost: 8}
	return &Report{
		Capture: Capture{
			Sources: []Source{{"lab.pcap", "EN10MB"}}, Frames: 77, Bytes: 9432, HasTime: true, Digits: 6,
			First: 1_767_323_045_000_001_000, Last: 1_767_323_046_500_001_000,
		},
		Summary: &track.Summary{
			Flows: []track.Flow{{
				Kind: "echo", Family: 4, Source: here, Destination: there, ID: 6941, Counts: echo, FirstFrame: 3, LastFrame: 77,
				RTT: track.RTT{N: 32, Min: 21_000, Max: 1_093_000, Avg: 60_500, MDev: 20_400, P50: 57_000, P95: 80_000, P99: 1_093_000, Jitter: 9_000.4},
			}},
			Resolutions: []track.Resolution{
				{
					Protocol: track.ARP, Asker: here, AskerMAC: hereMAC, Target: there, Requests: 1, Replies: 1, Status: track.StatusAnswered,
					AnsweredBy: [][6]byte{thereMAC}, RTT: track.RTT{N: 1, Min: 34_000, Max: 34_000, Avg: 34_000}, FirstFrame: 1, LastFrame: 2,
				},
				{
					Protocol: track.ARP, Asker: here, AskerMAC: hereMAC, Target: netip.MustParseAddr("192.168.77.234"), Requests: 3,
					Unanswered: 3, Status: track.StatusUnanswered, FirstFrame: 9, LastFrame: 14,
				},
			},
			Neighbors: []track.Neighbor{
				{
					Address: here, MAC: hereMAC, State: track.Stale, FirstFrame: 1, LastFrame: 9,
					Claims: []track.Claim{{MAC: hereMAC, FirstFrame: 1, LastFrame: 9, First: 1_767_323_045_000_001_000, Last: 1_767_323_045_900_001_000}},
				},
				{
					Address: there, MAC: thereMAC, State: track.Reachable, FirstFrame: 2, LastFrame: 2,
					Claims: []track.Claim{{MAC: thereMAC, FirstFrame: 2, LastFrame: 2, First: 1_767_323_045_000_035_000, Last: 1_767_323_045_000_035_000}},
				},
				{Address: netip.MustParseAddr("192.168.77.234"), State: track.Failed, FirstFrame: 9, LastFrame: 14},
			},
			Notes: []track.Note{{
				Kind: track.NoteEchoFlood, Severity: track.SeverityWarning, Source: here, Destination: there, Value: 150, Frames: []uint64{71}, Count: 1,
			}},
			Totals: track.Totals{Echo: echo, Requests: 4, Answered: 1, Unanswered: 3},
		},
	}
}

func everything() *Report {
	group := track.Counts{Sent: 3, Received: 3, Responders: 12}
	full := track.Counts{
		Sent: 3000, Received: 2990, Lost: 1, Pending: 9, Duplicates: 2, Copies: 3, OutOfOrder: 4, Late: 5, Errors: 1, Unmatched: 7, Backwards: 8,
	}
	total := full
	total.Sent += 4
	total.Received += 3
	total.Pending++
	return &Report{
		Capture: Capture{
			Sources: []Source{
				{"a|b*\x1b[2J\u202e.pcap", "EN10MB"}, {"eth0", "LINUX_SLL2"}, {"=cmd", "RAW"}, {"four", "NULL"}, {"five", "NULL"},
			},
			Frames: 77, Bytes: 9432, HasTime: true, Digits: 9, First: 1, Last: 3_600_000_000_002, Live: true,
			KernelDropped: 12, InterfaceDropped: 1, Evicted: 2, Err: errors.New("read \"eth0\u009b\": it went down"),
		},
		Summary: &track.Summary{
			Flows: []track.Flow{
				{
					Kind: "echo", Family: 6, Source: here6, Destination: there6, ID: 1, Segments: []decode.Segment{100, 7}, Counts: full, FirstFrame: 1, LastFrame: 70,
					RTT: track.RTT{
						N: 2982, Min: 21_001, Max: 1_093_000_009, Avg: 60_500.5, MDev: 20_400, P50: 57_000, P95: 80_000, P99: 93_000,
						Jitter: 9_000.4, Sketched: true,
					},
				},
				{
					Kind: "echo", Family: 4, Source: here, Destination: netip.MustParseAddr("192.168.77.255"), ID: 0xffff, Group: true, Counts: group,
					RTT: track.RTT{N: 1, Min: 5_000, Max: 5_000, Avg: 5_000, P50: 5_000, P95: 5_000, P99: 5_000}, FirstFrame: 71, LastFrame: 76,
				},
				{
					Kind: "echo", Family: 4, Source: here, Destination: there, ID: 2, Counts: track.Counts{Sent: 1, Pending: 1},
					FirstFrame: 77, LastFrame: 77,
				},
			},
			Resolutions: []track.Resolution{
				{
					Protocol: track.ND, Asker: here6, AskerMAC: hereMAC, Target: there6, Segments: []decode.Segment{100}, Requests: 2, Replies: 5,
					Status: track.StatusAnswered, AnsweredBy: [][6]byte{thereMAC, {2, 0, 0, 0, 0, 2}, {2, 0, 0, 0, 0, 3}, {2, 0, 0, 0, 0, 4}},
					RTT: track.RTT{N: 2, Min: 34_001, Max: 34_005, Avg: 34_003}, FirstFrame: 1, LastFrame: 2,
				},
				{Protocol: track.ND, Asker: netip.IPv6Unspecified(), AskerMAC: hereMAC, Target: here6, Requests: 1, Status: track.StatusFree, FirstFrame: 3, LastFrame: 3},
				{
					Protocol: track.ARP, Asker: netip.IPv4Unspecified(), AskerMAC: hereMAC, Target: here, Requests: 1, Replies: 1,
					Status: track.StatusConflict, AnsweredBy: [][6]byte{thereMAC}, FirstFrame: 4, LastFrame: 5,
				},
				{Protocol: track.ARP, Asker: here, Target: there, Requests: 1, Status: track.StatusPending, FirstFrame: 6, LastFrame: 6},
				{
					Protocol: track.RARP, AskerMAC: hereMAC, TargetMAC: hereMAC, Requests: 1, Replies: 1, Told: here, Status: track.StatusAnswered,
					AnsweredBy: [][6]byte{thereMAC}, RTT: track.RTT{N: 1, Min: 34_000, Max: 34_000, Avg: 34_000}, FirstFrame: 7, LastFrame: 8,
				},
				{Protocol: track.InARP, Asker: here, AskerMAC: hereMAC, TargetMAC: thereMAC, Requests: 1, Unanswered: 1, Status: track.StatusUnanswered, FirstFrame: 9, LastFrame: 9},
			},
			Neighbors: []track.Neighbor{
				{
					Address: here6, MAC: hereMAC, Segments: []decode.Segment{100}, State: track.Reachable, Router: true, FirstFrame: 1, LastFrame: 70,
					Claims: []track.Claim{
						{MAC: thereMAC, FirstFrame: 1, LastFrame: 3, First: 1, Last: 3},
						{MAC: hereMAC, FirstFrame: 2, LastFrame: 70, First: 2, Last: 3_600_000_000_002},
					},
				},
				{Address: there6, Segments: []decode.Segment{100, decode.VirtualNetwork(5000)}, State: track.Incomplete, FirstFrame: 5, LastFrame: 6},
			},
			Queries: queries(),
			Errors:  someErrors(), ErrorsOmitted: 2,
			Paths: paths(), PathMTUs: somePathMTUs(),
			Clocks:  clocks(),
			Totals:  track.Totals{Echo: total, Queries: track.Counts{Sent: 7, Received: 4, Lost: 2, Pending: 1, Errors: 1}, Requests: 8, Answered: 4, Unanswered: 1},
			Evicted: 3,
			Notes:   noteSamples(), NotesOmitted: 5,
		},
	}
}

// noteSamples has a note of every kind, and more of those that say different things.
func noteSamples() []track.Note {
	v4 := func(kind track.NoteKind, value uint64) track.Note {
		return track.Note{Kind: kind, Severity: track.SeverityWarning, Source: here, Destination: there, Value: value, Frames: []uint64{1, 2}, Count: 2}
	}
	var all []track.Note
	for _, kind := range track.NoteKinds() {
		n := v4(kind, 12)
		n.Detail = 1
		switch {
		case kind <= track.NoteDADConflict:
			n.Source, n.Destination, n.About, n.MACs = netip.Addr{}, netip.Addr{}, here, [2][6]byte{hereMAC, thereMAC}
		case kind == track.NoteRedirect:
			n.About, n.Via, n.Value = netip.MustParseAddr("10.9.9.9"), netip.MustParseAddr("192.168.77.1"), track.RedirectIgnored
		case kind == track.NoteDropped:
			n.Source, n.Destination, n.Frames, n.Count = netip.Addr{}, netip.Addr{}, nil, 0
		}
		all = append(all, n)
	}
	forged, onLink, error6 := v4(track.NoteEchoFlood, 150), v4(track.NoteRedirect, track.RedirectObeyed), v4(track.NoteForbiddenError, 0)
	forged.Source = netip.Addr{}
	onLink.About, onLink.Via = there6, there6
	onLink.Source, onLink.Destination = there6, here6
	error6.Source, error6.Destination, error6.Detail = there6, here6, uint16(track.ErrorAboutMulticast)
	error6.Segments, error6.Frames, error6.Count = []decode.Segment{100, 7}, []uint64{1, 2, 3, 4, 5, 6, 7, 8}, 1000
	return append(all, forged, onLink, error6)
}

func limited() *Report {
	r := ordinary()
	r.Summary.Resolutions, r.Summary.Neighbors, r.Summary.Notes = nil, nil, nil
	r.Limit = 2
	r.Summary.Totals.Echo = track.Counts{Sent: 200, Received: 160, Lost: 40}
	for id := range uint16(4) {
		f := r.Summary.Flows[0]
		f.ID = id
		r.Summary.Flows = append(r.Summary.Flows, f)
	}
	return r
}

// queries are flows of other kinds than echo, in a capture that ends with them.
func queries() []track.Flow {
	return []track.Flow{
		{
			Kind: "timestamp", Family: 4, Source: here, Destination: there, ID: 0x7485, Counts: track.Counts{Sent: 3, Received: 1, Lost: 2, Errors: 1},
			RTT: track.RTT{N: 1, Min: 19_000, Max: 19_000, Avg: 19_000, P50: 19_000, P95: 19_000, P99: 19_000}, FirstFrame: 77, LastFrame: 77,
		},
		{
			Kind: "router-solicitation", Family: 6, Source: here6, Destination: netip.MustParseAddr("ff02::2"), NoID: true, Group: true,
			Counts: track.Counts{Sent: 4, Received: 3, Pending: 1, Responders: 2}, FirstFrame: 77, LastFrame: 77,
		},
	}
}

func clocks() []track.Clock {
	return []track.Clock{
		{
			Source: here, Destination: there, Reference: track.AskersClock, Segments: []decode.Segment{100}, Samples: 3, Processed: 1,
			RoundTrip: 25_333.3, Processing: 333_333.3, Offset: -6_999_850_000, FirstFrame: 61, LastFrame: 69,
		},
		{Source: there, Destination: here, Reference: track.CapturesClock, Samples: 1, RoundTrip: 19_000, Offset: 490_000, FirstFrame: 62, LastFrame: 62},
		{Source: here, Destination: netip.MustParseAddr("192.168.77.234"), NonStandard: 2, FirstFrame: 63, LastFrame: 64},
	}
}

// paths are one that two routers share a hop of, with a silent one and MPLS, and ends that are not the destination's.
func paths() []track.Path {
	router, other := netip.MustParseAddr("192.168.77.1"), netip.MustParseAddr("198.51.100.1")
	rtt := track.RTT{N: 2, Min: 21_001, Max: 40_003, Avg: 30_502, MDev: 9_501}
	silent := track.Hop{TTL: 2, Sent: 3, Lost: 2, Pending: 1}
	return []track.Path{
		{
			Family: 4, Source: here, Destination: there, Segments: []decode.Segment{100}, Method: track.MethodUDP, Reached: true, Rounds: 1, FirstFrame: 1, LastFrame: 9,
			Hops: []track.Hop{
				{TTL: 1, Sent: 3, Received: 3, Responders: []track.HopResponder{
					{Address: router, Received: 2, RTT: rtt, MPLS: []track.Label{{Label: 16001, TTL: 1}, {Label: 24, TrafficClass: 5, Bottom: true, TTL: 255}}},
					{Address: other, Received: 1, RTT: track.RTT{N: 1, Min: 5_000_000, Max: 5_000_000, Avg: 5_000_000}},
				}},
				silent,
				{TTL: 3, Sent: 3, Received: 2, Lost: 1, Responders: []track.HopResponder{{Address: there, Received: 2, RTT: rtt}}},
			},
		},
		{
			Family: 6, Source: here6, Destination: there6, Method: track.MethodICMP, Rounds: 7, FirstFrame: 2, LastFrame: 8,
			Ended: track.PathEnd{Type: 1, Code: 3, Reporter: here6},
			Hops:  []track.Hop{{TTL: 1, Sent: 7, Received: 7, Responders: []track.HopResponder{{Address: here6, Received: 7}}}},
		},
		{
			Family: 4, Source: here, Destination: there, Method: track.MethodTCP, Rounds: 1, FirstFrame: 3, LastFrame: 7,
			Ended: track.PathEnd{Type: 3, Code: 7, Reporter: other},
			Hops:  []track.Hop{{TTL: 1, Sent: 2, Received: 2, Responders: []track.HopResponder{{Address: router, Received: 1}, {Address: other, Received: 1}}}},
		},
		{Family: 4, Source: here, Destination: other, Method: track.MethodUDP, Rounds: 1, FirstFrame: 4, LastFrame: 6, Hops: []track.Hop{silent}},
	}
}
