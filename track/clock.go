package track

import (
	"math"

	"github.com/icmpsniff/icmpsniff/decode"
)

// stepBack is how far capture times may run backwards, in nanoseconds, before it is the clock that was set back. Packets
// of several interfaces reach one file out of order by less.
const stepBack = 2e9

const (
	clockStart = int64(1) << 61 // far from 0, which stands for what was never seen
	maxStep    = int64(1) << 56 // two years: longer than anything waits, and short enough that no file with a healthy clock meets the end of this one
)

// clock turns capture times into a time that never goes backwards, by which timeouts are measured. A packet with a wild
// time of its own changes nothing; two in a row that agree do, as then the clock of the capturing host was set back.
// Capture times may be any: what is between two of them need not fit into an int64.
type clock struct {
	now     int64 // nanoseconds, on a scale of its own
	raw     int64 // the capture time at now
	stray   int64 // the last capture time too far back
	strayed bool
	started bool
}

// advance returns the time at a capture time.
func (c *clock) advance(raw int64) int64 {
	switch step := decode.Between(c.raw, raw); {
	case !c.started:
		c.started, c.now, c.raw = true, clockStart, raw
	case step >= 0:
		c.now += min(step, maxStep, math.MaxInt64-c.now)
		c.raw, c.strayed = raw, false
	case step > -stepBack:
		c.strayed = false
	case c.strayed && max(decode.Between(c.stray, raw), decode.Between(raw, c.stray)) < stepBack:
		c.raw, c.strayed = raw, false
	default:
		c.stray, c.strayed = raw, true
	}
	return c.now
}
