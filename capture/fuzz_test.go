package capture

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"testing"
)

// fuzzFrames reads a file that is after the first bytes whatever the fuzzer likes, and checks what no file may break.
func fuzzFrames(t *testing.T, file []byte) {
	s, err := OpenReader("fuzz", bytes.NewReader(file))
	var fe *FileError
	if err != nil {
		if !errors.As(err, &fe) {
			t.Fatalf("opening: %v is no *FileError", err)
		}
		return
	}
	var f Frame
	for last := uint64(0); ; last = f.Number {
		err := s.Next(&f)
		if err == io.EOF {
			break
		}
		if err != nil {
			if !errors.As(err, &fe) {
				t.Fatalf("after frame %d: %v is no *FileError", last, err)
			}
			break
		}
		switch {
		case f.Number <= last:
			t.Fatalf("frame %d after %d", f.Number, last)
		case len(f.Data) > MaxFrame || f.Length < 0:
			t.Fatalf("frame %d has %d bytes of %d", f.Number, len(f.Data), f.Length)
		case f.Link != LinkNone && int(f.Interface) >= len(s.Interfaces()):
			t.Fatalf("frame %d is of interface %d of %d", f.Number, f.Interface, len(s.Interfaces()))
		}
	}
}

// fuzzCopy checks that what can be read of a file can be written, and has as many frames then. Times at the ends of what 64 bits
// hold may differ.
func fuzzCopy(t *testing.T, file []byte) {
	s, err := OpenReader("fuzz", bytes.NewReader(file))
	if err != nil {
		return
	}
	var out bytes.Buffer
	w, err := newWriter(WriteOptions{Path: "-", Stdout: &out}, s, noon)
	if err != nil {
		t.Fatal(err)
	}
	var f Frame
	frames := 0
	for s.Next(&f) == nil {
		if err := w.Write(&f); err != nil {
			t.Fatalf("frame %d: %v", f.Number, w.finish(noon))
		}
		if f.Link != LinkNone {
			frames++
		}
	}
	if err := w.finish(noon); err != nil {
		t.Fatal(err)
	}
	if got, err := readAll(&out); err != nil || len(got) != frames {
		t.Fatalf("%d frames were written, of which %d can be read: %v", frames, len(got), err)
	}
}

// FuzzPcap protects the pcap reader.
func FuzzPcap(f *testing.F) {
	f.Add(someFrames(2))
	f.Add(build(big).pcapHeader(0xa1b2cd34, 2, 3, 276).recordOf(1, 2, 60, 42, frameBytes).b)
	f.Add(build(little).header(0xa1b23c4d).recordOf(1, 2, -1, -1, frameBytes).b)
	f.Fuzz(fuzzFrames)
}

// FuzzPcapng protects the pcapng reader.
func FuzzPcapng(f *testing.F) {
	le := build(little)
	f.Add(build(little).section().device(1, 20, le.option(optionTSResol, "\xff"), le.option(optionName, "lo")).
		enhanced(0, someMicroseconds, frameBytes, le.option(1, "hi")).simple(42, frameBytes[:20]).block(9, nil).b)
	f.Add(append(build(big).section().device(1, 0).b, build(little).section().b...))
	f.Add(build(little).section().device(1, 0).statistics(0, 1<<63, le.count(optionReceived, 9), le.count(optionDropped, 3)).b)
	f.Add(le.order().u32(blockSection).u32(12).u32(0x1A2B3C4D).b)
	f.Fuzz(fuzzFrames)
}

// FuzzCompressed protects the readers of compressed captures, whose bytes after the magic number are whatever the fuzzer likes.
func FuzzCompressed(f *testing.F) {
	for _, file := range [][]byte{someFrames(2), someFrames(200), build(little).section().device(1, 0).b} {
		for name := range compressors {
			f.Add(compress(f, name, file))
		}
	}
	f.Fuzz(fuzzFrames)
}

// TestMemoryIsBounded protects memory from files that claim much and hold little.
func TestMemoryIsBounded(t *testing.T) {
	for name, file := range map[string][]byte{
		"pcap snapshot length": build(little).u32(0xa1b2c3d4).u16(2).u16(4).u32(0).u32(0).u32(1<<32-1).u32(1).record(1, 2, frameBytes).b,
		"pcap frame":           build(little).header(0xa1b2c3d4).recordOf(1, 2, -1, -1, nil).b,
		"pcapng block":         build(little).section().u32(blockInterface).u32(1<<32 - 4).b,
		"pcapng section":       build(little).u32(blockSection).u32(1<<32 - 4).u32(0x1A2B3C4D).b,
		"pcapng frame":         build(little).section().device(1, 0).enhancedOf(0, 0, -1, -1, frameBytes).b,
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			readAll(bytes.NewReader(file))
			runtime.ReadMemStats(&after)
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 20<<20 {
				t.Errorf("%d bytes allocated", grown)
			}
		})
	}
}

// FuzzWriter protects the pcapng writer from what readers deliver.
func FuzzWriter(f *testing.F) {
	le := build(little)
	f.Add(someFrames(2))
	f.Add(build(little).section().device(1, 20, le.option(optionTSResol, "\x80")).enhanced(0, someMicroseconds, frameBytes).
		simple(42, frameBytes[:20]).block(9, nil).device(276, 0).enhanced(1, 1<<63, nil).section().device(1, 0).simple(1, frameBytes[:1]).b)
	f.Fuzz(fuzzCopy)
}
