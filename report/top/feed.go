package top

import (
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

const (
	interval = 200 * time.Millisecond // between snapshots
	hurry    = 20 * time.Millisecond  // the same, if the user has just asked for another
	share    = 10                     // snapshots take no more than one part in so many of the pass's time
	rows     = 200                    // of a table: nobody scrolls further
	outcomes = 40                     // of a flow: as many as its details have room for
)

// snapshot is what is shown. Nothing of it changes any more.
type snapshot struct {
	sight   *track.Sight
	capture report.Capture
	time    int64      // the capture's, ns since the Unix epoch
	lines   [][]string // of each flow, the newest last
	replied []int64    // when each flow's latest reply came, 0 if none did
	over    bool       // nothing more will come
}

// end is the time until which there is something to show.
func (s *snapshot) end() int64 { return max(s.time, s.capture.Last) }

// wish is what the screen wants to see of all there is. Nothing of it changes any more.
type wish struct {
	about   func(netip.Addr) bool
	compare func(a, b *track.Flow) int
}

// feed is the pass's side of a view.
type feed struct {
	tracker *track.Tracker
	capture func() report.Capture
	now     func() time.Time
	recent  recent
	over    bool

	wish   atomic.Pointer[wish]
	asked  chan struct{} // there is a wish
	out    chan *snapshot
	served *wish
	next   time.Time // of the next snapshot
	soon   time.Time // of the next one that is asked for
	latest int64     // time of the latest frame
}

func newFeed(o *Options) feed {
	return feed{
		tracker: o.Tracker, capture: o.Capture, now: o.Now, recent: newRecent(o.Lines, o.Shown),
		asked: make(chan struct{}, 1), out: make(chan *snapshot, 1),
	}
}

// want tells the pass what to show from now on. It belongs to the screen's goroutine.
func (f *feed) want(w *wish) {
	f.wish.Store(w)
	select {
	case f.asked <- struct{}{}:
	default:
	}
}

// Packet implements the pipeline's Sink.
func (f *feed) Packet(s *field.Subject) error {
	if s.Packet.HasTime {
		f.latest = s.Packet.Time
	}
	f.recent.see(s)
	return f.Idle()
}

// Event implements the pipeline's Sink. What became known is in the tables.
func (f *feed) Event(*track.Event, field.Clock) error { return nil }

// Idle implements the pipeline's Sink.
func (f *feed) Idle() error {
	now := time.Now()
	if now.Before(f.next) && (f.wish.Load() == f.served || now.Before(f.soon)) {
		return nil
	}
	f.hand(now)
	return nil
}

// hand leaves a snapshot for the screen, in place of one that it has not fetched.
func (f *feed) hand(now time.Time) {
	s := f.snapshot()
	select {
	case <-f.out:
	default:
	}
	f.out <- s // only this goroutine sends, so that there is room
	took := time.Since(now)
	f.soon = now.Add(max(hurry, share*took))
	f.next = now.Add(max(interval, share*took))
}

func (f *feed) snapshot() *snapshot {
	g := track.Glance{Rows: rows, Outcomes: outcomes}
	if f.served = f.wish.Load(); f.served != nil {
		g.About, g.Compare = f.served.about, f.served.compare
	}
	s := &snapshot{sight: f.tracker.Glance(g), capture: f.capture(), time: f.latest, over: f.over}
	if f.now != nil && !f.over {
		s.time = max(s.time, f.now().UnixNano())
	}
	for i := range s.sight.Summary.Flows {
		lines, replied := f.recent.of(&s.sight.Summary.Flows[i])
		s.lines, s.replied = append(s.lines, lines), append(s.replied, replied)
	}
	return s
}
