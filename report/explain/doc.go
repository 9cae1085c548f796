// Package explain tells what happened in a capture, step by step, to people who learn how it works: in English and in Korean.
//
//	story, err := explain.New(explain.Options{Language: "ko", Tracker: tracker})
//	out = story.Packet(out, subject) // for every packet that is shown
//	out = story.Event(out, event)
//	out = story.End(out, summary)
//
// A step has a title with its frame, a drawing of who sends what to whom, and sentences. What a step has taught once, it does
// not teach again; what only repeats an earlier step is summed up when something else happens.
//
// The package decides nothing: who answered whom, whose MAC address a frame went to and what became of a question comes from
// package track.
//
// # The room
//
//   - story.go: takes packets and events, and finds who explains them. Start here.
//   - arp.go, neighbors.go, echo.go, queries.go, errors.go, dns.go, fragments.go, groups.go, notes.go: one subject each
//   - ending.go: what is known at the end: statistics, questions without an answer, paths, path MTUs, clocks
//   - step.go, runs.go: a step, and what repeats it
//   - drawing.go: the arrows; wrap.go: lines of 80 columns, in which Korean letters take two
//   - words.go, particles.go, words/: the sentences, one file a language
//   - headers.go, boxes.go: drawings of headers, as RFCs have them, with a packet's values
//
// # Guarantees
//
// Every table has a limit, so that a story can go on for weeks. Lines have no more than 80 columns, and nothing in a capture
// can write anything but text into them.
//
// To add a language: a file in words/ with the keys of the others, and a line in languages. To explain another message: its
// name and its meaning in each file; if there is more to say, a function in explainers.
package explain
