package track

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Summary is what the tracker knows at the end of a capture (or now, live). Rows are in order of first appearance.
type Summary struct {
	Flows       []Flow // of echo
	Queries     []Flow // of the other questions
	Resolutions []Resolution
	Neighbors   []Neighbor
	Errors      []Error
	Paths       []Path
	PathMTUs    []PathMTU
	Clocks      []Clock
	Notes       []Note
	Totals      Totals
	Evicted     uint64 // rows, pending requests given up for want of room
	// ErrorsOmitted counts the ICMP errors that came after as many as are kept.
	ErrorsOmitted uint64
	// NotesOmitted counts what may have been worth a note, but was given up for want of room.
	NotesOmitted uint64

	// Steps are the first questions for addresses, and what came of each; nil unless Options.History. StepsOmitted counts
	// those that came after.
	Steps        []Step
	StepsOmitted uint64
}

// Totals count every flow and every resolution, those that were evicted too.
type Totals struct {
	Echo    Counts
	Queries Counts // the other questions
	// Requests, Answered and Unanswered count ARP and neighbor discovery questions, probes apart. Answered are those whose
	// answer came before the timeout; what is neither answered nor unanswered is pending.
	Requests, Answered, Unanswered uint64
}

// Counts hold sent = received + lost + pending. Requests to a group are not lost: nobody need answer, so that they stay
// pending until somebody does.
type Counts struct {
	Sent, Received, Lost, Pending uint64
	Duplicates                    uint64 // second and further replies
	Copies                        uint64 // packets seen twice
	OutOfOrder                    uint64 // replies that came after the reply to a later request (RFC 4737 §3)
	Late                          uint64 // first replies after the timeout, which Received counts too
	Errors                        uint64 // requests answered by an ICMP error, which Lost counts too
	Unmatched                     uint64 // replies whose request was not captured
	Responders                    uint64 // for a group destination: hosts that replied; 0 otherwise
	Backwards                     uint64 // replies stamped before their request, left out of the RTT
}

// add adds the counts of another flow.
func (c *Counts) add(o *Counts) {
	c.Sent += o.Sent
	c.Received += o.Received
	c.Lost += o.Lost
	c.Pending += o.Pending
	c.Duplicates += o.Duplicates
	c.Copies += o.Copies
	c.OutOfOrder += o.OutOfOrder
	c.Late += o.Late
	c.Errors += o.Errors
	c.Unmatched += o.Unmatched
	c.Responders += o.Responders
	c.Backwards += o.Backwards
}

// LossPercent returns lost / (sent − pending) in percent, and false if nothing is decided yet.
func (c *Counts) LossPercent() (float64, bool) {
	if c.Sent <= c.Pending {
		return 0, false
	}
	return 100 * float64(c.Lost) / float64(c.Sent-c.Pending), true
}

// Flow is one direction of requests of one kind and their replies: one source, destination, identifier and stack of segments.
type Flow struct {
	Kind        string // "echo", or what else queries.go names
	Family      int    // 4 or 6
	Source      netip.Addr
	Destination netip.Addr
	ID          uint16
	NoID        bool // requests of this kind have no identifier: ID is 0
	Segments    []decode.Segment
	Group       bool // destination is broadcast or multicast
	Counts
	RTT                   RTT
	FirstFrame, LastFrame uint64
	Course                *Course // nil unless Options.History, and where there was no room
}

// RTT summarises round-trip times, in nanoseconds: of first replies, and of each responder of a group. All are 0 where N
// is 0; the percentiles are 0 also of resolutions, and where there was no room for them.
type RTT struct {
	N             uint64
	Min, Max      int64
	Avg, MDev     float64 // mean and population standard deviation, as iputils' ping prints them
	P50, P95, P99 float64
	Jitter        float64 // mean |difference| of consecutive RTTs; 0 where N < 2
	Sketched      bool    // the percentiles come from a sketch with a relative error of SketchAccuracy
	NoPercentiles bool    // there was no room for a flow's: they are not known
}

// SketchAccuracy is the relative error of percentiles that come from a sketch.
const SketchAccuracy = 0.01

// Status is the state of a resolution.
type Status uint8

// The states of a resolution, in the words of reports.
const (
	StatusAnswered Status = iota
	StatusUnanswered
	StatusPending
	StatusFree     // a probe that nobody answered: the address is free
	StatusConflict // a probe that was answered
)

// String returns "answered", "unanswered", "pending", "free" or "conflict".
func (s Status) String() string {
	return [...]string{"answered", "unanswered", "pending", "free", "conflict"}[s]
}

// Resolution is one row of the ARP and ND table: one stack of segments, asker and target; of probes, one prober's MAC too. By RARP
// and InARP the asker has a MAC address and wants the address: TargetMAC and Told stand in for Target.
type Resolution struct {
	Protocol   Protocol
	Asker      netip.Addr // 0.0.0.0 or :: for a probe, the zero Addr by RARP
	AskerMAC   [6]byte    // of the latest request
	Target     netip.Addr // the zero Addr by RARP and InARP
	TargetMAC  [6]byte    // zero by ARP and ND
	Told       netip.Addr // by RARP and InARP: the address of TargetMAC as last answered, or the zero Addr
	Segments   []decode.Segment
	Requests   uint64
	Unanswered uint64 // requests without a reply within the timeout
	Replies    uint64 // and announcements of the target that came while the asker waited
	Status     Status
	AnsweredBy [][6]byte // MACs in order of first reply, the first eight
	RTT        RTT

	FirstFrame, LastFrame uint64
}
