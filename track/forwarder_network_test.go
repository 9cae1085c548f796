package track

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/icmpsniff/icmpsniff/decode"
)

// forwarder is a network in a few numbers. Requests pass the taps, then the forwarder, and reach a target that answers each;
// the replies come back through the forwarder and past the taps in the opposite order.
type forwarder struct {
	random *rand.Rand
	seed   uint64

	lost, doubled, held float64 // chances of each packet, in each direction
	longest             int64   // that a packet is held
	apart               int64   // taps, in time
	taps                []tap
	unnumbered          bool // datagrams have no identification that tells them apart, as in IPv6
	unstamped           bool // requests have one payload, as those of Windows; ping's have the time in it
	flows               []*echoes

	sightings []seenAt
	sent      uint16 // packets that were sent
}

// tap is a point at which the capture sees every packet.
type tap struct {
	ttl      byte
	segments []decode.Segment
	nat      bool // beyond address translation, where flows have other names
}

// echoes is what one ping sends: n requests at a pace.
type echoes struct {
	asker, target, translated string
	id, translatedID          uint16
	segments                  []decode.Segment
	seq                       uint16 // of the first
	n                         int
	start, pace               int64
}

// asking is a request on one side of an address translation, and what came of it.
type asking struct {
	flow   string
	asked  int64
	frames map[int]uint64 // first sightings, by datagram: 0 is the request
}

// seenAt is a packet that a tap saw.
type seenAt struct {
	packet
	*asking
	datagram int
}

func (f *forwarder) String() string {
	s := fmt.Sprintf("seed %d: lost %.2f, doubled %.2f, held %.2f up to %d ms; taps %v, %d µs apart; unnumbered %v, unstamped %v",
		f.seed, f.lost, f.doubled, f.held, f.longest/ms, f.taps, f.apart/1000, f.unnumbered, f.unstamped)
	for _, e := range f.flows {
		s += fmt.Sprintf("\n%+v", *e)
	}
	return s
}

func flowName(source, destination any, id uint16, segments []decode.Segment) string {
	return fmt.Sprintf("%v > %v id=%d %v", source, destination, id, segments)
}

// newForwarder draws a network.
func newForwarder(seed uint64) *forwarder {
	r := rand.New(rand.NewPCG(seed, 0))
	chance := func() float64 { return r.Float64() * 0.3 * float64(r.IntN(2)) }
	f := &forwarder{
		seed: seed, random: r,
		lost: chance(), doubled: chance(), held: chance(), longest: []int64{20 * ms, 300 * ms, 3 * second}[r.IntN(3)],
		apart: 1 + r.Int64N([]int64{50_000, 3 * ms}[r.IntN(2)]), unnumbered: r.IntN(3) == 0,
		taps: []tap{{ttl: 64}},
	}
	switch r.IntN(6) {
	case 0: // a mirror port: as a frame comes in and as it goes out
		f.taps = append(f.taps, tap{ttl: 64})
	case 1: // before and after a router, or two
		for n := 1 + r.IntN(2); len(f.taps) <= n; {
			f.taps = append(f.taps, tap{ttl: 64 - byte(len(f.taps))})
		}
	case 2: // without a tag and with it
		f.taps = append(f.taps, tap{ttl: 64, segments: []decode.Segment{10}})
	case 3: // before and after address translation
		f.taps = append(f.taps, tap{ttl: 63, nat: true})
	}
	f.drawFlows()
	return f
}

// drawFlows draws pings that no observer could confuse: with the same addresses and identifier, they are on two VLANs, or so far
// apart that nothing of the first is still under way.
func (f *forwarder) drawFlows() {
	r := f.random
	hosts := [][3]string{{"10.0.0.10", "10.0.0.11", "198.51.100.1"}, {"2001:db8::a", "2001:db8::b", "2001:db8:1::1"}}
	parallel := len(f.taps[len(f.taps)-1].segments) == 0 && r.IntN(3) == 0
	f.unstamped = !parallel && r.IntN(3) == 0
	busy := map[string]int64{} // until when
	for i := range 1 + r.IntN(4) {
		h := hosts[r.IntN(2)]
		if r.IntN(3) == 0 {
			h[0], h[1] = h[1], h[0] // crossed: perhaps with the identifier that the other host uses
		}
		e := &echoes{
			asker: h[0], target: h[1], translated: h[2], id: 7 + uint16(r.IntN(2)), translatedID: 1000 + uint16(i),
			seq: uint16(r.IntN(6)) - 3, n: 1 + r.IntN(30), start: second + r.Int64N(second), pace: 1 + r.Int64N([]int64{ms, 20 * ms, 400 * ms}[r.IntN(3)]),
		}
		if parallel {
			e.segments = []decode.Segment{decode.Segment(i + 1)}
		}
		name := flowName(e.asker, e.target, e.id, e.segments)
		e.start += busy[name]
		busy[name] = e.start + int64(e.n)*e.pace + 2*f.longest + 2*second
		f.flows = append(f.flows, e)
	}
}

// run sends all pings through the network.
func (f *forwarder) run() {
	for _, e := range f.flows {
		for i := range e.n {
			f.ask(e, e.seq+uint16(i), e.start+int64(i)*e.pace)
		}
	}
	slices.SortStableFunc(f.sightings, func(a, b seenAt) int { return int(min(max(a.packet.at-b.packet.at, -1), 1)) })
}

// ask sends one request, and the replies to what arrives of it.
func (f *forwarder) ask(e *echoes, seq uint16, at int64) {
	f.sent++
	payload := usualPayload
	if !f.unstamped {
		payload = string(binary.BigEndian.AppendUint16(nil, f.sent))
	}
	questions := map[bool]*asking{}
	for _, t := range f.taps {
		questions[t.nat] = &asking{flow: e.name(t.nat), frames: map[int]uint64{}}
	}
	request, reply := byte(8), byte(0)
	if strings.Contains(e.asker, ":") {
		request, reply = 128, 129
	}
	across := int64(len(f.taps)-1) * f.apart
	for i, t := range f.taps {
		f.sight(questions[t.nat], 0, e.packet(t, request, seq, payload, at+int64(i)*f.apart))
	}
	var replies []int64 // when they leave the forwarder
	for _, arrival := range f.forward(at + across) {
		replies = append(replies, f.forward(arrival+10_000+f.random.Int64N(100_000))...)
	}
	slices.Sort(replies)
	for datagram := 1; datagram <= len(replies); datagram++ {
		f.sent++
		// Two datagrams of which one is at the last tap before the other is at the first cannot be told apart if they are the same.
		leaves := &replies[datagram-1]
		if datagram > 1 {
			*leaves = max(*leaves, replies[datagram-2]+across+1)
		}
		for i := range f.taps {
			t := f.taps[len(f.taps)-1-i]
			f.sight(questions[t.nat], datagram, e.packet(t, reply, seq, payload, *leaves+int64(i)*f.apart))
		}
	}
}

// forward is when what enters the forwarder leaves it.
func (f *forwarder) forward(at int64) []int64 {
	r := f.random
	out := []int64{at + r.Int64N(ms)}
	switch dice := r.Float64(); {
	case dice < f.lost:
		return nil
	case dice < f.lost+f.doubled:
		out = append(out, out[0]+r.Int64N(10*ms))
	case dice < f.lost+f.doubled+f.held:
		out[0] += r.Int64N(f.longest)
	}
	return out
}

func (f *forwarder) sight(q *asking, datagram int, k packet) {
	k.ipID = f.sent
	if f.unnumbered {
		k.ipID = 1
	}
	f.sightings = append(f.sightings, seenAt{k, q, datagram})
}

func (f *forwarder) packets() []packet {
	var all []packet
	for _, s := range f.sightings {
		all = append(all, s.packet)
	}
	return all
}

// name is that of the row in a summary.
func (e *echoes) name(nat bool) string {
	if nat {
		return flowName(e.translated, e.target, e.translatedID, e.segments)
	}
	return flowName(e.asker, e.target, e.id, e.segments)
}

// packet is a message of the ping as a tap sees it.
func (e *echoes) packet(t tap, kind byte, seq uint16, payload string, at int64) packet {
	source, id := e.asker, e.id
	if t.nat {
		source, id = e.translated, e.translatedID
	}
	k := packet{at: at, from: alice, to: bob, src: source, dst: e.target, ttl: t.ttl, body: echoBody(kind, id, seq, payload)}
	k.segments = slices.Concat(t.segments, e.segments)
	if kind == 0 || kind == 129 {
		k.src, k.dst, k.from, k.to = k.dst, k.src, bob, alice
	}
	return k
}
