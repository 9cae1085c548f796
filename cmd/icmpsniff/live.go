package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/report"
)

// liveSource lets the pipeline read interfaces, and tells on standard error what happens to them. Of several, one that fails ends
// only itself.
type liveSource struct {
	capture.LiveSource
	stderr io.Writer
	ended  sentences // why interfaces are not captured on any more
}

// onRequest has SIGUSR1 print a report between two packets, until its result is called.
func onRequest(pass *pipeline.Pass, report func()) (end func()) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGUSR1)
	pass.Asked, pass.Answer = asked, report
	return func() { signal.Stop(asked) }
}

func (s *liveSource) Next(f *decode.Frame) error {
	for {
		if err := s.NextBefore(f, time.Now().Add(time.Hour)); err != pipeline.ErrTimeout {
			return err
		}
	}
}

func (s *liveSource) NextBefore(f *decode.Frame, deadline time.Time) error {
	err := s.LiveSource.NextBefore((*capture.Frame)(f), deadline)
	if err == nil {
		return nil
	}
	if err == capture.ErrTimeout {
		return pipeline.ErrTimeout
	}
	if change, ok := err.(*capture.LinkChange); ok {
		_, _ = s.stderr.Write(report.AppendRemark(nil, change.Error()))
		return pipeline.ErrTimeout
	}
	var failed *capture.LiveError // behind the returns, as it is allocated
	if errors.As(err, &failed) {
		s.ended = append(s.ended, err)
		if len(s.Interfaces()) == 1 {
			return io.EOF
		}
		_, _ = s.stderr.Write(report.AppendRemark(nil, err.Error()))
		return pipeline.ErrTimeout
	}
	return err
}

// err is why less was captured than was asked for, nil if nothing is missing. Files, for which s is nil, say so themselves.
func (s *liveSource) err() error {
	if s == nil || len(s.ended) == 0 {
		return nil
	}
	return s.ended
}

// sentences are errors that are told one after another.
type sentences []error

func (s sentences) Error() string {
	words := make([]string, len(s))
	for i, err := range s {
		words[i] = err.Error()
	}
	return strings.Join(words, " ")
}

func (s sentences) Unwrap() []error { return s }

// dropInterval is how often lost frames are asked for, and at most how often they are told.
const dropInterval = time.Second

// followDrops tells on w of frames that are lost, from now on until its result is called.
func followDrops(stats func() capture.Stats, w io.Writer) (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ticks := time.NewTicker(dropInterval)
	var running sync.WaitGroup
	running.Go(func() { tellDrops(ctx, stats, ticks.C, w) })
	return func() {
		ticks.Stop()
		cancel()
		running.Wait()
	}
}

// tellDrops writes a line at each tick at which more frames are lost than at the one before.
func tellDrops(ctx context.Context, stats func() capture.Stats, ticks <-chan time.Time, w io.Writer) {
	var told report.Drops
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
		s := stats()
		now := report.Drops{Kernel: s.Dropped, Interface: s.InterfaceDropped}
		if now != told {
			_, _ = w.Write(report.AppendDrops(nil, now, told))
			told = now
		}
	}
}
