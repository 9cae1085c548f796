package explain

import (
	"encoding/binary"
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// icmp explains a message of ICMP or ICMPv6.
func (s *Story) icmp(v *view) *step {
	if len(v.b) < 8 {
		return nil
	}
	if v.r.Role == track.ErrorMessage {
		return s.failure(v)
	}
	family := v.family()
	switch t := v.b[0]; {
	case family == 4 && (t == 8 || t == 0), family == 6 && (t == 128 || t == 129):
		return s.echo(v)
	case family == 6 && (t == 135 || t == 136):
		return s.neighbor(v)
	}
	return s.query(v)
}

// family returns 4 for ICMP and 6 for ICMPv6.
func (v *view) family() int {
	if v.layer.Kind == decode.ICMPv6 {
		return 6
	}
	return 4
}

// ttl returns the packet's TTL or hop limit, and false if it has no IP header.
func (v *view) ttl() (uint8, bool) {
	ip := v.p.Network()
	if ip == nil {
		return 0, false
	}
	switch h := v.p.Header(ip); {
	case ip.Kind == decode.IPv4 && len(h) >= 20:
		return h[8], true
	case ip.Kind == decode.IPv6 && len(h) >= 40:
		return h[7], true
	}
	return 0, false
}

// isReply tells the key of a reply from that of its request.
const isReply = 1 << 16

// probe is the kind of requests with a low TTL.
const probe = "probe"

// lowTTL is the highest time to live that only programs such as traceroute set.
const lowTTL = 30

// echo explains a ping's requests and replies (RFC 792, RFC 4443 §4).
func (s *Story) echo(v *view) *step {
	id, seq := binary.BigEndian.Uint16(v.b[4:]), binary.BigEndian.Uint16(v.b[6:])
	ttl, hasTTL := v.ttl()
	a := v.ends().with(args{"id": hex16(id), "seq": number(uint64(seq)), "bytes": number(uint64(len(v.b) - 8)), "ttl": number(uint64(ttl)),
		"peer": number(v.r.Peer), "rtt": v.milliseconds(v.r.RTT), "frame": number(v.p.Number), "request": number(uint64(v.requestType())), "reply": number(uint64(v.b[0]))})
	if v.r.Role == track.Reply {
		return s.echoReply(v, a, id, ttl, hasTTL)
	}
	st := &step{key: stepKey{"echo", v.from, v.to, uint32(id), 0}, title: s.words.say("echo.request", a), asks: true}
	if hasTTL && ttl <= lowTTL {
		st.key.kind, st.key.detail = probe, uint32(ttl)
	}
	if s.told[st.key] {
		return st
	}
	st.drawing = s.between(v, s.words.say("echo.request.label", a), false)
	s.way(st, v)
	s.teaches(st, "echo.request.why", a)
	s.pieces(st, v)
	if hasTTL && ttl <= lowTTL {
		st.says(s, "echo.lowttl", a)
		s.nameOfTTL(st, v)
		s.teaches(st, "echo.lowttl.why", a)
	}
	switch {
	case v.r.Has(track.Lost):
		st.says(s, "echo.lost", a)
	case v.r.Peer != 0:
		st.says(s, "echo.answered", a)
	}
	return st
}

// nameOfTTL teaches what the TTL, of which a step speaks, is called in IPv6.
func (s *Story) nameOfTTL(st *step, v *view) {
	if v.family() == 6 {
		s.teaches(st, "ttl.ipv6", nil)
	}
}

// requestType is the type of a reply's request, or of the request itself.
func (v *view) requestType() int {
	if v.family() == 6 {
		return 128
	}
	return 8
}

func (s *Story) echoReply(v *view, a args, id uint16, ttl uint8, hasTTL bool) *step {
	asker, target := v.to, v.from
	pair := stepKey{"echo", asker, target, uint32(id), 0}
	st := &step{key: pair, group: pair, answers: true, rtt: v.r.RTT}
	st.key.detail = isReply
	kind := "echo.reply"
	switch {
	case v.r.Has(track.Duplicate):
		kind = "echo.duplicate"
	case v.r.Peer == 0:
		kind = "echo.unmatched"
	case v.r.Has(track.Late):
		kind = "echo.late"
	case v.r.Has(track.Backwards):
		kind = "echo.backwards"
	case v.r.Has(track.Group):
		kind = "echo.group"
	}
	st.title = s.words.say(kind, a)
	if kind != "echo.reply" {
		st.key.kind, st.group = kind, stepKey{}
	}
	if s.told[st.key] {
		return st
	}
	st.drawing = s.between(v, s.words.say("echo.reply.label", a), true)
	s.teaches(st, kind+".why", a)
	if v.r.Peer != 0 && !v.r.Has(track.Backwards) {
		st.says(s, "echo.rtt", a)
	}
	s.wayBack(st, v)
	if hasTTL {
		a = a.with(args{"start": number(uint64(start(ttl))), "routers": number(uint64(start(ttl) - ttl))})
		if start(ttl) == ttl {
			st.says(s, "echo.ttl.direct", a)
		} else {
			st.says(s, "echo.ttl.routers", a)
		}
		s.nameOfTTL(st, v)
	}
	if v.r.Has(track.Changed) {
		st.says(s, "echo.changed", a)
	}
	s.pieces(st, v)
	return st
}

// start is the time to live with which a datagram most likely began: operating systems begin with 64, 128 or 255.
func start(ttl uint8) uint8 {
	for _, usual := range []uint8{64, 128} {
		if ttl <= usual {
			return usual
		}
	}
	return 255
}

// way says to whom on its link a packet was handed, and what follows from that.
func (s *Story) way(st *step, v *view) {
	_, to := s.options.Tracker.LinkEnds(v.p)
	a := v.ends().with(args{"mac": mac(to.MAC[:]), "router": to.Router.String()})
	switch {
	case to.MAC == [6]byte{}:
	case to.MAC[0]&1 != 0:
		s.teaches(st, "way.group", a)
	case to.Own:
		st.says(s, "way.own", a)
		s.teaches(st, "way.own.why", a)
	case to.Router.IsValid():
		st.says(s, "way.gateway", a)
		s.teaches(st, "way.gateway.why", a)
	default:
		st.says(s, "way.unknown", a)
	}
}

// wayBack says from whom on its link a packet came.
func (s *Story) wayBack(st *step, v *view) {
	if from, _ := s.options.Tracker.LinkEnds(v.p); from.Router.IsValid() {
		st.says(s, "way.back", v.ends().with(args{"mac": mac(from.MAC[:]), "router": from.Router.String()}))
	}
}

func hex16(v uint16) string {
	const digits = "0123456789abcdef"
	return "0x" + string([]byte{digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15]})
}

// addressAt reads an address of 16 bytes, the zero Addr if there are fewer.
func addressAt(b []byte, at int) netip.Addr {
	if len(b) < at+16 {
		return netip.Addr{}
	}
	a, _ := netip.AddrFromSlice(b[at : at+16])
	return a
}
