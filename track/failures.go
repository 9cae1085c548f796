package track

import "github.com/icmpsniff/icmpsniff/decode"

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
	x.replyAge = x.age(t.clock.now)
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
	e, role := t.quotedQuery(p)
	if role != Request {
		return nil
	}
	x, _ := t.exchangeAbout(&e, p)
	return x
}

// exchangeAbout returns the exchange of a request that an error quotes, as it was sent or as a NAT changed it, or nil.
func (t *Tracker) exchangeAbout(e *echo, p *decode.Packet) (x *exchange, translated bool) {
	if head := t.flows.find(&e.key, e.key.hash()); head != none {
		if x := t.exchanges.quoted(t.flows.rows[head].value.conversation<<16|uint64(e.seq), e); x != nil {
			return x, false
		}
	}
	x = t.beforeNAT(e, p)
	return x, x != nil
}

// beforeNAT returns the newest exchange whose request a NAT may have made into the quoted one: the error goes to who asked, and of
// the rest differ one side's address, and no more than that side's identifier. If there is none, it is the only one of which differ
// the identifier alone, and the checksum by that. If the asker is the same, there must be an IP identification.
func (t *Tracker) beforeNAT(e *echo, p *decode.Packet) (newest *exchange) {
	var asker [16]byte
	copy(asker[:], p.Destination.Bytes)
	quoted, _ := quotedDatagram(p)
	var only *exchange
	several := false
	next := t.askers[askerPlace(&asker)]
	for range maxChain {
		if next.slotPlusOne == 0 {
			break
		}
		slot := next.slotPlusOne - 1
		f := t.flows.of(slot, next.generation)
		if f == nil {
			break
		}
		next = f.otherOfAsker
		key := &t.flows.rows[slot].key
		renumbered := key.renumberedTo(&e.key)
		if key.asker != asker || !renumbered && !key.translatedTo(&e.key) {
			continue
		}
		x := t.exchanges.quoted(f.conversation<<16|uint64(e.seq), e)
		switch {
		case x == nil || x.identity.ipID != e.ipID:
		case e.ipID == 0 && key.asker == e.key.asker: // nothing shows that there is a NAT: who pings many numbers all alike
		case !renumbered && (newest == nil || x.frame > newest.frame):
			newest = x
		case renumbered &&
			replaced(x.identity.checksum, quoted.checksum, uint32(uint16(key.question)), uint32(uint16(e.key.question))):
			several = several || only != nil && x != only
			only = x
		}
	}
	if newest == nil && !several {
		return only
	}
	return newest
}

// translatedTo reports whether a NAT may make requests of one flow into those of another.
func (k *flowKey) translatedTo(o *flowKey) bool {
	const id = 0xffff
	switch {
	case k.question&^id != o.question&^id:
		return false
	case k.asker != o.asker:
		return k.target == o.target
	}
	return k.target != o.target && k.question == o.question
}

// renumberedTo reports whether requests of two flows differ by their identifier alone.
func (k *flowKey) renumberedTo(o *flowKey) bool {
	const id = 0xffff
	return k.question != o.question && k.question&^id == o.question&^id && k.asker == o.asker && k.target == o.target
}

// replyAbout returns the frame of the echo reply that an error is about, or 0.
func (t *Tracker) replyAbout(e *echo) uint64 {
	head := t.flows.find(&e.key, e.key.hash())
	if head == none {
		return 0
	}
	x := t.exchanges.match(t.flows.rows[head].value.conversation<<16|uint64(e.seq), e)
	if x == nil || x.state != answered {
		return 0
	}
	return x.frame + uint64(x.replyFrames)
}

// quotedQuery returns the request that an error quotes, or that of the reply that it quotes, and which of them it is; neither
// if it is none or too little of it. The header and eight bytes, which every error quotes (RFC 792), are enough, but for a nonce.
func (t *Tracker) quotedQuery(p *decode.Packet) (e echo, role Role) {
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
				return e, NoRole
			}
			q := queryIn(l.Kind, b)
			if q == nil {
				return e, NoRole
			}
			asker, target := addressesOf(ip)
			role = Request
			if b[0] == q.reply {
				role, asker, target = Reply, target, asker
			}
			e.ipID, e.checksum = identification(ip), be16(b[2:])
			id, seq := q.number(b)
			e.seq, e.stack = seq, t.stacks.of(p.Segments)
			if _, ok := e.key.set(asker, target, id, uint16(q.request)); !ok {
				return e, NoRole
			}
			return e, role
		}
	}
	return e, NoRole
}

// identification returns the identification of an IPv4 header, 0 if it is cut or IPv6, whose own header has none.
func identification(ip []byte) uint16 {
	if len(ip) >= 20 && ip[0]>>4 == 4 {
		return be16(ip[4:])
	}
	return 0
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
