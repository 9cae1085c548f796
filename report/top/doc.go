// Package top is the live view: flows with their round trips and losses, unanswered questions, errors and notes, on a terminal, while
// the capture goes on.
//
// A [View] is the sink of a pipeline's pass. On the pass's goroutine it does two things: it keeps the latest lines of each flow, and
// from time to time it takes a [snapshot] of what is shown, which it leaves for the screen to fetch. If nobody fetches it, the
// next one takes its place: no frame ever waits for the terminal. The screen has a goroutine of its own, Bubble Tea's, and
// tells the pass what it wants to see next: see [wish].
//
// Tables and numbers are the report's own ([report.Sheet]), so that the last screen and the report after it agree to the letter.
//
// # The room
//
//   - view.go: what the command uses. Start here.
//   - feed.go, recent.go: the pass's side: when snapshots are taken, and the latest lines of flows.
//   - model.go, keys.go: what is on the screen, and what keys do to it.
//   - panes.go, order.go: the tables, and how flows are sorted.
//   - draw.go, columns.go, details.go, spark.go, style.go: how a screen is laid out.
//
// To add a table: a row in panes, and what it shows in [track.Glance]. To add a key: a row in keys.
package top
