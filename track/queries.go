package track

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// query is a kind of question that ICMP asks: what its messages are, and what of a request its reply gives back.
type query struct {
	kind           string // as flows have it
	request, reply uint8  // ICMP's types
	copies         int64  // how long after a request an identical one is a copy of it, ns
	noID           bool
	least          int // length of a message that has what number reads
	number         func(b []byte) (id, seq uint16)
}

// queries are all kinds of question that ICMP and ICMPv6 have, but for neighbor solicitations. Types of ICMP are below 128 and
// those of ICMPv6 are not, so that a type alone says which it is.
var queries = [...]query{
	{"echo", echoRequestV4, 0, copyWindow, false, minMessage, numbered},
	{"echo", echoRequestV6, 129, copyWindow, false, minMessage, numbered},
	{"timestamp", timestampRequest, 14, copyWindow, false, minMessage, numbered},     // RFC 792
	{"information", 15, 16, copyWindow, false, minMessage, numbered},                 // RFC 792
	{"mask", 17, 18, copyWindow, false, minMessage, numbered},                        // RFC 950
	{"extended-echo", 42, 43, copyWindow, false, minMessage, shortlyNumbered},        // RFC 8335
	{"extended-echo", 160, 161, copyWindow, false, minMessage, shortlyNumbered},      // RFC 8335
	{"router-solicitation", 10, 9, anonymousWindow, true, minMessage, unnumbered},    // RFC 1256
	{"router-solicitation", 133, 134, anonymousWindow, true, minMessage, unnumbered}, // RFC 4861
	{"node-information", 139, 140, copyWindow, true, nonceAt + nonceSize, nonced},    // RFC 4620
}

// Types of requests. Those of echo are the types of most packets, and have code of their own.
const (
	echoRequestV4    = 8
	echoRequestV6    = 128
	timestampRequest = 13
)

// queryOf finds a kind of question by the type of its request, and by that of its reply.
var queryOf = func() (of [256]*query) {
	for i := range queries {
		of[queries[i].request], of[queries[i].reply] = &queries[i], &queries[i]
	}
	return of
}()

// queryIn returns the kind of question that a message of at least minMessage bytes asks or answers, nil if it does neither or if it
// is cut before what its reply gives back.
func queryIn(kind decode.Kind, b []byte) *query {
	q := queryOf[b[0]]
	if q == nil || len(b) < q.least || (b[0] < 128) != (kind == decode.ICMPv4) {
		return nil
	}
	return q
}

func numbered(b []byte) (id, seq uint16) { return be16(b[4:]), be16(b[6:]) }

func unnumbered([]byte) (id, seq uint16) { return 0, 0 }

// shortlyNumbered reads the sequence number of RFC 8335 §2 and §3: 8 bits, beside flags that requests and replies do not share.
func shortlyNumbered(b []byte) (id, seq uint16) { return be16(b[4:]), uint16(b[6]) }

// A node information message has, after its type of query and its flags, a nonce that the reply gives back (RFC 4620 §4).
const (
	nonceAt   = 8
	nonceSize = 8
)

// nonced makes a sequence number of a nonce, as there is no room for all of it: every bit counts, and nonces that were
// numbered in their first 16 bits or their last ones stay apart.
func nonced(b []byte) (id, seq uint16) {
	const golden = 0x9e3779b97f4a7c15 // odd, so that to multiply by it loses nothing
	return 0, uint16(binary.BigEndian.Uint64(b[nonceAt:]) * golden >> 48)
}

// query returns the kind of question of a flow.
func (k *flowKey) query() *query { return queryOf[uint8(k.question>>16)] }

// isEcho reports whether a flow's requests are echo requests.
func (k *flowKey) isEcho() bool {
	t := uint8(k.question >> 16)
	return t == echoRequestV4 || t == echoRequestV6
}

// readQuery makes m a message of another kind than echo. Those are rare, so that they are read when they are taken. It
// returns false if nothing can be told of it.
func (t *Tracker) readQuery(m *Message, p *decode.Packet, b []byte) bool {
	q := queryOf[b[0]]
	role := Request
	if b[0] == q.reply {
		role = Reply
	}
	*m = Message{frame: p.Number, time: p.Time, hasTime: p.HasTime}
	if m.readEcho(p, b, role); m.role == NoRole || len(b) < q.least {
		return false
	}
	key := &m.echo.key
	id, seq := q.number(b)
	key.question, m.echo.seq = questionOf(key.addressLength(), uint16(q.request), id), seq
	m.hash = key.hash()
	m.sound = decode.ChecksumUnverified // a reply has another payload than its request, which is no change
	m.echo.stack = t.stacks.number(&m.stack)
	return true
}

// query reads a request whose reply gives something back of it, or the reply.
func (t *Tracker) query(p *decode.Packet, b []byte, r *Relation) {
	var m Message
	switch {
	case !t.readQuery(&m, p, b):
	case m.role == Request:
		t.echoRequest(&m, r)
	default:
		t.echoReply(&m, r)
	}
}

// timestampReply reads a timestamp reply, and, from the first one to a request, the clock of the host that sent it.
func (t *Tracker) timestampReply(p *decode.Packet, b []byte, r *Relation) {
	var m Message
	if !t.readQuery(&m, p, b) {
		return
	}
	t.echoReply(&m, r)
	if r.Peer == 0 || r.Marks&(Copy|Duplicate|Backwards) != 0 || !m.hasTime || len(b) < stampedLength {
		return
	}
	key := &m.echo.key
	clock, order := readStamps(b, m.time-r.RTT, m.time)
	t.readClock(&key.asker, &key.target, key.addressLength(), m.echo.stack, m.frame, clock, order)
}
