package capture

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// someFrames is a pcap file of n frames.
func someFrames(n int) []byte {
	w := build(little).header(0xa1b2c3d4)
	for i := range n {
		w.record(1_700_000_000, uint32(i), frameBytes)
	}
	return w.b
}

// compressors are the ones that package capture undoes.
var compressors = map[string]func(io.Writer) io.WriteCloser{
	"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"zstd": func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w)
		if err != nil {
			panic(err)
		}
		return z
	},
	"lz4": func(w io.Writer) io.WriteCloser { return lz4.NewWriter(w) },
}

func compress(t testing.TB, name string, plain []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := compressors[name](&b)
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCompressed protects reading each compression, recognised by content, whole, cut and damaged.
func TestCompressed(t *testing.T) {
	for name := range compressors {
		whole := compress(t, name, someFrames(1000))
		damaged := bytes.Clone(whole)
		damaged[len(damaged)/2] ^= 0xff
		for _, tt := range []struct {
			name   string
			file   []byte
			frames int // -1: any number but all
			end    FileKind
		}{
			{"whole", whole, 1000, ok},
			{"two, one after the other", append(compress(t, name, someFrames(1000)), compress(t, name, build(little).record(1, 2, frameBytes).b)...), 1001, ok},
			{"cut", whole[:len(whole)-len(whole)/3], -1, CutShort},
			{"not a capture", compress(t, name, []byte("hello, world")), 0, NotCapture},
			{"nothing in it", compress(t, name, nil), 0, Empty},
			{"checksum wrong", damaged, -1, Damaged},
		} {
			t.Run(name+"/"+tt.name, func(t *testing.T) {
				got, err := readAll(bytes.NewReader(tt.file))
				if tt.frames >= 0 && len(got) != tt.frames || len(got) > 1001 {
					t.Errorf("got %d frames, want %d", len(got), tt.frames)
				}
				checkKind(t, err, tt.end)
			})
		}
	}
}

// TestStreaming protects live use through a pipe: a frame is delivered when its last byte is there, before any other comes. Not
// so lz4, whose reader fills the buffer it is given before it returns.
func TestStreaming(t *testing.T) {
	flush := map[string]func(io.WriteCloser) error{
		"plain": func(io.WriteCloser) error { return nil },
		"gzip":  func(w io.WriteCloser) error { return w.(*gzip.Writer).Flush() },
		"zstd":  func(w io.WriteCloser) error { return w.(*zstd.Encoder).Flush() },
	}
	for name, flush := range flush {
		t.Run(name, func(t *testing.T) {
			r, pipe := io.Pipe()
			w := io.WriteCloser(pipe)
			if c, ok := compressors[name]; ok {
				w = c(pipe)
			}
			seen := make(chan bool)
			go func() {
				w.Write(someFrames(1))
				flush(w)
				<-seen // would wait forever if the reader wanted more
				w.Write(build(little).record(1, 2, frameBytes).b)
				w.Close()
				pipe.Close()
			}()
			s, err := OpenReader("-", r)
			if err != nil {
				t.Fatal(err)
			}
			var f Frame
			if err := s.Next(&f); err != nil || !bytes.Equal(f.Data, frameBytes) {
				t.Fatalf("first frame: %v, % x", err, f.Data)
			}
			seen <- true
			if err := s.Next(&f); err != nil {
				t.Fatalf("second frame: %v", err)
			}
			if err := s.Next(&f); err != io.EOF {
				t.Errorf("at the end: got %v, want io.EOF", err)
			}
		})
	}
}

// TestOpenErrors protects the sentence for each way a file can fail to open.
func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	tests := []struct {
		name, path string
		kind       FileKind
		want       string
	}{
		{"missing", filepath.Join(dir, "none.pcap"), Missing, `none.pcap" doesn't exist.`},
		{"folder", dir, IsDir, `" is a directory (folder), not a file.`},
		{"empty", write("empty.pcap", "", 0o600), Empty, `empty.pcap" is empty.`},
		{"text", write("text.pcap", "hello, world", 0o600), NotCapture, `text.pcap" isn't a capture file in a format icmpsniff understands.`},
		{"three bytes", write("short.pcap", "\xd4\xc3\xb2", 0o600), NotCapture, "isn't a capture file"},
		{"header cut", write("cut.pcap", "\xd4\xc3\xb2\xa1\x02\x00", 0o600), CutShort, `cut.pcap" appears to have been cut short in the middle of a packet.`},
		{"name with an escape sequence", filepath.Join(dir, "\x1b[2J"), Missing, `\x1b[2J" doesn't exist.`},
		{"unreadable", write("secret.pcap", "x", 0), Permission, `You don't have permission to read the file "`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.kind == Permission {
				asNobody(t)
			}
			_, err := Open(tt.path)
			checkKind(t, err, tt.kind)
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %q, want it to contain %q", err, tt.want)
			}
		})
	}
}

// asNobody makes the file system take the test's thread, until the test ends, for a user who may read only what everybody may.
func asNobody(t *testing.T) {
	if os.Geteuid() != 0 {
		return
	}
	const nobody = 65534
	runtime.LockOSThread()
	if err := unix.Setfsuid(nobody); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		unix.Setfsuid(0) //nolint:errcheck // it was root
		runtime.UnlockOSThread()
	})
}

// TestFileErrorSentences protects the sentences that opening alone does not reach.
func TestFileErrorSentences(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{&FileError{Path: "a", Kind: Damaged, Reason: "frame 2 is odd"}, `The file "a" appears to be damaged or corrupt: frame 2 is odd.`},
		{&FileError{Path: "a", Kind: Unsupported, Reason: "pcap version 1.0"}, `The file "a" contains record data that icmpsniff doesn't support: pcap version 1.0.`},
		{&FileError{Path: "-", Kind: Empty}, `Standard input is empty.`},
		{&FileError{Path: "-", Kind: CutShort}, `Standard input appears to have been cut short in the middle of a packet.`},
		{openError("a", &os.PathError{Op: "open", Path: "a", Err: os.ErrPermission}), `You don't have permission to read the file "a".`},
		{readError("a", &os.PathError{Op: "read", Path: "a", Err: errors.New("input/output error")}), `The file "a" could not be read: input/output error.`},
	} {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

// TestSourceEndsForGood protects callers that ask again after the end.
func TestSourceEndsForGood(t *testing.T) {
	for name, file := range map[string][]byte{
		"pcap, clean":    someFrames(1),
		"pcap, cut":      someFrames(1)[:50],
		"pcapng, clean":  build(little).section().device(1, 0).b,
		"pcapng, broken": build(little).section().device(1, 0).then(make([]byte, 64)).b,
	} {
		s, err := OpenReader(name, bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		_, first := drain(s)
		_, again := drain(s)
		if first != again {
			t.Errorf("%s: first %v, then %v", name, first, again)
		}
	}
}
