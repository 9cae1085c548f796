package track

import (
	"net/netip"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
)

// PathMTU is the smallest MTU that routers told on the way to a destination, on one stack of segments (RFC 1191, RFC 8201).
type PathMTU struct {
	Destination netip.Addr
	Segments    []decode.Segment
	MTU         uint32     // bytes
	Reporter    netip.Addr // of the smallest, first
	Frame       uint64     // of that report
	Sender      netip.Addr // to whom it was told
	Reports     uint64     // errors that told an MTU to this destination, of any sender
	Obeyed      Obedience  // of all senders that were told
	Exceeded    uint64     // the first frame that is longer all the same, 0 if there is none
}

// Obedience says whether those who were told a path MTU keep to it.
type Obedience uint8

const (
	// ObeyedUnknown: nothing was sent to the destination after that.
	ObeyedUnknown Obedience = iota
	// Obeyed: what was sent was no longer.
	Obeyed
	// Disobeyed: a datagram that no router may cut was longer, and neither on its way already nor a new attempt.
	Disobeyed
)

// Spans of time by which longer datagrams of a sender that was told an MTU are judged, ns.
const (
	// onItsWay is how long after it was told they may still come by that it sent before it heard.
	onItsWay = copyWindow
	// mtuHolds is for how long after it was told last it must send none: then it may try whether the way takes more now
	// (RFC 1191 §6.3, RFC 8201 §4).
	mtuHolds = 5 * int64(time.Minute)
)

// pathMTUs are rows by destination, and the senders that were told, whose later datagrams are looked at.
type pathMTUs struct {
	rows    []PathMTU
	index   map[mtuKey]uint32
	told    map[toldKey]toldSender
	watched [256]bool // by low byte of toldKey's hash: whether some sender was told
	omitted uint64
}

type mtuKey struct {
	destination [16]byte
	length      uint8
	stack       uint16
}

// toldKey is a sender and a destination, and the segments between which they are, as datagrams have them.
type toldKey struct {
	source, destination uint32
	stackHash           uint8
}

func (k toldKey) place() uint8 { return uint8((k.source ^ k.destination*0x9e3779b1) >> 24) }

// toldSender is what a sender was told.
type toldSender struct {
	row           uint32
	since, latest int64  // capture times of the first report and of the latest, ns
	mtu           uint32 // the smallest
	wire          uint16 // length of the datagram that was too long, bytes
}

// limitPath records that the way to the quoted datagram's destination is limited to an MTU.
func (t *Tracker) limitPath(p *decode.Packet, q *Quote, mtu uint32) {
	if !q.Quoted() {
		return
	}
	m := &t.pathMTUs
	stack := t.stacks.of(p.Segments)
	key := mtuKey{destination: q.Destination.As16(), length: uint8(q.Destination.BitLen() / 8), stack: stack}
	i, ok := m.index[key]
	switch {
	case !ok && len(m.rows) >= maxPathMTUs:
		m.omitted++
		t.evicted++
		return
	case !ok:
		i = uint32(len(m.rows))
		m.index[key] = i
		m.rows = append(m.rows, PathMTU{Destination: q.Destination, Segments: t.stacks.segments(stack)})
	}
	row := &m.rows[i]
	row.Reports++
	if row.MTU == 0 || mtu < row.MTU {
		row.MTU, row.Reporter, row.Frame, row.Sender = mtu, p.Source.IP(), p.Number, p.Destination.IP()
	}
	t.watchSender(p, i, mtu)
}

// watchSender has the later datagrams of the sender looked at, whom an error was sent to.
func (t *Tracker) watchSender(p *decode.Packet, row, mtu uint32) {
	m := &t.pathMTUs
	d, ok := quotedDatagram(p)
	if !ok {
		return
	}
	key := toldKey{d.source, d.destination, d.stackHash}
	if c, ok := t.cause(p); ok {
		key.source, key.destination = c.source, c.destination
	}
	told, again := m.told[key]
	switch {
	case !again && len(m.told) >= maxTold:
		t.evicted++
		return
	case !again:
		told = toldSender{row: row, since: p.Time, mtu: mtu}
	case mtu < told.mtu:
		told.row, told.since, told.mtu = row, p.Time, mtu
	case p.Time-told.latest >= mtuHolds:
		told.since = p.Time
	}
	told.latest = p.Time
	told.wire = max(told.wire, d.length)
	m.told[key] = told
	m.watched[key.place()] = true
}

// quotedDatagram returns the datagram that an error quotes, the outermost.
func quotedDatagram(p *decode.Packet) (d datagram, ok bool) {
	for i := range p.Layers {
		if l := &p.Layers[i]; l.Quoted == 1 && (l.Kind == decode.IPv4 || l.Kind == decode.IPv6) {
			ok = d.read(p, i)
			break
		}
	}
	return d, ok
}

// observe sees whether a datagram is of a sender that was told, and whether it obeys.
func (m *pathMTUs) observe(d *datagram, frame uint64, time int64) {
	key := toldKey{d.source, d.destination, d.stackHash}
	if !m.watched[key.place()] {
		return
	}
	told, ok := m.told[key]
	if !ok {
		return
	}
	row := &m.rows[told.row]
	switch {
	case uint32(d.length) <= told.mtu:
		if row.Obeyed == ObeyedUnknown {
			row.Obeyed = Obeyed
		}
	case !d.whole || time-told.since < onItsWay || time-told.latest >= mtuHolds:
	case d.protocol == protocolTCP && d.length > told.wire: // what a network card will cut into segments
	case row.Exceeded == 0:
		row.Obeyed, row.Exceeded = Disobeyed, frame
	}
}
