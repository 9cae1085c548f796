package track

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// Hosts on a path from alice to bob, and the destination's answers to probes.
const (
	r1, r2, r3 = "10.1.0.1", "10.2.0.1", "10.3.0.1"
	r16        = "2001:db8:1::1"
)

// udpProbe is a datagram from alice to bob with a TTL; n tells it from others, as traceroute's ports do.
func udpProbe(at int64, ttl byte, n uint16) packet {
	k := ping(at, 0)
	k.proto, k.ttl, k.ipID = 17, ttl, 1000+n
	k.body = udpBody(40000, 33434+n)
	return k
}

func udpProbe6(at int64, ttl byte, n uint16) packet {
	k := ping6(at, 0)
	k.proto, k.ttl, k.body = 17, ttl, udpBody(40000, 33434+n)
	return k
}

func udpBody(from, to uint16) []byte {
	b := binary.BigEndian.AppendUint16(nil, from)
	b = binary.BigEndian.AppendUint16(b, to)
	return append(b, 0, 12, 0, 0, 1, 2, 3, 4)
}

func echoProbe(at int64, ttl byte, seq uint16) packet {
	k := ping(at, seq)
	k.ttl, k.ipID = ttl, 1000+seq
	return k
}

// synProbe is a SYN; n is its source port and sequence number.
func synProbe(at int64, ttl byte, n uint16) packet {
	k := ping(at, 0)
	k.proto, k.ttl, k.ipID = 6, ttl, 1000+n
	k.body = tcpBody(n, 80, uint32(n), 0, tcpSYN)
	return k
}

// answerToSYN is bob's answer.
func answerToSYN(at int64, n uint16, ack uint32, flags byte) packet {
	k := pong(at, 0)
	k.proto, k.ipID, k.body = 6, 7, tcpBody(80, n, 0, ack, flags)
	return k
}

func tcpBody(from, to uint16, seq, ack uint32, flags byte) []byte {
	b := binary.BigEndian.AppendUint16(nil, from)
	b = binary.BigEndian.AppendUint16(b, to)
	b = binary.BigEndian.AppendUint32(b, seq)
	b = binary.BigEndian.AppendUint32(b, ack)
	return append(b, 5<<4, flags, 4, 0, 0, 0, 0, 0)
}

// ranOutAt is a router's answer to a probe whose TTL ran out.
func ranOutAt(at int64, router string, about packet) packet {
	return icmpError(at, router, 11, 0, about)
}

// unreachable is an answer with a code.
func unreachable(at int64, router string, code byte, about packet) packet {
	return icmpError(at, router, 3, code, about)
}

// withLabels is the packet, an error, with an extension structure (RFC 4884) that holds a label stack (RFC 4950).
func (k packet) withLabels(entries ...uint32) packet {
	const quoted = 128
	body := append(append([]byte(nil), k.body...), make([]byte, 8+quoted-len(k.body))...)
	body[5] = quoted / 4
	extension := []byte{0x20, 0, 0, 0, 0, byte(4 + 4*len(entries)), 1, 1}
	for _, e := range entries {
		extension = binary.BigEndian.AppendUint32(extension, e)
	}
	k.body = append(body, extension...)
	return k
}

// describePaths says a summary's paths in words: "udp 10.0.0.10 to 10.0.0.11: 1: 10.1.0.1 3 of 3; 2: * 0 of 3; reached".
func describePaths(s *Summary) []string {
	var all []string
	for i := range s.Paths {
		all = append(all, describePath(&s.Paths[i]))
	}
	return all
}

func describePath(p *Path) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %v to %v", p.Method, p.Source, p.Destination)
	if p.Segments != nil {
		fmt.Fprintf(&b, " on %v", p.Segments)
	}
	b.WriteString(":")
	for i := range p.Hops {
		h := &p.Hops[i]
		fmt.Fprintf(&b, " %d:", h.TTL)
		for _, r := range h.Responders {
			fmt.Fprintf(&b, " %v", r.Address)
			if len(h.Responders) > 1 {
				fmt.Fprintf(&b, "×%d", r.Received)
			}
		}
		if len(h.Responders) == 0 {
			b.WriteString(" *")
		}
		fmt.Fprintf(&b, " %d of %d", h.Received, h.Sent)
		if h.Pending > 0 {
			fmt.Fprintf(&b, " (%d pending)", h.Pending)
		}
		b.WriteString(";")
	}
	if p.Reached {
		b.WriteString(" reached")
	}
	if e := p.Ended; e.Reporter.IsValid() {
		fmt.Fprintf(&b, " ended by %d/%d of %v", e.Type, e.Code, e.Reporter)
	}
	return strings.TrimRight(b.String(), "; ")
}

// netipOf returns one of many addresses.
func netipOf(i int) string { return fmt.Sprintf("10.9.%d.%d", i/250, 1+i%250) }
