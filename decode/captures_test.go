package decode

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/gopacket/pcapgo"
)

// captured returns the frames of the lab's captures, by file.
func captured(tb testing.TB) map[string][]Frame {
	tb.Helper()
	names, err := filepath.Glob("../testdata/pcaps/*.pcap")
	if err != nil || len(names) == 0 {
		tb.Fatalf("no captures to decode: %v", err)
	}
	frames := map[string][]Frame{}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			tb.Fatal(err)
		}
		defer f.Close()
		r, err := pcapgo.NewReader(f)
		if err != nil {
			tb.Fatalf("reading %s: %v", name, err)
		}
		for n := uint64(1); ; n++ {
			data, about, err := r.ReadPacketData()
			if err != nil {
				break // some captures are cut on purpose
			}
			frames[filepath.Base(name)] = append(frames[filepath.Base(name)], Frame{Number: n, Time: about.Timestamp.UnixNano(),
				Length: about.Length, Data: data, Link: uint16(r.LinkType()), HasTime: true})
		}
	}
	return frames
}

// TestCutAnywhere protects against every frame of the lab's captures cut at every length, by the wire and by the capture:
// nothing panics, and nothing reaches beyond what is there, which ends at the slice's capacity.
func TestCutAnywhere(t *testing.T) {
	var p Packet
	for name, frames := range captured(t) {
		d := New()
		for _, f := range frames {
			for n := range len(f.Data) + 1 {
				for _, length := range [...]int{n, f.Length} {
					p.Frame = f
					p.Data, p.Length = f.Data[:n:n], length
					d.Decode(&p)
					if err := outOfBounds(&p); err != nil {
						t.Fatalf("%s, frame %d cut to %d of %d bytes: %v", name, f.Number, n, length, err)
					}
				}
			}
		}
	}
}

// TestDecodeAllocates protects the price of a frame: once its memory has grown, a Decoder allocates nothing for any frame
// of the lab's captures, fragments included, nor for the same frames cut short.
func TestDecodeAllocates(t *testing.T) {
	for name, frames := range captured(t) {
		d := New()
		var p Packet
		var later int64 // each pass comes later, so that fragments of the last one are too old
		pass := func() {
			later += 2 * fragmentAge
			for _, f := range frames {
				for _, n := range [...]int{len(f.Data), len(f.Data) * 3 / 4, min(len(f.Data), 40)} {
					p.Frame = f
					p.Data, p.Length, p.Time = f.Data[:n], n, f.Time+later
					d.Decode(&p)
				}
			}
		}
		if n := testing.AllocsPerRun(3, pass); n != 0 {
			t.Errorf("%s: %v allocations in %d frames, want none", name, n, len(frames))
		}
	}
}

// TestChecksumsOfCaptures protects the checksums: hosts of the lab send only right ones, but for UDP and TCP, which cards
// compute, and for the capture that is wrong on purpose.
func TestChecksumsOfCaptures(t *testing.T) {
	for name, frames := range captured(t) {
		if name == "reply-corrupted.pcap" {
			continue
		}
		d := New()
		var p Packet
		for _, p.Frame = range frames {
			d.Decode(&p)
			for i := range p.Layers {
				if l := &p.Layers[i]; l.Quoted == 0 && p.ChecksumState(i) == ChecksumBad {
					t.Errorf("%s, frame %d: the checksum of %v is bad", name, p.Number, l.Kind)
				}
			}
		}
	}
}
