package capture

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// statistics appends an Interface Statistics Block.
func (w *builder) statistics(id uint32, stamp uint64, options ...[]byte) *builder {
	body := w.order().u32(id).u32(uint32(stamp >> 32)).u32(uint32(stamp))
	for _, o := range options {
		body.then(o)
	}
	return w.block(blockStatistics, body.b)
}

// count is an option with a number.
func (w *builder) count(code uint16, n uint64) []byte {
	return w.option(code, string(w.order().u64(n).b))
}

// TestPcapngStatistics protects what a file says of frames that it lacks: a report which knows of none takes them for lost on the way.
func TestPcapngStatistics(t *testing.T) {
	le := build(little)
	begin := func() *builder { return build(little).section().device(1, 0) }
	told := func(received, kernel, byInterface uint64) Stats {
		return Stats{Known: true, Received: received, Dropped: kernel, InterfaceDropped: byInterface}
	}
	for _, c := range []struct {
		name string
		file *builder
		want Stats
		end  FileKind
	}{
		{"none", begin().enhanced(0, 1, frameBytes), Stats{}, ok},
		{"dumpcap's", begin().statistics(0, 9, le.count(optionReceived, 16), le.count(optionDropped, 3)), told(16, 3, 0), ok},
		{"dumpcap's, nothing dropped", begin().statistics(0, 9, le.count(optionReceived, 16), le.count(optionDropped, 0)), told(16, 0, 0), ok},
		{"both drops in the interface's", begin().statistics(0, 9, le.count(optionDropped, 5), le.count(optionKernelDropped, 3)), told(0, 3, 2), ok},
		{"each drop by itself", begin().statistics(0, 9, le.count(optionDropped, 2), le.count(optionKernelDropped, 3)), told(0, 3, 2), ok},
		{"the kernel's alone", begin().statistics(0, 9, le.count(optionKernelDropped, 3)), told(0, 3, 0), ok},
		{"big-endian", build(big).section().device(1, 0).statistics(0, 9, build(big).count(optionDropped, 3)), told(0, 3, 0), ok},
		{"again, later: of all of the capture", begin().statistics(0, 9, le.count(optionDropped, 3)).statistics(0, 10, le.count(optionDropped, 4)), told(0, 4, 0), ok},
		{"two interfaces", begin().device(1, 0).statistics(0, 9, le.count(optionDropped, 3)).statistics(1, 9, le.count(optionDropped, 4)), told(0, 7, 0), ok},
		{"two sections", begin().statistics(0, 9, le.count(optionDropped, 3)).section().device(1, 0).statistics(0, 9, le.count(optionDropped, 4)), told(0, 7, 0), ok},
		{"of no count", begin().statistics(0, 9, le.option(optionStart, "12345678")), Stats{}, ok},
		{"a count of four bytes", begin().statistics(0, 9, le.option(optionDropped, "1234")), Stats{}, ok},
		{"of an interface that there is not", begin().statistics(1, 9, le.count(optionDropped, 3)), Stats{}, ok},
		{"of an interface of the section before", begin().section().statistics(0, 9, le.count(optionDropped, 3)), Stats{}, ok},
		{"too short", begin().block(blockStatistics, make([]byte, 8)), Stats{}, Damaged},
		{"option longer than its block", begin().statistics(0, 9, le.order().u16(optionDropped).u16(400).raw(1, 2, 3, 4).b), Stats{}, Damaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := opened(t, c.file.b)
			_, err := drain(s)
			checkKind(t, err, c.end)
			if got := s.Stats(); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// TestCopiedStatistics protects that a copy of captures lacks the same frames: each interface's counts are there, from when they were made.
func TestCopiedStatistics(t *testing.T) {
	le := build(little)
	dir := t.TempDir()
	paths := make([]string, 4)
	for i, b := range []*builder{
		build(little).section().device(1, 0), // says nothing
		build(little).section().device(1, 0).device(1, 0).statistics(1, 7000000, le.count(optionReceived, 9), le.count(optionDropped, 3)),
		build(little).header(0xa1b2c3d4), // cannot say anything
		build(little).section().device(1, 0, le.option(optionTSResol, "\x09")).statistics(0, 8000000000, le.count(optionReceived, 5), le.count(optionDropped, 4), le.count(optionKernelDropped, 1)),
	} {
		paths[i] = filepath.Join(dir, string(rune('a'+i)))
		if err := os.WriteFile(paths[i], b.b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := OpenFiles(paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out bytes.Buffer
	w, err := newWriter(WriteOptions{Path: "-", Stdout: &out}, s, noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drain(s); err != nil {
		t.Fatal(err)
	}
	if err := w.finish(noon); err != nil {
		t.Fatal(err)
	}
	want := Stats{Known: true, Received: 14, Dropped: 4, InterfaceDropped: 3}
	if got := s.Stats(); got != want {
		t.Errorf("the captures: got %+v, want %+v", got, want)
	}
	copied := opened(t, out.Bytes())
	if _, err := drain(copied); err != nil {
		t.Fatal(err)
	}
	if got := copied.Stats(); got != want {
		t.Errorf("the copy: got %+v, want %+v", got, want)
	}
	all := statsOf(copied)
	if len(all) != 5 || all[2].at != 7e9 || all[2].Dropped != 3 || all[4].at != 8e9 || all[4].InterfaceDropped != 3 {
		t.Errorf("by interface: %+v", all)
	}
}
