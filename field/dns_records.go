package field

import "github.com/icmpsniff/icmpsniff/decode"

// Resource records of DNS (RFC 1035 §4.1.3) and what the everyday ones hold: addresses (RFC 3596), names, text.
var dnsRecordFields = inPlace("dns", kindSet(decode.DNS), unrepeated,
	read("dns.resp.name", "Name", String, record(func(s *Subject, b []byte, r dnsRecord, dst []Value) []Value {
		return s.named(b, r.at, dst)
	})),
	read("dns.resp.type", "Type", Uint16, record(func(_ *Subject, _ []byte, r dnsRecord, dst []Value) []Value {
		return append(dst, Value{Uint: uint64(r.kind)})
	})),
	read("dns.resp.class", "Class", Uint16, record(func(_ *Subject, _ []byte, r dnsRecord, dst []Value) []Value {
		if r.kind == optRecord { // where its class would be, it has a size
			return dst
		}
		return append(dst, Value{Uint: uint64(r.class)})
	})).hex(),
	read("dns.resp.ttl", "Time to live", Uint32, record(func(_ *Subject, _ []byte, r dnsRecord, dst []Value) []Value {
		if r.kind == optRecord {
			return dst
		}
		return append(dst, Value{Uint: uint64(r.ttl)})
	})),
	read("dns.resp.len", "Data length", Uint16, record(func(_ *Subject, _ []byte, r dnsRecord, dst []Value) []Value {
		return append(dst, Value{Uint: uint64(r.end - r.data)})
	})),
	read("dns.a", "Address", IPv4, record(addressRecord(1, 4))),
	read("dns.aaaa", "AAAA Address", IPv6, record(addressRecord(28, 16))),
	read("dns.cname", "CNAME", String, record(nameRecord(5, 0))),
	read("dns.ns", "Name Server", String, record(nameRecord(2, 0))),
	read("dns.ptr.domain_name", "Domain Name", String, record(nameRecord(12, 0))),
	read("dns.mx.mail_exchange", "Mail Exchange", String, record(nameRecord(15, 2))),
	read("dns.txt", "TXT", String, record(texts)),
)

// optRecord is the type of the pseudo-record of EDNS (RFC 6891 §6.1.2).
const optRecord = 41

// dnsRecord is a resource record: its fields, and where its name, its data and their end are in the message.
type dnsRecord struct {
	kind, class   uint16
	ttl           uint32
	at, data, end int
}

// record makes the values of a piece of every record, in the order of the sections.
func record(piece func(s *Subject, b []byte, r dnsRecord, dst []Value) []Value) func(*Subject, int, []byte, []Value) []Value {
	return func(s *Subject, _ int, b []byte, dst []Value) []Value {
		if len(b) < 12 {
			return dst
		}
		at := 12
		for n := first16(b[4:]); n > 0; n-- {
			end, ok := s.skipName(b, at)
			if !ok || end+4 > len(b) {
				return dst
			}
			at = end + 4
		}
		for n := int(first16(b[6:])) + int(first16(b[8:])) + int(first16(b[10:])); n > 0; n-- {
			end, ok := s.skipName(b, at)
			if !ok || end+10 > len(b) {
				return dst
			}
			r := dnsRecord{
				kind: first16(b[end:]), class: first16(b[end+2:]), ttl: uint32(first16(b[end+4:]))<<16 | uint32(first16(b[end+6:])),
				at: at, data: end + 10, end: end + 10 + int(first16(b[end+8:])),
			}
			if r.end > len(b) {
				return dst
			}
			dst = piece(s, b, r, dst)
			at = r.end
		}
		return dst
	}
}

// skipName returns where the name at an offset of message b ends.
func (s *Subject) skipName(b []byte, at int) (end int, ok bool) {
	n := len(s.text)
	end, ok = s.domainName(b, at)
	s.text = s.text[:n]
	return end, ok
}

// named appends the name at an offset of message b.
func (s *Subject) named(b []byte, at int, dst []Value) []Value {
	n := len(s.text)
	if _, ok := s.domainName(b, at); !ok {
		s.text = s.text[:n]
		return dst
	}
	return append(dst, Value{Bytes: s.written(n)})
}

// addressRecord makes the value of a record of a type that holds an address of size bytes.
func addressRecord(kind uint16, size int) func(*Subject, []byte, dnsRecord, []Value) []Value {
	return func(_ *Subject, b []byte, r dnsRecord, dst []Value) []Value {
		if r.kind != kind || r.end-r.data < size {
			return dst
		}
		return append(dst, Value{Bytes: b[r.data : r.data+size]})
	}
}

// nameRecord makes the value of a record of a type that holds a name at an offset of its data.
func nameRecord(kind uint16, offset int) func(*Subject, []byte, dnsRecord, []Value) []Value {
	return func(s *Subject, b []byte, r dnsRecord, dst []Value) []Value {
		if r.kind != kind {
			return dst
		}
		return s.named(b[:r.end], r.data+offset, dst)
	}
}

// texts makes the values of a TXT record: strings with their lengths before them (RFC 1035 §3.3.14).
func texts(_ *Subject, b []byte, r dnsRecord, dst []Value) []Value {
	const txt = 16
	if r.kind != txt {
		return dst
	}
	for at := r.data; at < r.end; {
		n := int(b[at])
		at++
		if at+n > r.end {
			break
		}
		dst = append(dst, Value{Bytes: b[at : at+n]})
		at += n
	}
	return dst
}
