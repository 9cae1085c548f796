package report

import "bytes"

// echoKey is what tshark takes for one exchange: two hosts, whichever of them asks; the checksum of the reply; identifier
// and sequence number.
type echoKey struct {
	low, high [16]byte
	idSeq     uint32
	reply     uint16
	size      uint8 // of the addresses
}

// hosts sets the addresses, in an order that does not depend on the direction.
func (k *echoKey) hosts(a, b []byte) {
	if bytes.Compare(a, b) > 0 {
		a, b = b, a
	}
	copy(k.low[:], a)
	copy(k.high[:], b)
	k.size = uint8(len(a))
}

// waitingRequests are the times of requests that nobody has answered yet: the latest generationSize, and up to as many that
// came before those.
type waitingRequests struct {
	young, old map[echoKey]int64
}

const generationSize = 1 << 16

func newWaitingRequests() waitingRequests {
	return waitingRequests{map[echoKey]int64{}, map[echoKey]int64{}}
}

// add remembers a request, and forgets an earlier one of the same key.
func (w *waitingRequests) add(k echoKey, at int64) {
	if len(w.young) >= generationSize {
		w.young, w.old = w.old, w.young
		clear(w.young)
	}
	w.young[k] = at
	delete(w.old, k)
}

// take returns the time of the request of a key, and forgets it: a second reply answers nothing.
func (w *waitingRequests) take(k echoKey) (at int64, ok bool) {
	if at, ok = w.young[k]; ok {
		delete(w.young, k)
		return at, true
	}
	if at, ok = w.old[k]; ok {
		delete(w.old, k)
	}
	return at, ok
}
