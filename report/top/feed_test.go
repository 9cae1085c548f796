package top

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

// echoes makes echo requests and replies of flows that differ by their identifier.
type echoes struct {
	decoder  *decode.Decoder
	packet   decode.Packet
	subject  field.Subject
	relation track.Relation
	number   uint64
}

// echo is the message of a type and identifier between 192.0.2.1 and 192.0.2.2.
func (e *echoes) echo(kind byte, id uint16) *field.Subject {
	src, dst := byte(1), byte(2)
	e.relation = track.Relation{Role: track.Request}
	if kind == 0 {
		src, dst = dst, src
		e.relation = track.Relation{Role: track.Reply, Peer: e.number}
	}
	e.number++
	e.packet.Frame = decode.Frame{Number: e.number, Time: int64(e.number) * 1e6, Length: 42, Link: 1, Digits: 6, HasTime: true, Data: []byte{
		2, 0, 0, 0, 0, dst, 2, 0, 0, 0, 0, src, 8, 0,
		0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, src, 192, 0, 2, dst,
		kind, 0, 0, 0, byte(id >> 8), byte(id), 0, 1,
	}}
	if e.decoder == nil {
		e.decoder = decode.New()
	}
	e.decoder.Decode(&e.packet)
	e.subject.Set(&e.packet, &e.relation)
	return &e.subject
}

func idleFeed() feed {
	return newFeed(&Options{Tracker: track.New(track.Options{}), Capture: func() report.Capture { return report.Capture{} }})
}

// TestFeedNeverWaits protects the capture: if nobody fetches snapshots, the pass goes on, and who comes late gets the newest.
func TestFeedNeverWaits(t *testing.T) {
	f, taken := idleFeed(), uint64(0)
	f.capture = func() report.Capture { taken++; return report.Capture{Frames: taken} }
	for range 5 {
		f.hand(time.Now())
	}
	if s := <-f.out; s.capture.Frames != 5 {
		t.Errorf("snapshot %d of 5", s.capture.Frames)
	}
}

// TestFeedPace protects the capture from snapshots: they are rare, rarer still if they take long, and soon only if the user asks.
func TestFeedPace(t *testing.T) {
	for _, c := range []struct {
		name  string
		takes time.Duration // a snapshot
		asks  bool          // the user, at once
		want  time.Duration // until the next snapshot
	}{
		{"usual", 0, false, interval},
		{"the user asks", 0, true, hurry},
		{"slow", 100 * time.Millisecond, false, share * 100 * time.Millisecond},
		{"slow, and the user asks", 100 * time.Millisecond, true, share * 100 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := idleFeed()
				f.capture = func() report.Capture { time.Sleep(c.takes); return report.Capture{} }
				start := time.Now()
				for first := true; first || len(f.out) == 0; time.Sleep(time.Millisecond) {
					if err := f.Idle(); err != nil {
						t.Fatal(err)
					}
					if first {
						<-f.out
						if first = false; c.asks {
							f.want(&wish{})
						}
					}
				}
				// The loop has slept once more, and the second snapshot took its time, too.
				if got := time.Since(start) - time.Millisecond - c.takes; got != c.want {
					t.Errorf("the next snapshot came after %v, want %v", got, c.want)
				}
				if c.asks != (f.served != nil) {
					t.Error("the snapshot is not what was asked for")
				}
			})
		})
	}
}

// TestRecent protects the latest lines of a flow: its own, in order, no more than there is room for.
func TestRecent(t *testing.T) {
	var e echoes
	r := newRecent(report.Lines{}, nil)
	for range recentLines {
		r.see(e.echo(8, 7))
		r.see(e.echo(8, 9))
		r.see(e.echo(0, 7))
	}
	flow := track.Flow{Source: netip.MustParseAddr("192.0.2.1"), Destination: netip.MustParseAddr("192.0.2.2"), ID: 7}
	lines, replied := r.of(&flow)
	if len(lines) != recentLines || replied != int64(3*recentLines)*1e6 {
		t.Fatalf("%d lines, replied at %d ns", len(lines), replied)
	}
	for i, line := range lines {
		number := 3*recentLines/2 + i/2*3 + 1 + i%2*2
		if want := fmt.Sprintf("%5d ", number); !strings.HasPrefix(line, want) || !strings.Contains(line, "id=0x0007") {
			t.Errorf("line %d is %q, want frame %d", i, line, number)
		}
	}
	if flow.ID = 8; len(first(r.of(&flow))) != 0 {
		t.Error("a flow that there is not has lines")
	}
}

func first(lines []string, _ int64) []string { return lines }

// TestRecentBounds protects the memory: a flood of flows keeps no more than there is room for, and allocates nothing in the end.
func TestRecentBounds(t *testing.T) {
	var e echoes
	r := newRecent(report.Lines{}, func(*field.Subject) bool { return true })
	id := uint16(0)
	flood := func() {
		for range recentFlows {
			id++
			for range recentLines {
				r.see(e.echo(8, id))
			}
		}
	}
	flood()
	flood()
	if len(r.flows) != recentFlows || len(r.index) != recentFlows {
		t.Errorf("%d flows are kept, %d found; want %d", len(r.flows), len(r.index), recentFlows)
	}
	if n := testing.AllocsPerRun(3, func() { r.see(e.echo(8, id)) }); n > 1 { // the frame that the test makes
		t.Errorf("%v allocations for a packet", n)
	}
	hidden := newRecent(report.Lines{}, func(*field.Subject) bool { return false })
	hidden.see(e.echo(0, 1))
	lines, replied := hidden.of(&track.Flow{Source: netip.MustParseAddr("192.0.2.1"), Destination: netip.MustParseAddr("192.0.2.2"), ID: 1})
	if len(lines) != 0 || replied == 0 {
		t.Errorf("%d lines that -Y hides, replied at %d", len(lines), replied)
	}
}
