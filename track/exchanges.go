package track

// state says how far an exchange has come.
type state uint8

const (
	pending  state = iota
	answered       // by a reply
	lost           // the timeout passed
	refused        // answered by an ICMP error: lost, too
)

// exchange is one request and what became of it: a cache line without pointers.
type exchange struct {
	key        uint64 // conversation<<16 | sequence number
	time       int64  // capture time of the request
	born       int64  // the same on the tracker's clock, by which exchanges are ordered
	frame      uint64 // of the request
	flow       uint32 // slot of the row
	generation uint32 // of the slot
	older      uint32 // how many positions before this one the next older exchange with this key is, 0 if there is none

	// Of the latest reply: frames and microseconds after the request, to know copies of it.
	replyFrames, replyAge uint32

	identity, replyIdentity identity
	stack                   uint16
	state                   state
	flags                   exchangeFlags
}

type exchangeFlags uint8

const (
	toGroup    exchangeFlags = 1 << iota // the request went to many: no answer is no loss
	untimed                              // the request's frame carries no time
	copied                               // the request was seen more than once
	otherQuery                           // the request is none of echo
)

// identity tells a packet from another with the same addresses, identifier and sequence number: a sender that numbers its
// datagrams, or stamps its payload, never sends it twice.
type identity struct {
	ipID     uint16 // 0 for IPv6, which has none
	checksum uint16 // ICMP's
}

// exchanges remembers exchanges in the order of their requests, and finds them by key.
type exchanges struct {
	ring[exchange]
	index index
	due   uint64 // position of the first whose timeout has not passed
}

// match returns the exchange that a reply on a VLAN stack answers, or nil: on the reply's own stack if there is one; of
// those, the oldest that is pending, else the newest that is lost, else the newest that was answered.
func (e *exchanges) match(key uint64, stack uint16) *exchange {
	pos, ok := e.find(key)
	if !ok {
		return nil
	}
	var best *exchange
	rank := -1
	for range maxChain {
		x := e.at(pos)
		r := standing[x.state]
		if x.stack == stack {
			r += len(standing)
		}
		if r > rank || r == rank && x.state == pending {
			best, rank = x, r
		}
		if pos -= uint64(x.older); x.older == 0 || !e.holds(pos) {
			break
		}
	}
	return best
}

// standing orders exchanges by how much they wait for a reply.
var standing = [...]int{answered: 0, lost: 1, refused: 1, pending: 2}

// remember appends an exchange whose key was last that of the one at older, if there is one; the caller fills in all but
// what finds it. Room was made for it before.
func (e *exchanges) remember(key uint64, now int64, older uint64, again bool) *exchange {
	x, pos := e.push()
	*x = exchange{key: key, born: now}
	again = again && e.holds(older)
	if again {
		x.older = uint32(pos - older)
	}
	e.put(pos, again)
	return x
}

// drop forgets the oldest exchange.
func (e *exchanges) drop() {
	e.tail++
	e.due = max(e.due, e.tail)
}

// repliedAt records a reply, so that a copy of it is known.
func (x *exchange) repliedAt(frame uint64, now int64, id identity) {
	x.replyFrames = uint32(min(frame-x.frame, 1<<32-1))
	x.replyAge = uint32(min((now-x.born)/1000, 1<<32-1))
	x.replyIdentity = id
}

// isReplyAgain reports whether a reply is a copy of the latest one: the same datagram, where the request was seen more than
// once, too, or on another VLAN stack. What shows replies twice shows requests twice; the same reply to a request that was
// seen once came twice, which ping calls a duplicate.
func (x *exchange) isReplyAgain(now int64, e *echo, request *exchange) bool {
	return x.replyIdentity == e.identity && (now-x.born)-int64(x.replyAge)*1000 <= copyWindow &&
		(request.flags&copied != 0 || e.stack != request.stack)
}
