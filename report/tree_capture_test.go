package report

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/gopacket/pcapgo"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/track"
)

// capturePath is where a capture of testdata/pcaps is.
func capturePath(name string) string { return filepath.Join("..", "testdata", "pcaps", name+".pcap") }

// printedTwice returns what a printer makes of a capture, read twice.
func printedTwice(t testing.TB, name string, p PacketPrinter) []byte {
	t.Helper()
	frames := capturedFrames(t, name)
	out := &collected{printer: p}
	first := pipeline.Pass{Source: &replay{frames: frames}, Decoder: decode.New(), Tracker: track.New(track.Options{})}
	first.Tracker.Remember()
	first.Decoder.RememberReassembly()
	if _, err := first.Run(t.Context()); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	first.Decoder.Restart()
	second := pipeline.Pass{
		Source: &replay{frames: frames}, Decoder: first.Decoder, Tracker: track.New(track.Options{}), Answers: first.Tracker.Answers(),
		Shown: func(s *field.Subject) bool { return pipeline.Concerned(s.Packet) }, Sink: out,
	}
	out.text = p.Begin(nil)
	if _, err := second.Run(t.Context()); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p.End(out.text)
}

// capturedFrames reads a capture into memory.
func capturedFrames(t testing.TB, name string) (frames []decode.Frame) {
	t.Helper()
	file, err := os.ReadFile(capturePath(name))
	if err != nil {
		t.Fatal(err)
	}
	r, err := pcapgo.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatalf("reading %s: %v", name, err)
	}
	link := binary.LittleEndian.Uint16(file[20:]) // pcapgo knows eight bits of it
	for n := uint64(1); ; n++ {
		data, about, err := r.ReadPacketData()
		if err != nil {
			return frames
		}
		frames = append(frames, decode.Frame{
			Number: n, Time: about.Timestamp.UnixNano(), HasTime: true, Digits: 6, Length: about.Length, Data: data, Link: link,
		})
	}
}

// replay is a source of frames from memory.
type replay struct{ frames []decode.Frame }

func (r *replay) Next(f *decode.Frame) error {
	if len(r.frames) == 0 {
		return io.EOF
	}
	*f, r.frames = r.frames[0], r.frames[1:]
	return nil
}

// collected is a sink that prints packets into memory.
type collected struct {
	printer PacketPrinter
	text    []byte
}

func (c *collected) Packet(s *field.Subject) error {
	c.text = c.printer.Append(c.text, s)
	return nil
}

func (c *collected) Event(*track.Event, field.Clock) error { return nil }
func (c *collected) Idle() error                           { return nil }
