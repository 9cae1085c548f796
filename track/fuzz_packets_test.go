package track

import (
	"math/rand/v2"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// choices lets a fuzzer choose what chance chooses elsewhere: it is a random source of the fuzzer's bytes.
type choices struct {
	bytes []byte
	drawn uint64
}

// Uint64 returns the next byte, spread over all bits, as the functions of package rand look at different ones (the finalizer of
// MurmurHash3). The count of what was drawn has a part in it, since they draw again until a number suits them.
func (c *choices) Uint64() uint64 {
	c.drawn++
	v := c.drawn << 8
	if len(c.bytes) > 0 {
		v |= uint64(c.bytes[0])
		c.bytes = c.bytes[1:]
	}
	v = (v ^ v>>33) * 0xff51afd7ed558ccd
	v = (v ^ v>>33) * 0xc4ceb9fe1a85ec53
	return v ^ v>>33
}

// FuzzPackets protects the account from any sequence of whole packets, which FuzzTracker seldom finds: sent is received + lost +
// pending after each of them, in a tracker with room for all and in one with room for few.
//
//	go test ./track -run '^$' -fuzz FuzzPackets -fuzztime 5m
func FuzzPackets(f *testing.F) {
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 1))
		b := make([]byte, 200)
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, script []byte) {
		script = script[:min(len(script), 2048)]
		left := &choices{bytes: script}
		random := rand.New(left)
		trackers := []*Tracker{
			New(Options{MaxFlows: 50, MaxResolutions: 50, MaxNeighbors: 50, MaxPending: 4096, MaxResponders: 50, MaxDatagrams: 64, MaxPaths: 8}),
			New(Options{MaxFlows: 2, MaxResolutions: 2, MaxNeighbors: 2, MaxPending: 3, MaxResponders: 2, MaxDatagrams: 4, MaxErrors: 3, MaxPaths: 2}),
		}
		d := decode.New()
		var p decode.Packet
		var r Relation
		var now int64
		for number := uint64(1); len(left.bytes) > 0; number++ {
			now += (random.Int64N(40) - 8) * 100 * ms
			k := randomPacket(random)
			if random.IntN(3) == 0 {
				k = randomProbe(random, []string{a4, b4, c4, r1, "10.0.0.99"})
			}
			k.at = now
			load(&p, k, number)
			d.Decode(&p)
			for _, tracker := range trackers {
				tracker.Advance(now)
				tracker.Packet(&p, &r)
				balanced(t, number, tracker)
				balancedHops(t, number, tracker.Summary())
			}
		}
	})
}
