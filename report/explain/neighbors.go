package explain

import (
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// neighbor explains neighbor solicitations and advertisements (RFC 4861 §4.3, §4.4), and duplicate address detection (RFC 4862 §5.4).
func (s *Story) neighbor(v *view) *step {
	target := addressAt(v.b, 8)
	if !target.IsValid() {
		return nil
	}
	kind := ndKind(v)
	a := v.ends().with(args{"target": target.String(), "peer": number(v.r.Peer), "rtt": v.milliseconds(v.r.RTT), "mac": s.linkAddress(v)})
	st := &step{
		key: stepKey{kind: kind, a: v.from, b: target}, title: s.words.say(kind, a),
		asks: v.r.Role == track.Request && !v.r.Has(track.Unpaired), answers: v.r.Role == track.Reply, rtt: v.r.RTT,
	}
	if v.r.Role == track.Reply {
		st.key.a = v.to
	}
	if s.told[st.key] {
		return st
	}
	st.drawing = s.between(v, s.words.say(kind+".label", a), v.r.Role == track.Reply)
	if kind == "nd.probe" {
		st.drawing.left = s.words.say("newcomer", nil)
	}
	st.says(s, kind+".what", a)
	s.teaches(st, kind+".why", a)
	return st
}

// ndKind names the words for a message.
func ndKind(v *view) string {
	if v.b[0] == 136 {
		switch {
		case v.r.Role == track.Reply && v.r.Peer != 0 && linkOption(v.b) == nil:
			return "nd.here"
		case v.r.Role == track.Reply && v.r.Peer != 0:
			return "nd.reply"
		case v.r.Role == track.Reply:
			return "nd.unasked"
		}
		return "nd.announcement"
	}
	switch {
	case v.from.IsUnspecified():
		return "nd.probe"
	case v.to.IsValid() && !v.to.IsMulticast():
		return "nd.check"
	}
	return "nd.request"
}

// linkAddress returns the MAC address that a message tells: the one in its option, or, as whoever asks one host alone need not be told
// it (RFC 4861 §7.2.4), the one that the frame comes from; "?" if it comes from none.
func (s *Story) linkAddress(v *view) string {
	if o := linkOption(v.b); o != nil {
		return mac(o)
	}
	if from, _ := s.options.Tracker.LinkEnds(v.p); from.MAC != [6]byte{} {
		return mac(from.MAC[:])
	}
	return "?"
}

// linkOption returns the MAC address in a message's options, nil if there is none.
func linkOption(message []byte) []byte {
	for kind, o := range decode.NDOptions(decode.NDOptionsOf(message)) {
		if (kind == decode.NDOptSourceLinkAddress || kind == decode.NDOptTargetLinkAddress) && len(o) == 8 {
			return o[2:8]
		}
	}
	return nil
}
