package pipeline

import (
	"context"
	"errors"
	"io"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

var errDisk = errors.New("the file is damaged")

// TestRun protects what is shown, in which order, what is counted, and how a pass ends. "3~1" is frame 3, whose peer is
// frame 1; "!3" tells that the request of frame 3 went unanswered.
func TestRun(t *testing.T) {
	for _, tt := range []struct {
		name   string
		set    func(r *Pass, source *fakeSource, sink *fakeSink)
		want   string
		frames uint64
		err    error
	}{
		{name: "all", want: "1 2~1 3 !3 4 5~4", frames: 5},
		{name: "limit", set: func(r *Pass, _ *fakeSource, _ *fakeSink) { r.Limit = 2 }, want: "1 2~1", frames: 2},
		{name: "capture filter, which leaves the numbers", want: "1 2~1 4 5~4", frames: 4,
			set: func(r *Pass, _ *fakeSource, _ *fakeSink) {
				r.Capture = func(f *decode.Frame) bool { return f.Data[13] == 0 }
			}},
		{name: "display filter, which hides no events", want: "2~1 !3 5~4", frames: 5,
			set: func(r *Pass, _ *fakeSource, _ *fakeSink) {
				r.Shown = func(s *field.Subject) bool { return s.Relation.Role == track.Reply }
			}},
		{name: "no sink", set: func(r *Pass, _ *fakeSource, _ *fakeSink) { r.Sink = nil }, frames: 5},
		{name: "an error of the source, after all that came before", want: "1 2~1 3 !3 4 5~4", frames: 5, err: errDisk,
			set: func(_ *Pass, source *fakeSource, _ *fakeSink) { source.err = errDisk }},
		{name: "the last frame, which is shown", want: "1 2~1 3", frames: 3,
			set: func(r *Pass, _ *fakeSource, _ *fakeSink) {
				r.OnFrame = func(f *decode.Frame) bool { return f.Number < 3 }
			}},
		{name: "the last frame, and no sink", frames: 3,
			set: func(r *Pass, _ *fakeSource, _ *fakeSink) {
				r.Sink, r.OnFrame = nil, func(f *decode.Frame) bool { return f.Number < 3 }
			}},
		{name: "a sink that has seen enough", want: "1 2~1", frames: 2,
			set: func(_ *Pass, _ *fakeSource, sink *fakeSink) { sink.fails, sink.err = 2, io.EOF }},
		{name: "an error of the sink", want: "1 2~1", frames: 2, err: errSink,
			set: func(_ *Pass, _ *fakeSource, sink *fakeSink) { sink.fails, sink.err = 2, errSink }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			source, sink := &fakeSource{frames: conversation()}, &fakeSink{}
			r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: sink}
			if tt.set != nil {
				tt.set(&r, source, sink)
			}
			counts, err := r.Run(t.Context())
			if got := strings.Join(sink.seen, " "); got != tt.want {
				t.Errorf("shown %q, want %q", got, tt.want)
			}
			if !errors.Is(err, tt.err) || counts.Frames != tt.frames {
				t.Errorf("%d frames, error %v; want %d, %v", counts.Frames, err, tt.frames, tt.err)
			}
		})
	}
}

// TestRunStops protects the clean end of an interrupted run: no error, and what was read is counted.
func TestRunStops(t *testing.T) {
	for _, after := range []int{0, 3} {
		ctx, stop := context.WithCancel(t.Context())
		source, sink := &fakeSource{frames: make([]decode.Frame, 1<<20)}, &fakeSink{}
		for i := range source.frames {
			source.frames[i] = frame(i+1, int64(i), echo(8, byte(i)))
		}
		source.stopsAt(after, stop)
		r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: sink}
		counts, err := r.Run(ctx)
		if err != nil || counts.Frames < uint64(after) || counts.Frames == uint64(len(source.frames)) || after == 0 && counts.Frames != 0 {
			t.Errorf("stopped after %d: %d frames, error %v", after, counts.Frames, err)
		}
	}
}

// TestRunStopsLive protects the reply that arrived before Ctrl-C from being called missing.
func TestRunStopsLive(t *testing.T) {
	for _, after := range []int{0, 1} {
		ctx, stop := context.WithCancel(t.Context())
		source, sink := &silentSource{silences: []time.Duration{time.Hour}}, &fakeSink{}
		source.frames = []decode.Frame{frame(1, 0, echo(8, 1)), frame(2, 1, echo(0, 1))}
		source.stopsAt(after, stop)
		r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: sink}
		counts, err := r.Run(ctx)
		if echo := r.Tracker.Summary().Totals.Echo; err != nil || counts.Frames != 2 || echo.Received != 1 {
			t.Errorf("stopped after %d: %d frames, %+v, error %v", after, counts.Frames, echo, err)
		}
		stop()
	}
}

// TestOverlapped protects that a pass which shows nothing learns what one that shows everything does, whatever the batches.
func TestOverlapped(t *testing.T) {
	const frames = 5*batchFrames + 7
	summary := func(sink Sink) *track.Summary {
		source := &mixed{left: frames}
		r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: sink}
		if _, err := r.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		return r.Tracker.Summary()
	}
	want, got := summary(nothing{}), summary(nil)
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Addr{})); diff != "" {
		t.Errorf("shown (-) and not shown (+) differ:\n%s", diff)
	}
	if got.Totals.Requests == 0 || got.Totals.Echo.Sent == 0 {
		t.Error("nothing was asked")
	}
}

// TestCounts protects what the capture table says.
func TestCounts(t *testing.T) {
	source := &fakeSource{frames: conversation()}
	source.frames[1].HasTime, source.frames[3].Digits = false, 9
	r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{})}
	got, err := r.Run(t.Context())
	want := Counts{Frames: 5, Bytes: 5 * 42, First: 0, Last: 1110 * ms, HasTime: true, Digits: 9}
	if err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

// TestTwoPasses protects that requests know their replies on a second pass.
func TestTwoPasses(t *testing.T) {
	first := Pass{Source: &fakeSource{frames: conversation()}, Decoder: decode.New(), Tracker: track.New(track.Options{})}
	first.Tracker.Remember()
	if _, err := first.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	sink := &fakeSink{}
	second := Pass{Source: &fakeSource{frames: conversation()}, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: sink,
		Answers: first.Tracker.Answers()}
	if _, err := second.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(sink.seen, " "), "1~2 2~1 3 !3 4~5 5~4"; got != want {
		t.Errorf("shown %q, want %q", got, want)
	}
}

// TestSilence protects when a live source's silence tells that a request went unanswered: not while the reply may still be
// on its way from the kernel, and soon after.
func TestSilence(t *testing.T) {
	source := &silentSource{clock: time.Unix(0, 0)}
	source.frames = []decode.Frame{frame(1, 0, whoHas())}
	source.silences = []time.Duration{time.Second, lag - time.Millisecond, 2 * time.Millisecond, time.Second}
	sink := &fakeSink{}
	r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: sink}
	r.Now = func() time.Time { return source.clock }
	if _, err := r.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(sink.seen, " "), "1 idle idle !1 idle idle"; got != want {
		t.Errorf("shown %q, want %q", got, want)
	}
	const overshoot, promised = 50 * time.Millisecond, 250 * time.Millisecond
	if late := lag + tick + overshoot; late > promised {
		t.Errorf("a request is known to be unanswered up to %v after its timeout, want %v", late, promised)
	}
}

// TestRunAllocates protects the price of a frame: decoding, tracking and a filter allocate nothing.
func TestRunAllocates(t *testing.T) {
	for _, tt := range []struct {
		name string
		set  func(r *Pass)
	}{
		{"report only", func(*Pass) {}},
		{"shown", func(r *Pass) { r.Sink = nothing{} }},
		{"filtered", func(r *Pass) {
			r.Sink, r.Shown = nothing{}, func(s *field.Subject) bool { return Concerned(s.Packet) }
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			source := newEndless()
			r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{})}
			tt.set(&r)
			step := func(frames int) {
				source.left = frames
				if _, err := r.Run(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			step(200_000)
			few := testing.AllocsPerRun(5, func() { step(20_000) })
			if many := testing.AllocsPerRun(5, func() { step(100_000) }); many > few+2 {
				t.Errorf("%v allocations for 100,000 frames, %v for 20,000", many, few)
			}
		})
	}
}

// BenchmarkRun measures all stages but reading and printing; an operation is a frame of a ping.
func BenchmarkRun(b *testing.B) {
	for _, c := range []struct {
		name string
		sink Sink
	}{
		{"report only", nil},
		{"shown", nothing{}},
	} {
		b.Run(c.name, func(b *testing.B) {
			source := newEndless()
			source.left = b.N
			r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: c.sink,
				Shown: func(s *field.Subject) bool { return Concerned(s.Packet) }}
			b.ReportAllocs()
			if _, err := r.Run(b.Context()); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// TestClockSteps protects a live capture on a host whose clock is set: a request is told unanswered after its timeout, not never and
// not twice, when silence is all that follows; and at once if the clock says that it is over.
func TestClockSteps(t *testing.T) {
	const step = 50 * time.Millisecond
	for _, tt := range []struct {
		name   string
		moves  time.Duration // the clock, just after the request
		latest time.Duration // of silence until it is told
	}{
		{"not set", 0, time.Second + lag + step},
		{"set back an hour", -time.Hour, time.Second + lag + 3*step},
		{"set back a little", -time.Second / 2, time.Second*3/2 + lag + 3*step},
		{"set forward", time.Hour, 2 * step},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := time.Unix(1_800_000_000, 0)
			source := &silentSource{clock: at.Add(tt.moves)}
			source.frames = []decode.Frame{frame(1, at.UnixMilli(), whoHas())}
			for range 100 {
				source.silences = append(source.silences, step)
			}
			sink := &fakeSink{}
			r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: sink,
				Now: func() time.Time { return source.clock }}
			if _, err := r.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			told, count := time.Duration(0), 0
			for i, what := range sink.seen {
				if what == "!1" {
					told, count = time.Duration(i)*step, count+1 // a packet, and then an Idle for each step
				}
			}
			if count != 1 || told > tt.latest {
				t.Errorf("told %d times, after %v of silence, want once and within %v", count, told, tt.latest)
			}
		})
	}
}
