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

// observed4 and observed6 say who looks at which message for notes, beyond its checksum and whether or not it has a reader.
var (
	observed4 = [256]reader{
		3:  (*Tracker).forbidden,
		4:  (*Tracker).sourceQuench,
		5:  (*Tracker).redirect,
		11: (*Tracker).forbidden,
		12: (*Tracker).forbidden,
	}
	observed6 = [256]reader{
		1:   (*Tracker).forbidden,
		2:   (*Tracker).forbidden,
		3:   (*Tracker).forbidden,
		4:   (*Tracker).forbidden,
		137: (*Tracker).redirect6,
	}
)

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
	if l == nil || l.Flags&(decode.Unread|decode.Bad) != 0 {
		return
	}
	if len(p.Pieces) > 0 {
		t.fragment(p)
	}
	var readers, observed *[256]reader
	switch l.Kind {
	case decode.ICMPv4:
		readers, observed = &icmpv4, &observed4
	case decode.ICMPv6:
		readers, observed = &icmpv6, &observed6
	case decode.IGMP:
		t.verify(p)
		return
	case decode.IPv4, decode.IPv6Fragment:
		t.fragment(p)
		return
	case decode.ARP:
		t.arp(p, p.Bytes(l), r)
		return
	default:
		return
	}
	b := p.Bytes(l)
	if len(b) < minMessage {
		return
	}
	if read := readers[b[0]]; read != nil {
		read(t, p, b, r)
	}
	if !isEcho(l.Kind, b[0]) {
		t.verify(p)
		if observe := observed[b[0]]; observe != nil {
			observe(t, p, b, r)
		}
	}
}

// isEcho reports whether a type is that of echo requests or replies, at which their readers look for notes, too.
func isEcho(k decode.Kind, messageType byte) bool {
	if k == decode.ICMPv4 {
		return messageType == 0 || messageType == 8
	}
	return messageType == 128 || messageType == 129
}
