// Package pipeline runs captures through the house, one frame after another:
//
//	source → capture filter → decode → track → display filter → sink
//
// [Pass.Run] is one pass. It owns the one packet that all stages share, lets time pass in the tracker, and hands the sink
// every packet that is to be shown and, between them, what became known. A live source is asked with a deadline, so that a
// request's timeout is noticed while the wire is silent.
//
// Two passes are two Passes over sources that deliver the same frames: the first with Shown and Sink left empty, and its
// tracker and decoder told to remember; the second with the Answers of the first.
//
// # The room
//
//   - pass.go: a pass and its stages, in order. Start here.
//   - source.go: what a pass reads from, and how it waits.
//   - concerned.go: which packets are shown where nobody asks for others.
//
// # Why one goroutine
//
// Per frame, a pass allocates nothing, copies nothing, and takes about 0.15 µs. The stages could each have a goroutine, and
// hand batches of packets on: that was built and measured (docs/performance.md). It took nearly twice the processor time to be
// done a tenth sooner, since a packet that stays in the nearest cache from the first stage to the last is what makes a stage
// cheap. Reading ahead, which does pay, is the source's business.
package pipeline
