package field

import "github.com/icmpsniff/icmpsniff/decode"

// SinceFirst returns the frame's time less the first frame's, ns.
func (s *Subject) SinceFirst() int64 { return decode.Between(s.first, s.time) }

// SincePrevious returns the frame's time less the previous captured frame's, ns.
func (s *Subject) SincePrevious() int64 { return decode.Between(s.previous, s.time) }

// SinceDisplayed returns the frame's time less the previous displayed frame's, ns.
func (s *Subject) SinceDisplayed() int64 { return decode.Between(s.displayed, s.time) }

// FirstTime returns the time of the capture's first frame, ns since the Unix epoch.
func (s *Subject) FirstTime() int64 { return s.first }
