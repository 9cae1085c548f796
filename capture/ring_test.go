package capture

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestRingNames protects the names of files, which are dumpcap's: scripts find them by these.
func TestRingNames(t *testing.T) {
	for _, tt := range []struct {
		ring       Ring
		path, want string
	}{
		{Ring{number: 1}, "out.pcapng", "out_00001_20261122120000.pcapng"},
		{Ring{number: 2}, "out", "out_00002_20261122120000"},
		{Ring{number: 12345}, "a.b.pcap", "a.b_12345_20261122120000.pcap"},
		{Ring{number: 100_001}, "out.pcap", "out_00001_20261122120000.pcap"},
		{Ring{number: 3}, "a.d/out", "a.d/out_00003_20261122120000"},
		{Ring{number: 4, TimeFirst: true}, "out.pcap", "out_20261122120000_00004.pcap"},
	} {
		if got := tt.ring.name(tt.path, noon); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.path, got, tt.want)
		}
	}
}

// TestRing protects when a file ends, how many files stay, and when writing ends. A step is a frame, or, if it says how long,
// time that passes.
func TestRing(t *testing.T) {
	const frame = 76 // bytes of a pcapng block with frameBytes
	for _, tt := range []struct {
		name  string
		ring  *Ring
		bytes int64 // behind the head
		steps string
		want  string // frames in each file that is left; * for one that is still written when the steps are over
		names string // numbers of files that Names was told
		ended bool
	}{
		{name: "packets", ring: &Ring{Packets: 2}, steps: "f f f f f", want: "1:2 2:2 3:1", names: "1 2 3"},
		{name: "packets, and the last file is full", ring: &Ring{Packets: 2}, steps: "f f f f", want: "1:2 2:2 3:0", names: "1 2 3"},
		{name: "two files stay", ring: &Ring{Packets: 1, Keep: 2}, steps: "f f f f", want: "4:1 5:0", names: "1 2 3 4 5"},
		{name: "one file stays", ring: &Ring{Packets: 1, Keep: 1}, steps: "f f", want: "3:0", names: "1 2 3"},
		{name: "two files are written", ring: &Ring{Packets: 2, Last: 2}, steps: "f f f f f f", want: "1:2 2:2", names: "1 2", ended: true},
		{name: "of three files one stays", ring: &Ring{Packets: 1, Last: 3, Keep: 1}, steps: "f f f f", want: "3:1", names: "1 2 3", ended: true},
		{name: "size", ring: &Ring{}, bytes: frame + 1, steps: "f f f", want: "1:2 2:1", names: "1 2"},
		{name: "size, reached exactly", ring: &Ring{}, bytes: frame, steps: "f f", want: "1:1 2:1 3:0", names: "1 2 3"},
		{name: "size of the only file", bytes: frame + 1, steps: "f f f", want: "0:2", ended: true},
		{name: "duration", ring: &Ring{Every: time.Second}, steps: "f f 999ms f 1ms f", want: "1:3 2:1", names: "1 2"},
		{name: "duration, of silence", ring: &Ring{Every: time.Second, Last: 2}, steps: "1s 1s f", want: "1:0 2:0", names: "1 2", ended: true},
		{name: "duration begins with the file", ring: &Ring{Every: time.Second, Packets: 1}, steps: "500ms f 999ms f", want: "1:1 2:1 3:0", names: "1 2 3"},
		{name: "duration ends with the file's", ring: &Ring{Every: time.Second, Packets: 1}, steps: "500ms f 999ms 1ms f", want: "1:1 2:0 3:1 4:0", names: "1 2 3 4"},
		{name: "interval", ring: &Ring{Interval: time.Minute}, steps: "59s f 1s f 30s f 30s f", want: "1:1 2:2 3:1", names: "1 2 3"},
		{name: "the earlier of interval and duration", ring: &Ring{Interval: time.Minute, Every: 40 * time.Second}, steps: "40s f 20s f 39s f 1s f", want: "1:0 2:1 3:2 4:1", names: "1 2 3 4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			var names bytes.Buffer
			if tt.ring != nil {
				tt.ring.Names = &names
			}
			s := opened(t, build(little).header(0xa1b2c3d4).b)
			w, err := newWriter(WriteOptions{Path: filepath.Join(dir, "out"), Ring: tt.ring}, s, noon)
			if err != nil {
				t.Fatal(err)
			}
			if tt.bytes > 0 {
				w.o.Bytes = w.file.size + tt.bytes // the head names the system, and is of another size on each
			}
			now, ended := noon, false
			for _, step := range strings.Fields(tt.steps) {
				if step == "f" {
					err := w.write(&Frame{Time: 1, Length: 42, Data: frameBytes, Link: 1, Digits: 6, HasTime: true}, func() time.Time { return now })
					ended = ended || err != nil
					continue
				}
				pause, err := time.ParseDuration(step)
				if err != nil {
					t.Fatal(err)
				}
				now = now.Add(pause)
				_, more := w.tick(now)
				ended = ended || !more
			}
			if err := w.finish(now); err != nil {
				t.Fatal(err)
			}
			if got := framesIn(t, dir); got != tt.want || ended != tt.ended {
				t.Errorf("files %q, ended %v; want %q, %v", got, ended, tt.want, tt.ended)
			}
			var numbers []string
			for name := range strings.Lines(names.String()) {
				numbers = append(numbers, number(strings.TrimSpace(name)))
			}
			if got := strings.Join(numbers, " "); got != tt.names {
				t.Errorf("names of files %s, want %s", got, tt.names)
			}
		})
	}
}

// framesIn counts the frames of every file in a folder, by the file's number, 0 if it has none.
func framesIn(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	var counts []string
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		frames, err := readAll(bytes.NewReader(content))
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		counts = append(counts, fmt.Sprintf("%s:%d", number(path), len(frames)))
	}
	return strings.Join(counts, " ")
}

// number is what stands in a ring file's name, without zeros before it.
func number(path string) string {
	parts := strings.Split(filepath.Base(path), "_")
	if len(parts) < 2 {
		return "0"
	}
	return strings.TrimLeft(parts[1], "0")
}

// TestRingErrors protects a capture that cannot go on from looking as if it were complete, and one whose files are taken away as
// they are written from ending.
func TestRingErrors(t *testing.T) {
	for _, tt := range []struct {
		name   string
		remove func(path string) error // the current file's
		turn   time.Duration           // that passes afterwards
		want   string
	}{
		{"the file, and another follows", os.Remove, time.Second, ""},
		{"the file, and none follows", os.Remove, 0, `out_00001_20261122120000": it was removed meanwhile.`},
		{"the folder", func(path string) error { return os.RemoveAll(filepath.Dir(path)) }, time.Second,
			`out_00002_20261122120001" doesn't exist.`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "in")
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			s := opened(t, build(little).header(0xa1b2c3d4).b)
			w, err := newWriter(WriteOptions{Path: filepath.Join(dir, "out"), Ring: &Ring{Every: time.Second}}, s, noon)
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.remove(w.file.path); err != nil {
				t.Fatal(err)
			}
			w.tick(noon.Add(tt.turn))
			err = w.finish(noon)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.HasSuffix(err.Error(), tt.want)) {
				t.Errorf("it ended with %v, want %q", err, tt.want)
			}
		})
	}
}
