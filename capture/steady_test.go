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
