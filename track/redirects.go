package track

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// What became of a redirect, as far as the echo requests show it that follow.
const (
	RedirectUnseen  uint64 = iota // none followed
	RedirectObeyed                // the latest went elsewhere than to the router that sent the redirect
	RedirectIgnored               // the latest still went to that router
)

// Lengths of redirects without their options:
//
//	RFC 792:         | type 5   | code | checksum 2 | gateway 4 | datagram … |
//	RFC 4861 §4.5:   | type 137 | code | checksum 2 | reserved 4 | target 16 | destination 16 | options … |
const (
	redirectLength4 = 8
	redirectLength6 = 8 + 16 + 16
)

// redirectKey names the datagrams that a redirect is about: all from a host to a destination, on one stack.
type redirectKey struct {
	host, destination [16]byte
	stack             uint16
}

// redirected4 notes an ICMP redirect.
func (t *Tracker) redirected4(p *decode.Packet, b []byte, _ *Relation) {
	if p.Destination.Kind != decode.IPv4Address || len(b) < redirectLength4 {
		return
	}
	q := p.Quoted()
	if q == nil {
		return
	}
	if _, destination := addressesOf(p.Header(q)); len(destination) == 4 {
		t.redirectTo(p, destination, b[4:8])
	}
}

// redirected6 notes an ICMPv6 redirect. If the target is the destination itself, that is on the link.
func (t *Tracker) redirected6(p *decode.Packet, b []byte, _ *Relation) {
	if p.Destination.Kind == decode.IPv6Address && len(b) >= redirectLength6 {
		t.redirectTo(p, b[24:40], b[8:24])
	}
}

// redirectTo notes that a router told the host that the packet goes to that there is a better way to a destination.
func (t *Tracker) redirectTo(p *decode.Packet, destination, via []byte) {
	f := finding{noteSubject: noteSubject{kind: NoteRedirect, stack: t.stacks.of(p.Segments)}}
	f.setEnds(p)
	f.setAbout(destination)
	f.setVia(via)
	_, router := ethernetEnds(p)
	f.macs[0] = macOf(router)
	number := t.note(p.Number, p.Time, &f)
	key := redirectKey{f.destination, f.about, f.stack}
	if number == 0 || t.redirected[key] == number {
		return
	}
	t.redirected[key] = number
	for i := range t.flows.rows { // redirects that are new are few: no more than there may be notes of them
		if r := &t.flows.rows[i]; r.key.asker == key.host && r.key.target == key.destination && r.stack == key.stack {
			r.value.vigil.redirect = number
		}
	}
}

// watchRedirected looks where a request goes about which there was a redirect: still to the router, or elsewhere. What comes
// from the router itself is the datagram on its further way.
func (t *Tracker) watchRedirected(m *Message, v *vigil) {
	note := t.notes.of(v.redirect)
	switch router := macNumber(note.macs[0][:]); {
	case m.to == 0 || m.from == router || note.value == RedirectObeyed:
	case m.to == router:
		note.value = RedirectIgnored
	default:
		note.value = RedirectObeyed
	}
}

// ethernetEnds returns the MAC addresses of the innermost Ethernet header, 0 if there is none.
func ethernetEnds(p *decode.Packet) (to, from uint64) {
	if l := p.LinkLayer(); l != nil && l.Kind == decode.Ethernet {
		if h := p.Header(l); len(h) >= 12 {
			return macNumber(h), macNumber(h[6:])
		}
	}
	return 0, 0
}

// macNumber returns a MAC address as a number, which a register holds, and macOf the address of a number.
func macNumber(b []byte) uint64 {
	return uint64(binary.BigEndian.Uint32(b))<<16 | uint64(binary.BigEndian.Uint16(b[4:]))
}

func macOf(number uint64) (mac [6]byte) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], number)
	copy(mac[:], b[2:])
	return mac
}
