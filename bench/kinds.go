package main

import "encoding/binary"

// kinds are the captures that are made: n frames each.
var kinds = map[string]func(g *generator, n int){
	"pings":  func(g *generator, n int) { g.pings(n, g.echo, 8, 0) },
	"pings6": func(g *generator, n int) { g.pings(n, g.echo6, 128, 129) },
	"tagged": func(g *generator, n int) { g.pings(n, g.tagged, 8, 0) },
	"mixed":  (*generator).mixed,
	"flood":  (*generator).flood,
}

// echoes fills in an echo message of a type, and returns the frame's length.
type echoes func(kind byte, src, dst uint32, id, seq uint16) int

// pings are requests and replies, by their types, of 1,000 flows in turn, one request in 50 unanswered.
func (g *generator) pings(n int, echo echoes, request, reply byte) {
	const flows = 1000
	for written, i := 0, 0; written < n; i++ {
		flow, seq := uint32(i%flows), uint16(i/flows)
		src, dst, id := 0x0a000000+flow, 0x0a640000+flow, uint16(flow)
		g.write(echo(request, src, dst, id, seq), 50)
		written++
		if written < n && g.random.IntN(50) > 0 {
			g.write(echo(reply, dst, src, id, seq), 20+g.random.Int64N(20))
			written++
		}
	}
}

// tagged is echo in one of ten VLANs, always the same for a flow.
func (g *generator) tagged(kind byte, src, dst uint32, id, seq uint16) int {
	g.vlan = 10 + id%10
	return g.echo(kind, src, dst, id, seq)
}

// flood is requests, each from a source of its own.
func (g *generator) flood(n int) {
	for i := range n {
		g.write(g.echo(8, g.random.Uint32(), 0x0a640001, uint16(i), uint16(i>>16)), 1)
	}
}

// mixed is TCP and UDP of real sizes among 400 hosts, and one frame in ten a ping or an ARP, each answered: 700 bytes a frame.
func (g *generator) mixed(n int) {
	arps, pings := uint32(0), uint16(0)
	for range n {
		switch g.random.IntN(20) {
		case 0:
			g.write(g.arp(1+uint16(arps%2), arps/2), 10)
			arps++
		case 1:
			if seq := pings / 2; pings%2 == 0 {
				g.write(g.echo(8, 0x0a000001, 0x0a640001, 7, seq), 10)
			} else {
				g.write(g.echo(0, 0x0a640001, 0x0a000001, 7, seq), 10)
			}
			pings++
		case 2, 3, 4:
			g.write(g.udp(40+g.random.IntN(400)), 10)
		default:
			size := 20
			if g.random.IntN(9) > 3 {
				size = 1460
			}
			g.write(g.tcp(size), 10)
		}
	}
}

// udp fills in a datagram of n bytes to port 443.
func (g *generator) udp(n int) int {
	b, length := g.ip(0x0a000000+uint32(g.random.IntN(200)), 0x0a640000+uint32(g.random.IntN(200)), 17, n)
	binary.BigEndian.PutUint16(b[0:], uint16(1024+g.random.IntN(60000)))
	binary.BigEndian.PutUint16(b[2:], 443)
	binary.BigEndian.PutUint16(b[4:], uint16(n))
	binary.BigEndian.PutUint16(b[6:], 0) // no checksum
	return length
}

// tcp fills in an acknowledgment of n bytes to port 443.
func (g *generator) tcp(n int) int {
	b, length := g.ip(0x0a000000+uint32(g.random.IntN(200)), 0x0a640000+uint32(g.random.IntN(200)), 6, n)
	clear(b[:20])
	binary.BigEndian.PutUint16(b[0:], uint16(1024+g.random.IntN(60000)))
	binary.BigEndian.PutUint16(b[2:], 443)
	b[12], b[13] = 0x50, 0x10
	return length
}
