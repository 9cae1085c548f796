package main

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/icmpsniff/icmpsniff/capture"
)

// contents are the frames and interfaces of a capture, as far as it can be read.
func contents(t *testing.T, path string) ([]capture.Frame, []capture.Interface) {
	t.Helper()
	source, err := capture.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	var frames []capture.Frame
	for {
		var f capture.Frame
		err := source.Next(&f)
		var damage *capture.FileError
		if err == io.EOF || errors.As(err, &damage) {
			return frames, source.Interfaces()
		}
		if err != nil {
			t.Fatal(err)
		}
		f.Data = slices.Clone(f.Data)
		frames = append(frames, f)
	}
}

// Protects that -w keeps what a capture is: every capture of the lab, saved, has the same frames, times, lengths and
// interfaces, and the same is printed of it.
func TestSaved(t *testing.T) {
	for _, c := range captures(t) {
		t.Run(c.name, func(t *testing.T) {
			copied := filepath.Join(t.TempDir(), "copy")
			want := sniff(t, "-n", "--all", "--report", "none", "-P", "-w", copied, c.path)
			frames, interfaces := contents(t, c.path)
			again, interfacesAgain := contents(t, copied)
			ignored := cmpopts.IgnoreFields(capture.Frame{}, "Section") // pcap has none
			if diff := cmp.Diff(frames, again, ignored); diff != "" || len(frames) == 0 {
				t.Errorf("%d frames (-) are not those of the copy (+):\n%s", len(frames), diff)
			}
			if diff := cmp.Diff(interfaces, interfacesAgain, cmpopts.IgnoreUnexported(capture.Interface{})); diff != "" {
				t.Errorf("interfaces (-) are not those of the copy (+):\n%s", diff)
			}
			if got := sniff(t, "-n", "--all", "--report", "none", copied); got.stdout != want.stdout || got.stderr != "" {
				t.Errorf("lines (-) are not those of the copy (+):\n%s%s", cmp.Diff(want.stdout, got.stdout), got.stderr)
			}
		})
	}
}
