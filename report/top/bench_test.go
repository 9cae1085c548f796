package top

import (
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
)

// BenchmarkRecent is what the view adds to a frame: its line, kept with its flow.
func BenchmarkRecent(b *testing.B) {
	var e echoes
	r := newRecent(report.Lines{}, func(*field.Subject) bool { return true })
	s := e.echo(8, 7)
	b.ReportAllocs()
	for b.Loop() {
		r.see(s)
	}
}

// BenchmarkSnapshot is how long the pass waits for a snapshot, of captures in which each table has rows.
func BenchmarkSnapshot(b *testing.B) {
	g := play(b, 120, 40, everything...)
	b.ReportAllocs()
	for b.Loop() {
		g.feed.hand(time.Now())
	}
}

// BenchmarkScreen is how long the screen takes to draw what it has.
func BenchmarkScreen(b *testing.B) {
	g := play(b, 120, 40, everything...)
	b.ReportAllocs()
	for b.Loop() {
		if g.model.View().Content == "" {
			b.Fatal("nothing is drawn")
		}
	}
}
