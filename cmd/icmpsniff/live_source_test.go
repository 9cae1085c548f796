package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/pipeline"
)

// wire is a live source of which only the errors matter.
type wire struct {
	capture.LiveSource
	names []string
	errs  []error // one for each call, nil for a frame; then io.EOF
}

func (w *wire) NextBefore(*capture.Frame, time.Time) error {
	if len(w.errs) == 0 {
		return io.EOF
	}
	err := w.errs[0]
	w.errs = w.errs[1:]
	return err
}

func (w *wire) Interfaces() []capture.Interface {
	all := make([]capture.Interface, len(w.names))
	for i, name := range w.names {
		all[i].Name = name
	}
	return all
}

// Protects the other interfaces from one that fails, and the user from not being told, neither at once nor at the end.
func TestLiveSourceFails(t *testing.T) {
	gone, down := &capture.LiveError{Interface: "eth0", Kind: capture.Gone}, &capture.LiveError{Interface: "eth1", Kind: capture.Gone}
	changed := &capture.LinkChange{Interface: "eth0"}
	for _, tt := range []struct {
		name       string
		interfaces []string
		errs       []error
		frames     int
		said, err  string
	}{
		{"none", []string{"eth0"}, []error{nil, capture.ErrTimeout, nil}, 2, "", ""},
		{"the only one", []string{"eth0"}, []error{nil, gone}, 1, "", `The interface "eth0" went away.`},
		{"down, and up again", []string{"eth0"}, []error{nil, changed, nil}, 2, "! " + changed.Error() + "\n", ""},
		{"one of two", []string{"eth0", "eth1"}, []error{nil, gone, nil}, 2, "! " + gone.Error() + "\n", gone.Error()},
		{"both", []string{"eth0", "eth1"}, []error{nil, gone, nil, down, io.EOF}, 2, "! " + gone.Error() + "\n! " + down.Error() + "\n",
			gone.Error() + " " + down.Error()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var stderr bytes.Buffer
			s := &liveSource{LiveSource: &wire{names: tt.interfaces, errs: tt.errs}, stderr: &stderr}
			frames := 0
			for {
				err := s.NextBefore(new(decode.Frame), time.Time{})
				if err == io.EOF {
					break
				}
				if err == nil {
					frames++
				} else if err != pipeline.ErrTimeout {
					t.Fatalf("the capture ended with %v", err)
				}
			}
			if frames != tt.frames {
				t.Errorf("%d frames, want %d", frames, tt.frames)
			}
			if stderr.String() != tt.said {
				t.Errorf("it said %q, want %q", stderr.String(), tt.said)
			}
			got := ""
			var live *capture.LiveError
			if err := s.err(); errors.As(err, &live) {
				got = err.Error()
			}
			if got != tt.err {
				t.Errorf("in the end: %q, want %q", got, tt.err)
			}
		})
	}
}

// Protects the trust in figures of loss: that frames are missing is told when it becomes known, once, and at each tick at most.
func TestTellDrops(t *testing.T) {
	said, ticks := &bytes.Buffer{}, make(chan time.Time)
	counts := []capture.Stats{{}, {Dropped: 3}, {Dropped: 3}, {Dropped: 5, InterfaceDropped: 1}, {Dropped: 5, InterfaceDropped: 1}}
	asked := 0
	stats := func() capture.Stats { asked++; return counts[asked-1] }
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan bool)
	go func() {
		tellDrops(ctx, stats, ticks, said)
		close(done)
	}()
	for range counts {
		ticks <- time.Time{}
	}
	cancel()
	<-done
	lines := strings.Split(strings.TrimSpace(said.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "the kernel dropped 3 frames") || !strings.Contains(lines[1], "2 frames and the interface 1, 6 so far") {
		t.Errorf("said:\n%s", said)
	}
}
