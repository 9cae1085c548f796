package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// edition is part of the captures' names. Who changes what generators make counts it up, so that a capture made before is not taken
// for one of now.
const edition = 2

// generated returns the file with a capture of a kind, of so many frames, in the folder. It makes the file unless it is there.
func generated(dir, kind string, n int) (string, error) {
	file := filepath.Join(dir, fmt.Sprintf("%s-%d.%d.pcap", kind, n, edition))
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return file, err
	}
	f, err := os.Create(file + ".part")
	if err != nil {
		return "", err
	}
	if err := errors.Join(generate(f, kind, n), f.Close()); err != nil {
		return "", fmt.Errorf("make %s: %w", file, err)
	}
	return file, os.Rename(file+".part", file)
}

// generate writes a pcap file with microseconds.
func generate(w io.Writer, kind string, n int) error {
	g := &generator{w: bufio.NewWriterSize(w, 1<<20), random: rand.New(rand.NewPCG(1, 2)), now: 1_700_000_000_000_000}
	g.header()
	kinds[kind](g, n)
	return g.w.Flush()
}

// generator makes frames with random but repeatable contents.
type generator struct {
	w      *bufio.Writer
	random *rand.Rand
	now    int64  // µs since the Unix epoch
	vlan   uint16 // of the frames, 0 for none
	frame  [1518]byte
}

func (g *generator) header() {
	var h [24]byte
	binary.LittleEndian.PutUint32(h[0:], 0xa1b2c3d4)
	binary.LittleEndian.PutUint16(h[4:], 2)
	binary.LittleEndian.PutUint16(h[6:], 4)
	binary.LittleEndian.PutUint32(h[16:], 262144)
	binary.LittleEndian.PutUint32(h[20:], 1) // Ethernet
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
