package track

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// failure reads an ICMP error that says that a datagram did not arrive. If that was a request, it has its answer:
// it is lost, as ping counts it, and its error is counted once, however many report it.
func (t *Tracker) failure(p *decode.Packet, b []byte, r *Relation) {
	x := t.requestAbout(p)
	if x != nil {
		t.refuse(p, x)
	}
	t.probeFailed(p, b)
	t.recordError(p, b, t.aboutFrame(p, x), r)
}

// advice reads a source quench or a redirect, which quotes a datagram that went on its way.
func (t *Tracker) advice(p *decode.Packet, b []byte, r *Relation) {
	t.recordError(p, b, t.aboutFrame(p, t.requestAbout(p)), r)
}

// refuse answers the request of x by an error.
func (t *Tracker) refuse(p *decode.Packet, x *exchange) {
	if x.flags&toGroup != 0 || x.state != pending && x.state != lost {
		return
	}
	f, c := t.countsOf(x)
	if f != nil {
		f.lastFrame = p.Number
	}
	if x.state == pending {
		t.lose(x)
	}
	t.settled(x, refused)
	c.Errors++
	x.state = refused
}

// aboutFrame returns the frame that an error is about: of a request in fragments the one that completed it, as a reply's is.
func (t *Tracker) aboutFrame(p *decode.Packet, x *exchange) uint64 {
	if x != nil {
		return x.frame
	}
	c, _ := t.cause(p)
	return c.frame
}

// requestAbout returns the request that an error is about, or nil.
func (t *Tracker) requestAbout(p *decode.Packet) *exchange {
	e, ok := t.quotedRequest(p)
	if !ok {
		return nil
	}
	c, known := t.cause(p)
	if x := t.exchangeOf(&e, c.frame); x != nil || !known || !c.translated {
		return x
	}
	if !e.untranslate(p, &c) {
		return nil
	}
	return t.exchangeOf(&e, c.frame)
}

// exchangeOf returns the exchange of an echo request: the one of the given frame if there is one.
func (t *Tracker) exchangeOf(e *echo, frame uint64) *exchange {
	head := t.flows.find(&e.key, e.key.hash())
	if head == none {
		return nil
	}
	key := t.flows.rows[head].value.conversation<<16 | uint64(e.seq)
	if x := t.exchanges.of(key, frame); x != nil {
		return x
	}
	return t.exchanges.match(key, e, &forError)
}

// untranslate gives a quoted echo request the identifier and the addresses that it was sent with. It returns false if they
// cannot be told.
func (e *echo) untranslate(p *decode.Packet, c *cause) bool {
	quoted := e.key
	target := quoted.target[:quoted.addressLength()]
	if h, _ := hashAddress(target); h != c.destination {
		if len(target) != 4 {
			return false
		}
		target = binary.BigEndian.AppendUint32(nil, c.destination) // of IPv4, the address itself
	}
	e.key = flowKey{}
	return e.key.set(p.Destination.Bytes, target, c.near(), uint16(uint8(quoted.question>>16)))
}

// quotedRequest returns the request that an error quotes, and false if it quotes none or too little of it. The header and
// eight bytes, which every error quotes (RFC 792), are enough, but for a nonce.
func (t *Tracker) quotedRequest(p *decode.Packet) (e echo, ok bool) {
	var ip []byte
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Quoted != 1 {
			continue
		}
		switch l.Kind {
		case decode.IPv4, decode.IPv6:
			ip = p.Header(l)
		case decode.ICMPv4, decode.ICMPv6:
			b := p.Bytes(l)
			if len(b) < minMessage {
				return e, false
			}
			q := queryOf[b[0]]
			if q == nil || b[0] != q.request || len(b) < q.least {
				return e, false
			}
			id, seq := q.number(b)
			e.seq, e.stack = seq, t.stacks.of(p.VLANs)
			src, dst := addressesOf(ip)
			return e, e.key.set(src, dst, id, uint16(q.request))
		}
	}
	return e, false
}

// addressesOf returns the source and the destination of an IP header, nil if it was cut before them.
func addressesOf(ip []byte) (src, dst []byte) {
	switch {
	case len(ip) >= 40 && ip[0]>>4 == 6:
		return ip[8:24], ip[24:40]
	case len(ip) >= 20 && ip[0]>>4 == 4:
		return ip[12:16], ip[16:20]
	}
	return nil, nil
}
