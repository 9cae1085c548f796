package top

import (
	"bytes"
	"cmp"
	"net/netip"
	"strings"

	"github.com/icmpsniff/icmpsniff/track"
)

// order is a way to sort flows. Flows that are equal by it stay in the order in which they came.
type order struct {
	name    string // on the screen
	compare func(a, b *track.Flow) int
}

// orders are in the order of the key that goes round them. To add one, name it and say what comes first.
var orders = [...]order{
	{"first seen", nil},
	{"loss %", func(a, b *track.Flow) int { return cmp.Compare(lossPercent(b), lossPercent(a)) }},
	{"lost", func(a, b *track.Flow) int { return cmp.Compare(b.Lost, a.Lost) }},
	{"avg", func(a, b *track.Flow) int { return cmp.Compare(b.RTT.Avg, a.RTT.Avg) }},
	{"max", func(a, b *track.Flow) int { return cmp.Compare(b.RTT.Max, a.RTT.Max) }},
	{"sent", func(a, b *track.Flow) int { return cmp.Compare(b.Sent, a.Sent) }},
	{"last seen", func(a, b *track.Flow) int { return cmp.Compare(b.LastFrame, a.LastFrame) }},
	{"source", func(a, b *track.Flow) int { return a.Source.Compare(b.Source) }},
	{"destination", func(a, b *track.Flow) int { return a.Destination.Compare(b.Destination) }},
}

// lossPercent puts flows of which nothing is decided, and groups, where loss says nothing, behind those that lost nothing.
func lossPercent(f *track.Flow) float64 {
	p, decided := f.LossPercent()
	if !decided || f.Group {
		return -1
	}
	return p
}

// reversed turns an order round.
func reversed(compare func(a, b *track.Flow) int) func(a, b *track.Flow) int {
	if compare == nil {
		compare = func(a, b *track.Flow) int { return cmp.Compare(a.FirstFrame, b.FirstFrame) }
	}
	return func(a, b *track.Flow) int { return compare(b, a) }
}

// about returns which addresses a filter means: those in a prefix such as 192.0.2.0/24, or those with the text in them. An empty
// filter means all, and has no function. The function is for one goroutine.
func about(filter string) func(netip.Addr) bool {
	if filter == "" {
		return nil
	}
	if prefix, err := netip.ParsePrefix(filter); err == nil {
		return prefix.Contains
	}
	text, room := []byte(strings.ToLower(filter)), make([]byte, 0, 64)
	return func(a netip.Addr) bool {
		room = a.AppendTo(room[:0])
		return bytes.Contains(room, text)
	}
}
