package pipeline

import "github.com/icmpsniff/icmpsniff/decode"

// Concerned reports whether a packet is one that is shown without a filter: ARP, RARP, ICMP, ICMPv6, IGMP, or a fragment
// of them.
func Concerned(p *decode.Packet) bool {
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Quoted > 0 {
			break
		}
		switch l.Kind {
		case decode.ARP, decode.ICMPv4, decode.ICMPv6, decode.IGMP:
			return true
		case decode.IPv4:
			if h := p.Header(l); l.Flags&decode.Fragment != 0 && len(h) >= 20 && (h[9] == 1 || h[9] == 2) {
				return true
			}
		case decode.IPv6Fragment:
			if h := p.Header(l); l.Flags&decode.Fragment != 0 && len(h) >= 8 && h[0] == 58 {
				return true
			}
		}
	}
	return false
}
