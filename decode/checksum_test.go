package decode

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestChecksum protects the sum against a plain one, for every length up to 200 and at the ends of its range, and a fold against adding
// word by word.
func TestChecksum(t *testing.T) {
	plain := func(b []byte) uint16 {
		var sum uint32
		for i, v := range b {
			if i%2 == 0 {
				sum += uint32(v) << 8
			} else {
				sum += uint32(v)
			}
			sum = sum>>16 + sum&0xffff
		}
		return ^uint16(sum)
	}
	random := rand.NewChaCha8([32]byte{})
	for n := range 200 {
		noise := make([]byte, n)
		random.Read(noise) //nolint:errcheck // never fails
		for name, b := range map[string][]byte{"counting": bytesOf(n), "ones": slices.Repeat([]byte{0xff}, n), "zeros": make([]byte, n), "noise": noise} {
			if got, want := Checksum(b, 0), plain(b); got != want {
				t.Errorf("%d bytes, %s: %04x, want %04x", n, name, got, want)
			}
		}
	}
	for i := range 10_000 {
		for _, sum := range [...]uint64{uint64(i) * 0xffff, random.Uint64() >> (i % 64)} {
			want := sum
			for want > 0xffff {
				want = want>>16 + want&0xffff
			}
			if got := fold(sum); got != uint16(want) {
				t.Fatalf("%x folds to %04x, want %04x", sum, got, want)
			}
		}
	}
	// RFC 1071 §3's example.
	if got := Checksum(hexBytes("0001 f203 f4f5 f6f7"), 0); got != ^uint16(0xddf2) {
		t.Errorf("RFC 1071's example: %04x, want %04x", got, ^uint16(0xddf2))
	}
}

// TestChecksumOfQuoted protects against verifying messages that errors quote: they were cut, or rewritten on their way.
func TestChecksumOfQuoted(t *testing.T) {
	b := ether(typeIPv4, ipv4(icmp, unreachable4(0, ipv4(icmp, echo4(nil)))))
	p := Packet{Frame: Frame{Number: 1, Link: 1, Data: b, Length: len(b)}}
	New().Decode(&p)
	for i, want := range map[int]ChecksumState{2: ChecksumGood, 3: ChecksumGood, 4: ChecksumUnverified} {
		if got := p.ChecksumState(i); got != want {
			t.Errorf("layer %d of %s: state %d, want %d", i, describe(&p), got, want)
		}
	}
}

// TestChecksumState protects which checksums are called good, bad or unverified, and the pseudo-header's addresses.
func TestChecksumState(t *testing.T) {
	const hop = "20010db8 00000000 00000000 00000009"
	// An echo request to hop, through a router: the checksum is of the final destination (RFC 8200 §8.1).
	routed := func(segments string) []byte {
		m := hexBytes("80 00 0000 0007 0001")
		b := ipv6(routing, extension(icmp6, "00"+segments+"00000000"+hop), m)
		sum := Checksum(m, PseudoHeaderSum(b[8:24], hexBytes(hop), icmp6, len(m)))
		b[len(b)-6], b[len(b)-5] = byte(sum>>8), byte(sum)
		return ether(typeIPv6, b)
	}
	spoil := func(frame []byte) []byte {
		b := slices.Clone(frame)
		b[len(b)-1] ^= 1
		return b
	}
	ping, ping6 := ether(typeIPv4, ipv4(icmp, echo4(bytesOf(3)))), ether(typeIPv6, ipv6(icmp6, echo6(bytesOf(3))))
	for _, c := range []struct {
		name  string
		frame []byte
		cut   int
		kind  Kind
		want  ChecksumState
	}{
		{"IPv4", ping, 0, IPv4, ChecksumGood},
		{"IPv4, wrong", join(ping[:24], be(0), ping[26:]), 0, IPv4, ChecksumBad},
		{"IPv4, cut", ping, 30, IPv4, ChecksumUnverified},
		{"ICMP", ping, 0, ICMPv4, ChecksumGood},
		{"ICMP, padded frame", join(ping, make([]byte, 15)), 0, ICMPv4, ChecksumGood},
		{"ICMP, wrong", spoil(ping), 0, ICMPv4, ChecksumBad},
		{"ICMP, cut", ping, len(ping) - 1, ICMPv4, ChecksumUnverified},
		{"ICMP, fragment", ether(typeIPv4, ipv4With("", 0x2000, 1, icmp, echo4(bytesOf(8)))), 44, ICMPv4, ChecksumUnverified},
		{"IPv4, header longer than the datagram", join(ping[:14], []byte{0x4f}, ping[15:], make([]byte, 40)), 0, IPv4, ChecksumUnverified},
		{"IGMP", ether(typeIPv4, ipv4(igmp2, icmpMessage(hexBytes("16 00 0000 ef010203")))), 0, IGMP, ChecksumGood},
		{"IGMP, wrong", ether(typeIPv4, ipv4(igmp2, hexBytes("16 00 0000 ef010203"))), 0, IGMP, ChecksumBad},
		{"ICMPv6", ping6, 0, ICMPv6, ChecksumGood},
		{"ICMPv6, wrong", spoil(ping6), 0, ICMPv6, ChecksumBad},
		{"ICMPv6, cut", ping6, len(ping6) - 1, ICMPv6, ChecksumUnverified},
		{"ICMPv6 behind a routing header", routed("01"), 0, ICMPv6, ChecksumGood},
		{"ICMPv6 behind a routing header at its end", routed("00"), 0, ICMPv6, ChecksumBad},
		{"ICMPv6 in IPv4", ether(typeIPv4, ipv4(icmp6, echo6(nil))), 0, ICMPv6, ChecksumUnverified},
		{"ICMPv6, atomic fragment", ether(typeIPv6, ipv6(fragment6, fragmentHeader(icmp6, 0, false, 1), echo6(nil))), 0, ICMPv6, ChecksumGood},
		{"UDP has none that is looked at", ether(typeIPv4, ipv4(udp, udpHeader(1, 2))), 0, UDP, ChecksumUnverified},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Packet{Frame: Frame{Number: 1, Link: 1, Data: c.frame, Length: len(c.frame)}}
			if c.cut > 0 {
				p.Data = c.frame[:c.cut]
			}
			New().Decode(&p)
			i := slices.IndexFunc(p.Layers, func(l Layer) bool { return l.Kind == c.kind })
			if i < 0 {
				t.Fatalf("no %v in %s", c.kind, describe(&p))
			}
			if got := p.ChecksumState(i); got != c.want {
				t.Errorf("state %d, want %d", got, c.want)
			}
		})
	}
}
