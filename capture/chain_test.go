package capture

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// TestOpenFiles protects numbering through several files, and that a damaged one does not hide those after it.
func TestOpenFiles(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	two := file("two.pcap", someFrames(2))
	cut := file("cut.pcap", someFrames(2)[:24+16+42+8])
	ng := file("ng.pcapng", build(little).section().device(1, 0).device(113, 0).enhanced(1, someMicroseconds, frameBytes).b)
	text := file("text", []byte("hello, world"))

	type delivered struct {
		number uint64
		device uint32
		from   string
	}
	tests := []struct {
		name       string
		paths      []string
		want       []delivered
		errors     []FileKind
		interfaces int
	}{
		{"one", []string{two}, []delivered{{1, 0, two}, {2, 0, two}}, nil, 1},
		{"three", []string{two, ng, two}, []delivered{{1, 0, two}, {2, 0, two}, {3, 2, ng}, {4, 3, two}, {5, 3, two}}, nil, 4},
		{"damage in the middle", []string{cut, two}, []delivered{{1, 0, cut}, {2, 1, two}, {3, 1, two}}, []FileKind{CutShort}, 2},
		{"not a capture in the middle", []string{ng, text, two}, []delivered{{1, 1, ng}, {2, 2, two}, {3, 2, two}}, []FileKind{NotCapture}, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := OpenFiles(tt.paths, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			var got []delivered
			var kinds []FileKind
			for {
				var f Frame
				err := s.Next(&f)
				if err == io.EOF {
					break
				}
				var fe *FileError
				if errors.As(err, &fe) {
					kinds = append(kinds, fe.Kind)
					continue
				}
				got = append(got, delivered{f.Number, f.Interface, s.Name()})
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
			if !slices.Equal(kinds, tt.errors) {
				t.Errorf("got errors %v, want %v", kinds, tt.errors)
			}
			if n := len(s.Interfaces()); n != tt.interfaces {
				t.Errorf("got %d interfaces, want %d", n, tt.interfaces)
			}
		})
	}

	t.Run("a later file that is missing fails at once", func(t *testing.T) {
		_, err := OpenFiles([]string{two, filepath.Join(dir, "none")}, nil)
		checkKind(t, err, Missing)
	})
	t.Run("a later folder fails at once", func(t *testing.T) {
		_, err := OpenFiles([]string{two, dir}, nil)
		checkKind(t, err, IsDir)
	})
	t.Run("a later file is read though its name is gone by then", func(t *testing.T) {
		gone := file("gone.pcap", someFrames(1))
		s, err := OpenFiles([]string{two, gone}, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := os.Remove(gone); err != nil {
			t.Fatal(err)
		}
		if got, err := drain(s); err != nil || len(got) != 3 {
			t.Errorf("got %d frames, %v; want 3", len(got), err)
		}
	})
	t.Run("a later pipe is waited for, but not before its turn", func(t *testing.T) {
		for _, content := range [][]byte{someFrames(1), nil} {
			pipe := filepath.Join(dir, "pipe")
			if err := syscall.Mkfifo(pipe, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := OpenFiles([]string{two, pipe}, nil) // would wait for ever
			if err != nil {
				t.Fatal(err)
			}
			wrote := make(chan error)
			go func() { wrote <- os.WriteFile(pipe, content, 0) }()
			got, err := drain(s)
			if want := 2 + min(len(content), 1); len(got) != want {
				t.Errorf("got %d frames, %v; want %d", len(got), err, want)
			}
			if content == nil {
				checkKind(t, err, Empty)
			}
			s.Close()
			if err := errors.Join(<-wrote, os.Remove(pipe)); err != nil {
				t.Error(err)
			}
		}
	})
}
