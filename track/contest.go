package track

import (
	"bytes"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Spans of time by which it is judged whether two hosts want one address, in nanoseconds.
const (
	// claimStands is how long after its last claim a MAC address is believed to have an address still: the longest that
	// common systems keep an unused ARP entry. Another that claims it later has inherited it.
	claimStands = 20 * int64(time.Minute)
	// defense is how soon a host objects to an announcement of its address: DEFEND_INTERVAL of RFC 5227 §1.1. An
	// announcement after that takes the address back.
	defense = 10 * int64(time.Second)
	// probing is how long after a probe the prober listens for objections: ANNOUNCE_WAIT of RFC 5227 §1.1, and longer than
	// RetransTimer, which RFC 4862 §5.4 has.
	probing = 2 * int64(time.Second)
)

// ownership is the latest claim of whoever has an address.
type ownership struct {
	speaker
	since int64 // on the clock: when that MAC address took it
}

// contestKinds are the notes that a protocol's claims raise.
var contestKinds = [...]struct{ conflict, flipFlop, takeover NoteKind }{
	claimedByARP: {NoteARPConflict, NoteARPFlipFlop, NoteARPTakeover},
	claimedByND:  {NoteNDConflict, NoteNDFlipFlop, NoteNDTakeover},
}

// contest compares a claim with those before it, which do not know of it yet. A claim by another MAC address is
//
//   - nothing, if it is made for another host, if the last claim is too old to stand, or between virtual routers;
//   - a takeover, if it is announced, as by a host that replaces or backs up another (RFC 5227 §3), or was probed for;
//   - else a conflict; and so is an announcement by which a host defends the address it had (RFC 5227 §2.4).
//
// An address that returns to a MAC address which had it flips, unless that was announced.
func (t *Tracker) contest(p *decode.Packet, slot uint32, c *claim) {
	if c.how&forAnother != 0 {
		t.answerProbe(p, slot, c) // whoever has the address, the prober may not (RFC 4862 §5.4.4)
		return
	}
	n := &t.neighbors.rows[slot].value
	now := t.clock.now
	announced := t.answerProbe(p, slot, c) || c.how&toAll != 0
	before := n.owner
	n.owner.speaker = speaker{p.Number, now, c.mac}
	if before.mac == c.mac {
		return
	}
	n.owner.since = now
	if before.frame == 0 || virtualRouter(before.mac) && virtualRouter(c.mac) {
		return
	}
	n.changes++
	back := n.claimedBy(c.mac) < int(n.known)
	f := t.about(slot, before.mac, c.mac)
	f.earlier = before.frame
	kinds := &contestKinds[c.from]
	switch {
	case now-before.at > claimStands:
	case announced && !(back && now-before.since <= defense):
		f.kind = kinds.takeover
		t.note(p.Number, p.Time, &f)
	default:
		f.inOrder(n)
		f.kind = kinds.conflict
		t.note(p.Number, p.Time, &f)
		if back {
			f.kind, f.value = kinds.flipFlop, n.changes
			t.note(p.Number, p.Time, &f)
		}
	}
}

// about returns a finding on a neighbor's address and two MAC addresses.
func (t *Tracker) about(slot uint32, first, second [6]byte) finding {
	r := &t.neighbors.rows[slot]
	f := finding{noteSubject: noteSubject{stack: r.stack, macs: [2][6]byte{first, second}}}
	f.setAbout(r.key.address[:r.key.length])
	return f
}

// inOrder puts the MAC address that claimed first before the other, so that there is one note of the two.
func (f *finding) inOrder(n *neighbor) {
	a, b := n.claimedBy(f.macs[0]), n.claimedBy(f.macs[1])
	if a > b || a == b && bytes.Compare(f.macs[0][:], f.macs[1][:]) > 0 {
		f.macs[0], f.macs[1] = f.macs[1], f.macs[0]
	}
}

// What Note.Detail says of a NoteDADConflict.
const (
	ProbedAndTaken  = iota // the second of the MACs has the address
	ProbedByAnother        // the second of the MACs asked for it at the same time
)

// probed takes in a probe: a host asks whether it may use an address. If another asks for it at the same time, neither may
// have it (RFC 5227 §2.1.1, RFC 4862 §5.4.3).
func (t *Tracker) probed(p *decode.Packet, key *neighborKey, mac [6]byte) {
	if !key.claimable() || !unicast(mac) {
		return
	}
	slot := t.neighborSlot(key, t.stacks.of(p.Segments))
	n := &t.neighbors.rows[slot].value
	if other := n.prober; other.frame != 0 && other.mac != mac && t.clock.now-other.at <= probing {
		f := t.about(slot, other.mac, mac)
		f.kind, f.detail, f.earlier = NoteDADConflict, ProbedByAnother, other.frame
		t.note(p.Number, p.Time, &f)
	}
	n.prober = speaker{p.Number, t.clock.now, mac}
}

// answerProbe sees whether a claim is the answer to a probe: by another MAC address it says that the address is taken. It
// reports whether the prober itself makes the claim, having heard no objection.
func (t *Tracker) answerProbe(p *decode.Packet, slot uint32, c *claim) bool {
	n := &t.neighbors.rows[slot].value
	asked := n.prober
	switch {
	case asked.frame == 0:
		return false
	case asked.mac == c.mac:
		n.prober = speaker{}
		return true
	case t.clock.now-asked.at <= probing:
		f := t.about(slot, asked.mac, c.mac)
		f.kind, f.detail, f.earlier = NoteDADConflict, ProbedAndTaken, asked.frame
		t.note(p.Number, p.Time, &f)
	}
	return false
}

// virtualRouters are the MAC addresses that routers share or pass on: their first bits, and how many.
var virtualRouters = []struct {
	prefix [6]byte
	bits   int
}{
	{[6]byte{0x00, 0x00, 0x5e, 0x00, 0x01}, 40}, // VRRP for IPv4 (RFC 9568 §7.3), and CARP
	{[6]byte{0x00, 0x00, 0x5e, 0x00, 0x02}, 40}, // VRRP for IPv6
	{[6]byte{0x00, 0x00, 0x0c, 0x07, 0xac}, 40}, // HSRP (RFC 2281 §5)
	{[6]byte{0x00, 0x00, 0x0c, 0x9f, 0xf0}, 36}, // HSRP version 2
	{[6]byte{0x00, 0x05, 0x73, 0xa0, 0x00}, 36}, // HSRP for IPv6
	{[6]byte{0x00, 0x07, 0xb4, 0x00, 0x00}, 30}, // GLBP, which answers for one address with several
}

// virtualRouter reports whether a MAC address is that of a virtual router.
func virtualRouter(mac [6]byte) bool {
	for i := range virtualRouters {
		v := &virtualRouters[i]
		whole, rest := v.bits/8, 8-v.bits%8
		if bytes.Equal(mac[:whole], v.prefix[:whole]) && (rest == 8 || mac[whole]>>rest == v.prefix[whole]>>rest) {
			return true
		}
	}
	return false
}
