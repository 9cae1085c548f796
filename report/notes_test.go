package report

import (
	"net/netip"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

func eventSamples() []struct {
	name, time string
	event      track.Event
	want       string
} {
	first := track.Event{
		Kind: track.Unanswered, Protocol: track.ARP, Asker: netip.MustParseAddr("192.168.77.8"), Target: netip.MustParseAddr("192.168.77.233"),
		Frame: 1, Unanswered: 1, Since: 1,
	}
	again := first
	again.Frame, again.Unanswered = 5, 3
	tagged := again
	tagged.Segments = []decode.Segment{100, 7}
	return []struct {
		name, time string
		event      track.Event
		want       string
	}{
		{"first", "1.000000", first, "!       1.000000 ARP: nobody answered for 192.168.77.233, asked by 192.168.77.8 (frame 1)"},
		{"again", "12345678.000000", again,
			"!     12345678.000000 ARP: nobody answered for 192.168.77.233, asked by 192.168.77.8 (frame 5; 3 unanswered since frame 1)"},
		{"vlan", "", tagged, "!                ARP: nobody answered for 192.168.77.233 on VLAN 100/7, asked by 192.168.77.8 (frame 5; 3 unanswered since frame 1)"},
		{"neighbor discovery", "1.000000", track.Event{
			Kind: track.Unanswered, Protocol: track.ND, Asker: netip.MustParseAddr("fe80::8"), Target: netip.MustParseAddr("fe80::1"), Frame: 2, Unanswered: 1, Since: 2,
		}, "!       1.000000 ND: nobody answered for fe80::1, asked by fe80::8 (frame 2)"},
		{"reverse ARP", "1.000000", track.Event{Kind: track.Unanswered, Protocol: track.RARP, AskerMAC: hereMAC, TargetMAC: thereMAC, Frame: 2, Unanswered: 1, Since: 2},
			"!       1.000000 RARP: nobody answered for 02:00:00:ab:00:01, asked by 08:00:27:6c:2f:72 (frame 2)"},
		{"inverse ARP", "1.000000", track.Event{
			Kind: track.Unanswered, Protocol: track.InARP, Asker: here, AskerMAC: hereMAC, TargetMAC: thereMAC, Frame: 2, Unanswered: 1, Since: 2,
		}, "!       1.000000 InARP: nobody answered for 02:00:00:ab:00:01, asked by 192.168.77.8 (frame 2)"},
		{"two probe one address", "1.000000", track.Event{Kind: track.Noted, Note: &track.Note{
			Kind: track.NoteDADConflict, Severity: track.SeverityWarning, Detail: track.ProbedByAnother, About: here, MACs: [2][6]byte{hereMAC, thereMAC}, Frames: []uint64{2, 3}, Count: 2,
		}}, "!       1.000000 warning: 08:00:27:6c:2f:72 asked whether it may use 192.168.77.8, which 02:00:00:ab:00:01 wants to use, too (RFC 5227 §2.1.1; frames 2, 3)"},
	}
}

// TestAppendEvent protects the sentences, and that their times stand below those of the packet lines.
func TestAppendEvent(t *testing.T) {
	for _, tt := range eventSamples() {
		if got := string(AppendEvent(nil, &tt.event, []byte(tt.time))); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// TestAppendEventAllocatesNothing protects a sweep of a large network, which makes a sentence for each packet.
func TestAppendEventAllocatesNothing(t *testing.T) {
	event, text, dst := eventSamples()[2].event, []byte("1.000000"), make([]byte, 0, 256)
	if n := testing.AllocsPerRun(100, func() { dst = AppendEvent(dst[:0], &event, text) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
