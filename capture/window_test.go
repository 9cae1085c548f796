package capture

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"
)

// TestWindow protects the one place where bytes are lent: with readers that deliver all at once, a byte at a time, and with the
// end in the same call as the last bytes.
func TestWindow(t *testing.T) {
	content := make([]byte, 3*windowSize)
	for i := range content {
		content[i] = byte(i * 7 >> 3)
	}
	readers := map[string]func(io.Reader) io.Reader{
		"whole":        func(r io.Reader) io.Reader { return r },
		"halves":       iotest.HalfReader,
		"end together": iotest.DataErrReader,
	}
	for name, wrap := range readers {
		t.Run(name, func(t *testing.T) { testWindow(t, newWindow(wrap(bytes.NewReader(content))), content) })
		t.Run(name+", ahead", func(t *testing.T) {
			w := newWindow(wrap(bytes.NewReader(content)))
			w.eager = true
			defer w.closer(io.NopCloser(nil)).Close()
			testWindow(t, w, content)
			if w.ahead == nil {
				t.Error("nothing was read ahead")
			}
		})
	}
}

func testWindow(t *testing.T, w *window, content []byte) {
	at := 0
	for _, n := range []int{0, 1, 4, 1000, windowSize, 17, windowSize + 5, 3} {
		b, err := w.take(n)
		if err != nil || !bytes.Equal(b, content[at:at+n]) {
			t.Fatalf("take(%d) at %d: %v, wrong bytes: %v", n, at, err, !bytes.Equal(b, content[at:at+n]))
		}
		at += n
	}
	if err := w.skip(100_000); err != nil {
		t.Fatal(err)
	}
	at += 100_000
	if b, err := w.peek(4); err != nil || !bytes.Equal(b, content[at:at+4]) {
		t.Fatalf("peek: %v, % x", err, b)
	}
	if rest, err := io.ReadAll(w); err != nil || !bytes.Equal(rest, content[at:]) {
		t.Errorf("Read: %v, %d bytes, want %d", err, len(rest), len(content)-at)
	}
	if _, err := w.take(1); err != io.EOF {
		t.Errorf("at the end: got %v, want io.EOF", err)
	}
}

// TestWindowErrors protects the difference between the clean end, an end too early and a failing disk.
func TestWindowErrors(t *testing.T) {
	disk := errors.New("input/output error")
	for _, tt := range []struct {
		name string
		r    io.Reader
		want error
	}{
		{"clean end", bytes.NewReader(nil), io.EOF},
		{"end too early", bytes.NewReader([]byte{1}), io.ErrUnexpectedEOF},
		{"disk", iotest.ErrReader(disk), disk},
		{"disk after a byte", io.MultiReader(bytes.NewReader([]byte{1}), iotest.ErrReader(disk)), disk},
		{"no progress", iotest.ErrReader(nil), io.ErrNoProgress},
	} {
		if _, err := newWindow(tt.r).take(2); err != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
}
