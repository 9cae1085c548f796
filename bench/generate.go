package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"

	"github.com/icmpsniff/icmpsniff/decode"
)

// generated makes a capture of so many frames, unless it is there.
func generated(file, kind string, n int) error {
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.Create(file + ".part")
	if err != nil {
		return err
	}
	g := generator{w: bufio.NewWriterSize(f, 1<<20), random: rand.New(rand.NewPCG(1, 2)), now: 1_700_000_000_000_000}
	g.header()
	generators[kind](&g, n)
	if err := errors.Join(g.w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(file+".part", file)
}

// generators make the kinds of capture.
var generators = map[string]func(g *generator, n int){
	"pings": (*generator).pings,
	"mixed": (*generator).mixed,
	"flood": (*generator).flood,
}

// generator writes frames with random but repeatable contents.
type generator struct {
	w      *bufio.Writer
	random *rand.Rand
	now    int64 // µs since the Unix epoch
	frame  [1514]byte
}

func (g *generator) header() {
	var h [24]byte
	binary.LittleEndian.PutUint32(h[0:], 0xa1b2c3d4)
	binary.LittleEndian.PutUint16(h[4:], 2)
	binary.LittleEndian.PutUint16(h[6:], 4)
	binary.LittleEndian.PutUint32(h[16:], 262144)
	binary.LittleEndian.PutUint32(h[20:], 1)
	g.w.Write(h[:])
}

// write writes the first n bytes of g.frame, some microseconds after the frame before.
func (g *generator) write(n int, after int64) {
	g.now += after
	var h [16]byte
	binary.LittleEndian.PutUint32(h[0:], uint32(g.now/1e6))
	binary.LittleEndian.PutUint32(h[4:], uint32(g.now%1e6))
	binary.LittleEndian.PutUint32(h[8:], uint32(n))
	binary.LittleEndian.PutUint32(h[12:], uint32(n))
	g.w.Write(h[:])
	g.w.Write(g.frame[:n])
}

// ip fills in Ethernet and IPv4 headers for a payload of n bytes, and returns the payload and the frame's length.
func (g *generator) ip(src, dst uint32, proto byte, n int) (payload []byte, length int) {
	b := g.frame[:]
	binary.BigEndian.PutUint64(b[0:], 0x0200_0000_0001_0200)
	binary.BigEndian.PutUint32(b[8:], src)
	binary.BigEndian.PutUint16(b[12:], 0x0800)
	b = b[14:]
	b[0], b[1] = 0x45, 0
	binary.BigEndian.PutUint16(b[2:], uint16(20+n))
	binary.BigEndian.PutUint16(b[4:], uint16(g.random.Uint32()))
	binary.BigEndian.PutUint16(b[6:], 0x4000)
	b[8], b[9] = 64, proto
	b[10], b[11] = 0, 0
	binary.BigEndian.PutUint32(b[12:], src)
	binary.BigEndian.PutUint32(b[16:], dst)
	binary.BigEndian.PutUint16(b[10:], decode.Checksum(b[:20], 0))
	return b[20 : 20+n], 34 + n
}

// echo fills in an echo request (8) or reply (0) with 56 bytes of payload.
func (g *generator) echo(kind byte, src, dst uint32, id, seq uint16) int {
	b, n := g.ip(src, dst, 1, 64)
	b[0], b[1], b[2], b[3] = kind, 0, 0, 0
	binary.BigEndian.PutUint16(b[4:], id)
	binary.BigEndian.PutUint16(b[6:], seq)
	for i := 8; i < 64; i++ {
		b[i] = byte(i)
	}
	binary.BigEndian.PutUint16(b[2:], decode.Checksum(b, 0))
	return n
}

// pings are requests and replies of 1,000 flows in turn, one request in 50 unanswered.
func (g *generator) pings(n int) {
	const flows = 1000
	for written, i := 0, 0; written < n; i++ {
		flow, seq := uint32(i%flows), uint16(i/flows)
		src, dst, id := 0x0a000000+flow, 0x0a640000+flow, uint16(flow)
		g.write(g.echo(8, src, dst, id, seq), 50)
		written++
		if written < n && g.random.IntN(50) > 0 {
			g.write(g.echo(0, dst, src, id, seq), 20+g.random.Int64N(20))
			written++
		}
	}
}

// flood is requests, each from a source of its own.
func (g *generator) flood(n int) {
	for i := range n {
		g.write(g.echo(8, g.random.Uint32(), 0x0a640001, uint16(i), uint16(i>>16)), 1)
	}
}

// mixed is TCP and UDP of real sizes, 700 bytes on average, and one frame in ten a ping or an ARP.
func (g *generator) mixed(n int) {
	for i := 0; i < n; i++ {
		switch g.random.IntN(20) {
		case 0:
			g.write(g.arp(uint32(i)), 10)
		case 1:
			kind := byte(8)
			if i%2 == 0 {
				kind = 0
			}
			g.write(g.echo(kind, 0x0a000001, 0x0a640001, 7, uint16(i)), 10)
		case 2, 3, 4:
			size := 40 + g.random.IntN(400)
			b, length := g.ip(0x0a000000+uint32(g.random.IntN(200)), 0x0a640000+uint32(g.random.IntN(200)), 17, size)
			binary.BigEndian.PutUint16(b[0:], uint16(1024+g.random.IntN(60000)))
			binary.BigEndian.PutUint16(b[2:], 443)
			binary.BigEndian.PutUint16(b[4:], uint16(size))
			g.write(length, 10)
		default:
			size := 20
			if g.random.IntN(3) > 0 {
				size = 1460
			}
			b, length := g.ip(0x0a000000+uint32(g.random.IntN(200)), 0x0a640000+uint32(g.random.IntN(200)), 6, size)
			binary.BigEndian.PutUint16(b[0:], uint16(1024+g.random.IntN(60000)))
			binary.BigEndian.PutUint16(b[2:], 443)
			b[12], b[13] = 0x50, 0x10
			g.write(length, 10)
		}
	}
}

// arp fills in a request.
func (g *generator) arp(i uint32) int {
	b := g.frame[:60]
	clear(b)
	binary.BigEndian.PutUint64(b[0:], 0xffff_ffff_ffff_0200)
	binary.BigEndian.PutUint32(b[8:], i)
	copy(b[12:], []byte{8, 6, 0, 1, 8, 0, 6, 4, 0, 1})
	copy(b[22:], b[6:12])
	binary.BigEndian.PutUint32(b[28:], 0x0a000000+i%200)
	binary.BigEndian.PutUint32(b[38:], 0x0a000000+i%250)
	return 60
}
