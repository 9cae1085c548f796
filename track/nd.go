package track

import "github.com/icmpsniff/icmpsniff/decode"

// Lengths of neighbor solicitations and advertisements without their options (RFC 4861 §4.3, §4.4):
//
//	| type 1 | code 1 | checksum 2 | flags and reserved 4 | target address 16 |
const (
	ndTarget  = 8
	ndOptions = ndTarget + 16
)

// neighborSolicitation reads a question for an address: by multicast (RFC 4861 §7.2.2), by unicast from a neighbor that
// wants to know whether the target is still there (§7.3), or, from the unspecified address, a probe for a duplicate
// (RFC 4862 §5.4).
func (t *Tracker) neighborSolicitation(p *decode.Packet, b []byte, r *Relation) {
	if len(b) < ndOptions || p.Source.Kind != decode.IPv6Address {
		return
	}
	key := resolutionKey{protocol: ND, length: 16, asker: [16]byte(p.Source.Bytes), target: [16]byte(b[ndTarget:ndOptions])}
	mac := linkAddress(p, b, decode.NDOptSourceLinkAddress)
	if key.probing() {
		key.prober = mac
	}
	t.ask(p, &key, mac, r)
	t.neighborClaims(p, b)
}

// neighborAdvertisement reads the answer to a neighbor solicitation, or, if it goes to all nodes, an announcement: the
// answer to a probe must, as the prober has no address (RFC 4861 §7.2.4).
func (t *Tracker) neighborAdvertisement(p *decode.Packet, b []byte, r *Relation) {
	if len(b) < ndOptions || p.Destination.Kind != decode.IPv6Address {
		return
	}
	key := resolutionKey{protocol: ND, length: 16, asker: [16]byte(p.Destination.Bytes), target: [16]byte(b[ndTarget:ndOptions])}
	mac := linkAddress(p, b, decode.NDOptTargetLinkAddress)
	if key.asker[0] == 0xff {
		t.announce(p, &key, mac, r)
	} else {
		t.tell(p, &key, mac, r)
	}
	t.neighborClaims(p, b)
}

// linkAddress returns the MAC address in an option of a neighbor discovery message, or if there is none, as in answers to
// unicast solicitations, the frame's source.
func linkAddress(p *decode.Packet, b []byte, option byte) (mac [6]byte) {
	for kind, o := range decode.NDOptions(b[ndOptions:]) {
		if kind == option && len(o) == 8 {
			return [6]byte(o[2:8])
		}
	}
	l := p.LinkLayer()
	if l == nil {
		return mac
	}
	if at := sourceAt[l.Kind]; at > 0 {
		if h := p.Header(l); len(h) >= at+6 {
			copy(mac[:], h[at:])
		}
	}
	return mac
}

// sourceAt says where in a link layer's header its source's address of 6 bytes is. 0 stands for nowhere.
var sourceAt = [256]int{decode.Ethernet: 6, decode.LinuxSLL: 6, decode.LinuxSLL2: 12}
