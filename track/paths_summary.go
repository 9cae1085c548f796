package track

import (
	"cmp"
	"math/bits"
	"net/netip"
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Path is what was found out about the way from one host to another by one method, on one stack of segments.
type Path struct {
	Family      int // 4 or 6
	Source      netip.Addr
	Destination netip.Addr
	Segments    []decode.Segment
	Method      Method
	// Reached says that the destination answered; the last hop is the first at which it did.
	Reached bool
	// Ended is the error that ended the path at its last hop, the zero PathEnd if none did. That nobody listens at the
	// destination is none.
	Ended  PathEnd
	Rounds uint64 // how often the TTL rose from the lowest one on: once by traceroute, again and again by mtr
	Hops   []Hop  // by TTL, those that were probed

	FirstFrame, LastFrame uint64
}

// PathEnd is an ICMP error that says that probes went no further.
type PathEnd struct {
	Type, Code uint8
	Reporter   netip.Addr // invalid if no error ended the path
}

// Hop is a TTL, and who answered the probes that had it. Sent is received + lost + pending.
type Hop struct {
	TTL        int
	Sent       uint64 // probes, copies apart
	Received   uint64 // answers to them, one a probe
	Lost       uint64
	Pending    uint64         // not answered, and the capture ended less than the timeout after them
	Responders []HopResponder // in the order of their first answers; none of a hop that is silent
}

// LossPercent returns lost / (sent − pending) in percent, and false if nothing is decided yet.
func (h *Hop) LossPercent() (float64, bool) {
	c := Counts{Sent: h.Sent, Lost: h.Lost, Pending: h.Pending}
	return c.LossPercent()
}

// HopResponder is a host that answered the probes of a hop.
type HopResponder struct {
	Address  netip.Addr
	Received uint64
	RTT      RTT     // without percentiles
	MPLS     []Label // with which the latest probe that it tells of came to it, the top of the stack first
}

// pathRows returns the paths that are shown.
func (t *Tracker) pathRows() []Path {
	if len(t.paths.rows) == 0 {
		return nil
	}
	parts := t.partsOfPaths()
	var paths []Path
	for i := range t.paths.rows {
		if r := &t.paths.rows[i]; r.value.shown() {
			paths = append(paths, t.pathRow(r, &parts))
		}
	}
	slices.SortFunc(paths, func(a, b Path) int { return cmp.Compare(a.FirstFrame, b.FirstFrame) })
	return paths
}

// partsOfPaths are the rows of other tables that belong to hops, by the hop.
type partsOfPaths struct {
	responders map[uint64][]*row[hopResponderKey, hopResponder]
	pending    map[uint64]uint64 // probes
}

func (t *Tracker) partsOfPaths() partsOfPaths {
	parts := partsOfPaths{map[uint64][]*row[hopResponderKey, hopResponder]{}, map[uint64]uint64{}}
	for i := range t.hopResponders.rows {
		r := &t.hopResponders.rows[i]
		parts.responders[r.key.hop] = append(parts.responders[r.key.hop], r)
	}
	for _, all := range parts.responders {
		slices.SortFunc(all, func(a, b *row[hopResponderKey, hopResponder]) int {
			return cmp.Compare(a.value.firstFrame, b.value.firstFrame)
		})
	}
	for pos := t.probes.head; pos != t.probes.tail; pos-- {
		x := t.probes.at(pos - 1)
		if t.clock.now-x.born >= t.timeout {
			break
		}
		if h := t.hops.of(x.hop, x.generation); h != nil && !x.answered {
			parts.pending[t.hops.rows[x.hop].key]++
		}
	}
	return parts
}

func (t *Tracker) pathRow(r *row[uint64, path], parts *partsOfPaths) Path {
	v := &r.value
	length := int(v.length)
	p := Path{
		Family:      family(length),
		Source:      addressOf(&v.source, length),
		Destination: addressOf(&v.destination, length),
		Segments:    t.stacks.segments(r.stack),
		Method:      v.method,
		Rounds:      v.rounds,
		FirstFrame:  v.firstFrame,
		LastFrame:   v.lastFrame,
	}
	hops := t.hopsOf(v)
	last := v.last(hops)
	for _, h := range hops {
		if h.ttl > last {
			break
		}
		p.Hops = append(p.Hops, h.summary(parts, length))
		if h.ttl < last {
			continue
		}
		p.Reached = h.reached
		if h.ended {
			p.Ended = PathEnd{Type: h.endType, Code: h.endCode, Reporter: addressOf(&h.endedBy, length)}
		}
	}
	return p
}

// numberedHop is a hop with its TTL.
type numberedHop struct {
	ttl int
	key uint64
	*hop
}

// hopsOf returns the hops of a path that are remembered, by their TTL.
func (t *Tracker) hopsOf(v *path) []numberedHop {
	var hops []numberedHop
	for i, word := range v.ttls {
		for ; word != 0; word &= word - 1 {
			ttl := 64*i + bits.TrailingZeros64(word)
			key := hopKey(v.number, uint8(ttl))
			if at := t.hops.find(&key, hashHop(key)); at != none && t.hops.rows[at].value.sent > 0 {
				hops = append(hops, numberedHop{ttl, key, &t.hops.rows[at].value})
			}
		}
	}
	return hops
}

// last returns the TTL of the last hop to be shown: the first at which the destination answered, as it answers all higher ones, too;
// failing that, the first at which probes were refused, unless others got further; failing that, the highest.
func (v *path) last(hops []numberedHop) int {
	ended := 0
	for _, h := range hops {
		if h.reached {
			return h.ttl
		}
		if h.exceeded {
			ended = 0
		}
		if h.ended && ended == 0 && !(h.tooBig && h.exceeded) {
			ended = h.ttl
		}
	}
	if ended == 0 {
		ended = int(v.highest)
	}
	return ended
}

func (h *numberedHop) summary(parts *partsOfPaths, addressLength int) Hop {
	s := Hop{TTL: h.ttl, Sent: h.sent, Received: h.received, Pending: parts.pending[h.key]}
	s.Lost = s.Sent - s.Received - s.Pending
	for _, r := range parts.responders[h.key] {
		s.Responders = append(s.Responders, HopResponder{
			Address:  addressOf(&r.key.address, addressLength),
			Received: r.value.received,
			RTT:      r.value.rtt.summary(),
			MPLS:     r.value.labels.labels(),
		})
	}
	return s
}
