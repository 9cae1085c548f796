package field

import (
	"math"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// Echo requests and replies tell of each other, once the tracker has paired them: tshark's fields, and more of our own.

var (
	icmpPairingFields   = pairing("icmp", decode.ICMPv4, echo, echoReply, "Response frame", "Request frame", "Response time")
	icmpv6PairingFields = pairing("icmpv6", decode.ICMPv6, echoRequest6, echoReply6, "Response In", "Response To", "Response Time")
)

// pairing returns tshark's fields of one protocol's echoes; the labels of the two protocols differ.
func pairing(protocol string, kind decode.Kind, request, reply byte, respIn, respTo, respTime string) []*Field {
	asks, answers := isMessage(kind, request), isMessage(kind, reply)
	return in(protocol, kindSet(kind),
		whole(protocol+".resp_in", respIn, FrameNum, func(s *Subject, dst []Value) []Value {
			if asks(s) && s.Relation.Role == track.Request && s.Relation.Peer != 0 && !s.Relation.Has(track.Copy) {
				dst = append(dst, Value{Uint: s.Relation.Peer})
			}
			return dst
		}).known(Later),
		whole(protocol+".no_resp", "No response seen", None, unanswered(asks)).known(Later),
		whole(protocol+".resp_not_found", "Response not found", None, unanswered(asks)).known(Later),
		whole(protocol+".resp_to", respTo, FrameNum, func(s *Subject, dst []Value) []Value {
			if answers(s) && s.Relation.Role == track.Reply && s.Relation.Peer != 0 {
				dst = append(dst, Value{Uint: s.Relation.Peer})
			}
			return dst
		}).known(Replied),
		whole(protocol+".resptime", respTime, Double, func(s *Subject, dst []Value) []Value {
			if answers(s) && s.Relation.Role == track.Reply && s.Relation.Peer != 0 {
				dst = append(dst, Value{Uint: math.Float64bits(float64(s.Relation.RTT) / 1e6)})
			}
			return dst
		}).known(Replied),
	)
}

// isMessage returns a condition on packets: that the message they are about is of a kind and a type.
func isMessage(kind decode.Kind, t byte) func(s *Subject) bool {
	return func(s *Subject) bool {
		l := s.Packet.Summary()
		if s.Relation == nil || l == nil || l.Kind != kind {
			return false
		}
		b := s.Packet.Bytes(l)
		return len(b) > 0 && b[0] == t
	}
}

// unanswered makes the value of a request that nobody answered. One to a group is none: its answers come from anybody.
func unanswered(asks func(s *Subject) bool) func(s *Subject, dst []Value) []Value {
	return func(s *Subject, dst []Value) []Value {
		if asks(s) && s.Relation.Role == track.Request && s.Relation.Peer == 0 && !s.Relation.Has(track.Group) {
			dst = append(dst, Value{})
		}
		return dst
	}
}
