package field

import (
	"bytes"

	"github.com/icmpsniff/icmpsniff/decode"
)

// streams is what is remembered of TCP streams and of conversations on UDP: two tables of fixed size, in which the newest takes the
// place of another that falls on it. What is forgotten so is taken for new.
type streams struct {
	sent  [1 << 13]sent
	found [1 << 12]conversation
}

// sent is one direction of a TCP stream.
type sent struct {
	key         uint64
	first, next uint32 // the sequence number of the first segment seen, and that after the last byte
}

// conversation is both directions between two ports, whose protocol was told by their bytes.
type conversation struct {
	key  uint64
	name string
}

// follow notes the transport headers of the packet, those of quoted datagrams apart.
func (s *Subject) follow() {
	for i := range s.Packet.Layers {
		l := s.layer(i)
		if l.Quoted > 0 || l.Kind != decode.TCP && l.Kind != decode.UDP || l.Flags&(decode.Unread|decode.Cut|decode.Bad) != 0 {
			continue
		}
		if s.streams == nil {
			s.streams = new(streams)
		}
		if l.Kind == decode.TCP && s.streams.segment(s, i) {
			s.repeated = i
			continue
		}
		if b := s.Packet.Payload(l); len(b) > 0 {
			if name, ok := guessed(l.Kind, b); ok {
				key := s.endpoints(i, true)
				s.streams.found[key%uint64(len(s.streams.found))] = conversation{key, name}
			}
		}
	}
}

// repeats reports whether layer i is a TCP segment whose bytes were seen before.
func (s *Subject) repeats(i int) bool { return s.repeated == i && i > 0 }

// segment notes the TCP segment of layer i and reports whether it starts before the end of what was seen of its stream. A keep-alive
// probe, of the last byte at most (RFC 9293 §3.8.4), is none, and a SYN with another number starts anew.
func (t *streams) segment(s *Subject, i int) bool {
	const fin, syn = 0x01, 0x02
	l := s.layer(i)
	b := s.Packet.Header(l)
	if len(b) < 20 {
		return false
	}
	key := s.endpoints(i, false)
	row := &t.sent[key%uint64(len(t.sent))]
	seq, size, flags := uint32(first16(b[4:]))<<16|uint32(first16(b[6:])), uint32(l.Stated-l.Body), b[13]
	end := seq + size
	if flags&(syn|fin) != 0 {
		end++
	}
	if row.key != key || flags&syn != 0 && seq != row.first {
		*row = sent{key, seq, end}
		return false
	}
	repeated := size > 0 && int32(seq-row.next) < 0 && !(size == 1 && seq+1 == row.next)
	if int32(end-row.next) > 0 {
		row.next = end
	}
	return repeated
}

// protocol returns what the conversation of the transport header i was found to speak, as of this packet.
func (t *streams) protocol(s *Subject, i int) (string, bool) {
	if t == nil {
		return "", false
	}
	key := s.endpoints(i, true)
	c := &t.found[key%uint64(len(t.found))]
	return c.name, c.key == key
}

// endpoints returns a hash (FNV-1a) of the addresses and ports of transport header i, with the source first or, for both directions
// alike, the lower first.
func (s *Subject) endpoints(i int, alike bool) uint64 {
	ports := s.Packet.Header(s.layer(i))
	var src, dst []byte
	for j := i - 1; j >= 0 && src == nil; j-- {
		b := s.Packet.Header(s.layer(j))
		switch k := s.layer(j).Kind; {
		case k == decode.IPv4 && len(b) >= 20:
			src, dst = b[12:16], b[16:20]
		case k == decode.IPv6 && len(b) >= 40:
			src, dst = b[8:24], b[24:40]
		}
	}
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset) ^ uint64(s.layer(i).Kind)
	add := func(list ...[]byte) {
		for _, b := range list {
			for _, c := range b {
				hash = (hash ^ uint64(c)) * prime
			}
		}
	}
	from, to := ports[:2], ports[2:4]
	if c := bytes.Compare(src, dst); alike && (c > 0 || c == 0 && bytes.Compare(from, to) > 0) {
		src, dst, from, to = dst, src, to, from
	}
	add(src, dst, from, to)
	return hash | 1 // never that of an empty row
}
