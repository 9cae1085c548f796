// Package pipeline runs captures through the house, one frame after another:
//
//	source → capture filter → decode → track → display filter → sink
//
// [Pass.Run] is one pass. It lets time pass in the tracker, and hands the sink every packet that is to be shown and, between them,
// what became known. A live source is asked with a deadline, so that a request's timeout is noticed while the wire is silent.
//
// Two passes are two Passes over sources that deliver the same frames: the first with Shown and Sink left empty, and its
// tracker and decoder told to remember; the second with the Answers of the first.
//
// # The room
//
//   - pass.go: a pass and its stages, in order. Start here.
//   - overlapped.go: the same stages where nobody waits for a packet: frames are decoded, and written, ahead of the tracker.
//   - source.go: what a pass reads from, and how it waits.
//   - concerned.go: which packets are shown where nobody asks for others.
//
// # Goroutines
//
// What a packet says to the tracker, a [track.Message], is small and needs no packet, so that decoding and tracking can overlap in
// batches. A packet itself is a dozen cache lines: to hand it to a goroutine on another processor costs more than it takes to print
// it, as was measured (docs/performance.md). A line is two: what a packet itself says is written where it was decoded, and what it is
// to others where it was tracked ([Drafts]). What needs both at once, such as details, or is waited for, as live, goes through all stages
// on one goroutine. Reading ahead, which always pays, is the source's business.
package pipeline
