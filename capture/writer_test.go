package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// noon is when the tests write.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.Local)

// packet is a frame with its bytes, as it is compared.
type packet struct {
	frame
	data string
}

// read reads all of a capture.
func read(t *testing.T, s Source) (packets []packet, interfaces []Interface) {
	t.Helper()
	var f Frame
	for {
		err := s.Next(&f)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if f.Link == LinkNone { // no packet, and not written
			continue
		}
		packets = append(packets, packet{frame{uint64(len(packets) + 1), f.Time, len(f.Data), f.Length, f.Link, f.Digits, f.HasTime, f.Interface},
			string(f.Data)})
	}
	return packets, s.Interfaces()
}

// copied writes all frames of a source into a file and reads that.
func copied(t *testing.T, s Source, format Format) (packets []packet, interfaces []Interface) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy")
	w, err := NewWriter(WriteOptions{Path: path, Format: format, Application: "icmpsniff test"}, s)
	if err != nil {
		t.Fatal(err)
	}
	var f Frame
	for s.Next(&f) == nil {
		if err := w.Write(&f); err != nil {
			t.Fatal(err, w.Close())
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	return read(t, again)
}

// opened opens a capture that lies in memory.
func opened(t *testing.T, content []byte) Source {
	t.Helper()
	s, err := OpenReader("test", bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	comparePackets    = cmp.AllowUnexported(packet{}, frame{})
	compareInterfaces = cmpopts.IgnoreUnexported(Interface{})
)

// TestWrittenCapturesAreRead protects that a copy of a capture has the same frames, times, lengths and interfaces.
func TestWrittenCapturesAreRead(t *testing.T) {
	le := build(little)
	text := func(code uint16, value string) []byte { return le.option(code, value) }
	many := build(little).section()
	for i := range 2000 { // more than fits into what is written at once
		many.device(uint16(1+i%2), 0, text(optionName, fmt.Sprint("eth", i)), text(optionFilter, "\x00"+strings.Repeat("x", 250)))
	}
	for name, file := range map[string][]byte{
		"microseconds":       build(big).header(0xa1b2c3d4).record(1_700_000_000, 999_999, frameBytes).record(math.MaxUint32, 0, nil).b,
		"nanoseconds":        build(little).header(0xa1b23c4d).record(1_700_000_000, 999_999_999, frameBytes).b,
		"cut, and too long":  build(little).header(0xa1b2c3d4).recordOf(1, 2, 20, 1500, frameBytes[:20]).recordOf(1, 2, 42, 20, frameBytes).b,
		"odd lengths":        build(little).header(0xa1b2c3d4).record(1, 2, frameBytes[:1]).record(1, 2, frameBytes[:2]).record(1, 2, frameBytes[:3]).b,
		"link type of 9 bit": build(little).pcapHeader(0xa1b2c3d4, 2, 4, 276).record(1, 2, frameBytes).b,
		"largest frame":      build(little).header(0xa1b2c3d4).record(1, 2, make([]byte, MaxFrame)).record(1, 2, make([]byte, MaxFrame)).b,
		"empty pcap":         build(little).header(0xa1b2c3d4).b,
		"interfaces": build(little).section().
			device(1, 96, text(optionName, "eth0"), text(optionDescription, "to the left"), text(optionFilter, "\x00icmp"), text(optionTSResol, "\x09")).
			enhanced(0, someMicroseconds*1000+1, frameBytes).
			device(276, 0, text(optionName, "any")).enhanced(1, someMicroseconds, frameBytes).enhanced(0, 5, nil).
			device(1, 0, text(optionName, "never used")).b,
		"many interfaces": many.enhanced(1999, someMicroseconds, frameBytes).b,
		"seconds":         build(little).section().device(1, 0, text(optionTSResol, "\x00")).enhanced(0, 1_700_000_000, frameBytes).b,
		"before 1970":     build(little).section().device(1, 0).enhanced(0, math.MaxUint64-999_999, frameBytes).b,
		"without a time":  build(little).section().device(1, 30).simple(42, frameBytes[:30]).simple(20, frameBytes[:20]).b,
		"no packet":       build(little).section().device(1, 0).block(9, []byte("note")).enhanced(0, someMicroseconds, frameBytes).b,
	} {
		t.Run(name, func(t *testing.T) {
			want, interfaces := read(t, opened(t, file))
			got, again := copied(t, opened(t, file), Pcapng)
			if diff := cmp.Diff(want, got, comparePackets); diff != "" {
				t.Errorf("frames (-) are not those of the copy (+):\n%s", diff)
			}
			if diff := cmp.Diff(interfaces, again, compareInterfaces); diff != "" {
				t.Errorf("interfaces (-) are not those of the copy (+):\n%s", diff)
			}
		})
	}
}

// TestSectionsBecomeOne protects frames of later sections, whose interfaces have other numbers than there, and the times of clocks
// that pcapng can only say in nanoseconds.
func TestSectionsBecomeOne(t *testing.T) {
	le := build(little)
	file := append(build(little).section().device(1, 0).enhanced(0, someMicroseconds, frameBytes).b,
		build(big).section().device(113, 0, build(big).option(optionTSResol, "\x94")).enhanced(0, 1<<20+1, frameBytes).b...) // 2^-20 s
	file = append(file, le.section().device(1, 0, le.option(optionTSResol, "\x04")).enhanced(0, 17_000, frameBytes).b...)
	got, interfaces := copied(t, opened(t, file), Pcapng)
	if len(got) != 3 || len(interfaces) != 3 {
		t.Fatalf("got %d frames of %d interfaces, want three of three", len(got), len(interfaces))
	}
	for i, want := range []frame{
		{1, someMicroseconds * 1000, 42, 42, 1, 6, true, 0},
		{2, 1_000_000_953, 42, 42, 113, 9, true, 1},
		{3, 1_700_000_000, 42, 42, 1, 9, true, 2},
	} {
		if got[i].frame != want {
			t.Errorf("got %v, want %v", got[i].frame, want)
		}
	}
}

// TestPcapIsWritten protects the two pcap formats: what they keep, and what they cut off.
func TestPcapIsWritten(t *testing.T) {
	file := build(little).header(0xa1b23c4d).record(1_700_000_000, 999_999_999, frameBytes).recordOf(math.MaxUint32, 0, 20, 1500, frameBytes[:20]).b
	for format, times := range map[Format][2]int64{
		Pcap:        {1_700_000_000_999_999_000, math.MaxUint32 * 1e9},
		PcapNanosec: {1_700_000_000_999_999_999, math.MaxUint32 * 1e9},
	} {
		got, interfaces := copied(t, opened(t, file), format)
		digits := interfaces[0].Digits
		want := []packet{
			{frame{1, times[0], 42, 42, 1, digits, true, 0}, string(frameBytes)},
			{frame{2, times[1], 20, 1500, 1, digits, true, 0}, string(frameBytes[:20])},
		}
		if diff := cmp.Diff(want, got, comparePackets); diff != "" {
			t.Errorf("%v: want (-), got (+):\n%s", writtenFormats[format].name, diff)
		}
	}
}

// TestWriteErrors protects the one sentence that says why frames are missing, and that those before are there.
func TestWriteErrors(t *testing.T) {
	two := build(little).section().device(1, 0).device(276, 0).enhanced(0, someMicroseconds, frameBytes).enhanced(1, someMicroseconds, frameBytes).b
	for _, tt := range []struct {
		name   string
		path   string // in a folder of the test's own
		file   []byte
		format Format
		lose   func(t *testing.T, w *Writer)
		want   string // PATH is the file
		frames int    // that can be read afterwards
	}{
		{name: "no such folder", path: "nowhere/a", want: `The path to the file "PATH" doesn't exist.`},
		{name: "a folder", path: ".", want: `Packets can't be written to the file "PATH", which is a directory (folder).`},
		{name: "two link types", file: two, format: Pcap, frames: 1, want: `Not all the packets could be written to the file "PATH": ` +
			`a pcap file has one link type, and the frames have EN10MB and LINUX_SLL2, which pcapng can hold.`},
		{name: "a time that pcap has not", format: PcapNanosec, frames: 1, want: `Not all the packets could be written to the file "PATH": ` +
			`the time of frame 2 does not fit into a pcap file, but into pcapng.`,
			file: build(little).section().device(1, 0).enhanced(0, someMicroseconds, frameBytes).enhanced(0, math.MaxUint32*1_000_000+1_000_000, frameBytes).b},
		{name: "disk full", lose: full(120), frames: 1, // of 76 bytes, after 32 of the interface
			want: `Not all the packets could be written to the file "PATH" because there is no space left on the file system.`},
		{name: "disk full, pcap", format: Pcap, lose: full(100), frames: 1, // of 58 bytes; the header waits, since it is not known before a frame
			want: `Not all the packets could be written to the file "PATH" because there is no space left on the file system.`},
		{name: "removed", lose: func(_ *testing.T, w *Writer) { os.Remove(w.file.path) },
			want: `Not all the packets could be written to the file "PATH": it was removed meanwhile.`},
		{name: "folder removed", lose: func(_ *testing.T, w *Writer) { os.RemoveAll(filepath.Dir(w.file.path)) },
			want: `Not all the packets could be written to the file "PATH": it was removed meanwhile.`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.file == nil {
				tt.file = build(little).section().device(1, 0).enhanced(0, someMicroseconds, frameBytes).enhanced(0, someMicroseconds, frameBytes).b
			}
			if tt.path == "" {
				tt.path = "file"
			}
			path := filepath.Join(t.TempDir(), tt.path)
			s := opened(t, tt.file)
			w, err := newWriter(WriteOptions{Path: path, Format: tt.format}, s, noon)
			if err == nil {
				if tt.lose != nil {
					tt.lose(t, w)
				}
				var f Frame
				for s.Next(&f) == nil && w.Write(&f) == nil {
				}
				err = w.finish(noon)
			}
			var we *WriteError
			if want := strings.ReplaceAll(tt.want, "PATH", path); !errors.As(err, &we) || err.Error() != want {
				t.Fatalf("got  %v\nwant %s", err, want)
			}
			if tt.frames == 0 {
				return
			}
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := readAll(bytes.NewReader(content)); err != nil || len(got) != tt.frames {
				t.Errorf("the file has %d frames and ends with %v, want %d and a clean end", len(got), err, tt.frames)
			}
		})
	}
}

// full makes the disk have room for so many more bytes.
func full(n int) func(t *testing.T, w *Writer) {
	return func(_ *testing.T, w *Writer) { w.file.w = &disk{w.file.w, n} }
}

// disk writes until it is full, and then as much of a write as there is room for.
type disk struct {
	w    io.Writer
	room int
}

func (d *disk) Write(b []byte) (int, error) {
	if len(b) <= d.room {
		d.room -= len(b)
		return d.w.Write(b)
	}
	n, _ := d.w.Write(b[:d.room])
	d.room = 0
	return n, syscall.ENOSPC
}

// pieces counts what is written, and in how many pieces.
type pieces struct {
	bytes.Buffer
	n int
}

func (p *pieces) Write(b []byte) (int, error) {
	p.n++
	return p.Buffer.Write(b)
}

// TestFramesAreGathered protects the price of a frame: no memory, and no system call; and that nevertheless it is in the file a
// moment later, whole.
func TestFramesAreGathered(t *testing.T) {
	for format := range writtenFormats {
		out := &pieces{}
		s := opened(t, build(little).header(0xa1b2c3d4).b)
		w, err := newWriter(WriteOptions{Path: "-", Stdout: out, Format: Format(format)}, s, noon)
		if err != nil || out.n != 1 {
			t.Fatalf("%d pieces, error %v; want the header alone", out.n, err)
		}
		f := Frame{Number: 1, Time: someMicroseconds * 1000, Length: 42, Data: frameBytes, Link: 1, Digits: 6, HasTime: true}
		if n := testing.AllocsPerRun(999, func() {
			if err := w.Write(&f); err != nil {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("%s: %v allocations a frame, want none", writtenFormats[format].name, n)
		}
		if out.n != 1 {
			t.Errorf("%s: %d pieces for 1000 frames, want none yet", writtenFormats[format].name, out.n-1)
		}
		w.tick(noon)
		if got, err := readAll(bytes.NewReader(out.Bytes())); err != nil || len(got) != 1000 || out.n != 2 {
			t.Errorf("%s: %d frames in %d pieces, error %v; want 1000 in one", writtenFormats[format].name, len(got), out.n-1, err)
		}
		for range 20_000 {
			w.Write(&f)
		}
		if least := 20_000 * 42 / writeSize; out.n-2 < least || out.n-2 > 3*least {
			t.Errorf("%s: %d pieces for 20000 frames", writtenFormats[format].name, out.n-2)
		}
		if err := w.finish(noon); err != nil {
			t.Error(err)
		}
	}
}

// TestStatistics protects what a live capture says of what it lost (draft-ietf-opsawg-pcapng §4.6).
func TestStatistics(t *testing.T) {
	var out bytes.Buffer
	sources := []LiveSource{&countedSource{Interface{Name: "a", Link: 1, Digits: 6}, Stats{Known: true, Received: 10, Dropped: 2, InterfaceDropped: 1}},
		&countedSource{Interface{Name: "b", Link: 1, Digits: 9}, Stats{Known: true, Received: 1 << 40}}}
	m := &merged{sources: sources}
	w, err := newWriter(WriteOptions{Path: "-", Stdout: &out}, m, time.Unix(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	before := out.Len()
	if err := w.finish(time.Unix(2, 0)); err != nil {
		t.Fatal(err)
	}
	le := build(little)
	stamp := func(v uint64) string { return string(le.order().u32(uint32(v >> 32)).u32(uint32(v)).b) }
	count := func(v uint64) string { return string(le.order().u64(v).b) }
	block := func(id uint32, start, end uint64, received, dropped, kernel uint64) []byte {
		body := le.order().u32(id).then([]byte(stamp(end)))
		for _, o := range [][]byte{le.option(2, stamp(start)), le.option(3, stamp(end)), le.option(4, count(received)),
			le.option(5, count(dropped)), le.option(6, count(received)), le.option(7, count(kernel)), le.option(0, "")} {
			body.then(o)
		}
		return le.order().block(5, body.b).b
	}
	want := slices.Concat(block(0, 1e6, 2e6, 10, 3, 2), block(1, 1e9, 2e9, 1<<40, 0, 0))
	if got := out.Bytes()[before:]; !bytes.Equal(got, want) {
		t.Errorf("got  %x\nwant %x", got, want)
	}
}

// countedSource has an interface and counts, and no frames.
type countedSource struct {
	iface Interface
	stats Stats
}

func (s *countedSource) Next(*Frame) error                  { return io.EOF }
func (s *countedSource) NextBefore(*Frame, time.Time) error { return io.EOF }
func (s *countedSource) Name() string                       { return s.iface.Name }
func (s *countedSource) Interfaces() []Interface            { return []Interface{s.iface} }
func (s *countedSource) Stats() Stats                       { return s.stats }
func (s *countedSource) Stop()                              {}
func (s *countedSource) Close() error                       { return nil }

// TestLiveLinkTypes protects that interfaces which do not fit into one pcap file are refused before anything is captured, and
// before a file is touched.
func TestLiveLinkTypes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "never")
	m := &merged{sources: []LiveSource{&countedSource{iface: Interface{Link: 1}}, &countedSource{iface: Interface{Link: 276}}}}
	_, err := NewWriter(WriteOptions{Path: path, Format: Pcap}, m)
	want := fmt.Sprintf("Packets can't be written to the file %q: a pcap file has one link type, and the frames have EN10MB and LINUX_SLL2, which pcapng can hold.", path)
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the file was made nevertheless")
	}
}

// TestEnded protects that who waits for a frame is told when no more are wanted: here because nobody can read them any more.
func TestEnded(t *testing.T) {
	ended := make(chan struct{})
	r, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s := opened(t, build(little).header(0xa1b2c3d4).b)
	w, err := NewWriter(WriteOptions{Path: "-", Stdout: pipe, Ended: func() { close(ended) }}, s)
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	w.Write(&Frame{Length: 42, Data: frameBytes, Link: 1, HasTime: true})
	<-ended
	if err := w.Close(); !errors.Is(err, syscall.EPIPE) {
		t.Errorf("it ended with %v, want EPIPE", err)
	}
}

// TestParseFormat protects -F.
func TestParseFormat(t *testing.T) {
	for format, f := range writtenFormats {
		if got, err := ParseFormat(f.name); err != nil || got != Format(format) {
			t.Errorf("%s: got %v, %v", f.name, got, err)
		}
	}
	if _, err := ParseFormat("erf"); err == nil || err.Error() != `"erf" isn't a capture file type that can be written; it is one of pcapng, pcap, nsecpcap` {
		t.Error(err)
	}
}
