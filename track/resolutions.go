package track

import (
	"encoding/binary"
	"net/netip"
)

// resolutionKey names a row of the table of resolutions, but for its stack; without gaps or pointers, as flowKey.
type resolutionKey struct {
	asker, target [16]byte
	prober        [6]byte // MAC address of the asker if it has no address yet
	protocol      Protocol
	length        uint8 // of the addresses; a target that is a MAC address has 6 all the same
}

func (k *resolutionKey) hash() uint32 {
	rest := [8]byte{6: byte(k.protocol), 7: k.length}
	copy(rest[:], k.prober[:])
	return hashAddresses(&k.asker, &k.target, binary.LittleEndian.Uint64(rest[:]))
}

// probing reports whether the asker asks whether it may use the address: RFC 5227 §2.1, RFC 4862 §5.4.
func (k *resolutionKey) probing() bool { return k.asker == [16]byte{} && !k.protocol.reverse() }

// reverse reports whether questions name a MAC address and want that host's protocol address.
func (p Protocol) reverse() bool { return p == RARP || p == InARP }

// ends returns who asks, and for what: for the address target, or, of a reverse question, for that of targetMAC. What there
// is not is zero; a host that asks by RARP has no address.
func (k *resolutionKey) ends() (asker, target netip.Addr, targetMAC [6]byte) {
	if k.protocol != RARP {
		asker = addressOf(&k.asker, int(k.length))
	}
	if k.protocol.reverse() {
		return asker, target, [6]byte(k.target[:6])
	}
	return asker, addressOf(&k.target, int(k.length)), targetMAC
}

// maxMACs is the number of answering MAC addresses that a row keeps.
const maxMACs = 8

// resolution is a row of the table of resolutions. Every request before settled was answered, or timed out.
type resolution struct {
	requests, unanswered, replies uint64

	settled uint64 // frame of the latest reply or announcement that answered requests: those before it have their answer
	waiting uint64 // frame of the oldest request that waits, or an earlier one; 0 if none waits
	open    int    // requests that timed out since the last reply
	since   uint64 // frame of the first of them
	latest  uint64 // position of the latest question, plus 1

	inVain [maxSolicit]uint64 // frames of the latest that timed out since the last reply, by open

	lastRequest asked
	lastPeer    uint64 // frame of the request that the latest reply answered
	lastReply   uint64 // frame of the latest reply
	replyAge    int64  // when that was, on the clock
	replyMAC    [6]byte

	askerMAC              [6]byte // of the latest request
	told                  [4]byte // address in the latest answer to a reverse question
	macs                  [maxMACs][6]byte
	known                 uint8 // of macs
	rtt                   roundTrips
	firstFrame, lastFrame uint64
}

// answeredBy records that a frame answered all requests before it.
func (v *resolution) answeredBy(frame uint64, mac [6]byte) {
	v.replies++
	v.settled, v.waiting, v.open = frame, 0, 0
	for _, known := range v.macs[:v.known] {
		if known == mac {
			return
		}
	}
	if v.known < maxMACs {
		v.macs[v.known] = mac
		v.known++
	}
}

// targetKey names an address that someone asks for.
type targetKey struct {
	target   [16]byte
	stack    uint16
	protocol Protocol
	length   uint8
}

// announcement is a host's statement that an address is its own, made without being asked; its frame is 0 if there was none.
type announcement struct {
	asked
	mac [6]byte
}

// announcements are what was announced of an address.
type announcements struct {
	latest announcement
	other  announcement // the latest before that of another MAC address
	rows   uint32       // that ask for the address: it is forgotten with the last of them
}

func (k *resolutionKey) of(stack uint16) targetKey {
	return targetKey{k.target, stack, k.protocol, k.length}
}

// giveUpResolution forgets a row. Its questions go on to time out, in the totals.
func (t *Tracker) giveUpResolution(slot uint32) {
	t.evicted++
	r := &t.resolutions.rows[slot]
	target := r.key.of(r.stack)
	a := t.announcements[target]
	if a.rows--; a.rows == 0 {
		delete(t.announcements, target)
	} else {
		t.announcements[target] = a
	}
}

// announcedMeanwhile counts the questions that an announcement answered, but whose timeout has not passed yet.
func (t *Tracker) announcedMeanwhile() (n uint64) {
	for pos := t.questions.tail; pos != t.questions.head; pos++ {
		q := t.questions.at(pos)
		v := t.resolutions.of(q.row, q.generation)
		if v == nil || q.answered || q.probe {
			continue
		}
		r := &t.resolutions.rows[q.row]
		now := *v
		if t.heed(&r.key, r.stack, &now); q.frame < now.settled {
			n++
		}
	}
	return n
}

// resolutionRow returns a row as the summary shows it.
func (t *Tracker) resolutionRow(slot uint32) Resolution {
	r := &t.resolutions.rows[slot]
	v := r.value
	t.heed(&r.key, r.stack, &v)
	row := Resolution{
		Protocol:   r.key.protocol,
		AskerMAC:   v.askerMAC,
		Segments:   t.stacks.segments(r.stack),
		Requests:   v.requests,
		Unanswered: v.unanswered,
		Replies:    v.replies,
		Status:     v.status(r.key.probing()),
		RTT:        v.rtt.summary(),
		FirstFrame: v.firstFrame,
		LastFrame:  v.lastFrame,
	}
	row.Asker, row.Target, row.TargetMAC = r.key.ends()
	if v.told != [4]byte{} {
		row.Told = netip.AddrFrom4(v.told)
	}
	row.AnsweredBy = append(row.AnsweredBy, v.macs[:v.known]...)
	return row
}

// status returns the state of a row. One request that timed out since the last reply makes it unanswered, even if another
// waits.
func (v *resolution) status(probing bool) Status {
	switch {
	case probing && v.replies > 0:
		return StatusConflict
	case probing && v.unanswered > 0:
		return StatusFree
	case v.open > 0:
		return StatusUnanswered
	case v.replies > 0:
		return StatusAnswered
	default:
		return StatusPending
	}
}
