package field

import "github.com/icmpsniff/icmpsniff/decode"

// SinceFirst returns the frame's time less the first frame's, ns.
func (s *Subject) SinceFirst() int64 { return decode.Between(s.first, s.time) }

// SincePrevious returns the frame's time less the previous captured frame's, ns.
func (s *Subject) SincePrevious() int64 { return decode.Between(s.previous, s.time) }

// SinceDisplayed returns the frame's time less the previous displayed frame's, ns.
func (s *Subject) SinceDisplayed() int64 { return decode.Between(s.displayed, s.time) }

// Clock is what moments between packets are told by. The zero Clock has seen no frame.
type Clock struct {
	First  int64 // time of the first frame that has one, ns since the Unix epoch
	Digits uint8 // of the second's fraction, as the latest frame has them
	set    bool  // First is
}

// See takes note of a frame's time, ns since the Unix epoch, unless it has none, and of its digits.
func (c *Clock) See(ns int64, ok bool, digits uint8) {
	if c.Digits = digits; ok && !c.set {
		c.First, c.set = ns, true
	}
}
