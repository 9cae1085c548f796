// Package testframes reads frames that tests of several rooms look at, from a text that people can read, and writes captures of them
// for other tools to read.
package testframes

import (
	"encoding/hex"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Frame is a frame with a name.
type Frame struct {
	Name string
	decode.Frame
}

// Read reads a file that has a frame in each line: its name, its link type, and its bytes in hexadecimal, as many words of them as one likes. A
// length behind the link type and a slash is the frame's on the wire, of which there are those bytes. Lines that begin with "# " are remarks.
// The frames are numbered, and all of time 0.
func Read(t testing.TB, path string) (frames []Frame) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if words[0] == "#" {
			continue
		}
		number, wire, snapped := strings.Cut(words[1], "/")
		link, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			t.Fatalf("%s: %v", words[0], err)
		}
		data, err := hex.DecodeString(strings.Join(words[2:], ""))
		if err != nil {
			t.Fatalf("%s: %v", words[0], err)
		}
		length := len(data)
		if snapped {
			if length, err = strconv.Atoi(wire); err != nil {
				t.Fatalf("%s: %v", words[0], err)
			}
		}
		frames = append(frames, Frame{words[0], decode.Frame{Number: uint64(len(frames) + 1), HasTime: true, Digits: 9, Link: uint16(link),
			Length: length, Data: data}})
	}
	return frames
}

// Write writes frames to a pcapng file, with an interface for each of their link types.
func Write(t testing.TB, path string, frames []Frame) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var w *pcapgo.NgWriter
	ids := map[uint16]int{}
	for _, f := range frames {
		about := pcapgo.NgInterface{LinkType: layers.LinkType(f.Link)}
		id, ok := ids[f.Link]
		switch {
		case w == nil:
			w, err = pcapgo.NewNgWriterInterface(file, about, pcapgo.DefaultNgWriterOptions)
		case !ok:
			id, err = w.AddInterface(about)
		}
		if err != nil {
			t.Fatal(err)
		}
		ids[f.Link] = id
		if err := w.WritePacket(gopacket.CaptureInfo{CaptureLength: len(f.Data), Length: f.Length, InterfaceIndex: id}, f.Data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
}
