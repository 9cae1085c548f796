package capture

import "math"

// MaxFrame is the largest number of captured bytes in a frame; a file that claims more is damaged. It is the limit
// of libpcap's and Wireshark's readers for everything that networks carry.
const MaxFrame = 262144

// Frame is one captured frame as its source delivered it.
type Frame struct {
	Number    uint64 // position in the source, from 1, counted before any filter
	Time      int64  // capture time, ns since the Unix epoch (saturating for absurd stamps)
	Length    int    // length on the wire, bytes; a file may claim less than len(Data)
	Data      []byte // captured bytes; valid until the next call of Next
	Link      uint16 // LINKTYPE_ value (tcpdump.org registry), high bits masked off
	Digits    uint8  // digits of the second the source's clock records: 0, 1, 2, 3, 6 or 9
	HasTime   bool   // false for pcapng packet blocks without a time (Simple Packet Block)
	Interface uint32 // index of the interface in its source, from 0
	Section   uint32 // number of the section of its file, from 1; 0 where files have none (pcap)
}

// Interface describes where frames of a source were captured, as far as it is known; unknown strings are empty.
type Interface struct {
	Name        string
	Description string
	Filter      string // capture filter that was in force
	Link        uint16 // as in Frame
	SnapLen     int    // bytes kept of each frame; 0: all
	Digits      uint8  // as in Frame

	odd bool // its clock's ticks are not the last of Digits: only nanoseconds hold its times
}

// writtenDigits is how many digits of a second hold the times of the interface's frames.
func (i *Interface) writtenDigits() uint8 {
	if i.odd {
		return 9
	}
	return i.Digits
}

// Source delivers frames in order. A Source belongs to one goroutine.
type Source interface {
	// Next fills f with the next frame and overwrites all of it. It returns io.EOF at the clean end, a *FileError
	// where a file is damaged, a *LiveError where an interface failed. A *LinkChange is not the end. After an error f is undefined.
	Next(f *Frame) error

	// Name is the file's name, "-" for standard input, or the interface's name.
	Name() string

	// Interfaces lists the interfaces met so far, by Frame.Interface. Callers must not change the slice.
	Interfaces() []Interface

	// Stats says how many frames were captured and lost. It also answers after Close.
	Stats() Stats

	// Close releases the source. Data of earlier frames is invalid afterwards.
	Close() error
}

// Stats counts what a capture received and lost, in frames: a live one so far, a saved one as far as it says so.
type Stats struct {
	Known            bool   // false for pcap files, which do not say, and for pcapng files without statistics
	Received         uint64 // passed the capture filter, dropped ones included
	Dropped          uint64 // lost in the kernel, because the buffer was full
	InterfaceDropped uint64 // lost by the interface or its driver

	at int64 // of a saved capture: when that was counted, ns since the Unix epoch
}

// add sums the counters of several interfaces; the sum is known as soon as one is.
func (s Stats) add(t Stats) Stats {
	return Stats{
		Known:            s.Known || t.Known,
		Received:         s.Received + t.Received,
		Dropped:          s.Dropped + t.Dropped,
		InterfaceDropped: s.InterfaceDropped + t.InterfaceDropped,
	}
}

// total sums the counts of interfaces.
func total(all []Stats) (sum Stats) {
	for _, s := range all {
		sum = sum.add(s)
	}
	return sum
}

// canonicalLinks turns the DLT_ values that differ from their LINKTYPE_ ones, and that some writers put into files
// regardless, into the LINKTYPE_ values of https://www.tcpdump.org/linktypes.html.
var canonicalLinks = map[uint32]uint16{
	11: 100, // DLT_ATM_RFC1483
	12: 101, // DLT_RAW on Linux and most BSDs
	14: 101, // DLT_RAW on OpenBSD
	19: 106, // DLT_ATM_CLIP on Linux
}

// canonicalLink is the LINKTYPE_ value of a link-type word, without the FCS length that the high bits may carry.
func canonicalLink(word uint32) uint16 {
	if l, ok := canonicalLinks[word&math.MaxUint16]; ok {
		return l
	}
	return uint16(word)
}
