package decode

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// FuzzDecode looks for frames, of any link type and cut anywhere, that make the decoder panic or reach beyond them, and for
// frames decoded differently by a Decoder that has seen another frame before.
//
//	go test ./decode -run '^$' -fuzz FuzzDecode -fuzztime 5m
func FuzzDecode(f *testing.F) {
	links := slices.Sorted(maps.Keys(linkTypes))
	ethernet := uint8(slices.Index(links, 1))
	ping, ping6 := ipv4(icmp, echo4(nil)), ipv6(icmp6, echo6(nil))
	for _, frame := range [][]byte{
		ether(typeIPv4, ping),
		ether(typeARP, hexBytes("0001 0800 80 04 0001"), make([]byte, 20)),
		ether(typeQinQ, vlan(100, typeVLAN), vlan(5, typeIPv6), ipv6(icmp6, solicitation6())),
		ether(typeIPv6, ipv6(hopByHop, extension(routing, "c204 00000020"), extension(icmp6, "00 01 00000000"), listenerReport6())),
		ether(typeIPv4, ipv4With("83 07 04 c6336407 00", 0, 1, icmp, unreachable4(0, ipv4(udp, udpHeader(1, 2))))),
		ether(typeIPv6, ipv6(icmp6, unreachable6(16, make([]byte, 132)))),
		ether(typeIPv4, ipv4(gre, hexBytes("b081 0800 0000 0000"), make([]byte, 12), ping)),
		ether(typeIPv4, ipv4(udp, udpHeader(1, 2152, hexBytes("34 ff 0024 00000007 0000 00 85  01 0000 c0  01 0000 00"), ping))),
		ether(typeIPv4, ipv4(udp, udpHeader(1, 3544, hexBytes("0001 01 02 aa bbcc 0000000000000000 00"), ping6))),
		ether(typeIPv4, ipv4(udp, udpHeader(1, 1701, hexBytes("4a02 0030 0001 0002 0003 0004 0002 0000 0021"), ping))),
		ether(typeIPv4, ipv4(igmp2, hexBytes("22 00 0000 0000 0002 04 00 0000 ef010203  03 01 0001 ef010204 c0000201 00000000"))),
		ether(typeMPLS, hexBytes("00010140 00000000"), ether8023(hexBytes("aa aa 03 000000 0800"), ping)),
		ether(typeIPv6, ipv6(icmp6, hexBytes("9b 03 0000 00 80 01 00"), make([]byte, 16))),
	} {
		f.Add(ethernet, uint16(0), frame)
		f.Add(ethernet, uint16(1000), frame[:len(frame)*2/3])
	}
	for i, link := range links {
		f.Add(uint8(i), uint16(0), join(make([]byte, 24), ping))
		if link == 127 {
			f.Add(uint8(i), uint16(0), join(hexBytes("00 00 1100 03000000 0000000000000000 10  08 01 0000"), make([]byte, 20), ping))
		}
	}
	f.Fuzz(func(t *testing.T, link uint8, missing uint16, data []byte) {
		decodedAlike(t, links[int(link)%len(links)], int(missing), data)
	})
}

// FuzzReassembly cuts a datagram into fragments as script says, in any order, with overlaps and copies. It looks for panics,
// for datagrams that differ from the original, and for ones that are whole too early, too late or not at all.
//
// Each three bytes of script are a fragment: its offset in eights, and its length in eights less one; a fragment that
// reaches the datagram's end is the last.
//
//	go test ./decode -run '^$' -fuzz FuzzReassembly -fuzztime 5m
func FuzzReassembly(f *testing.F) {
	f.Add(bytesOf(64), hexBytes("000002 000302 000602"))                // in order
	f.Add(bytesOf(64), hexBytes("000602 000302 000002"))                // reversed
	f.Add(bytesOf(61), hexBytes("000003 000203 000003 000504 000302"))  // overlaps and copies
	f.Add(bytesOf(40), hexBytes("0000ff 0000ff 000401 000001 000203"))  // whole at once, and again
	f.Add(bytesOf(255), hexBytes("001f00 00001e 001f00 000010 001010")) // two one after another

	f.Fuzz(func(t *testing.T, original, script []byte) {
		if len(original) == 0 || len(original) > maxDatagram || len(script) > 3*maxFragmentsOfOne {
			return
		}
		r, key := newReassembly(), fragmentKey{id: 1}
		seen, missing, ended := make([]bool, len(original)), len(original), false
		for n := uint64(1); len(script) >= 3; n, script = n+1, script[3:] {
			from := int(be16(script)) * 8
			if from >= len(original) {
				continue
			}
			to := min(from+(int(script[2])+1)*8, len(original))
			for i := from; i < to; i++ {
				if !seen[i] {
					seen[i] = true
					missing--
				}
			}
			ended = ended || to == len(original)
			r.recycle()
			whole, in := r.add(key, icmp, int32(from), to < len(original), original[from:to], n, int64(n))
			if want := ended && missing == 0; (whole != nil) != want || (in == n) != want {
				t.Fatalf("fragment %d [%d, %d): whole %v in frame %d, want %v", n, from, to, whole != nil, in, want)
			}
			if whole == nil {
				continue
			}
			if !bytes.Equal(whole, original) {
				t.Fatalf("put together\n%x, want\n%x", whole, original)
			}
			clear(seen)
			missing, ended = len(original), false
		}
	})
}

// TestContradictingFragments protects against fragments that contradict each other about bytes, length and end.
func TestContradictingFragments(t *testing.T) {
	r, random := newReassembly(), rand.New(rand.NewPCG(1, 2)) // the same each time
	wholes := 0
	for n := range 100_000 {
		r.recycle()
		key := fragmentKey{id: uint32(n / 500)}
		offset, b := random.Int32N(32)*8, make([]byte, 1+random.IntN(64))
		if whole, _ := r.add(key, icmp, offset, random.IntN(2) == 0, b, uint64(n), 0); whole != nil {
			wholes++
		}
	}
	if wholes == 0 {
		t.Error("nothing became whole: the test tests nothing")
	}
}
