package pipeline

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// TestAnswer protects who asks for a report in between: it is of all that was read, and knows what silence tells, whether packets are
// shown or tracked by a goroutine of their own.
func TestAnswer(t *testing.T) {
	for _, tt := range []struct {
		name string
		sink Sink
	}{
		{"shown", nothing{}},
		{"not shown", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			asked := make(chan os.Signal, 1)
			source := &silentSource{clock: time.Unix(0, 0), silences: []time.Duration{time.Second + lag, time.Second, time.Second}}
			source.frames = append([]decode.Frame{frame(1, 0, whoHas())}, repeated(3*batchFrames)...)
			source.after = func(delivered int) {
				if delivered == len(source.frames) {
					asked <- os.Interrupt
				}
			}
			r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: tt.sink, Asked: asked,
				Now: func() time.Time { return source.clock }}
			answers := 0
			r.Answer = func() {
				answers++
				totals := r.Tracker.Summary().Totals
				if got := r.Counts().Frames; got != uint64(len(source.frames)) || totals.Echo.Sent != 3*batchFrames {
					t.Errorf("%d of %d frames read, %d of %d requests tracked", got, len(source.frames), totals.Echo.Sent, 3*batchFrames)
				}
			}
			if _, err := r.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if answers != 1 {
				t.Errorf("%d answers, want one", answers)
			}
		})
	}
}

// repeated are echo requests of different sequence numbers, a microsecond apart.
func repeated(n int) []decode.Frame {
	frames := make([]decode.Frame, n)
	for i := range frames {
		data := echo(8, byte(i))
		data[len(data)-2] = byte(i >> 8)
		frames[i] = frame(i+2, 0, data)
		frames[i].Time = int64(i) * 1000
	}
	return frames
}

// TestSilenceUnseen protects that silence is noticed where nothing is shown: a request is unanswered when its time is over, and not
// pending because no packet came since.
func TestSilenceUnseen(t *testing.T) {
	for _, tt := range []struct {
		name    string
		silence time.Duration
		want    uint64
	}{
		{"long enough", time.Second + lag + time.Millisecond, 1},
		{"the reply may still wait in the kernel", time.Second + lag - time.Millisecond, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			source := &silentSource{clock: time.Unix(0, 0), silences: []time.Duration{tt.silence}}
			source.frames = []decode.Frame{frame(1, 0, whoHas())}
			r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Now: func() time.Time { return source.clock }}
			if _, err := r.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := r.Tracker.Summary().Resolutions[0].Unanswered; got != tt.want {
				t.Errorf("%d unanswered, want %d", got, tt.want)
			}
		})
	}
}

// TestLiveBatches protects a report in between from frames that wait in a batch because others keep coming slowly.
func TestLiveBatches(t *testing.T) {
	for _, tt := range []struct {
		name  string
		times []int64 // ms
		want  int     // frames in the first batch
	}{
		{"close together", []int64{0, 10, 20, 50}, 4},
		{"slowly", []int64{0, 40, 80, 120}, 3},
		{"after the clock was set back", []int64{5000, 5010, 10, 20}, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			source := &silentSource{}
			for i, at := range tt.times {
				source.frames = append(source.frames, frame(i+1, at, echo(8, byte(i))))
			}
			r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Now: time.Now, live: source, left: 100}
			b := &batch{messages: make([]track.Message, 0, batchFrames)}
			if r.fill(b); len(b.messages) != tt.want {
				t.Errorf("%d frames, want %d", len(b.messages), tt.want)
			}
		})
	}
}

// fakeDrafts are the frames of a batch.
type fakeDrafts struct {
	to      *fakeSink
	numbers []uint64
}

func (d *fakeDrafts) Reset() { d.numbers = d.numbers[:0] }

func (d *fakeDrafts) Add(s *field.Subject) bool {
	d.numbers = append(d.numbers, s.Packet.Number)
	return len(d.numbers) < 1000
}

func (d *fakeDrafts) Print(i int, r *track.Relation) error {
	return d.to.Packet(&field.Subject{Packet: &decode.Packet{Frame: decode.Frame{Number: d.numbers[i]}}, Relation: r})
}

// TestDrafts protects that packets which are printed in two steps come in the order and with the relations of others, with all that
// became known between them, and that a pass which ends early reads no further behind its caller's back.
func TestDrafts(t *testing.T) {
	many := repeated(3*batchFrames + 5) // the 101st raises a note
	for _, tt := range []struct {
		name   string
		frames []decode.Frame
		shown  func(s *field.Subject) bool
		set    func(source *fakeSource, sink *fakeSink)
		want   string // how it begins
		lines  int
		err    error
	}{
		{name: "all", frames: conversation(), want: "1 2~1 3 !3 4 5~4", lines: 6},
		{name: "some", frames: conversation(), want: "2~1 !3 4", lines: 3,
			shown: func(s *field.Subject) bool { return s.Packet.Number%2 == 0 }},
		{name: "none", frames: conversation(), want: "!3", lines: 1, shown: func(*field.Subject) bool { return false }},
		{name: "several batches", frames: many, want: "2 3 4 5", lines: len(many) + 1},
		{name: "some of several batches", frames: many, want: "!102 1000 2000 3000", lines: 7,
			shown: func(s *field.Subject) bool { return s.Packet.Number%1000 == 0 }},
		{name: "an error of the source, after all that came before", frames: conversation(), want: "1 2~1 3 !3 4 5~4", lines: 6,
			set: func(source *fakeSource, _ *fakeSink) { source.err = errDisk }, err: errDisk},
		{name: "an error of the sink", frames: many, want: "2 3 4 5", lines: batchFrames + 10, err: errSink,
			set: func(_ *fakeSource, sink *fakeSink) { sink.fails, sink.err = batchFrames+10, errSink }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			source, sink := &fakeSource{frames: tt.frames}, &fakeSink{}
			if tt.set != nil {
				tt.set(source, sink)
			}
			r := Pass{Source: source, Decoder: decode.New(), Tracker: track.New(track.Options{}), Shown: tt.shown, Sink: sink,
				Drafts: func() Drafts { return &fakeDrafts{to: sink} }}
			_, err := r.Run(t.Context())
			source.frames = nil // nobody reads it any more, as the race detector would tell
			if !errors.Is(err, tt.err) {
				t.Errorf("error %v, want %v", err, tt.err)
			}
			if got := strings.Join(sink.seen, " "); len(sink.seen) != tt.lines || !strings.HasPrefix(got, tt.want) {
				t.Errorf("%d lines, want %d: %.100q, want %q", len(sink.seen), tt.lines, got, tt.want)
			}
		})
	}
}
