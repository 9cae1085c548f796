package track

import (
	"encoding/binary"
	"net/netip"
)

// flowKey names a flow of requests and replies, from the asker's side, but for its stack. It holds no pointer for the
// garbage collector to follow; an IPv4 address takes the first four bytes. It is written in words of eight bytes, as it is
// compared: a processor waits where it reads more at a time than it has just written.
type flowKey struct {
	asker, target [16]byte
	question      uint64 // addressLength<<24 | ICMP's type of the requests<<16 | identifier
}

// flow is a row of the table of flows. What every packet touches comes first, in as few cache lines as can be.
type flow struct {
	conversation uint64 // the same on every stack
	lastFrame    uint64
	furthest     uint64 // frame of the latest request that was answered
	unused       uint32 // no request of the conversation had this sequence number or one above; allUsed if that is not known
	group        bool
	vigil        vigil
	rtt          roundTrips
	Counts

	firstFrame    uint64
	otherGroup    groupFlow // asked by the same asker with the same identifier
	otherOfAsker  groupFlow // of the same asker, or one with the same place in Tracker.askers; the one made before
	lastResponder [16]byte  // of a group's; it knows the one before
}

// allUsed is above all sequence numbers.
const allUsed = 1 << 16

// flowOf returns the row of an echo on its stack, made if there is none; the key's first row is at head, if any.
func (t *Tracker) flowOf(head uint32, m *Message) (uint32, *flow) {
	slot := t.flows.onStack(head, m.echo.stack)
	if slot != none {
		f := t.flows.use(slot)
		f.lastFrame = m.frame
		return slot, f
	}
	var conversation uint64
	var unused uint32
	if head != none {
		first := &t.flows.rows[head].value
		first.unused = allUsed
		conversation, unused = first.conversation, allUsed
	} else {
		t.conversations++
		conversation = t.conversations
	}
	slot = t.flows.add(&m.echo.key, m.hash, m.echo.stack)
	f := &t.flows.rows[slot].value
	place := &t.askers[askerPlace(&m.echo.key.asker)]
	*f = flow{conversation: conversation, unused: unused, firstFrame: m.frame, lastFrame: m.frame, otherOfAsker: *place}
	*place = groupFlow{slot + 1, t.flows.rows[slot].generation}
	return slot, f
}

// askerPlaces is the number of chains of flows by their asker, for what is known of a request but not all of its key.
const askerPlaces = 1 << 12

func askerPlace(asker *[16]byte) uint32 { return hash16(asker[:]) % askerPlaces }

// giveUpFlow keeps the counts of a flow whose row is needed. Its pending requests go on to be lost, in t.gone, but can no
// longer be found by a reply.
func (t *Tracker) giveUpFlow(slot uint32) {
	r := &t.flows.rows[slot]
	t.evicted++
	t.goneAs(r.key.isEcho()).add(&r.value.Counts)
	t.distributions.release(&r.value.rtt)
	t.leaveGroup(slot, r)
	if t.history != nil {
		t.history.courses.release(slot, r.generation)
	}
	t.forgetResponders(r)
}

// countsOf returns the flow of an exchange and its counts; if the flow was given up, nil and those of all that were.
func (t *Tracker) countsOf(x *exchange) (*flow, *Counts) {
	if f := t.flows.of(x.flow, x.generation); f != nil {
		return f, &f.Counts
	}
	return nil, t.goneAs(x.flags&otherQuery == 0)
}

// goneAs returns the counts of the flows that were given up, of echo or of the other queries.
func (t *Tracker) goneAs(echo bool) *Counts {
	if echo {
		return &t.gone
	}
	return &t.goneQueries
}

// flowRow returns a row as the summary shows it.
func (t *Tracker) flowRow(r *row[flowKey, flow]) Flow {
	f := t.flowOutline(r)
	f.RTT = t.distributions.summary(&r.value.rtt)
	return f
}

// flowOutline returns a row without round-trip times, which take longer than the rest.
func (t *Tracker) flowOutline(r *row[flowKey, flow]) Flow {
	f, q := &r.value, r.key.query()
	return Flow{
		Kind:        q.kind,
		Family:      family(r.key.addressLength()),
		Source:      addressOf(&r.key.asker, r.key.addressLength()),
		Destination: addressOf(&r.key.target, r.key.addressLength()),
		ID:          uint16(r.key.question),
		NoID:        q.noID,
		Segments:    t.stacks.segments(r.stack),
		Group:       f.group,
		Counts:      f.Counts,
		FirstFrame:  f.firstFrame,
		LastFrame:   f.lastFrame,
	}
}

func (k *flowKey) hash() uint32 { return hashAddresses(&k.asker, &k.target, k.question) }

func (k *flowKey) addressLength() int { return int(k.question >> 24) }

func family(addressLength int) int {
	if addressLength == 4 {
		return 4
	}
	return 6
}

// addressOf returns the address in the first length bytes, 4 or 16.
func addressOf(b *[16]byte, length int) netip.Addr {
	a, _ := netip.AddrFromSlice(b[:length])
	return a
}

func be16(b []byte) uint16 { return binary.BigEndian.Uint16(b) }
