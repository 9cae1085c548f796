package track

import (
	"cmp"
	"slices"
	"time"
)

// Spans of time and counts by which a neighbor's state is judged.
const (
	// reachableTime is how long an answer proves that a neighbor is there: REACHABLE_TIME of RFC 4861 §10, for ARP too. A
	// host draws its own from half to one and a half times that (§6.3.2), which no packet tells.
	reachableTime = 30 * int64(time.Second)
	// maxSolicit is after how many requests without an answer a host gives up: MAX_MULTICAST_SOLICIT and
	// MAX_UNICAST_SOLICIT of RFC 4861 §10.
	maxSolicit = 3
	// lockTime is how long Linux ignores a second answer from another MAC address by ARP, where RFC 826 would take each.
	lockTime = int64(time.Second)
)

// cacheEntry is what a host that believes all it hears would have in its neighbor cache, as Linux does it. Times are on the
// clock.
type cacheEntry struct {
	confirmed int64 // when it was last known to be reachable
	changed   int64 // when it last became something else
	mac       [6]byte
	known     bool // there is an entry
	answered  bool // it was reachable once, and nothing has made it stale but time
}

// reachable reports whether the neighbor was heard to answer within the last reachableTime.
func (e *cacheEntry) reachable(now int64) bool { return e.answered && now-e.confirmed <= reachableTime }

// learn takes in a claim, as RFC 4861 §7.2.5 and, for ARP, RFC 826 with Linux's lock have it.
func (e *cacheEntry) learn(c *claim, now int64) {
	was := *e
	was.answered = e.reachable(now)
	other := e.known && c.mac != e.mac && c.how&silent == 0
	if other && !e.overriddenBy(c, now) {
		if c.from == claimedByND && was.answered {
			e.answered, e.changed = false, now
		}
		return
	}
	if !e.known || other {
		e.mac, e.known, e.answered = c.mac, true, false
	}
	if c.how&inReply != 0 {
		e.answered, e.confirmed = true, now
	}
	if *e != was {
		e.changed = now
	}
}

// overriddenBy reports whether another MAC address's claim takes the place of the entry.
func (e *cacheEntry) overriddenBy(c *claim, now int64) bool {
	if c.from == claimedByND {
		return c.how&forAnother == 0
	}
	return c.how&toAll != 0 || now-e.changed > lockTime
}

// inVain is what was asked of an address since it was last claimed, if it ever was.
type inVain struct {
	first, last uint64 // frames
	open        int    // requests that timed out, of the asker who has most
	asking      bool   // somebody is still at it
}

// neighborRows returns the table of neighbors as the summary shows it: addresses that were claimed, and addresses that
// were asked for in vain, of which only the table of resolutions knows.
func (t *Tracker) neighborRows() []Neighbor {
	asked := t.askedInVain()
	var all []Neighbor
	for slot := range t.neighbors.rows {
		r := &t.neighbors.rows[slot]
		n := &r.value
		if n.known == 0 {
			continue
		}
		target := neighborTarget{r.key, r.stack}
		row := Neighbor{
			Address: addressOf(&r.key.address, int(r.key.length)), MAC: n.cache.mac, Segments: t.stacks.segments(r.stack), Router: n.isRouter,
			State: n.cache.state(t.clock.now, asked[target]), Claims: slices.Clone(n.claims[:n.known]),
			FirstFrame: n.claims[0].FirstFrame, LastFrame: n.last,
		}
		all = append(all, row)
		delete(asked, target)
	}
	for target, q := range asked {
		row := Neighbor{
			Address: addressOf(&target.address, int(target.length)), Segments: t.stacks.segments(target.stack), State: Failed,
			FirstFrame: q.first, LastFrame: q.last,
		}
		if q.asking {
			row.State = Incomplete
		}
		all = append(all, row)
	}
	// A frame that claims one address asks for another: the claim comes first.
	slices.SortFunc(all, func(a, b Neighbor) int {
		return cmp.Or(cmp.Compare(a.FirstFrame, b.FirstFrame), cmp.Compare(len(b.Claims), len(a.Claims)), a.Address.Compare(b.Address))
	})
	return all
}

// state returns the state of a neighbor of whom something is known.
func (e *cacheEntry) state(now int64, q inVain) NeighborState {
	switch {
	case q.open >= maxSolicit:
		return Failed
	case q.open == 0 && e.reachable(now):
		return Reachable
	}
	return Stale
}

// neighborTarget is an address on a stack.
type neighborTarget struct {
	neighborKey
	stack uint16
}

// askedInVain returns the addresses for which somebody asked without an answer after their last claim.
func (t *Tracker) askedInVain() map[neighborTarget]inVain {
	all := map[neighborTarget]inVain{}
	for i := range t.resolutions.rows {
		r := &t.resolutions.rows[i]
		if r.key.protocol != ARP && r.key.protocol != ND || r.key.probing() {
			continue
		}
		v := r.value
		t.heed(&r.key, r.stack, &v)
		target := neighborTarget{neighborKey{r.key.target, r.key.length}, r.stack}
		claim := t.lastClaimOf(&target)
		open := v.openSince(claim)
		if claim == 0 && v.replies > 0 || claim > 0 && open == 0 {
			continue
		}
		q, ok := all[target]
		if !ok {
			q.first = v.firstFrame
		}
		q.first, q.last = min(q.first, v.firstFrame), max(q.last, v.lastRequest.frame)
		q.open = max(q.open, open)
		q.asking = q.asking || t.stillAsking(&v)
		all[target] = q
	}
	return all
}

// lastClaimOf returns the frame of the latest claim to an address, 0 if there was none.
func (t *Tracker) lastClaimOf(target *neighborTarget) uint64 {
	slot := t.neighbors.onStack(t.neighbors.find(&target.neighborKey, target.hash()), target.stack)
	if slot == none {
		return 0
	}
	return t.neighbors.rows[slot].value.last
}

// openSince returns how many requests timed out since the last reply that came after a frame, no more than maxSolicit.
func (v *resolution) openSince(frame uint64) (n int) {
	for _, asked := range v.inVain[:min(v.open, maxSolicit)] {
		if asked > frame {
			n++
		}
	}
	return n
}

// stillAsking reports whether an asker may ask again: hosts do, until they have asked often enough, a little later than they
// gave up the request before.
func (t *Tracker) stillAsking(v *resolution) bool {
	now := t.clock.raw
	return v.waiting != 0 || v.open < maxSolicit && v.lastRequest.timed && now-v.lastRequest.time < 2*t.timeout
}
