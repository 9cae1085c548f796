package track

import "github.com/icmpsniff/icmpsniff/decode"

// Conflict is a claim to an IPv4 address that another MAC address claimed first, as tshark marks it on a packet's line:
// the first claimant stays the rightful one, whatever it announces later. What two claims mean is in the notes.
type Conflict struct {
	Address [4]byte
	MAC     [6]byte // that claims it now
	Earlier [6]byte // that claimed it first
	Frame   uint64  // the newest frame in which Earlier claimed it; 0 if there is no conflict
	Time    int64   // of that frame, ns since the Unix epoch
}

// holder is who first claimed an address by ARP, and the latest frame of that.
type holder struct {
	mac   [6]byte
	frame uint64 // 0 if nobody did
	time  int64
}

// duplicates takes in what tshark takes an ARP packet to claim: its sender's address, and in a reply its target's, which
// is the address of whom it answers. It returns the sender's conflict unless only, or also, the target's is one.
func (t *Tracker) duplicates(p *decode.Packet, a *decode.ARPPacket) Conflict {
	conflict := t.duplicate(p, a.SenderIP, a.SenderMAC)
	if a.Operation == decode.ARPReply {
		if of := t.duplicate(p, a.TargetIP, a.TargetMAC); of.Frame != 0 {
			return of
		}
	}
	return conflict
}

func (t *Tracker) duplicate(p *decode.Packet, ip, mac []byte) Conflict {
	key := ipv4Key(ip)
	if key.address == [16]byte{} || !unicast([6]byte(mac)) {
		return Conflict{}
	}
	slot := t.neighborSlot(&key, t.stacks.of(p.Segments))
	h := t.holderOf(slot)
	if h.frame != 0 {
		t.neighbors.use(slot)
	}
	if h.frame != 0 && h.mac != [6]byte(mac) {
		return Conflict{Address: [4]byte(ip), MAC: [6]byte(mac), Earlier: h.mac, Frame: h.frame, Time: h.time}
	}
	*h = holder{[6]byte(mac), p.Number, p.Time}
	return Conflict{}
}

// holderOf returns the holder of the address of a row. tshark tells networks by the innermost VLAN tag alone, so that it may be
// in the row of another stack.
func (t *Tracker) holderOf(slot uint32) *holder {
	r := &t.neighbors.rows[slot]
	if r.value.holder.frame != 0 {
		return &r.value.holder
	}
	for s := t.neighbors.find(&r.key, r.hash); s != none; s = t.neighbors.rows[s].next {
		other := &t.neighbors.rows[s]
		if other.value.holder.frame != 0 && t.stacks.innermostVLAN(other.stack) == t.stacks.innermostVLAN(r.stack) {
			return &other.value.holder
		}
	}
	return &r.value.holder
}
