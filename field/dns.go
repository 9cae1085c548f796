package field

import "github.com/icmpsniff/icmpsniff/decode"

// DNS (RFC 1035 §4.1): the header and the questions, which tell what an ICMP error was about.
var dnsFields = inPlace("dns", kindSet(decode.DNS), unrepeated,
	u16("dns.id", "Transaction ID", 0).hex(),
	u16("dns.flags", "Flags", 2).hex(),
	bits(u16("dns.flags.response", "Response", 2), 0x8000).flag(yesNo("Message is a response", "Message is a query")),
	bits(u16("dns.flags.opcode", "Opcode", 2), 0x7800),
	bits(u16("dns.flags.authoritative", "Authoritative", 2), 0x0400).flag(yesNo("Server is an authority for domain", "Server is not an authority for domain")).when(isResponse).at(notLLMNR),
	bits(u16("dns.flags.truncated", "Truncated", 2), 0x0200).flag(yesNo("Message is truncated", "Message is not truncated")),
	bits(u16("dns.flags.recdesired", "Recursion desired", 2), 0x0100).flag(yesNo("Do query recursively", "Don't do query recursively")).at(notLLMNR),
	bits(u16("dns.flags.recavail", "Recursion available", 2), 0x0080).flag(yesNo("Server can do recursive queries", "Server can't do recursive queries")).when(isResponse).at(notLLMNR),
	bits(u16("dns.flags.z", "Z", 2), 0x0040).flag(yesNo("reserved - incorrect!", "reserved (0)")).at(notLLMNR),
	bits(u16("dns.flags.authenticated", "Answer authenticated", 2), 0x0020).flag(yesNo("Answer/authority portion was authenticated by the server", "Answer/authority portion was not authenticated by the server")).when(isResponse).at(notLLMNR),
	bits(u16("dns.flags.checkdisable", "Non-authenticated data", 2), 0x0010).flag(yesNo("Acceptable", "Unacceptable")).at(notLLMNR),
	bits(u16("dns.flags.conflict", "Conflict", 2), 0x0400).flag(yesNo("The name is not considered unique", "The name is considered unique")).at(isLLMNR),
	bits(u16("dns.flags.tentative", "Tentative", 2), 0x0100).flag(yesNo("Tentative", "Not tentative")).at(isLLMNR),
	bits(u16("dns.flags.rcode", "Reply code", 2), 0x000f).when(isResponse),
	u16("dns.count.queries", "Questions", 4),
	u16("dns.count.answers", "Answer RRs", 6),
	u16("dns.count.auth_rr", "Authority RRs", 8),
	u16("dns.count.add_rr", "Additional RRs", 10),
	read("dns.qry.name", "Name", String, question(func(q dnsQuestion) (uint64, []byte) { return 0, q.name })),
	read("dns.qry.type", "Type", Uint16, question(func(q dnsQuestion) (uint64, []byte) { return uint64(q.kind), nil })),
	read("dns.qry.class", "Class", Uint16, question(func(q dnsQuestion) (uint64, []byte) { return uint64(q.class), nil })).hex(),
)

// isLLMNR and notLLMNR are conditions on messages, whose flags mean other things in link-local multicast name resolution (RFC 4795
// §2.1.1).
func isLLMNR(s *Subject, i int) bool { return onPort(5355)(s, i) && unrepeated(s, i) }

func notLLMNR(s *Subject, i int) bool { return !onPort(5355)(s, i) && unrepeated(s, i) }

func isResponse(b []byte) bool { return len(b) > 2 && b[2]&0x80 != 0 }

// unrepeated is a condition on DNS messages: that they are not in a TCP segment that was seen before.
func unrepeated(s *Subject, i int) bool { return !s.repeats(i - 1) }

// onPort returns a condition on DNS messages: that the datagram before comes from or goes to a port; for 0, neither multicast
// DNS's nor LLMNR's.
func onPort(port int) func(s *Subject, i int) bool {
	return func(s *Subject, i int) bool {
		if i == 0 || s.layer(i-1).Kind != decode.UDP {
			return port == 0 && unrepeated(s, i)
		}
		b := s.Packet.Header(s.layer(i - 1))
		if len(b) < 4 {
			return port == 0
		}
		from, to := int(b[0])<<8|int(b[1]), int(b[2])<<8|int(b[3])
		if port == 0 {
			return from != 5353 && to != 5353 && from != 5355 && to != 5355
		}
		return from == port || to == port
	}
}

// dnsQuestion is an entry of the question section.
type dnsQuestion struct {
	name        []byte
	kind, class uint16
}

// question makes the values of a piece of every question.
func question(piece func(dnsQuestion) (uint64, []byte)) func(*Subject, int, []byte, []Value) []Value {
	return func(s *Subject, _ int, b []byte, dst []Value) []Value {
		if len(b) < 12 {
			return dst
		}
		at := 12
		for n := int(b[4])<<8 | int(b[5]); n > 0; n-- {
			from := len(s.text)
			end, ok := s.domainName(b, at)
			if !ok || end+4 > len(b) {
				break
			}
			q := dnsQuestion{name: s.written(from), kind: uint16(b[end])<<8 | uint16(b[end+1]), class: uint16(b[end+2])<<8 | uint16(b[end+3])}
			u, text := piece(q)
			dst = append(dst, Value{Uint: u, Bytes: text})
			at = end + 4
		}
		return dst
	}
}

// domainName appends the name at an offset of message b to s.text, and returns where the name ends. Pointers lead to earlier
// bytes only, and a name has 255 bytes at most (RFC 1035 §2.3.4, §4.1.4), so that it ends.
func (s *Subject) domainName(b []byte, at int) (end int, ok bool) {
	const pointer, maxName = 0xc0, 255
	from := len(s.text)
	for limit := len(b); at < limit; {
		n := int(b[at])
		switch {
		case n == 0:
			if end == 0 {
				end = at + 1
			}
			if len(s.text) == from {
				s.text = append(s.text, "<Root>"...)
			}
			return end, true
		case n&pointer == pointer:
			if at+2 > len(b) {
				return 0, false
			}
			if end == 0 {
				end = at + 2
			}
			target := (n&^pointer)<<8 | int(b[at+1])
			if target >= at {
				return 0, false
			}
			limit, at = at, target
		case n >= 64 || at+1+n > len(b) || len(s.text)-from+n > maxName:
			return 0, false
		default:
			if len(s.text) > from {
				s.text = append(s.text, '.')
			}
			s.text = append(s.text, b[at+1:at+1+n]...)
			at += 1 + n
		}
	}
	return 0, false
}
