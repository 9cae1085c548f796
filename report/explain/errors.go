package explain

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/track"
)

// failure explains an ICMP error, a source quench or a redirect: what it means, who says so, which packet it quotes, and what
// usually is the cause.
func (s *Story) failure(v *view) *step {
	e, ttl, ok := s.options.Tracker.ErrorOf(v.p, v.r)
	if !ok {
		return nil
	}
	a := v.ends().with(args{
		"name": s.name(e.Family, e.Type, e.Code), "type": number(uint64(e.Type)), "code": number(uint64(e.Code)), "protocol": protocolName(e.Family),
		"about": number(e.AboutFrame), "quote": s.quote(&e.About), "target": address(e.About.Destination), "mtu": number(uint64(e.MTU)),
		"gateway": address(e.Gateway), "pointer": number(uint64(e.Pointer)), "ttl": number(uint64(ttl)),
	})
	st := &step{
		key:   stepKey{"error", v.from, v.to, uint32(e.Family)<<16 | uint32(e.Type)<<8 | uint32(e.Code), 0},
		title: s.words.say("error", a),
	}
	if expired(&e) {
		st.key.detail = uint32(ttl)
	}
	if s.told[st.key] {
		return st
	}
	st.drawing = s.between(v, a["name"], true)
	kind, code := typeKey(e.Family, e.Type), codeKey(e.Family, e.Type, e.Code)
	if s.words.has(kind + ".means") {
		s.teaches(st, kind+".means", a)
	}
	if s.words.has(code + ".means") {
		s.teaches(st, code+".means", a)
	}
	s.reporter(st, &e, a)
	s.blame(st, &e, a)
	s.details(st, &e, ttl, a)
	if s.words.has(code + ".causes") {
		s.teaches(st, code+".causes", a)
	} else if s.words.has(kind + ".causes") {
		s.teaches(st, kind+".causes", a)
	}
	return st
}

// reporter says who reports.
func (s *Story) reporter(st *step, e *track.Error, a args) {
	switch {
	case !e.About.Quoted():
	case e.Reporter == e.Receiver:
		st.says(s, "error.who.itself", a)
	case e.Reporter == e.About.Destination:
		st.says(s, "error.who.target", a)
	default:
		st.says(s, "error.who.router", a)
	}
}

// blame says which packet an error is about.
func (s *Story) blame(st *step, e *track.Error, a args) {
	switch {
	case !e.About.Quoted():
		return
	case e.AboutFrame == 0:
		st.says(s, "error.quote.unseen", a)
	default:
		st.says(s, "error.quote", a)
	}
	if e.Translated {
		st.says(s, "error.translated", a)
	}
	s.teaches(st, "error.quote.why", a)
}

// Types of the two families that say that a time is over.
const timeExceeded4, timeExceeded6 = 11, 3

// expired reports whether an error says that a TTL was used up.
func expired(e *track.Error) bool {
	return e.Code == 0 && (e.Family == 4 && e.Type == timeExceeded4 || e.Family == 6 && e.Type == timeExceeded6)
}

// details says what a type of error tells beside.
func (s *Story) details(st *step, e *track.Error, ttl uint8, a args) {
	switch {
	case !expired(e) || ttl == 0:
	case ttl <= lowTTL:
		st.says(s, "error.hop", a)
		s.teaches(st, "error.hop.why", a)
	default:
		st.says(s, "error.ttl", a)
	}
	if e.MTU != 0 {
		st.says(s, "error.mtu", a)
	}
	if e.HasPointer {
		st.says(s, "error.pointer", a)
	}
	if e.Gateway.IsValid() {
		if e.Gateway == e.About.Destination {
			st.says(s, "error.onlink", a)
		} else {
			st.says(s, "error.gateway", a)
		}
	}
	if len(e.Labels) > 0 {
		var list string
		for i, l := range e.Labels {
			if i > 0 {
				list += "/"
			}
			list += number(uint64(l.Label))
		}
		st.says(s, "error.labels", a.with(args{"labels": list}))
	}
}

// quote names the datagram that an error quotes.
func (s *Story) quote(q *track.Quote) string {
	a := args{"from": address(q.Source), "to": address(q.Destination), "protocol": ipProtocol(q.Protocol), "id": hex16(q.ID), "seq": number(uint64(q.Seq)),
		"sport": number(uint64(q.SourcePort)), "dport": number(uint64(q.DestinationPort))}
	switch {
	case !q.Source.IsValid():
		return s.words.say("quote.to", a)
	case q.Query:
		family := 4
		if q.Source.Is6() {
			family = 6
		}
		a["name"] = s.name(family, q.MessageType, 0)
		return s.words.say("quote.query", a)
	case q.Ports:
		return s.words.say("quote.ports", a)
	}
	return s.words.say("quote.other", a)
}

// ipProtocols are the names of protocols (IANA) that errors are mostly about.
var ipProtocols = map[uint8]string{1: "ICMP", 2: "IGMP", 4: "IPIP", 6: "TCP", 17: "UDP", 33: "DCCP", 41: "IPv6", 47: "GRE", 50: "ESP", 51: "AH", 58: "ICMPv6",
	89: "OSPF", 132: "SCTP"}

func ipProtocol(n uint8) string {
	if name := ipProtocols[n]; name != "" {
		return name
	}
	return number(uint64(n))
}

func address(a netip.Addr) string {
	if !a.IsValid() {
		return "?"
	}
	return a.String()
}
