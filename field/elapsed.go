package field

// SinceFirst returns the frame's time less the first frame's, ns.
func (s *Subject) SinceFirst() int64 { return s.time - s.first }

// SincePrevious returns the frame's time less the previous captured frame's, ns.
func (s *Subject) SincePrevious() int64 { return s.time - s.previous }

// SinceDisplayed returns the frame's time less the previous displayed frame's, ns.
func (s *Subject) SinceDisplayed() int64 { return s.time - s.displayed }

// FirstTime returns the time of the capture's first frame, ns since the Unix epoch.
func (s *Subject) FirstTime() int64 { return s.first }
