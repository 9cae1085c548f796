package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/sys/unix"

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

// Protects what is saved from a disk that gets full: it is said, what was written before can be read, and the analysis is reported as
// far as it came.
func TestFullDisk(t *testing.T) {
	flood := filepath.Join(committed, "ping-flood.pcap")
	saved := filepath.Join(disk(t, "16k"), "a.pcapng")
	got := sniff(t, "-q", "--report", "json", "-w", saved, flood)
	sentence := fmt.Sprintf("Not all the packets could be written to the file %q because there is no space left on the file system.", saved)
	if got.status != 2 || got.stderr != "icmpsniff: "+sentence+"\n" {
		t.Errorf("it ended with %d, and said %q; want 2 and %q", got.status, got.stderr, sentence)
	}
	var report struct{ Capture struct{ Error string } }
	if err := json.Unmarshal([]byte(got.stdout), &report); err != nil || report.Capture.Error+"." != sentence {
		t.Errorf("the report has the error %q (%v), want %q", report.Capture.Error, err, sentence)
	}
	frames, _ := contents(t, saved)
	all, _ := contents(t, flood)
	if len(frames) == 0 || len(frames) >= len(all) {
		t.Fatalf("%d frames of %d were saved", len(frames), len(all))
	}
	if diff := cmp.Diff(all[:len(frames)], frames, cmpopts.IgnoreFields(capture.Frame{}, "Section")); diff != "" {
		t.Errorf("what was saved is not what was read (-):\n%s", diff)
	}
}

// disk returns a folder on a disk of its own, of a size as mount(8) takes it. It is attached nowhere, and gone with the test.
func disk(t *testing.T, size string) string {
	t.Helper()
	configured, err := unix.Fsopen("tmpfs", unix.FSOPEN_CLOEXEC)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		t.Skip("no disk can be made here: ", err)
	}
	if err != nil {
		t.Fatal("tmpfs: ", err)
	}
	defer unix.Close(configured)
	if err := errors.Join(unix.FsconfigSetString(configured, "size", size), unix.FsconfigCreate(configured)); err != nil {
		t.Fatal("tmpfs: ", err)
	}
	mounted, err := unix.Fsmount(configured, unix.FSMOUNT_CLOEXEC, 0)
	if err != nil {
		t.Fatal("tmpfs: ", err)
	}
	t.Cleanup(func() { unix.Close(mounted) })
	return fmt.Sprintf("/proc/self/fd/%d", mounted)
}
