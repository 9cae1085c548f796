package track

import "github.com/icmpsniff/icmpsniff/decode"

// failure reads an ICMP error that says that a datagram did not arrive. If that was an echo request, it has its answer:
// it is lost, as ping counts it, and its error is counted once, however many report it. The relation's peer is the request.
func (t *Tracker) failure(p *decode.Packet, _ []byte, r *Relation) {
	e, ok := t.quotedEcho(p)
	if !ok {
		return
	}
	head := t.flows.find(&e.key, e.key.hash())
	if head == none {
		return
	}
	x := t.exchanges.match(t.flows.rows[head].value.conversation<<16|uint64(e.seq), e.stack)
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

// quotedEcho returns the echo request that an error quotes, and false if it quotes none or too little of it. The header and
// eight bytes, which every error quotes (RFC 792), are enough.
func (t *Tracker) quotedEcho(p *decode.Packet) (e echo, ok bool) {
	var ip, fragment []byte
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Quoted != 1 {
			continue
		}
		switch l.Kind {
		case decode.IPv4, decode.IPv6:
			ip = p.Header(l)
		case decode.IPv6Fragment:
			fragment = p.Header(l)
		case decode.ICMPv4, decode.ICMPv6, decode.Data:
			if l.Kind == decode.Data && !firstOfMessage(ip, fragment) {
				return e, false
			}
			b := p.Bytes(l)
			if len(b) < minMessage || uint16(b[0]) != requestType(b[0]) {
				return e, false
			}
			e.seq, e.stack = be16(b[6:]), t.stacks.number(p.VLANs)
			src, dst := addressesOf(ip)
			return e, e.key.set(src, dst, be16(b[4:]), uint16(b[0]))
		}
	}
	return e, false
}

// firstOfMessage reports whether what an IP header, and the IPv6 fragment header after it if there is one, announce are the first
// bytes of an ICMP message: a fragment that is quoted whole is not decoded further.
func firstOfMessage(ip, fragment []byte) bool {
	const icmp, icmp6, offset4, offset6 = 1, 58, 0x1fff, 0xfff8
	switch {
	case len(fragment) >= 8:
		return fragment[0] == icmp6 && be16(fragment[2:])&offset6 == 0
	case len(ip) >= 20 && ip[0]>>4 == 4:
		return ip[9] == icmp && be16(ip[6:])&offset4 == 0
	}
	return false
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
