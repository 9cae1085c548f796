package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/filter/bpf"
	"github.com/icmpsniff/icmpsniff/pipeline"
)

// fileSource lets the pipeline read a capture.Source: their frames are the same struct.
type fileSource struct{ capture.Source }

func (s fileSource) Next(f *decode.Frame) error { return s.Source.Next((*capture.Frame)(f)) }

// errNoFile is the sentence for a file that is not there.
func errNoFile(path string) error { return &capture.FileError{Path: path, Kind: capture.Missing} }

// inputs are what a run reads. All of it is open before anything is read.
type inputs struct {
	source   capture.Source
	again    capture.Source // the same files once more, for -2; nil without
	followed *liveSource    // source, if it is live or replayed
}

// openInputs opens the interfaces of -i or the files of -r, for the pass to read.
func openInputs(ctx context.Context, o *options, pass *pipeline.Pass, progress *progress, stdin io.Reader, stderr io.Writer) (in inputs, err error) {
	if o.live() {
		live, err := openLive(o)
		if err != nil {
			return in, err
		}
		in.source, in.followed = live, &liveSource{LiveSource: live, stderr: stderr}
		pass.Source = in.followed
		return in, nil
	}
	if pass.Capture, err = captureFilter(o.capture); err != nil {
		return in, err
	}
	if o.twoPass {
		if err := rereadable(o.files); err != nil {
			return in, err
		}
	}
	files, err := openFiles(ctx, o, stdin, progress.count())
	if err != nil {
		return in, err
	}
	in.source, pass.Source = files, fileSource{files}
	if o.twoPass {
		if in.again, err = openFiles(ctx, o, nil, progress.count()); err != nil {
			return in, errors.Join(err, files.Close())
		}
	}
	if o.speed > 0 {
		replay := capture.NewReplay(files, o.speed)
		in.source, in.followed = replay, &liveSource{LiveSource: replay, stderr: stderr}
		pass.Source, pass.Now = in.followed, replay.Now
	}
	return in, nil
}

// openFiles opens the files of -r; read, if not nil, counts what is read of them.
func openFiles(ctx context.Context, o *options, stdin io.Reader, read *atomic.Int64) (capture.Source, error) {
	if len(o.files) == 1 {
		switch name := o.files[0]; {
		case name == "-":
			return capture.OpenReader(name, newPipe(ctx, stdin))
		case isPipe(name):
			return capture.OpenReader(name, newPipe(ctx, &fifo{path: name}))
		}
	}
	return capture.OpenFiles(o.files, read)
}

// rereadable refuses two passes over what can be read only once.
func rereadable(files []string) error {
	switch name, ok := pipeAmong(files); {
	case !ok:
		return nil
	case name == "-":
		return usagef("-2 reads the capture twice, which standard input can't be; save it to a file first")
	default:
		return usagef("-2 reads the capture twice, which %q can't be; save it to a file first", name)
	}
}

// pipeAmong returns the first of the files that is a pipe, and false if none is. What comes through one may keep the reader waiting.
func pipeAmong(files []string) (string, bool) {
	i := slices.IndexFunc(files, func(name string) bool { return name == "-" || isPipe(name) })
	if i < 0 {
		return "", false
	}
	return files[i], true
}

// concerned is what the kernel passes when nothing else is asked for: what is shown by default, tagged or not, DNS, and
// the probes of traceroute, whose time to live is low, with what TCP answers to them: SYN-ACK or reset.
const concerned = "arp or rarp or icmp or icmp6 or igmp or ip6[6] = 0 or ip6[6] = 44 or ip[6:2] & 0x1fff != 0 or udp port 53 or ip[8] <= 32 or ip6[7] <= 32" +
	" or tcp[13] & 0x16 > 0x10 or (ip6[6] = 6 and ip6[53] & 0x16 > 0x10)"

// liveFilter returns the capture filter for live input, and whether it is the default one.
func liveFilter(o *options) (string, bool) {
	if o.capture != "" || o.all {
		return o.capture, false
	}
	return concerned + " or (vlan and (" + concerned + " or (vlan and (" + concerned + "))))", true
}

// openLive starts capturing on the interfaces of -i.
func openLive(o *options) (capture.LiveSource, error) {
	names := o.interfaces
	if len(names) == 0 {
		name, err := defaultInterface()
		if err != nil {
			return nil, err
		}
		names = []string{name}
	}
	var sources []capture.LiveSource
	for _, name := range names {
		s, err := openInterface(o, name)
		if err != nil {
			for _, opened := range sources {
				opened.Close()
			}
			return nil, err
		}
		sources = append(sources, s)
	}
	return capture.Merge(sources...), nil
}

func openInterface(o *options, name string) (capture.LiveSource, error) {
	text, isDefault := liveFilter(o)
	options := capture.LiveOptions{Interface: name, Filter: text, SnapLen: o.snapLen, Promiscuous: !o.notPromisc,
		BufferBytes: o.bufferMiB << 20, Monitor: o.monitor, LinkType: o.linkType}
	s, err := capture.OpenLive(options)
	var live *capture.LiveError
	if isDefault && errors.As(err, &live) && live.Kind == capture.BadFilter {
		options.Filter = concerned // the link type has no VLAN tags, as that of "any" and of tunnels
		s, err = capture.OpenLive(options)
	}
	if err != nil {
		return nil, translated(err, text)
	}
	return s, nil
}

// translated adds to an error about a capture filter what bpf knows of the other filter language.
func translated(err error, text string) error {
	var live *capture.LiveError
	if !errors.As(err, &live) || live.Kind != capture.BadFilter {
		return err
	}
	var bad *bpf.Error
	if _, err := bpf.Compile(text, 1, 0); errors.As(err, &bad) {
		return bad
	}
	return err
}

// defaultInterface is the first that is up and not loopback, as tshark chooses.
func defaultInterface() (string, error) {
	devices, err := capture.ListInterfaces()
	if err != nil {
		return "", fmt.Errorf("the interfaces could not be listed: %w", err)
	}
	for _, d := range devices {
		if d.Up && !d.Loopback && d.Name != "any" {
			return d.Name, nil
		}
	}
	return "", usagef("there is no interface to capture on; name a file to read, or an interface with -i (-D lists them)")
}

// captureFilter compiles -f for files. A frame of a link type for which the filter means nothing does not match.
func captureFilter(text string) (func(f *decode.Frame) bool, error) {
	if text == "" {
		return nil, nil
	}
	compiled, err := bpf.New(text, 0)
	if err != nil {
		return nil, err
	}
	return func(f *decode.Frame) bool {
		ok, _ := compiled.Match(f.Link, f.Data, f.Length)
		return ok
	}, nil
}

func printInterfaces(w io.Writer) error {
	devices, err := capture.ListInterfaces()
	if err != nil {
		return fmt.Errorf("the interfaces could not be listed: %w", err)
	}
	for i, d := range devices {
		line := fmt.Sprintf("%d. %s", i+1, printable(d.Name, ""))
		if d.Description != "" {
			line += " (" + printable(d.Description, "") + ")"
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

func printLinkTypes(w io.Writer, o *options) error {
	names := o.interfaces
	if len(names) == 0 {
		name, err := defaultInterface()
		if err != nil {
			return err
		}
		names = []string{name}
	}
	for _, name := range names {
		types, err := capture.ListLinkTypes(name, o.monitor)
		if err != nil {
			return err
		}
		var text strings.Builder
		fmt.Fprintf(&text, "Data link types of interface %s (use option -y to set):\n", printable(name, ""))
		for _, t := range types {
			fmt.Fprintf(&text, "  %s (%s)\n", t.Name, t.Description)
		}
		if _, err := io.WriteString(w, text.String()); err != nil {
			return err
		}
	}
	return nil
}
