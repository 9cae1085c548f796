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

	// Of the latest reply: frames and microseconds after the request, to know copies of it. Of an error, the microseconds.
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
	otherQuery                           // the request is none of echo

	// In the last bits, how many copies were seen: of the request, and of the latest reply. At mostCopies counting ends.
	requestCopy exchangeFlags = 1 << 4
	replyCopy   exchangeFlags = 1 << 6
	mostCopies                = 3
)

// copies is how many copies were seen, of requestCopy or of replyCopy.
func (f exchangeFlags) copies(of exchangeFlags) exchangeFlags { return f / of & mostCopies }

// count counts one more.
func (f *exchangeFlags) count(of exchangeFlags) {
	if f.copies(of) < mostCopies {
		*f += of
	}
}

// identity tells a packet from another with the same addresses, identifier and sequence number: a sender that numbers its
// datagrams, or stamps its payload, never sends it twice.
type identity struct {
	ipID     uint16 // 0 for IPv6, which has none
	checksum uint16 // ICMP's
}

// exchanges remembers exchanges in the order of their requests, and finds them by key.
type exchanges struct {
	ring[exchange]
	index   index
	indexed uint64 // position of the first that is not in the index yet
	due     uint64 // position of the first whose timeout has not passed
}

// match returns the exchange that a reply is about, or nil. Of several with its identifier and sequence number it is
// one whose payload came back, if there is one; of those, one on the same stack, if there is one; and of those, by standing, the
// oldest that is pending, else the newest.
func (e *exchanges) match(key uint64, about *echo) *exchange {
	pos, ok := e.find(key)
	if !ok {
		return nil
	}
	best := e.at(pos)
	if best.older == 0 {
		return best
	}
	rank := -1
	for range maxChain {
		x := e.at(pos)
		r := forReply[x.state]
		if x.stack == about.stack {
			r += len(forReply)
		}
		if about.returns(x.identity.checksum) {
			r += 2 * len(forReply)
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

// original returns the exchange whose request a request is a copy of, or nil: pos is the newest with its key. There are several
// on a trunk, where two hosts of two VLANs may have the same address and use the same identifier.
func (e *exchanges) original(pos uint64, m *Message) *exchange {
	for range maxOriginals {
		x := e.at(pos)
		if x.isRequestAgain(m) {
			return x
		}
		if pos -= uint64(x.older); x.older == 0 || !e.holds(pos) {
			break
		}
	}
	return nil
}

// quoted returns the exchange with a key whose request an error quotes, or nil. Of several, as when an identifier is in use again, it
// is one with the quoted IP identification, if there is one; of those, one on the error's stack; of those, one with the quoted
// checksum, which a NAT may have changed; and of those, by standing, the oldest that is pending, else the newest.
func (e *exchanges) quoted(key uint64, about *echo) (best *exchange) {
	pos, ok := e.find(key)
	rank := -1
	for range maxChain {
		if !ok {
			break
		}
		x := e.at(pos)
		r := forError[x.state]
		for i, same := range [...]bool{x.identity.checksum == about.checksum, x.stack == about.stack, x.identity.ipID == about.ipID} {
			if same {
				r += len(forError) << i
			}
		}
		if r > rank || r == rank && x.state == pending {
			best, rank = x, r
		}
		pos -= uint64(x.older)
		ok = x.older != 0 && e.holds(pos)
	}
	return best
}

// standing orders exchanges by how much they wait.
type standing [4]int

var (
	// A further reply to the newest request is likelier than a first one to an older, as that is late by now.
	forReply = standing{answered: 0, lost: 0, refused: 0, pending: 1}
	// What was answered had no error.
	forError = standing{answered: 0, lost: 1, refused: 1, pending: 2}
)

// remember appends an exchange whose key was last that of the one at older, if there is one; the caller fills in all but
// what finds it. Room was made for it before.
func (e *exchanges) remember(key uint64, now int64, older uint64, again bool) *exchange {
	x, pos := e.push()
	*x = exchange{key: key, born: now}
	if again && e.holds(older) {
		x.older = uint32(pos - older)
	}
	return x
}

// drop forgets the oldest exchange.
func (e *exchanges) drop() {
	e.tail++
	e.due, e.indexed = max(e.due, e.tail), max(e.indexed, e.tail)
}

// repliedAt records a reply, so that a copy of it is known.
func (x *exchange) repliedAt(frame uint64, now int64, id identity) {
	x.replyFrames = uint32(min(frame-x.frame, 1<<32-1))
	x.replyAge = x.age(now)
	x.replyIdentity = id
	x.flags &= replyCopy - 1
}

// age is how long ago the request was, µs.
func (x *exchange) age(now int64) uint32 { return uint32(min((now-x.born)/1000, 1<<32-1)) }

// isReplyAgain reports whether a reply is a copy of the latest one: the same datagram, seen no more often than the request was,
// or on another stack than a request that was seen once. What shows replies twice shows requests twice; beyond that, the
// same reply came twice, which ping calls a duplicate.
func (x *exchange) isReplyAgain(now int64, e *echo, request *exchange) bool {
	requests := request.flags.copies(requestCopy)
	return x.replyIdentity == e.identity && (now-x.born)-int64(x.replyAge)*1000 <= copyWindow &&
		(x.flags.copies(replyCopy) < requests || requests == mostCopies || requests == 0 && e.stack != request.stack)
}
