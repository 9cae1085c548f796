package track

// stepBack is how far capture times may run backwards, in nanoseconds, before it is the clock that was set back. Packets
// of several interfaces reach one file out of order by less.
const stepBack = 2e9

// clock turns capture times into a time that never goes backwards, by which timeouts are measured. A packet with a wild
// time of its own changes nothing; two in a row that agree do, as then the clock of the capturing host was set back.
type clock struct {
	now     int64 // nanoseconds, on a scale of its own
	offset  int64 // now less the capture time
	stray   int64 // the last capture time too far back
	strayed bool
	started bool
}

// advance returns the time at a capture time.
func (c *clock) advance(raw int64) int64 {
	switch t := raw + c.offset; {
	case !c.started:
		c.started, c.now = true, raw
	case t >= c.now:
		c.now, c.strayed = t, false
	case c.now-t < stepBack:
		c.strayed = false
	case c.strayed && max(raw-c.stray, c.stray-raw) < stepBack:
		c.offset, c.strayed = c.now-raw, false
	default:
		c.stray, c.strayed = raw, true
	}
	return c.now
}
