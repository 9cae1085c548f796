package report

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/track"
)

// jsonClock is what timestamp replies say of a destination's clock. Times are means in ms; those of no sample are absent, and
// so is a processing time that no host stamped. The offset is how far the destination's clock is ahead.
type jsonClock struct {
	Source      netip.Addr `json:"source"`
	Destination netip.Addr `json:"destination"`
	RoundTrip   *float64   `json:"round_trip_ms,omitempty"` // without processing
	Offset      *float64   `json:"offset_ms,omitempty"`
	Samples     uint64     `json:"samples"`
	Processing  *float64   `json:"processing_ms,omitempty"`
	Reference   string     `json:"reference"` // "source" or "capture": whose clock the offset is against
	Assumption  string     `json:"assumption"`
	NonStandard uint64     `json:"non_standard"`
	jsonNetwork
	FirstFrame uint64 `json:"first_frame"`
	LastFrame  uint64 `json:"last_frame"`
}

func clockObject(c *track.Clock) jsonClock {
	o := jsonClock{
		Source: c.Source, Destination: c.Destination, Samples: c.Samples, Reference: c.Reference.String(), Assumption: offsetAssumption,
		NonStandard: c.NonStandard, jsonNetwork: networkObject(c.Segments), FirstFrame: c.FirstFrame, LastFrame: c.LastFrame,
	}
	ms := func(ns float64) *float64 { v := rounded(ns, 1e6); return &v }
	if c.Samples > 0 {
		o.RoundTrip, o.Offset = ms(c.RoundTrip), ms(c.Offset)
	}
	if c.Processed > 0 {
		o.Processing = ms(c.Processing)
	}
	return o
}
