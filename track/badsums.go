package track

import "github.com/icmpsniff/icmpsniff/decode"

// protocolOf are the numbers of the protocols whose checksums are looked at. That of the IPv4 header is not: what the capturing
// host itself sends often has none yet.
var protocolOf = [256]uint16{decode.ICMPv4: 1, decode.IGMP: 2, decode.ICMPv6: 58}

// badChecksum notes a message with a wrong checksum. A checksum of 0 is one that the network card of the capturing host was
// still to compute.
func (t *Tracker) badChecksum(p *decode.Packet, kind decode.Kind, b []byte) {
	if len(b) < 4 || be16(b[2:]) == 0 {
		return
	}
	f := finding{noteSubject: noteSubject{kind: NoteBadChecksum, stack: t.stacks.of(p.Segments), detail: protocolOf[kind]}}
	f.setEnds(p)
	t.note(p.Number, p.Time, &f)
}
