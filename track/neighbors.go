package track

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Neighbor is one row of the neighbor table: an address on a stack of segments, and the MAC address that it is at.
type Neighbor struct {
	Address  netip.Addr
	MAC      [6]byte // zero if nobody claimed the address
	Segments []decode.Segment
	State    NeighborState
	Router   bool    // it said so, in a router advertisement or the router flag (RFC 4861 §4.4); always false for IPv4
	Claims   []Claim // by MAC address, in order of the first, no more than eight

	// FirstFrame and LastFrame claim the address, or, if nobody does, ask for it.
	FirstFrame, LastFrame uint64
}

// Claim is what one MAC address said of a neighbor's address: that it is there. First and Last are capture times in ns
// since the Unix epoch.
type Claim struct {
	MAC                   [6]byte
	FirstFrame, LastFrame uint64
	First, Last           int64
}

// NeighborState is what a host that heard all of the capture would think of a neighbor at its end (RFC 4861 §7.3.2).
type NeighborState uint8

// The states of neighbors, in the words of `ip neigh`.
const (
	Reachable  NeighborState = iota // answered somebody within the last 30 s
	Stale                           // claimed; whether it is still there is not known
	Incomplete                      // asked for, and never claimed so far
	Failed                          // asked for in vain
)

// String returns "reachable", "stale", "incomplete" or "failed".
func (s NeighborState) String() string {
	return [...]string{"reachable", "stale", "incomplete", "failed"}[s]
}

// neighborKey names an address, but for its stack. IPv4 addresses take the first four bytes, as in flowKey.
type neighborKey struct {
	address [16]byte
	length  uint8
}

func (k *neighborKey) hash() uint32 {
	var rest [16]byte
	return hashAddresses(&k.address, &rest, uint64(k.length))
}

// claimable reports whether a host can have the address: not if it is unspecified, multicast or, of IPv4, the broadcast address.
func (k *neighborKey) claimable() bool {
	if k.address == [16]byte{} {
		return false
	}
	if k.length == 4 {
		return k.address[0] < 224 || k.address[0] >= 240 && [4]byte(k.address[:4]) != [4]byte{255, 255, 255, 255}
	}
	return k.address[0] != 0xff
}

// maxClaimants is the number of MAC addresses whose claims to one address are kept.
const maxClaimants = 8

// neighbor is a row of the table of neighbors: who claimed the address, and what a host would have made of it.
type neighbor struct {
	holder   holder
	cache    cacheEntry
	owner    ownership
	prober   speaker // who last asked whether it may use the address
	changes  uint64  // of the owner
	last     uint64  // frame of the latest claim
	claims   [maxClaimants]Claim
	known    uint8 // of claims
	isRouter bool
}

// speaker is a MAC address in a frame. The frame is 0 if there was none.
type speaker struct {
	frame uint64
	at    int64 // on the clock
	mac   [6]byte
}

// claimedBy returns the index in claims of a MAC address, or known.
func (n *neighbor) claimedBy(mac [6]byte) int {
	for i := range n.claims[:n.known] {
		if n.claims[i].MAC == mac {
			return i
		}
	}
	return int(n.known)
}

// neighborSlot returns the slot of an address's row, a new one if need be.
func (t *Tracker) neighborSlot(key *neighborKey, stack uint16) uint32 {
	hash := key.hash()
	slot := t.neighbors.onStack(t.neighbors.find(key, hash), stack)
	if slot != none {
		return slot
	}
	slot = t.neighbors.add(key, hash, stack)
	t.neighbors.rows[slot].value = neighbor{}
	return slot
}

// claim is a packet's statement that an address is at a MAC address.
type claim struct {
	key  neighborKey
	mac  [6]byte
	from protocolOfClaim
	how  manner
}

type protocolOfClaim uint8

const (
	claimedByARP protocolOfClaim = iota
	claimedByND
)

// manner says how a claim is made.
type manner uint8

const (
	// inReply claims answer whom they are sent to, so that the way there and back is known to work (RFC 4861 §7.3.1).
	inReply manner = 1 << iota
	// toAll claims were made unasked and for all to hear: gratuitous ARP, and unsolicited advertisements (RFC 4861 §7.2.6).
	toAll
	// forAnother claims are of advertisements without the override flag: by a proxy, or by one of the hosts that share an
	// anycast address (RFC 4861 §7.2.7, §7.2.8). Any number of them may be made of one address.
	forAnother
	// silent claims name no MAC address in an option; what they come from stands in for it (RFC 4861 §4.4).
	silent
	// byRouter claims say that the host forwards packets.
	byRouter
)

// claimed takes in a claim: it goes on record, a host's cache learns of it, and who else claims the address matters.
func (t *Tracker) claimed(p *decode.Packet, c *claim) {
	if !c.key.claimable() || !unicast(c.mac) {
		return
	}
	slot := t.neighborSlot(&c.key, t.stacks.of(p.Segments))
	n := &t.neighbors.rows[slot].value
	if n.known > 0 {
		t.neighbors.use(slot) // a flood of senders, each seen once, displaces itself
	}
	t.contest(p, slot, c)
	n.record(p, c)
	n.cache.learn(c, t.clock.now)
	n.isRouter = n.isRouter || c.how&byRouter != 0
}

// record keeps who claimed an address in which frames.
func (n *neighbor) record(p *decode.Packet, c *claim) {
	n.last = p.Number
	i := n.claimedBy(c.mac)
	if i == maxClaimants {
		return
	}
	of := &n.claims[i]
	if i == int(n.known) {
		n.known++
		*of = Claim{MAC: c.mac, FirstFrame: p.Number, First: p.Time}
	}
	of.LastFrame, of.Last = p.Number, p.Time
}

// unicast reports whether a MAC address can be one interface's: hosts believe no other (RFC 1812 §3.3.2).
func unicast(mac [6]byte) bool { return mac[0]&1 == 0 && mac != [6]byte{} }

// giveUpNeighbor forgets a row.
func (t *Tracker) giveUpNeighbor(uint32) { t.evicted++ }
