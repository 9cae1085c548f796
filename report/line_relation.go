package report

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// Draft is the line of a packet without what the packet itself says: what stands before that, and what behind it waits for others. Both are
// kept, not written, as who decodes packets has less time for it than who finishes their lines.
type Draft struct {
	number uint64
	time   int64 // what the Time column tells, ns
	digits uint8
	timed  bool
	shade  shade // if it is painted

	echo    bool // the packet asks or answers as ping does
	silence silence
	verdict decode.Verdict

	source, destination keptAddress // of a Drafter; others have the packet
}

// keptAddress is an address that outlives its frame.
type keptAddress struct {
	kind   decode.AddressKind
	length uint8
	bytes  [16]byte
}

func (k *keptAddress) keep(a decode.Address) {
	k.kind, k.length = a.Kind, uint8(copy(k.bytes[:], a.Bytes))
}

func (k *keptAddress) address() decode.Address {
	return decode.Address{Kind: k.kind, Bytes: k.bytes[:k.length]}
}

// draft makes d the draft of a packet's line. All of it is set where it stays: copied, it would be waited for.
func (l *Lines) draft(d *Draft, s *field.Subject) {
	p := s.Packet
	d.number, d.time, d.digits, d.timed = p.Number, l.Time.of(s), p.Digits, p.HasTime
	d.shade, d.echo, d.silence, d.verdict = unpainted, isEcho(p), noResponse, p.Verdict
	if l.TwoPass && d.echo {
		d.silence = silenceAfter(p)
	}
}

// silence is what the silence of those whom a packet asked means.
type silence uint8

const (
	noResponse silence = iota
	multicast          // nobody need answer
	broadcast
)

// silences are tshark's notes on requests without a reply.
var silences = [...]string{noResponse: " (no response found!)", multicast: " (multicast)", broadcast: " (broadcast)"}

// appendEnd appends what the packet is to others, which may be nil for nothing, and what is wrong with it.
func (l *Lines) appendEnd(dst []byte, d *Draft, r *track.Relation) []byte {
	dst = l.appendRest(dst, d, r)
	if l.Paired && !d.echo && r != nil {
		dst = l.appendPairing(dst, r)
	}
	return dst
}

// appendRest appends what the last column tells of it.
func (l *Lines) appendRest(dst []byte, d *Draft, r *track.Relation) []byte {
	switch {
	case r == nil:
	case d.echo:
		dst = l.appendRelation(dst, r, d.silence)
	case r.Conflict != nil:
		dst = appendConflict(dst, r.Conflict)
	}
	switch d.verdict {
	case decode.Malformed:
		dst = append(dst, "[Malformed Packet]"...)
	case decode.Limited:
		dst = append(dst, "[Packet size limited during capture]"...)
	case decode.Unreassembled:
		dst = append(dst, "[BoundErrorUnreassembled Packet]"...)
	}
	return dst
}

// appendPairing appends to the line of anything but an echo what it is to its other side, in the form of tshark's notes.
func (l *Lines) appendPairing(dst []byte, r *track.Relation) []byte {
	switch {
	case r.Role == track.ErrorMessage:
		return appendCause(dst, r)
	case r.Role == track.Request && r.Peer == 0:
		if l.TwoPass && r.Has(track.Lost) { // others are probes, or wait still
			dst = append(dst, silences[noResponse]...)
		}
		return dst
	}
	return l.appendRelation(dst, r, noResponse)
}

// appendRelation appends what a request or a reply is to its other side; that of a request without one means something.
func (l *Lines) appendRelation(dst []byte, r *track.Relation, s silence) []byte {
	switch {
	case r.Role == track.Reply && r.Peer != 0:
		dst = appendUint(append(dst, " (request in "...), r.Peer)
		if r.Has(track.Duplicate) {
			dst = append(dst, ", duplicate"...)
		}
		dst = append(dst, ')')
	case r.Role != track.Request || !l.TwoPass:
	case r.Peer != 0 && r.Has(track.Copy): // the reply is the first one's
	case r.Peer != 0:
		dst = append(appendUint(append(dst, " (reply in "...), r.Peer), ')')
	default:
		dst = append(dst, silences[s]...)
	}
	return dst
}

// appendCause appends the frame that an ICMP error is about, in the form of tshark's notes.
func appendCause(dst []byte, r *track.Relation) []byte {
	if r.Peer == 0 {
		return dst
	}
	dst = appendUint(append(dst, " (error for "...), r.Peer)
	if r.Has(track.Changed) {
		dst = append(dst, ", translated"...)
	}
	return append(dst, ')')
}

// appendConflict appends what tshark notes on an ARP packet that claims another's address.
func appendConflict(dst []byte, c *track.Conflict) []byte {
	dst = appendIPv4Address(append(dst, " (duplicate use of "...), c.Address[:])
	return append(dst, " detected!)"...)
}

// isEcho reports whether the packet is an echo request or reply.
func isEcho(p *decode.Packet) bool {
	top := p.Summary()
	if top == nil {
		return false
	}
	b := p.Bytes(top)
	return len(b) > 0 && (top.Kind == decode.ICMPv4 && (b[0] == 0 || b[0] == 8) || top.Kind == decode.ICMPv6 && (b[0] == 128 || b[0] == 129))
}

// silenceAfter returns what silence after a request means.
func silenceAfter(p *decode.Packet) silence {
	switch dst := p.Destination; {
	case dst.Kind == decode.IPv4Address && dst.IP().IsMulticast(), dst.Kind == decode.IPv6Address && dst.IP().IsMulticast():
		return multicast
	case linkBroadcast(p):
		return broadcast
	}
	return noResponse
}

// linkBroadcast reports whether the frame went to every host on its link.
func linkBroadcast(p *decode.Packet) bool {
	link := p.LinkLayer()
	return link != nil && link.Kind == decode.Ethernet && [6]byte(p.Header(link)) == [6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
}
