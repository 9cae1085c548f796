package top

import (
	"encoding/binary"
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

const (
	recentFlows = 1024 // whose latest packets are kept: with 16 lines of some 100 bytes each, 2 MiB
	recentLines = 16   // of each
)

// flowKey names a flow of echo, on any stack of VLANs and virtual networks.
type flowKey struct {
	asker, target netip.Addr
	id            uint16
}

// recent keeps the lines of the latest packets of flows, and when the latest reply came. Of more flows than there is room for,
// those that began first are forgotten.
type recent struct {
	shown func(*field.Subject) bool
	lines report.Lines
	index map[flowKey]int
	flows []recentFlow
	hand  int // the flow that is forgotten next
}

type recentFlow struct {
	key     flowKey
	lines   [recentLines][]byte
	count   int   // lines written so far
	replied int64 // time of the latest reply, ns; 0 if there was none
}

func newRecent(lines report.Lines, shown func(*field.Subject) bool) recent {
	return recent{lines: lines, shown: shown, index: map[flowKey]int{}}
}

// see takes note of a packet. It allocates nothing in steady state.
func (r *recent) see(s *field.Subject) {
	key, ok := keyOf(s.Packet, s.Relation)
	if !ok {
		return
	}
	f := r.flow(key)
	if s.Relation.Role == track.Reply && s.Packet.HasTime {
		f.replied = s.Packet.Time
	}
	if r.shown == nil || r.shown(s) {
		line := &f.lines[f.count%recentLines]
		*line = r.lines.AppendShort((*line)[:0], s)
		f.count++
	}
}

// flow returns what is kept of a flow, made if there is nothing.
func (r *recent) flow(key flowKey) *recentFlow {
	at, ok := r.index[key]
	if ok {
		return &r.flows[at]
	}
	if len(r.flows) < recentFlows {
		at = len(r.flows)
		r.flows = append(r.flows, recentFlow{})
	} else {
		at = r.hand
		r.hand = (r.hand + 1) % recentFlows
		delete(r.index, r.flows[at].key)
	}
	f := &r.flows[at]
	r.index[key] = at
	f.key, f.count, f.replied = key, 0, 0
	return f
}

// of returns what is kept of a flow, the oldest line first.
func (r *recent) of(f *track.Flow) (lines []string, replied int64) {
	at, ok := r.index[flowKey{f.Source, f.Destination, f.ID}]
	if !ok {
		return nil, 0
	}
	kept := &r.flows[at]
	for i := max(0, kept.count-recentLines); i < kept.count; i++ {
		lines = append(lines, string(kept.lines[i%recentLines]))
	}
	return lines, kept.replied
}

// keyOf returns the flow of an echo message.
func keyOf(p *decode.Packet, r *track.Relation) (key flowKey, ok bool) {
	top := p.Summary()
	if top == nil || r == nil || top.Kind != decode.ICMPv4 && top.Kind != decode.ICMPv6 {
		return key, false
	}
	b := p.Bytes(top)
	if len(b) < 8 || !echoTypes[b[0]] {
		return key, false
	}
	key = flowKey{p.Source.IP(), p.Destination.IP(), binary.BigEndian.Uint16(b[4:])}
	if r.Role == track.Reply {
		key.asker, key.target = key.target, key.asker
	}
	return key, r.Role == track.Request || r.Role == track.Reply
}

// echoTypes are the types of echo messages (RFC 792, RFC 4443 §4).
var echoTypes = [256]bool{0: true, 8: true, 128: true, 129: true}
