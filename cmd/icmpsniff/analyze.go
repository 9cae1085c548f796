package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/filter"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

// analyze reads the packets, prints their lines, and ends with the report. What was read before an error is reported
// before the error is returned.
func analyze(ctx context.Context, o *options, stdin io.Reader, stdout, stderr io.Writer) error {
	if !o.live() && !o.twoPass {
		defer debug.SetGCPercent(debug.SetGCPercent(rarely))
	}
	shown, known, err := shownBy(o)
	if err != nil {
		return err
	}
	asked, err := newStatistics(o.statistics, o)
	if err != nil {
		return err
	}
	pass := pipeline.Pass{Decoder: decode.New(), Tracker: track.New(o.tracking()), Shown: shown, Limit: o.count}
	ctx, stop := withDuration(ctx, o.stop.duration)
	defer stop()
	progress := newProgress(o, stdout, stderr)
	in, err := openInputs(ctx, o, &pass, progress, stdin, stderr)
	if err != nil {
		return interrupted(ctx, err)
	}
	source, followed := in.source, in.followed
	defer source.Close()
	reports, err := createReports(o, stdin)
	if err != nil {
		return err
	}
	defer reports.Close()
	saved, err := newSaver(o, source, stdin, stdout, stderr, reports, stop)
	if err != nil {
		return err
	}
	defer saved.close()
	printer := newPacketWriter(o, stdout)
	var screen *screen
	if o.top {
		if screen, err = newScreen(o, source, &pass, printer.lines, stdin, stdout); err != nil {
			return err
		}
	}
	if err := confine(o, source); err != nil {
		return err
	}
	if o.live() {
		fmt.Fprintln(stderr, capturingOn(o, source))
		defer followDrops(source.Stats, stderr)()
	}
	if o.twoPass {
		firstPass(ctx, o, in.again, &pass, saved, progress)
	}

	if err := printer.tell(o, pass.Tracker); err != nil {
		return err
	}
	if !o.quiet || asked != nil {
		pass.Sink = printer
	}
	if asked != nil {
		pass.Shown = asked.before(shown)
	}
	if err := printer.begin(); err != nil {
		return err
	}
	if o.display != "" || asked != nil || o.packets.machine() || o.packets.detailed() { // where fields are read
		pass.Named = func(f *decode.Frame) string { return interfaceName(source, f) }
	}
	links := &linkTypes{}
	pass.OnFrame = links.see
	saved.connect(o, &pass, printer)
	if _, waits := pipeAmong(o.files); !waits && !o.live() && asked == nil && known == field.Decoded && pass.Sink == pipeline.Sink(printer) {
		pass.Drafts = printer.drafts()
	}
	soFar := func(to io.Writer, err error) *report.Report {
		r := &report.Report{Summary: pass.Tracker.Summary(), Limit: o.limit, Width: width(to), Order: o.order, Capture: captured(o, source, &pass, links, err)}
		r.Sort()
		return r
	}
	if o.live() {
		defer onRequest(&pass, func() { _ = report.Table.Print(stderr, soFar(stderr, followed.err())) })()
	}
	run := pass.Run
	if screen != nil {
		run = func(ctx context.Context) (pipeline.Counts, error) { return screen.run(ctx, stop) }
	}
	end := progress.show(pass.Seen)
	_, err = run(ctx)
	end()
	err = errors.Join(interrupted(ctx, err), followed.err())
	stats := source.Stats()
	pass.Tracker.Dropped(stats.Dropped + stats.InterfaceDropped)
	err = errors.Join(err, saved.close(), printer.end(pass.Tracker), asked.print(printer))
	return errors.Join(err, links.unsupported(o), reports.print(o, soFar(stdout, err), printer))
}

// rarely is how far memory may grow, in percent, before the garbage collector looks at it, while saved captures are read once:
// what is kept has its bounds from the start and next to nothing is thrown away, so that looking finds nothing.
const rarely = 400

// withDuration is a context that ends after so long, or, if that is 0, when it is told to.
func withDuration(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d > 0 {
		return context.WithTimeout(ctx, d)
	}
	return context.WithCancel(ctx)
}

// tracking returns what the tracker is told.
func (o *options) tracking() track.Options {
	return track.Options{Timeout: o.timeout, Notes: o.notes, History: o.draws()}
}

// shownBy returns which packets are shown, and when that is known of a packet.
func shownBy(o *options) (func(*field.Subject) bool, field.Stage, error) {
	switch {
	case o.display != "":
		f, err := filter.Compile(o.display, filter.Options{TwoPass: o.twoPass})
		if err != nil {
			return nil, 0, err
		}
		return f.Match, f.Known(), nil
	case o.all:
		return nil, field.Decoded, nil
	case o.explain != "":
		return explained, field.Replied, nil
	}
	return func(s *field.Subject) bool { return pipeline.Concerned(s.Packet) }, field.Decoded, nil
}

// firstPass reads the files to their end, and closes them, to learn what later frames say of earlier ones.
func firstPass(ctx context.Context, o *options, source capture.Source, next *pipeline.Pass, saved *saver, progress *progress) {
	defer source.Close()
	first := pipeline.Pass{Source: fileSource{source}, Decoder: next.Decoder, Tracker: track.New(o.tracking()),
		Capture: next.Capture, Limit: next.Limit}
	first.Tracker.Remember()
	first.Decoder.RememberReassembly()
	saved.before(o, &first, next.Shown)
	defer progress.show(first.Seen)()
	_, _ = first.Run(ctx) // a damaged file is reported by the second pass
	first.Decoder.Restart()
	next.Answers = first.Tracker.Answers()
}

// capturingOn is the sentence that tells where packets come from, and what the kernel leaves out.
func capturingOn(o *options, live capture.Source) string {
	names := make([]string, 0, len(live.Interfaces()))
	for _, i := range live.Interfaces() {
		names = append(names, "'"+printable(i.Name, "")+"'")
	}
	sentence := "Capturing on " + strings.Join(names, ", ")
	if _, isDefault := liveFilter(o); isDefault {
		sentence += " (ARP, ICMP, ICMPv6, IGMP, fragments, DNS and low-TTL probes; --all or -f for others)"
	}
	return sentence
}

// interfaceName is the name of a frame's interface as fields tell it: "" where the format has none, as pcap, and tshark's word
// where it has them and this one is not given.
func interfaceName(source capture.Source, f *decode.Frame) string {
	known := source.Interfaces()
	switch {
	case int(f.Interface) < len(known) && known[f.Interface].Name != "":
		return known[f.Interface].Name
	case f.Section == 0 || f.Link == capture.LinkNone:
		return ""
	}
	return "unknown"
}

// linkTypes gathers the link types of the frames, in order of appearance.
type linkTypes struct {
	seen []uint16
	set  [1 << 16 / 64]uint64 // the same, a bit each: a file may have them all
}

func (l *linkTypes) see(f *decode.Frame) bool {
	if word, bit := &l.set[f.Link/64], uint64(1)<<(f.Link%64); *word&bit == 0 {
		*word |= bit
		l.seen = append(l.seen, f.Link)
	}
	return true
}

// maxLinkNames is how many link types are named. More than a few no file of healthy origin has.
const maxLinkNames = 8

func (l *linkTypes) String() string {
	var names []string
	for _, link := range l.seen[:min(len(l.seen), maxLinkNames)] {
		names = append(names, linkName(link))
	}
	list := strings.Join(names, ", ")
	if more := len(l.seen) - len(names); more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}

// unsupported is the sentence for files of which nothing could be decoded.
func (l *linkTypes) unsupported(o *options) error {
	if o.live() || len(l.seen) == 0 || slices.ContainsFunc(l.seen, decode.KnownLink) {
		return nil
	}
	return &capture.FileError{Path: o.files[0], Kind: capture.Unsupported, Reason: "link type " + linkName(l.seen[0])}
}

// linkName is libpcap's name of a link type, or its number.
func linkName(link uint16) string {
	if name := capture.LinkName(link); name != "" {
		return name
	}
	return fmt.Sprint(link)
}

// captured says what was read, and what was not.
func captured(o *options, source capture.Source, pass *pipeline.Pass, links *linkTypes, err error) report.Capture {
	stats, counts := source.Stats(), pass.Counts()
	c := report.Capture{Frames: counts.Frames, Bytes: counts.Bytes, HasTime: counts.HasTime, First: counts.First, Last: counts.Last,
		Digits: counts.Digits, Live: o.live(), KernelDropped: stats.Dropped, InterfaceDropped: stats.InterfaceDropped,
		Evicted: pass.Decoder.Evicted()}
	if err != nil {
		c.Err = errors.New(strings.TrimSuffix(err.Error(), "."))
	}
	names := o.files
	if o.live() {
		names = nil
		for _, i := range source.Interfaces() {
			names = append(names, i.Name)
		}
	}
	for _, name := range names {
		c.Sources = append(c.Sources, report.Source{Name: name, LinkType: links.String()})
	}
	return c
}
