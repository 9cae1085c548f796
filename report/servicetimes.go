package report

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// ServiceTimes is tshark's -z icmp,srt and -z icmpv6,srt: how long echo requests waited, over all hosts at once. It pairs
// as tshark does, so that the numbers are tshark's, where a mirror port's copies are loss and crossing pings may swap their
// replies. What package track finds is the truth; this is for those who compare.
//
// Memory is bounded: of requests without a reply, the latest 65,536 and up to as many before them are known.
type ServiceTimes struct {
	protocol ServiceProtocol
	filter   string
	match    func(*field.Subject) bool

	waiting waitingRequests

	requests, replies uint64
	total             float64 // of the times, ms
	squares, mean     float64 // Welford's sum of squared differences, and his mean
	least, most       float64
	leastIn, mostIn   uint64 // frames
	median            median
}

// ServiceProtocol is what differs between the two statistics.
type ServiceProtocol struct {
	title          string
	kind           decode.Kind
	request, reply byte
}

// ServiceProtocols are those of -z NAME,srt.
var ServiceProtocols = map[string]ServiceProtocol{
	"icmp":   {"ICMP", decode.ICMPv4, 8, 0},
	"icmpv6": {"ICMPv6", decode.ICMPv6, 128, 129},
}

// NewServiceTimes returns an empty statistic of the packets that match; nil matches all. The filter is what match was made
// of, as it was written.
func NewServiceTimes(p ServiceProtocol, filter string, match func(*field.Subject) bool) *ServiceTimes {
	return &ServiceTimes{protocol: p, filter: filter, match: match, waiting: newWaitingRequests()}
}

// Packet counts a packet, if it is an echo request or the reply to one. Every packet must be shown to it, in order, also
// those that are not displayed.
func (t *ServiceTimes) Packet(s *field.Subject) {
	p := s.Packet
	b := t.message(p)
	if len(b) < 8 || b[0] != t.protocol.request && b[0] != t.protocol.reply {
		return
	}
	key := echoKey{reply: normalChecksum(binary.BigEndian.Uint16(b[2:])), idSeq: binary.BigEndian.Uint32(b[4:])}
	key.hosts(p.Source.Bytes, p.Destination.Bytes)
	if b[0] == t.protocol.request {
		key.reply = t.protocol.replyChecksum(binary.BigEndian.Uint16(b[2:]))
		t.waiting.add(key, p.Time)
		if t.match == nil || t.match(s) {
			t.requests++
		}
		return
	}
	asked, ok := t.waiting.take(key)
	if ok && (t.match == nil || t.match(s)) {
		t.add(float64((p.Time-asked)/1e9)*1e3+float64((p.Time-asked)%1e9)/1e6, p.Number)
	}
}

// message returns the bytes of the innermost message of the protocol, quoted ones apart, nil if there is none.
func (t *ServiceTimes) message(p *decode.Packet) (b []byte) {
	for i := range p.Layers {
		if l := &p.Layers[i]; l.Kind == t.protocol.kind && l.Quoted == 0 {
			b = p.Bytes(l)
		}
	}
	return b
}

// replyChecksum returns the checksum of a reply with the payload of a request: theirs differ by the types (RFC 1071 §2).
func (p *ServiceProtocol) replyChecksum(request uint16) uint16 {
	sum := uint32(request) + uint32(p.request)<<8 + uint32(^(uint16(p.reply) << 8))
	return normalChecksum(uint16(sum&0xffff + sum>>16))
}

// normalChecksum returns the one of the two zeros of one's complement that tshark looks for.
func normalChecksum(c uint16) uint16 {
	if c == 0 {
		return 0xffff
	}
	return c
}

// add counts the time, ms, after which a reply came in a frame. The longest is one above zero, as in tshark.
func (t *ServiceTimes) add(ms float64, frame uint64) {
	t.replies++
	t.total += ms
	off := ms - t.mean
	t.mean += off / float64(t.replies)
	t.squares += off * (ms - t.mean)
	if t.replies == 1 || ms < t.least {
		t.least, t.leastIn = ms, frame
	}
	if ms > t.most {
		t.most, t.mostIn = ms, frame
	}
	t.median.add(ms)
}

// Append appends the statistic in tshark's words.
func (t *ServiceTimes) Append(dst []byte) []byte {
	const rule = "==========================================================================\n"
	filter := t.filter
	if filter == "" {
		filter = "<none>"
	}
	dst = fmt.Appendf(dst, "\n%s%s Service Response Time (SRT) Statistics (all times in ms):\nFilter: %s\n\nRequests  Replies   Lost      %% Loss\n",
		rule, t.protocol.title, appendFrameText(nil, []byte(filter)))
	const times = "Minimum   Maximum   Mean      Median    SDeviation     Min Frame Max Frame\n"
	if t.requests == 0 {
		dst = append(dst, "0         0         0           0.0%\n\n"+times+"0.000     0.000     0.000     0.000     0.000          0         0\n"...)
		return append(dst, rule...)
	}
	lost := t.requests - min(t.replies, t.requests) // a filter may let replies pass and not their requests
	dst = fmt.Appendf(dst, "%-10d%-10d%-10d%5.1f%%\n\n%s", t.requests, t.replies, lost, 100*float64(lost)/float64(t.requests), times)
	var mean, deviation float64
	if t.replies > 0 {
		mean = t.total / float64(t.replies)
	}
	if t.replies > 1 {
		deviation = math.Sqrt(t.squares / float64(t.replies-1))
	}
	dst = fmt.Appendf(dst, "%-10.3f%-10.3f%-10.3f%-10.3f%-10.3f     %-10d%-10d\n",
		t.least, t.most, mean, t.median.value(), deviation, t.leastIn, t.mostIn)
	return append(dst, rule...)
}
