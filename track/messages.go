package track

import "github.com/icmpsniff/icmpsniff/decode"

// reader reads one message: b is the message from its type on, at least minMessage bytes. It fills in r, which is empty.
type reader func(t *Tracker, p *decode.Packet, b []byte, r *Relation)

// minMessage is the length of the header that all ICMP messages tracked here share.
const minMessage = 8

// icmpv4 says who reads which ICMP message (RFC 792). Source quench and redirect are not here: they quote a datagram that
// went on its way.
var icmpv4 = [256]reader{
	0:  (*Tracker).echoReply,
	3:  (*Tracker).failure, // destination unreachable
	8:  (*Tracker).echoRequest,
	11: (*Tracker).failure, // time exceeded
	12: (*Tracker).failure, // parameter problem
}

// icmpv6 says who reads which ICMPv6 message (RFC 4443, RFC 4861).
var icmpv6 = [256]reader{
	1:   (*Tracker).failure, // destination unreachable
	2:   (*Tracker).failure, // packet too big
	3:   (*Tracker).failure, // time exceeded
	4:   (*Tracker).failure, // parameter problem
	128: (*Tracker).echoRequest,
	129: (*Tracker).echoReply,
	135: (*Tracker).neighborSolicitation,
	136: (*Tracker).neighborAdvertisement,
}

// Types of echo requests, as they are quoted in errors.
const (
	echoRequestV4 = 8
	echoRequestV6 = 128
)

// Packet fills r with what a packet is to those before it. The time must have been advanced to the packet's before. The
// caller owns r, and everything on the way fills in this one: to copy a Relation whose parts have just been written
// makes the processor wait for them.
func (t *Tracker) Packet(p *decode.Packet, r *Relation) {
	*r = Relation{}
	t.read(p, r)
	if t.answers != nil && (r.Role != NoRole || r.Marks != 0 || r.Peer != 0) {
		t.answers.note(p.Number, r)
	}
}

// read finds the reader of the message that the packet itself carries, quoted datagrams apart.
func (t *Tracker) read(p *decode.Packet, r *Relation) {
	l := p.Summary()
	if l == nil || l.Flags&(decode.Unread|decode.Cut|decode.Bad) != 0 {
		return
	}
	var readers *[256]reader
	switch l.Kind {
	case decode.ICMPv4:
		readers = &icmpv4
	case decode.ICMPv6:
		readers = &icmpv6
	case decode.ARP:
		t.arp(p, p.Bytes(l), r)
		return
	default:
		return
	}
	b := p.Bytes(l)
	if len(b) < minMessage || readers[b[0]] == nil {
		return
	}
	readers[b[0]](t, p, b, r)
}
