package explain

import (
	"time"

	"github.com/icmpsniff/icmpsniff/track"
)

// query explains a message that is neither an echo nor an error: by its type, and its code if that has words.
func (s *Story) query(v *view) *step {
	family := v.family()
	kind := typeKey(family, v.b[0])
	back := v.r.Role == track.Reply
	a := v.ends().with(args{"name": s.name(family, v.b[0], v.b[1]), "type": number(uint64(v.b[0])), "code": number(uint64(v.b[1])),
		"peer": number(v.r.Peer), "rtt": v.milliseconds(v.r.RTT), "protocol": protocolName(family)})
	st := &step{
		key: stepKey{"query", v.from, v.to, uint32(family)<<8 | uint32(v.b[0]), uint32(v.b[1])}, title: s.words.say("message", a),
		asks: v.r.Role == track.Request, answers: back, rtt: v.r.RTT,
	}
	if back && v.r.Peer != 0 {
		st.title = s.words.say("message.reply", a)
		st.key.a, st.key.b = v.to, v.from
		st.group = stepKey{kind: "query", a: v.to, b: v.from}
	}
	if v.r.Role == track.Request {
		st.group = stepKey{kind: "query", a: v.from, b: v.to}
	}
	if s.told[st.key] {
		return st
	}
	st.drawing = s.between(v, a["name"], back)
	if !back {
		s.way(st, v)
	}
	if s.words.has(kind + ".means") {
		s.teaches(st, kind+".means", a)
	}
	code := v.b[1]
	if family == 6 && subtyped[v.b[0]] {
		code = v.b[4]
	}
	if code := codeKey(family, v.b[0], code); s.words.has(code + ".means") {
		s.teaches(st, code+".means", a)
	}
	if stamps, ok := track.ReadStamps(v.p, v.r.RTT); ok && back && v.r.Peer != 0 && family == 4 {
		s.clock(st, v, &stamps)
	}
	return st
}

// subtyped are the types of ICMPv6 whose fifth byte says what others say by their code (RFC 4065, RFC 5568 §6.1).
var subtyped = [256]bool{150: true, 154: true}

// clock shows how the stamps of a timestamp reply tell the other host's clock (RFC 792).
func (s *Story) clock(st *step, v *view, c *track.Stamps) {
	ms := func(ns int64) string { return number(uint64(ns / int64(time.Millisecond))) }
	a := v.ends().with(args{
		"originate": ms(c.Originate), "receive": ms(c.Receive), "transmit": ms(c.Transmit), "receivetime": clockTime(c.Receive),
		"transmittime": clockTime(c.Transmit), "originatetime": clockTime(c.Originate), "rtt": v.milliseconds(v.r.RTT),
		"processing": v.milliseconds(c.Processing), "roundtrip": v.milliseconds(c.RoundTrip), "offset": v.milliseconds(max(c.Offset, -c.Offset)),
	})
	if !c.Standard {
		st.says(s, "clock.nonstandard", a)
		return
	}
	st.says(s, "clock.stamps", a)
	st.says(s, "clock.rtt", a)
	key := "clock.offset"
	if c.Reference == track.CapturesClock {
		key = "clock.capture"
	}
	st.says(s, key+direction(c.Offset), a)
}

// direction is the end of the keys of words for a clock that is so far ahead.
func direction(offset int64) string {
	if offset < 0 {
		return ".behind"
	}
	return ".ahead"
}

// clockTime writes a time of day, ns since midnight.
func clockTime(ns int64) string { return time.Unix(0, ns).UTC().Format("15:04:05.000") }

// protocolName is how a family's ICMP is called.
func protocolName(family int) string {
	if family == 6 {
		return "ICMPv6"
	}
	return "ICMP"
}

// typeKey and codeKey are the keys of the words for a type and a code: "icmp4.3", "icmp4.3.1".
func typeKey(family int, t uint8) string {
	return "icmp" + number(uint64(family)) + "." + number(uint64(t))
}
func codeKey(family int, t, c uint8) string {
	return typeKey(family, t) + "." + number(uint64(c))
}

// name is what a message is called: by its code if that has a name, or by its type.
func (s *Story) name(family int, t, c uint8) string {
	if key := codeKey(family, t, c); s.words.has(key) {
		return s.words.say(key, nil)
	}
	if key := typeKey(family, t); s.words.has(key) {
		return s.words.say(key, nil)
	}
	return s.words.say("message.unknown", args{"protocol": protocolName(family), "type": number(uint64(t)), "code": number(uint64(c))})
}
