package track

import "time"

// Options bound what a Tracker waits for and remembers. Zero values stand for the defaults, which keep a Tracker under
// 64 MiB whatever the capture holds.
type Options struct {
	// Timeout is how long a request may wait for its reply before it is lost. Default 1 s.
	Timeout time.Duration
	// MaxFlows is the number of echo flows kept. For a new one, one that has been idle for long gives way; its counts
	// live on in the totals. Default 50,000.
	MaxFlows int
	// MaxResolutions is the number of ARP and neighbor discovery rows kept. Default 25,000.
	MaxResolutions int
	// MaxNeighbors is the number of addresses kept whose claimants are watched. Default 25,000.
	MaxNeighbors int
	// MaxPending is the number of requests that may wait for an answer at one time, echo and resolution each. The oldest
	// give way, and count as lost. Default 131,072.
	MaxPending int
	// MaxResponders is the number of hosts kept that answered requests to groups. Default 65,536.
	MaxResponders int
	// MaxDatagrams is the number of datagrams, the newest ones, among which an ICMP error finds its cause; it is rounded up
	// to a power of two. Default 32,768.
	MaxDatagrams int
	// MaxErrors is the number of ICMP errors kept, the first ones. Default 10,000.
	MaxErrors int
	// MaxPaths is the number of paths kept, with eight hops, eight responders and eight probes each on average. Default 2,048.
	MaxPaths int
	// History keeps what drawings take: the courses of some 200 flows, and the first steps of address resolution.
	History bool
	// Notes are thresholds of kinds of notes that are not to be the default: how many it takes before there is a note
	// (see NoteKind.Threshold). 0 and less turn the kind off.
	Notes map[NoteKind]int
}

// Bounds that are not options: nothing but the memory they cost depends on them.
const (
	maxSamples  = 1 << 20 // round-trip times kept for exact percentiles, of all flows together, but for those that wait to be added to sketches
	maxSketches = 4096    // flows with more of them than maxExact
	maxClocks   = 4096    // hosts whose clocks were read
	maxStacks   = 1 << 14 // stacks of segments told apart
	maxPathMTUs = 4096    // destinations with a path MTU
	maxTold     = 1 << 14 // senders that were told one
	hopsPerPath = 8       // kept of all paths together: hops, hosts that answered at them, and probes
	maxChain    = 256     // rows, and exchanges, that differ by nothing but their stack or time
)

// maxOriginals is how many requests with one identifier and sequence number are looked at to know a copy of one.
const maxOriginals = 8

// Spans of time, in nanoseconds.
const (
	// copyWindow is how long after a packet an identical one is a copy of it.
	copyWindow = int64(time.Second)
	// anonymousWindow is the same of requests that have no number, so that a host that asks again sends the same one again.
	anonymousWindow = 100 * int64(time.Millisecond)
	// memory is how long a request is remembered after it was sent, for late and second replies.
	memory = 60 * int64(time.Second)
)

// remembered is the number of exchanges kept only for late and second replies; more are kept only while they wait. It is
// small so that what a busy capture touches stays in the processor's cache.
const remembered = 1 << 15

func (o Options) withDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = time.Second
	}
	for _, limit := range []struct {
		n       *int
		usually int
	}{
		{&o.MaxFlows, 50_000},
		{&o.MaxResolutions, 25_000},
		{&o.MaxNeighbors, 25_000},
		{&o.MaxPending, 1 << 17},
		{&o.MaxResponders, 1 << 16},
		{&o.MaxDatagrams, 1 << 15},
		{&o.MaxErrors, 10_000},
		{&o.MaxPaths, 1 << 11},
	} {
		if *limit.n <= 0 {
			*limit.n = limit.usually
		}
	}
	return o
}
