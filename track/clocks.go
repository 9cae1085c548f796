package track

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Clock is what timestamp replies (RFC 792) say about a host's clock: one asker, one host that answered, one stack of segments.
// Times are means, in ns, of first replies; all are 0 where Samples is 0. The offset assumes that the way there takes as
// long as the way back.
type Clock struct {
	Source, Destination netip.Addr // the asker, and the host whose clock it is
	Segments            []decode.Segment
	Reference           Reference // the clock that the offset is against
	RoundTrip           float64   // there and back, without Processing
	Processing          float64   // from the receive stamp to the transmit stamp, in whole ms
	Offset              float64   // how far the destination's clock is ahead of the reference; negative if behind
	Samples             uint64    // replies with standard stamps
	Processed           uint64    // of those, replies whose receive and transmit stamps differ: many hosts stamp once
	NonStandard         uint64    // replies whose stamps are no milliseconds since midnight UT

	FirstFrame, LastFrame uint64 // replies
}

// clockKey names a row of the table of clocks, but for its stack; without gaps or pointers, as flowKey.
type clockKey struct {
	source, destination [16]byte
	rest                uint64 // addressLength<<8 | reference
}

func (k *clockKey) hash() uint32 { return hashAddresses(&k.source, &k.destination, k.rest) }

// clockRow is a row of the table of clocks. Stamps may look right in the wrong order of bytes, by chance: one in some hundreds of a
// host whose clock is far off. A host keeps to one order, so that they are summed up apart.
type clockRow struct {
	orders                [2]clockSums // by byteOrder
	nonStandard           uint64
	firstFrame, lastFrame uint64
}

// clockSums sums up readings.
type clockSums struct {
	samples, processed    uint64
	roundTrip, processing float64 // ns
	first                 int64   // offset of the first sample, ns
	beyond                float64 // sum of how much further ahead the others were: no midnight lies between them
}

// readClock counts a reading of the clock of destination, asked by source.
func (t *Tracker) readClock(source, destination *[16]byte, length int, stack uint16, frame uint64, c reading, order byteOrder) {
	key := clockKey{*source, *destination, uint64(length)<<8 | uint64(c.reference)}
	hash := key.hash()
	slot := t.clocks.onStack(t.clocks.find(&key, hash), stack)
	if slot == none {
		slot = t.clocks.add(&key, hash, stack)
		*t.clocks.use(slot) = clockRow{firstFrame: frame}
	}
	row := t.clocks.use(slot)
	row.lastFrame = frame
	if c.standard {
		row.orders[order].add(&c)
	} else {
		row.nonStandard++
	}
}

func (c *clockSums) add(r *reading) {
	if c.samples == 0 {
		c.first = r.offset
	}
	c.samples++
	if r.processing > 0 {
		c.processed++
	}
	c.roundTrip += float64(r.roundTrip)
	c.processing += float64(r.processing)
	c.beyond += float64(aroundMidnight(r.offset - c.first))
}

// believed returns the sums of the order that more of the replies are in, and how many others there are. If those are more, the
// host has no standard stamps, and what looks like some is chance.
func (c *clockRow) believed() (sums clockSums, nonStandard uint64) {
	most, least := &c.orders[inOrder], &c.orders[backwards]
	if least.samples > most.samples {
		most, least = least, most
	}
	if nonStandard = c.nonStandard + least.samples; nonStandard > most.samples {
		return clockSums{}, nonStandard + most.samples
	}
	return *most, nonStandard
}

// clockRows returns the rows as the summary shows them.
func (t *Tracker) clockRows() []Clock {
	rows := make([]Clock, 0, len(t.clocks.rows))
	for i := range t.clocks.rows {
		r := &t.clocks.rows[i]
		length := int(r.key.rest >> 8)
		v, nonStandard := r.value.believed()
		c := Clock{
			Source:      addressOf(&r.key.source, length),
			Destination: addressOf(&r.key.destination, length),
			Segments:    t.stacks.segments(r.stack),
			Reference:   Reference(r.key.rest),
			Samples:     v.samples, Processed: v.processed, NonStandard: nonStandard,
			FirstFrame: r.value.firstFrame, LastFrame: r.value.lastFrame,
		}
		if n := float64(v.samples); n > 0 {
			c.RoundTrip, c.Processing, c.Offset = v.roundTrip/n, v.processing/n, float64(v.first)+v.beyond/n
		}
		rows = append(rows, c)
	}
	slices.SortFunc(rows, func(a, b Clock) int { return cmp.Compare(a.FirstFrame, b.FirstFrame) })
	return rows
}
