package track

import "github.com/icmpsniff/icmpsniff/decode"

// maxDatagram is the length of the longest datagram, in bytes: of IPv4 with its header (RFC 791 §3.1), of IPv6 without
// (RFC 8200 §4.5).
const maxDatagram = 65535

// oversize notes a fragment that ends beyond where any datagram ends, or makes a longer one whole. Hosts of the nineties
// crashed putting them together.
func (t *Tracker) oversize(p *decode.Packet, _ []byte, _ *Relation) {
	f := finding{noteSubject: noteSubject{kind: NoteOversize, stack: t.stacks.of(p.Segments)}, value: uint64(longestDatagram(p))}
	f.setEnds(p)
	t.note(p.Number, p.Time, &f)
}

// longestDatagram returns how long, at least, the longest of the datagrams is of which a packet has fragments; 0 if it has none.
func longestDatagram(p *decode.Packet) (longest int) {
	for i := range p.Layers {
		if l := &p.Layers[i]; l.Quoted == 0 && l.Flags&(decode.Fragment|decode.Reassembled) != 0 {
			longest = max(longest, lengthWith(p, l))
		}
	}
	return longest
}

// lengthWith returns how long a datagram is, at least, that has the fragment of a layer.
func lengthWith(p *decode.Packet, l *decode.Layer) int {
	h := p.Header(l)
	switch {
	case l.Kind == decode.IPv4 && len(h) >= 20:
		return l.StatedLength() + int(be16(h[6:])&0x1fff)*8
	case l.Kind == decode.IPv6Fragment && len(h) >= 8:
		return l.StatedLength() - len(h) + int(be16(h[2:])&^7)
	}
	return 0
}
