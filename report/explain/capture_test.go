package explain

import (
	"bytes"
	"encoding/binary"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/gopacket/pcapgo"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/track"
)

var update = flag.Bool("update", false, "write the golden files below testdata instead of comparing with them")

const captures = "../../testdata/pcaps"

// told returns the story of a capture of the lab.
func told(t testing.TB, name string, o Options) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(captures, name+".pcap"))
	if err != nil {
		t.Fatal(err)
	}
	return story(t, &replay{t: t, file: file}, o)
}

// story tells what a source delivers.
func story(t testing.TB, source pipeline.Source, o Options) []byte {
	t.Helper()
	o.Tracker = track.New(track.Options{})
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	out := &listener{story: s}
	pass := pipeline.Pass{Source: source, Decoder: decode.New(), Tracker: o.Tracker, Sink: out, Shown: func(s *field.Subject) bool {
		return pipeline.Concerned(s.Packet) || ToNameServer(s.Packet)
	}}
	if _, err := pass.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s.End(out.text, o.Tracker.Summary())
}

// listener keeps a story in memory.
type listener struct {
	story *Story
	text  []byte
}

func (l *listener) Packet(s *field.Subject) error {
	l.text = l.story.Packet(l.text, s)
	return nil
}

func (l *listener) Event(e *track.Event, _ field.Clock) error {
	l.text = l.story.Event(l.text, e)
	return nil
}

func (l *listener) Idle() error { return nil }

// replay is a source of the frames of a savefile.
type replay struct {
	t      testing.TB
	file   []byte
	reader *pcapgo.Reader
	n      uint64
}

func (r *replay) Next(f *decode.Frame) (err error) {
	if r.reader == nil {
		if r.reader, err = pcapgo.NewReader(bytes.NewReader(r.file)); err != nil {
			r.t.Fatal(err)
		}
	}
	data, about, err := r.reader.ReadPacketData()
	if err != nil { // a capture that is cut short ends here
		return io.EOF
	}
	r.n++
	link := binary.LittleEndian.Uint16(r.file[20:]) // pcapgo knows eight bits of it
	*f = decode.Frame{Number: r.n, Time: about.Timestamp.UnixNano(), HasTime: true, Digits: 6, Length: about.Length, Data: data, Link: link}
	return nil
}

// golden compares got with testdata/NAME; `go test ./report/explain -update` makes that file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs (-want +got):\n%s", path, cmp.Diff(string(want), string(got)))
	}
}
