package track

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Quote is the datagram that an ICMP error quotes, as far as it quotes it. Behind a NAT it is not always the one that was
// sent. The zero Quote stands for none.
type Quote struct {
	Source, Destination netip.Addr
	Protocol            uint8 // IANA's number
	// Ports says that SourcePort and DestinationPort are known.
	Ports                       bool
	SourcePort, DestinationPort uint16
	// Query says that it is an ICMP message of MessageType with an identifier and a sequence number.
	Query       bool
	MessageType uint8
	ID, Seq     uint16
}

// Quoted reports whether the error quotes anything.
func (q *Quote) Quoted() bool { return q.Destination.IsValid() }

// ported are the protocols that begin with two ports.
var ported = [256]bool{6: true, 17: true, 33: true, 132: true, 136: true} // TCP, UDP, DCCP, SCTP, UDP-Lite

// quoteOf reads what the packet, an ICMP error, quotes.
func quoteOf(p *decode.Packet) (q Quote) {
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Quoted != 1 {
			continue
		}
		switch l.Kind {
		case decode.IPv4, decode.IPv6:
			if q.Quoted() { // a tunnel's inner datagram
				return q
			}
			src, dst := addressesOf(p.Header(l))
			var d datagram
			if src == nil || !d.read(p, i) {
				return q
			}
			q.Source, _ = netip.AddrFromSlice(src)
			q.Destination, _ = netip.AddrFromSlice(dst)
			q.Protocol = d.protocol
		case decode.ICMPv4, decode.ICMPv6:
			b := p.Bytes(l)
			if len(b) < minMessage {
				return q
			}
			q.MessageType = b[0]
			if asked := queryIn(l.Kind, b); asked != nil && !asked.noID {
				q.Query = true
				q.ID, q.Seq = asked.number(b)
			}
			return q
		default:
			b := p.Bytes(l)
			if q.Quoted() && ported[q.Protocol] && len(b) >= 4 && !isExtension(l.Kind) {
				q.Ports, q.SourcePort, q.DestinationPort = true, be16(b), be16(b[2:])
				return q
			}
		}
	}
	return q
}

// isExtension reports whether a layer is an extension header of IPv6, behind which the protocol follows.
func isExtension(k decode.Kind) bool {
	return k == decode.IPv6HopByHop || k == decode.IPv6Routing || k == decode.IPv6DestOpts || k == decode.IPv6Fragment
}
