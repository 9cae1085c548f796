package main

import (
	"github.com/spf13/pflag"

	"github.com/icmpsniff/icmpsniff/capture"
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
