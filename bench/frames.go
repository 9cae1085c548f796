package main

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// ethernet fills in an Ethernet header, and the VLAN tag if g has one, for a payload of n bytes. It returns the payload and the
// frame's length.
func (g *generator) ethernet(from uint32, etherType uint16, n int) (payload []byte, length int) {
	b := g.frame[:]
	binary.BigEndian.PutUint64(b[0:], 0x0200_0000_0001_0200)
	binary.BigEndian.PutUint32(b[8:], from)
	header := 12
	if g.vlan != 0 {
		binary.BigEndian.PutUint16(b[header:], 0x8100)
		binary.BigEndian.PutUint16(b[header+2:], g.vlan)
		header += 4
	}
	binary.BigEndian.PutUint16(b[header:], etherType)
	header += 2
	return b[header : header+n], header + n
}

// ip is ethernet with an IPv4 header behind it.
func (g *generator) ip(src, dst uint32, proto byte, n int) (payload []byte, length int) {
	b, length := g.ethernet(src, 0x0800, 20+n)
	b[0], b[1] = 0x45, 0
	binary.BigEndian.PutUint16(b[2:], uint16(20+n))
	binary.BigEndian.PutUint16(b[4:], uint16(g.random.Uint32()))
	binary.BigEndian.PutUint16(b[6:], 0x4000)
	b[8], b[9] = 64, proto
	b[10], b[11] = 0, 0
	binary.BigEndian.PutUint32(b[12:], src)
	binary.BigEndian.PutUint32(b[16:], dst)
	binary.BigEndian.PutUint16(b[10:], decode.Checksum(b[:20], 0))
	return b[20:], length
}

// ip6 is ethernet with an IPv6 header behind it. The addresses are in 2001:db8::/96.
func (g *generator) ip6(src, dst uint32, next byte, n int) (header, payload []byte, length int) {
	b, length := g.ethernet(src, 0x86dd, 40+n)
	clear(b[:40])
	b[0] = 6 << 4
	binary.BigEndian.PutUint16(b[4:], uint16(n))
	b[6], b[7] = next, 64
	for at, host := range map[int]uint32{8: src, 24: dst} {
		binary.BigEndian.PutUint32(b[at:], 0x2001_0db8)
		binary.BigEndian.PutUint32(b[at+12:], host)
	}
	return b[:40], b[40:], length
}

// echoLength is that of an ICMP echo message with ping's usual 56 bytes.
const echoLength = 64

// echo fills in an echo request (8) or reply (0).
func (g *generator) echo(kind byte, src, dst uint32, id, seq uint16) int {
	b, length := g.ip(src, dst, 1, echoLength)
	echo(b, kind, id, seq, 0)
	return length
}

// echo6 fills in an echo request (128) or reply (129).
func (g *generator) echo6(kind byte, src, dst uint32, id, seq uint16) int {
	const icmpv6 = 58
	ip, b, length := g.ip6(src, dst, icmpv6, echoLength)
	echo(b, kind, id, seq, decode.PseudoHeaderSum(ip[8:24], ip[24:40], icmpv6, echoLength))
	return length
}

// echo fills b with an echo message, its checksum continued from sum.
func echo(b []byte, kind byte, id, seq uint16, sum uint64) {
	b[0], b[1], b[2], b[3] = kind, 0, 0, 0
	binary.BigEndian.PutUint16(b[4:], id)
	binary.BigEndian.PutUint16(b[6:], seq)
	for i := 8; i < echoLength; i++ {
		b[i] = byte(i)
	}
	binary.BigEndian.PutUint16(b[2:], decode.Checksum(b, sum))
}

// arp fills in a request (1) or reply (2) between two of 250 hosts, the pair-th of them.
func (g *generator) arp(operation uint16, pair uint32) int {
	from, to := 0x0a000000+pair%200, 0x0a000000+(pair+1)%250
	if operation == 2 {
		from, to = to, from
	}
	b, length := g.ethernet(from, 0x0806, 46) // 46: padded to the least that Ethernet carries
	clear(b)
	copy(b, []byte{0, 1, 8, 0, 6, 4})
	binary.BigEndian.PutUint16(b[6:], operation)
	copy(b[8:14], g.frame[6:12])
	binary.BigEndian.PutUint32(b[14:], from)
	if operation == 1 {
		copy(g.frame[:6], []byte{255, 255, 255, 255, 255, 255})
	} else {
		binary.BigEndian.PutUint16(g.frame[0:], 0x0200)
		binary.BigEndian.PutUint32(g.frame[2:], to)
		copy(b[18:24], g.frame[:6])
	}
	binary.BigEndian.PutUint32(b[24:], to)
	return length
}
