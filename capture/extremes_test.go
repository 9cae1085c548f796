package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// endless is a capture that goes on for n bytes: its head, then records.
type endless struct {
	head, record []byte
	n            int64
}

func (e *endless) Read(b []byte) (int, error) {
	if e.n <= 0 {
		return 0, io.EOF
	}
	from := e.head
	if len(e.head) == 0 {
		from = e.record
	}
	n := copy(b[:min(int64(len(b)), e.n)], from)
	if len(e.head) > 0 {
		e.head = e.head[n:]
	} else {
		e.record = append(e.record[n:], e.record[:n]...) // goes on where it stopped
	}
	e.n -= int64(n)
	return n, nil
}

// TestBombs protects memory from small files that expand to large ones: they are read in a stream, in memory that does not depend on
// how far they expand.
func TestBombs(t *testing.T) {
	size := int64(64 << 20)
	if testing.Short() {
		size = 8 << 20
	}
	record := build(little).record(1, 2, make([]byte, 65535)).b
	for name, compressor := range compressors {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bomb")
			f, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			w := compressor(f)
			_, err = io.Copy(w, &endless{head: build(little).header(0xa1b2c3d4).b, record: bytes.Clone(record), n: size})
			if err := errors.Join(err, w.Close(), f.Close()); err != nil {
				t.Fatal(err)
			}
			if st, err := os.Stat(path); err != nil || st.Size() > size/100 {
				t.Fatalf("it is no bomb: %v, %v", st.Size(), err)
			}
			s, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			var frame Frame
			var frames int64
			var early, late uint64
			for err == nil {
				if err = s.Next(&frame); err == nil {
					frames++
				}
				if frames == 50 { // when all buffers are there
					early = heapAfterCollection()
				}
				if frames == size/int64(len(record))-10 {
					late = heapAfterCollection()
				}
			}
			var cut *FileError
			if !errors.As(err, &cut) || cut.Kind != CutShort || frames != (size-24)/int64(len(record)) {
				t.Errorf("after %d frames %v", frames, err)
			}
			if late > early+4<<20 {
				t.Errorf("the heap grew from %d to %d KiB", early>>10, late>>10)
			}
		})
	}
}

func heapAfterCollection() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// TestManyInterfaces protects from pcapng files whose interfaces never end.
func TestManyInterfaces(t *testing.T) {
	for _, c := range []struct {
		n    int
		kind FileKind
	}{{10_000, ok}, {maxInterfaces, ok}, {maxInterfaces + 1, Damaged}} {
		t.Run(fmt.Sprint(c.n), func(t *testing.T) {
			w := build(little).section()
			for i := range c.n {
				w.device(uint16(i), 0, w.option(optionName, fmt.Sprint("if", i)))
			}
			w.enhanced(uint32(c.n-1), someMicroseconds, frameBytes)
			frames, err := readAll(bytes.NewReader(w.b))
			checkKind(t, err, c.kind)
			if c.kind == ok && (len(frames) != 1 || frames[0].device != uint32(c.n-1)) {
				t.Errorf("read %v", frames)
			}
		})
	}
}

// TestLengthsThatOverflow protects from lengths that wrap when they are added to or rounded up: the frame before them is read, and
// then the file is damaged or cut short.
func TestLengthsThatOverflow(t *testing.T) {
	head := build(little).section().device(1, 0).enhanced(0, someMicroseconds, frameBytes).b
	le := func() *builder { return build(little).then(head) }
	for _, length := range []uint32{math.MaxUint32, math.MaxUint32 - 3, 1<<31 - 1, 1 << 31, 16<<20 + 1, 0, 1, 11, 13, 31} {
		for name, w := range map[string]*builder{
			"enhanced":   le().u32(blockEnhancedPacket).u32(length),
			"simple":     le().u32(blockSimplePacket).u32(length),
			"interface":  le().u32(blockInterface).u32(length),
			"section":    le().u32(blockSection).u32(length).u32(0x1A2B3C4D),
			"custom":     le().u32(blockCustom).u32(length),
			"of no kind": le().u32(0x7777).u32(length),
			"frame":      le().enhancedOf(0, 0, int(length), int(length), make([]byte, 40)),
			"option":     le().enhanced(0, 0, frameBytes, build(little).u16(1).u16(uint16(max(length, 5))).b),
		} {
			frames, err := readAll(bytes.NewReader(w.then(make([]byte, 64)).b))
			var fe *FileError
			switch {
			case len(frames) < 1:
				t.Errorf("%s of %d bytes: no frame was read", name, length)
			case !errors.As(err, &fe) && name != "frame" && name != "option":
				t.Errorf("%s of %d bytes: %v", name, length, err)
			}
		}
	}
}

// TestFilesThatChange protects from files that are written, or cut, while they are read.
func TestFilesThatChange(t *testing.T) {
	const before, after = 20_000, 500 // frames: more than one window, so that reading ahead has begun
	whole := build(little).header(0xa1b2c3d4)
	for range before + after {
		whole.record(1, 2, frameBytes)
	}
	record := 16 + len(frameBytes)
	path := filepath.Join(t.TempDir(), "changing.pcap")
	open := func(n int) (Source, *os.File) {
		t.Helper()
		if err := os.WriteFile(path, whole.b[:24+n*record], 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
		if err != nil {
			t.Fatal(err)
		}
		return s, f
	}
	t.Run("grows", func(t *testing.T) {
		s, f := open(before)
		defer s.Close()
		defer f.Close()
		if err := s.Next(new(Frame)); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(whole.b[24+before*record:]); err != nil {
			t.Fatal(err)
		}
		frames, err := drain(s)
		checkKind(t, err, ok)
		if n := len(frames) + 1; n != before+after {
			t.Errorf("%d frames, want %d", n, before+after)
		}
	})
	t.Run("is cut", func(t *testing.T) {
		s, f := open(before + after)
		defer s.Close()
		defer f.Close()
		if err := s.Next(new(Frame)); err != nil {
			t.Fatal(err)
		}
		if err := f.Truncate(int64(24 + before*record - 7)); err != nil {
			t.Fatal(err)
		}
		frames, err := drain(s)
		checkKind(t, err, CutShort)
		if n := len(frames) + 1; n != before-1 {
			t.Errorf("%d frames, want %d", n, before-1)
		}
	})
	t.Run("is emptied", func(t *testing.T) {
		s, f := open(before)
		defer s.Close()
		defer f.Close()
		if err := f.Truncate(0); err != nil {
			t.Fatal(err)
		}
		frames, err := drain(s)
		if len(frames) > before || err != nil && !errors.As(err, new(*FileError)) {
			t.Errorf("%d frames, then %v", len(frames), err)
		}
	})
}

// TestManyInterfacesInChain protects from files of many interfaces one after another, whose interfaces somebody asks for with every
// frame.
func TestManyInterfacesInChain(t *testing.T) {
	const interfaces, frames = 10_000, 100
	w := build(little).section()
	for range interfaces {
		w.device(1, 0)
	}
	for range frames {
		w.enhanced(interfaces-1, someMicroseconds, frameBytes)
	}
	path := filepath.Join(t.TempDir(), "many.pcapng")
	if err := os.WriteFile(path, w.b, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := OpenFiles([]string{path, path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var f Frame
	next := func() {
		if err := s.Next(&f); err != nil {
			t.Fatal(err)
		}
		if n := len(s.Interfaces()); int(f.Interface) >= n || n%interfaces != 0 {
			t.Fatalf("frame %d is of interface %d of %d", f.Number, f.Interface, n)
		}
	}
	for f.Number <= frames {
		next()
	}
	if f.Interface != 2*interfaces-1 {
		t.Errorf("the second file's frame is of interface %d", f.Interface)
	}
	if n := testing.AllocsPerRun(frames/2, next); n > 0 {
		t.Errorf("%v allocations a frame", n)
	}
}

// TestLargeBlocks protects time and memory from files of nothing but the largest blocks: what is read ahead in smaller pieces is put
// together in one place, once.
func TestLargeBlocks(t *testing.T) {
	const blocks = 4
	w := build(little).section()
	comment := w.option(1, string(make([]byte, 65532)))
	body := w.order().u16(1).u16(0).u32(0).then(bytes.Repeat(comment, (maxBlock-100)/len(comment))).b
	var want [][]byte
	for i := range byte(blocks) {
		w.block(blockInterface, body)
		for n := range byte(3) {
			frame := bytes.Repeat([]byte{i, n, 3, 4, 5, 6, 7}, MaxFrame/7-1000*int(n))
			w.enhanced(uint32(i), someMicroseconds, frame)
			want = append(want, frame)
		}
	}
	path := filepath.Join(t.TempDir(), "large.pcapng")
	if err := os.WriteFile(path, w.b, 0o644); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var f Frame
	for i, data := range want {
		if err := s.Next(&f); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(f.Data, data) {
			t.Fatalf("frame %d of %d bytes is not what was written", i+1, len(f.Data))
		}
	}
	if err := s.Next(&f); err != io.EOF {
		t.Errorf("it ends with %v", err)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 3*maxBlock {
		t.Errorf("%d MiB allocated for blocks of %d", got>>20, maxBlock>>20)
	}
}
