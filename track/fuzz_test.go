package track

import (
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// FuzzTracker protects that no capture makes the tracker panic or lose count. The input is a capture: of each frame, a byte of
// length, a byte of time, and its bytes.
func FuzzTracker(f *testing.F) {
	var capture []byte
	seeds := []packet{
		ping(0, 1), pong(soon, 1), ping6(0, 1), pong6(soon, 1), icmpError(0, c4, 3, 1, ping(0, 1)),
		udpProbe(0, 1, 1), ranOutAt(0, r1, udpProbe(0, 1, 1)), synProbe(0, 2, 1), answerToSYN(0, 1, 2, tcpRST|tcpACK),
		ranOutAt(0, r1, udpProbe(0, 1, 1)).withLabels(1, 2),
		who(0, alice, a4, b4), isAt(0, bob, b4, alice, a4), solicit(0, alice, a6, solicited, b6), advertise(0, bob, a6, b6),
		who(0, carol, nobody, a4), arp(0, 4, bob, alice, b4, alice, a4), arp(0, 9, bob, alice, b4, alice, a4), isAt(0, carol, b4, alice, a4),
		fromAlice(0, timestamp(13, 1, 1, 1, 0, 0)), fromBob(0, timestamp(14, 1, 1, 1, 2, 3)), fromAlice(0, node(139, "nonce...")),
		fromAlice(0, echoBody(133, 0, 0, "")), fromBob(0, echoBody(134, 0, 0, "")),
		icmpError(0, c4, 4, 0, ping(0, 1)), icmpError(0, c4, 5, 1, ping(0, 1)), icmpError(0, c4, 3, 1, icmpError(0, c4, 3, 1, ping(0, 1))),
		fragmentOf(false, 65120, 100, false), fragmentOf(true, 65520, 100, false), pingWith(1, strings.Repeat("random?!.", 20)),
	}
	for i, k := range seeds {
		b := k.frame(uint64(i + 1))
		capture = append(append(capture, byte(len(b)), byte(i)), b...)
		f.Add(capture)
	}
	f.Fuzz(func(t *testing.T, capture []byte) {
		tracker := New(Options{History: true, MaxFlows: 2, MaxResolutions: 2, MaxNeighbors: 3, MaxPending: 3, MaxResponders: 2, MaxDatagrams: 4, MaxErrors: 3,
			MaxPaths: 2, Notes: map[NoteKind]int{NotePingSweep: 2, NoteARPSweep: 1, NoteEchoFlood: 1, NoteAmplification: 1, NoteRandomPayload: 1}})
		tracker.Remember()
		d := decode.New()
		var p decode.Packet
		var r Relation
		var now int64
		for number := uint64(1); len(capture) > 2; number++ {
			now += int64(int8(capture[1])) * 100 * ms
			n := min(int(capture[0]), len(capture)-2)
			b := capture[2 : 2+n]
			capture = capture[2+n:]
			p.Frame = decode.Frame{Number: number, Time: now, Length: n, Data: b, Link: 1, HasTime: true}
			tracker.Advance(now)
			d.Decode(&p)
			tracker.Packet(&p, &r)
		}
		tracker.Finish(now)
		tracker.Summary()
		balanced(t, 0, tracker)
		balancedHops(t, 0, tracker.Summary())
	})
}
