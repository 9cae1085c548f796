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
// Per frame, a pass allocates nothing.
package pipeline
