package main

import (
	"errors"
	"io"
	"os"

	"github.com/spf13/pflag"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/pipeline"
)

// saveOptions say where frames are saved.
type saveOptions struct {
	path   string // -w; "-" is standard output
	format capture.Format
	next   conditions // -b
	many   bool       // one file after another
	words  struct {   // as they were typed
		format string
		next   []string
	}
}

// flags adds the options to the table.
func (s *saveOptions) flags(f *pflag.FlagSet) {
	f.StringVarP(&s.path, "write", "w", "", "save frames in `FILE`; - for standard output")
	f.StringVarP(&s.words.format, "write-format", "F", "pcapng", "save them as `pcapng|pcap|nsecpcap`")
	f.StringArrayVarP(&s.words.next, "ring-buffer", "b", nil, "with -w, begin another file after `duration:S`, interval:S, filesize:KB or packets:N; keep files:N")
}

// check reads the words, and refuses what does not go together, in tshark's sentences.
func (s *saveOptions) check(o *options) (err error) {
	if s.format, err = capture.ParseFormat(s.words.format); err != nil {
		return usagef("-F: %v", err)
	}
	for _, word := range s.words.next {
		if err := s.next.set("b", word); err != nil {
			return err
		}
	}
	s.many = len(s.words.next) > 0 || o.stop.files > 0
	sized := s.next.bytes > 0 || o.stop.bytes > 0
	switch {
	case sized && s.path == "":
		return usagef("Maximum capture file size specified, but capture isn't being saved to a file.")
	case s.many && !o.live():
		return usagef("Multiple capture files requested, but a capture isn't being done.")
	case s.many && s.path == "":
		return usagef("Multiple capture files requested, but the capture isn't being saved to a file.")
	case s.many && s.path == "-":
		return usagef("Multiple capture files requested, but the capture is being written to the standard output.")
	case s.many && !sized && s.next.duration == 0 && s.next.interval == 0 && s.next.packets == 0:
		return usagef("Multiple capture files requested, but no maximum capture file size, duration, interval or packets were specified.")
	case s.path != "" && o.live() && o.display != "":
		return usagef("Display filters aren't supported when capturing and saving the captured packets: name a capture filter, or use -Y on the saved file.")
	case s.path == "-" && o.printsToStdout():
		return usagef("You can't write both raw packet data and dissected packets to the standard output.")
	case (s.next.names == "-" || s.next.names == "stdout") && !o.quiet:
		return usagef("You can't print both packets and the names of files to the standard output.")
	}
	return nil
}

// printsToStdout reports whether anything but saved frames goes there.
func (o *options) printsToStdout() bool {
	for _, t := range o.targets {
		if t.File == "" && t.Format != "none" {
			return true
		}
	}
	return !o.quiet || len(o.statistics) > 0
}

// saver saves frames. Nil saves nothing.
type saver struct {
	writer *capture.Writer
	names  *os.File // of printname; nil if there is none to close
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
	if s.names, err = os.Create(name); err != nil {
		return nil, &capture.WriteError{Path: name, Err: err}
	}
	return s.names, nil
}

// connect makes a pass save its frames: those that -Y selects, or otherwise all that were captured.
func (s *saver) connect(o *options, pass *pipeline.Pass, printer *packetWriter) {
	if o.display != "" && (s != nil || o.stop.packets > 0 && !o.live()) {
		pass.Sink = &selection{packetWriter: printer, saver: s, left: o.stop.packets}
		return
	}
	if s != nil {
		see := pass.OnFrame
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

// selection is the sink for what -Y selects, where that is saved or counted.
type selection struct {
	*packetWriter
	saver *saver // nil if nothing is saved
	left  uint64 // packets until it is enough; 0 for no end
}

// Packet saves a packet and prints it.
func (s *selection) Packet(sub *field.Subject) error {
	last := s.saver != nil && !s.saver.save(&sub.Packet.Frame)
	if s.left > 0 {
		s.left--
		last = last || s.left == 0
	}
	if err := s.packetWriter.Packet(sub); err != nil {
		return err
	}
	if last {
		return io.EOF
	}
	return nil
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
