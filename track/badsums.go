package track

import "github.com/icmpsniff/icmpsniff/decode"

// verify notes a wrong checksum of the packet's message or of its IPv4 header. A checksum of 0 is one that the network card of
// the capturing host was still to compute.
func (t *Tracker) verify(p *decode.Packet) {
	if p.ChecksumState(p.Top) == decode.ChecksumBad {
		l := p.Summary()
		t.badChecksum(p, l, checksumAt[l.Kind], protocolOf[l.Kind])
	}
	if ip := p.Network(); ip != nil && ip.Kind == decode.IPv4 {
		for i := range p.Layers {
			if &p.Layers[i] == ip && p.ChecksumState(i) == decode.ChecksumBad {
				t.badChecksum(p, ip, checksumAt[ip.Kind], protocolOf[ip.Kind])
			}
		}
	}
}

// Where the protocols have their checksums, and their numbers as IP protocols.
var (
	checksumAt = [256]int{decode.IPv4: 10, decode.ICMPv4: 2, decode.ICMPv6: 2, decode.IGMP: 2}
	protocolOf = [256]uint16{decode.IPv4: 4, decode.ICMPv4: 1, decode.ICMPv6: 58, decode.IGMP: 2}
)

func (t *Tracker) badChecksum(p *decode.Packet, l *decode.Layer, at int, protocol uint16) {
	b := p.Bytes(l)
	if len(b) < at+2 || be16(b[at:]) == 0 {
		return
	}
	f := finding{noteSubject: noteSubject{kind: NoteBadChecksum, stack: t.stacks.number(p.VLANs), detail: protocol}}
	f.setEnds(p)
	t.note(p.Number, p.Time, &f)
}
