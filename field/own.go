package field

import (
	"math"

	"github.com/icmpsniff/icmpsniff/track"
)

// ownFields are what no other analyzer tells of a packet: what the tracker found, for every protocol it pairs (echo, the
// other ICMP queries, ARP, neighbor discovery).
var ownFields = in("icmpsniff", 0,
	related("icmpsniff.request", "Packet is a question", Boolean, func(r *track.Relation) (uint64, bool) { return 1, r.Role == track.Request }).known(Replied).named(trueFalse),
	related("icmpsniff.reply", "Packet is an answer", Boolean, func(r *track.Relation) (uint64, bool) { return 1, r.Role == track.Reply }).known(Replied).named(trueFalse),
	related("icmpsniff.reply_in", "Answered in frame", FrameNum, func(r *track.Relation) (uint64, bool) {
		return r.Peer, r.Role == track.Request && r.Peer != 0
	}).known(Later),
	related("icmpsniff.request_in", "Answers the question in frame", FrameNum, func(r *track.Relation) (uint64, bool) {
		return r.Peer, r.Role == track.Reply && r.Peer != 0
	}).known(Replied),
	related("icmpsniff.error_for", "Error for frame", FrameNum, func(r *track.Relation) (uint64, bool) {
		return r.Peer, r.Role == track.ErrorMessage && r.Peer != 0
	}).known(Replied),
	related("icmpsniff.translated", "Error quotes its frame as a NAT changed it", Boolean, func(r *track.Relation) (uint64, bool) {
		return 1, r.Role == track.ErrorMessage && r.Has(track.Changed)
	}).known(Replied).named(trueFalse),
	related("icmpsniff.rtt", "Round-trip time, ms", Double, func(r *track.Relation) (uint64, bool) {
		return math.Float64bits(float64(r.RTT) / 1e6), r.Role == track.Reply && r.Peer != 0
	}).known(Replied),
	related("icmpsniff.copy_of", "Copy of frame", FrameNum, func(r *track.Relation) (uint64, bool) { return r.CopyOf, r.CopyOf != 0 }).known(Replied),
	marked("icmpsniff.copy", "Packet seen before, on another link or port", track.Copy),
	marked("icmpsniff.duplicate", "Second answer to one question", track.Duplicate),
	replyMarked("icmpsniff.late", "Answer after the timeout", track.Late),
	marked("icmpsniff.group", "Question to a group of hosts", track.Group),
	replyMarked("icmpsniff.backwards", "Answer stamped before its question", track.Backwards),
	replyMarked("icmpsniff.changed", "Answer with another payload than its question", track.Changed),
	marked("icmpsniff.lost", "Question that went unanswered", track.Lost).known(Later),
)

// related is a field of what the packet is to others.
func related(name, label string, t Type, value func(r *track.Relation) (uint64, bool)) *Field {
	return whole(name, label, t, func(s *Subject, dst []Value) []Value {
		if s.Relation == nil {
			return dst
		}
		if u, ok := value(s.Relation); ok {
			dst = append(dst, Value{Uint: u})
		}
		return dst
	})
}

// marked is a boolean that is there, and true, where the tracker set a mark.
func marked(name, label string, m track.Mark) *Field {
	return related(name, label, Boolean, func(r *track.Relation) (uint64, bool) { return 1, r.Has(m) }).known(Replied).named(trueFalse)
}

// replyMarked is the same of replies: a second pass marks their requests, too.
func replyMarked(name, label string, m track.Mark) *Field {
	return related(name, label, Boolean, func(r *track.Relation) (uint64, bool) { return 1, r.Role == track.Reply && r.Has(m) }).known(Replied).named(trueFalse)
}
