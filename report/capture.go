package report

import "github.com/icmpsniff/icmpsniff/track"

// Report is what a run ends with: what was captured, and what became of every question in it.
type Report struct {
	Capture Capture
	Summary *track.Summary // never nil
	// Limit is how many rows of a topic the formats for people (table, markdown, html) print before "… and N more rows";
	// 0 is all. The formats for programs always hold every row.
	Limit int
	// Width is the number of characters in a line of the terminal that tables are printed to: those that are wider leave out
	// what can be spared. 0 is any.
	Width int
	// Order is the order of rows, which Sort brings about.
	Order Order

	paths []pathRow // laid out when first asked for
}

// DefaultLimit keeps the report of a flood readable. A row costs 3 µs as text, 11 µs in Markdown, and no memory.
const DefaultLimit = 500

// Capture says what was read, and what was not.
type Capture struct {
	Sources []Source
	Frames  uint64
	Bytes   uint64 // on the wire, of all frames

	HasTime     bool  // First and Last are known
	First, Last int64 // capture time of the earliest and the latest frame, ns since the Unix epoch
	Digits      uint8 // decimal digits that the timestamps have after the second's point: 6 for µs, 9 for ns

	Live             bool
	KernelDropped    uint64 // frames the kernel had no room for
	InterfaceDropped uint64 // frames the interface or its driver dropped
	Evicted          uint64 // things given up for want of room, other than the tracker's: fragments waiting for others

	Err error // why the capture ended before its end, nil if it did not: one sentence without a full stop
}

// Source is a file or an interface that frames came from.
type Source struct {
	Name     string // as the user gave it; printed escaped
	LinkType string // libpcap's name of it without DLT_, such as EN10MB
}

// drops returns which frames the capture is known to lack.
func (c *Capture) drops() Drops { return Drops{Kernel: c.KernelDropped, Interface: c.InterfaceDropped} }

// evicted returns how many things were given up for want of room, anywhere.
func (r *Report) evicted() uint64 { return r.Capture.Evicted + r.Summary.Evicted }
