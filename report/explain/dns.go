package explain

import (
	"encoding/binary"
	"hash/fnv"
	"net/netip"
	"strings"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/report"
)

// maxAnswers is how many records of an answer are told.
const maxAnswers = 4

// ToNameServer reports whether a packet is what somebody asks a name server, or its answer: DNS that is not multicast.
func ToNameServer(p *decode.Packet) bool {
	const port = 53
	if p.Top < 1 || p.Layers[p.Top].Kind != decode.DNS {
		return false
	}
	udp := p.Header(&p.Layers[p.Top-1])
	return len(udp) >= 4 && (binary.BigEndian.Uint16(udp) == port || binary.BigEndian.Uint16(udp[2:]) == port)
}

// dns explains a question to a name server, or its answer (RFC 1035).
func (s *Story) dns(v *view) *step {
	if !ToNameServer(v.p) {
		return nil
	}
	var m dnsmessage.Parser
	header, err := m.Start(v.b)
	if err != nil {
		return nil
	}
	q, err := m.Question()
	if err != nil {
		return nil
	}
	asked := strings.TrimPrefix(q.Type.String(), "Type")
	a := v.ends().with(args{"name": hostName(q.Name), "type": asked, "code": strings.TrimPrefix(header.RCode.String(), "RCode")})
	kind, back := "dns.query", false
	switch {
	case header.Response && header.RCode == dnsmessage.RCodeNameError:
		kind, back = "dns.unknown", true
	case header.Response && header.RCode != dnsmessage.RCodeSuccess:
		kind, back = "dns.failure", true
	case header.Response:
		kind, back = "dns.reply", true
		if a["answer"] = answers(&m); a["answer"] == "" {
			kind = "dns.nothing"
		}
	}
	h := fnv.New32a()
	h.Write(q.Name.Data[:q.Name.Length])
	st := &step{key: stepKey{kind, v.from, v.to, h.Sum32(), uint32(q.Type)}, title: s.words.say(kind, a)}
	if s.told[st.key] {
		return st
	}
	st.drawing = s.between(v, s.words.say(kind+".label", a), back)
	if kind == "dns.query" {
		s.way(st, v)
		if q.Type == dnsmessage.TypePTR {
			s.teaches(st, "dns.reverse", a)
		}
	}
	s.teaches(st, kind+".why", a)
	return st
}

// hostName writes a name without the dot of the root, and so that it is nothing but text.
func hostName(n dnsmessage.Name) string {
	return string(report.AppendEscaped(nil, []byte(strings.TrimSuffix(n.String(), "."))))
}

// answers lists the first records of an answer that people look for.
func answers(m *dnsmessage.Parser) string {
	if m.SkipAllQuestions() != nil {
		return ""
	}
	var all []string
	for len(all) < maxAnswers {
		h, err := m.AnswerHeader()
		if err != nil {
			break
		}
		switch h.Type {
		case dnsmessage.TypeA:
			if r, err := m.AResource(); err == nil {
				all = append(all, netip.AddrFrom4(r.A).String())
				continue
			}
		case dnsmessage.TypeAAAA:
			if r, err := m.AAAAResource(); err == nil {
				all = append(all, netip.AddrFrom16(r.AAAA).String())
				continue
			}
		case dnsmessage.TypeCNAME:
			if r, err := m.CNAMEResource(); err == nil {
				all = append(all, hostName(r.CNAME))
				continue
			}
		case dnsmessage.TypePTR:
			if r, err := m.PTRResource(); err == nil {
				all = append(all, hostName(r.PTR))
				continue
			}
		default:
			if m.SkipAnswer() == nil {
				continue
			}
		}
		break
	}
	return strings.Join(all, ", ")
}
