package track

import (
	"encoding/binary"
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Error is an ICMP error message, source quench and redirects among them (RFC 1122 §3.2.2, RFC 4443 §2.1, RFC 4861 §4.5).
type Error struct {
	Frame      uint64
	Time       int64 // capture time, ns since the Unix epoch, if HasTime
	HasTime    bool
	Family     int        // 4 or 6
	Reporter   netip.Addr // who says so
	Receiver   netip.Addr // to whom
	Segments   []decode.Segment
	Type, Code uint8

	// AboutFrame is the frame that is to blame, 0 if it was not captured, or not remembered any more.
	AboutFrame uint64
	About      Quote
	Translated bool // About is not as that frame has it: a NAT is in between

	MTU        uint32     // the next hop's, bytes, of "fragmentation needed" and "packet too big"; 0 if it was not told
	Gateway    netip.Addr // of a redirect: whom to send to instead
	Pointer    uint32     // of a parameter problem: the byte of the datagram that is wrong, if HasPointer
	HasPointer bool
	Labels     []Label     // MPLS, outermost first
	Interfaces []Interface // of the reporter

	Copies uint64 // further sightings of the same message, as mirror ports and routers in the middle make them
}

// Types of error messages that say more than that something failed.
const (
	unreachable4, redirect4, parameterProblem4 = 3, 5, 12
	tooBig6, parameterProblem6, redirect6      = 2, 4, 137
	fragmentationNeeded                        = 4 // a code of unreachable4
)

// errorRows are the error messages that were seen, up to a limit, in the order of frames.
type errorRows struct {
	rows       []Error
	identities []identity // of the rows' messages
	omitted    uint64     // those for which there was no room
}

// recordError records an error message about the frame to blame, 0 if that is not known.
func (t *Tracker) recordError(p *decode.Packet, b []byte, about uint64, r *Relation) {
	c, _ := t.cause(p)
	r.Role, r.Peer = ErrorMessage, about
	if c.translated {
		r.Marks |= Changed
	}
	if len(t.errors.rows) >= t.limits.MaxErrors {
		t.errors.omitted++
		if mtu := mtuOf(p, b); mtu != 0 {
			q := quoteOf(p)
			t.limitPath(p, &q, mtu)
		}
		return
	}
	e := t.readError(p, b)
	e.AboutFrame, e.Translated = about, c.translated
	id := identityOf(p, b)
	if first := t.errors.first(&e, id); first != nil {
		first.Copies++
		r.Marks |= Copy
		r.CopyOf = first.Frame
		return
	}
	e.Labels, e.Interfaces = extensionsOf(p)
	t.errors.rows = append(t.errors.rows, e)
	t.errors.identities = append(t.errors.identities, id)
	if e.MTU != 0 {
		t.limitPath(p, &e.About, e.MTU)
	}
	if e.tellsMore() {
		t.raise(e)
	}
}

// raise hands the error out as an event.
func (t *Tracker) raise(e Error) {
	t.raised = append(t.raised, Event{Kind: Reported, Time: e.Time, Frame: e.Frame, Error: &e})
	t.wakeAt(t.clock.now)
}

// identityOf returns what tells a message from another that says the same.
func identityOf(p *decode.Packet, b []byte) identity {
	id := identity{checksum: be16(b[2:])}
	if ip := p.Network(); ip != nil {
		id.ipID = identification(p.Header(ip))
	}
	return id
}

// first returns the row of a message of which e is a copy, or nil. The checksum alone does not tell: those within the quoted
// headers make up for what differs there.
func (rows *errorRows) first(e *Error, id identity) *Error {
	for i := len(rows.rows) - 1; i >= max(0, len(rows.rows)-maxChain); i-- {
		o := &rows.rows[i]
		if max(e.Time-o.Time, o.Time-e.Time) > copyWindow {
			break
		}
		if rows.identities[i] == id && o.AboutFrame == e.AboutFrame && o.About == e.About && o.Type == e.Type && o.Code == e.Code &&
			o.Reporter == e.Reporter && o.Receiver == e.Receiver {
			return o
		}
	}
	return nil
}

// readError reads an error message, but for which frame it is about, and its extensions.
func (t *Tracker) readError(p *decode.Packet, b []byte) Error {
	e := Error{
		Frame: p.Number, Time: p.Time, HasTime: p.HasTime, Family: familyOf(p), Reporter: p.Source.IP(), Receiver: p.Destination.IP(),
		Segments: t.stacks.segments(t.stacks.of(p.Segments)), Type: b[0], Code: b[1], About: quoteOf(p), MTU: mtuOf(p, b),
	}
	switch {
	case e.Family == 4 && e.Type == redirect4:
		e.Gateway, _ = netip.AddrFromSlice(b[4:8])
	case e.Family == 4 && e.Type == parameterProblem4:
		e.Pointer, e.HasPointer = uint32(b[4]), e.Code == 0
	case e.Family == 6 && e.Type == redirect6 && len(b) >= 40:
		e.Gateway, _ = netip.AddrFromSlice(b[8:24])
		if !e.About.Quoted() { // the redirected header is an option
			e.About.Destination, _ = netip.AddrFromSlice(b[24:40])
		}
	case e.Family == 6 && e.Type == parameterProblem6:
		e.Pointer, e.HasPointer = binary.BigEndian.Uint32(b[4:]), true
	}
	return e
}

// familyOf returns 4 for ICMP and 6 for ICMPv6.
func familyOf(p *decode.Packet) int {
	if p.Summary().Kind == decode.ICMPv6 {
		return 6
	}
	return 4
}

// mtuOf returns the MTU of the next hop that an error tells, 0 if it does not (RFC 1191 §4, RFC 4443 §3.2).
func mtuOf(p *decode.Packet, b []byte) uint32 {
	switch {
	case p.Summary().Kind == decode.ICMPv6 && b[0] == tooBig6:
		return binary.BigEndian.Uint32(b[4:])
	case p.Summary().Kind == decode.ICMPv4 && b[0] == unreachable4 && b[1] == fragmentationNeeded:
		return uint32(be16(b[6:]))
	}
	return 0
}

// tellsMore reports whether there is more to say than which frame is to blame: that frame is no ping, which is not shown unless
// all packets are, or it is not there, or not as it is quoted.
func (e *Error) tellsMore() bool {
	const request4, request6 = 8, 128
	ping := e.About.Query && (e.About.MessageType == request4 || e.About.MessageType == request6)
	return e.About.Quoted() && (e.AboutFrame == 0 || !ping) || e.Translated || len(e.Labels) > 0 || len(e.Interfaces) > 0
}
