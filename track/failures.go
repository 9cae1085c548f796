package track

import "github.com/icmpsniff/icmpsniff/decode"

// failure reads an ICMP error that says that a datagram did not arrive. If that was a request, it has its answer:
// it is lost, as ping counts it, and its error is counted once, however many report it. The relation's peer is the request.
func (t *Tracker) failure(p *decode.Packet, _ []byte, r *Relation) {
	e, ok := t.quotedRequest(p)
	if !ok {
		return
	}
	head := t.flows.find(&e.key, e.key.hash())
	if head == none {
		return
	}
	x := t.exchanges.match(t.flows.rows[head].value.conversation<<16|uint64(e.seq), &e, &forError)
	if x == nil {
		return
	}
	if x.flags&toGroup == 0 && (x.state == pending || x.state == lost) {
		f, c := t.countsOf(x)
		if f != nil {
			f.lastFrame = p.Number
		}
		if x.state == pending {
			t.lose(x)
		}
		c.Errors++
		x.state = refused
	}
	r.Peer = x.frame
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
