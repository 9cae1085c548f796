package main

import (
	"errors"
	"io"
	"os"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/pipeline"
)

// saver saves frames. Nil saves nothing.
type saver struct {
	writer *capture.Writer
	names  *os.File // of printname; nil if there is none to close
	pieces pieces   // saved with what -Y selects
}

// newSaver creates the file of -w, if there is to be one, for the frames of a source. ended is called when nothing more is to be saved.
func newSaver(o *options, source capture.Source, stdin io.Reader, stdout, stderr io.Writer, taken reportFiles, ended func()) (*saver, error) {
	if o.save.path == "" {
		return nil, nil
	}
	for _, name := range []string{o.save.path, o.save.next.names} {
		if overwrites(name, o.files, stdin) {
			return nil, usagef("saving packets would overwrite %q, which is to be read", name)
		}
		if taken[name] != nil {
			return nil, usagef("a report and packets go to %q", name)
		}
	}
	s := &saver{}
	w := capture.WriteOptions{Path: o.save.path, Stdout: stdout, Format: o.save.format, Application: "icmpsniff " + version(), Ended: ended}
	if w.Bytes = o.save.next.bytes; w.Bytes == 0 {
		w.Bytes = o.stop.bytes
	}
	if o.save.many {
		b := &o.save.next
		names, err := s.openNames(b.names, stdout, stderr)
		if err != nil {
			return nil, err
		}
		w.Ring = &capture.Ring{Every: b.duration, Interval: b.interval, Packets: b.packets, Keep: b.files, Last: o.stop.files,
			TimeFirst: b.timeFirst, Names: names}
	}
	var err error
	s.writer, err = capture.NewWriter(w, source)
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// openNames opens what printname names.
func (s *saver) openNames(name string, stdout, stderr io.Writer) (io.Writer, error) {
	switch name {
	case "":
		return nil, nil
	case "-", "stdout":
		return stdout, nil
	case "stderr":
		return stderr, nil
	}
	var err error
	if s.names, err = capture.Create(name, 0o666); err != nil {
		return nil, &capture.WriteError{Path: name, Err: err}
	}
	return s.names, nil
}

// before makes a first pass find the fragments of what -Y selects: a file without them would have datagrams that are not whole.
func (s *saver) before(o *options, first *pipeline.Pass, shown func(*field.Subject) bool) {
	if s != nil && o.display != "" {
		s.pieces = pieces{}
		first.Shown, first.Sink = shown, s.pieces
	}
}

// connect makes a pass save its frames: those that -Y selects, or otherwise all that were captured.
func (s *saver) connect(o *options, pass *pipeline.Pass, printer *packetWriter) {
	see := pass.OnFrame
	switch {
	case o.display != "" && (s != nil || o.stop.packets > 0):
		pass.Sink = &selection{packetWriter: printer, saver: s, left: o.stop.packets}
		if s != nil && len(s.pieces) > 0 {
			pass.OnFrame = func(f *decode.Frame) bool { return see(f) && (!s.pieces[f.Number] || s.save(f)) }
		}
	case s != nil:
		pass.OnFrame = func(f *decode.Frame) bool { return see(f) && s.save(f) }
	}
}

// save saves a frame, and reports whether it is to go on.
func (s *saver) save(f *decode.Frame) bool { return s.writer.Write((*capture.Frame)(f)) == nil }

// close completes the file. Its error is why frames are missing from it.
func (s *saver) close() error {
	if s == nil {
		return nil
	}
	var err error
	if s.writer != nil {
		err = s.writer.Close()
		s.writer = nil
	}
	if s.names != nil {
		err = errors.Join(err, s.names.Close())
		s.names = nil
	}
	return err
}

// overwrites reports whether a file that is to be written is among those that are read.
func overwrites(name string, inputs []string, stdin io.Reader) bool {
	existing, err := os.Stat(name)
	if err != nil || !existing.Mode().IsRegular() {
		return false
	}
	for _, input := range inputs {
		read, err := os.Stat(input)
		if in, ok := stdin.(*os.File); ok && input == "-" {
			read, err = in.Stat()
		}
		if err == nil && os.SameFile(existing, read) {
			return true
		}
	}
	return false
}
