package track

import "github.com/icmpsniff/icmpsniff/decode"

// Router solicitations (RFC 1256 §4, RFC 4861 §6) have no number, and routers advertise themselves unasked, too. So an
// advertisement answers what was asked within the timeout before it on its stack: by the host that it goes to or, if
// it goes to all, by anybody. Each router that does so is a responder.

// maxSolicitations is the number of solicitations that are looked at for one advertisement.
const maxSolicitations = 64

// solicitations are the positions of the latest solicitations among the exchanges.
type solicitations struct {
	positions [maxSolicitations]uint64
	n         uint64 // there have been so far
}

// routerSolicitation reads a question for routers.
func (t *Tracker) routerSolicitation(p *decode.Packet, b []byte, r *Relation) {
	t.neighborClaims(p, b)
	var m Message
	if !t.readQuery(&m, p, b) {
		return
	}
	if t.echoRequest(&m, r); r.Has(Copy) {
		return
	}
	s := &t.solicitations
	s.positions[s.n%maxSolicitations] = t.exchanges.head - 1 // the latest exchange
	s.n++
}

// routerAdvertisement reads an answer to router solicitations, or none. If it answers several, its relation is to the oldest.
func (t *Tracker) routerAdvertisement(p *decode.Packet, b []byte, r *Relation) {
	t.neighborClaims(p, b)
	var m Message
	if !t.readQuery(&m, p, b) {
		return
	}
	to, _ := ethernetEnds(p)
	toMany := isGroup(to, p.Destination.Bytes)
	var again *exchange // answered by this router before
	s := &t.solicitations
	for i := s.n - min(s.n, maxSolicitations); i != s.n; i++ {
		x := t.solicitation(s.positions[i%maxSolicitations], &m, toMany)
		if x == nil {
			continue
		}
		if t.advertised(x, &m) != nil {
			again = x
			continue
		}
		var answer Relation
		if x.flags&toGroup != 0 {
			t.groupAnswer(&m, x, &answer)
		} else {
			t.answer(&m, x, &answer)
		}
		if r.Peer == 0 {
			*r = answer
		}
	}
	if r.Peer == 0 && again != nil {
		t.advertisedAgain(&m, again, r)
	}
}

// solicitation returns the exchange at a position if an advertisement may answer it, or nil.
func (t *Tracker) solicitation(pos uint64, m *Message, toMany bool) *exchange {
	if !t.exchanges.holds(pos) {
		return nil
	}
	x := t.exchanges.at(pos)
	if t.clock.now-x.born >= t.timeout || x.stack != m.echo.stack || t.flows.of(x.flow, x.generation) == nil {
		return nil
	}
	asked, advertised := &t.flows.rows[x.flow].key, &m.echo.key
	if asked.question != advertised.question || asked.asker == advertised.target || asked.asker != advertised.asker && !toMany {
		return nil
	}
	return x
}

// advertised returns the exchange that holds a router's answer to a solicitation, nil if it has not answered yet.
func (t *Tracker) advertised(x *exchange, m *Message) *exchange {
	if x.flags&toGroup == 0 {
		if x.state != answered {
			return nil
		}
		return x
	}
	router, ok := t.responders[respondersKey(&t.flows.rows[x.flow], m.echo.key.target)]
	if !ok {
		return nil
	}
	pos, ok := t.exchanges.find(router.conversation << 16)
	for range maxChain {
		if !ok {
			break
		}
		own := t.exchanges.at(pos)
		if own.frame == x.frame {
			return own
		}
		pos -= uint64(own.older)
		ok = own.older != 0 && t.exchanges.holds(pos)
	}
	return nil
}

// advertisedAgain takes an advertisement of a router that has answered already: a copy of that answer, or a thing of its own.
func (t *Tracker) advertisedAgain(m *Message, x *exchange, r *Relation) {
	own := t.advertised(x, m)
	if !own.isReplyAgain(t.clock.now, &m.echo, x) {
		return
	}
	f, c := t.countsOf(x)
	f.lastFrame = m.frame
	t.paired(m, x, r)
	if x.flags&toGroup != 0 {
		r.Marks |= Group
	}
	t.again(m, own, x, c, r)
}
