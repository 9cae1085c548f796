package capture

import (
	"bytes"
	"io"
	"testing"
)

// steadyFiles are captures of n frames, by format.
func steadyFiles(n int) map[string][]byte {
	data := make([]byte, 98)
	pcap := build(little).header(0xa1b2c3d4)
	ng := build(little).section().device(1, 0)
	for i := range n {
		pcap.record(1_700_000_000, uint32(i), data)
		ng.enhanced(0, someMicroseconds, data)
	}
	return map[string][]byte{"pcap": pcap.b, "pcapng": ng.b}
}

// TestNextAllocates protects the price of a frame.
func TestNextAllocates(t *testing.T) {
	for name, file := range steadyFiles(20_000) {
		s, err := OpenReader(name, bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		var f Frame
		if n := testing.AllocsPerRun(10_000, func() {
			if err := s.Next(&f); err != nil {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("%s: %v allocations a frame, want 0", name, n)
		}
	}
}

// BenchmarkNext is the time for one frame of 98 bytes, reading included.
func BenchmarkNext(b *testing.B) {
	for name, file := range steadyFiles(100_000) {
		b.Run(name, func(b *testing.B) {
			r := bytes.NewReader(file)
			var s Source
			var f Frame
			b.ReportAllocs()
			b.SetBytes(int64(len(file) / 100_000))
			for b.Loop() {
				if s == nil {
					r.Seek(0, io.SeekStart)
					var err error
					if s, err = OpenReader(name, io.MultiReader(r)); err != nil {
						b.Fatal(err)
					}
				}
				if s.Next(&f) != nil {
					s = nil
				}
			}
		})
	}
}

// BenchmarkWrite is the time for one frame of 98 bytes, by the format that it is saved in. Nothing is kept.
func BenchmarkWrite(b *testing.B) {
	f := Frame{Number: 1, Time: someMicroseconds * 1000, Length: 98, Data: make([]byte, 98), Link: 1, Digits: 6, HasTime: true}
	for format := range writtenFormats {
		b.Run(writtenFormats[format].name, func(b *testing.B) {
			s, err := OpenReader("source", bytes.NewReader(build(little).header(0xa1b2c3d4).b))
			if err != nil {
				b.Fatal(err)
			}
			w, err := newWriter(WriteOptions{Path: "-", Stdout: io.Discard, Format: Format(format)}, s, noon)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.SetBytes(98)
			for b.Loop() {
				if err := w.Write(&f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
