package main

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/filter/bpf"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/report/explain"
	"github.com/icmpsniff/icmpsniff/track"
)

// options are the command line, checked.
type options struct {
	interfaces     []string
	files          []string
	linkType       string
	snapLen        int
	bufferMiB      int
	notPromisc     bool
	monitor        bool
	capture        string // capture filter
	display        string // display filter
	twoPass        bool
	all            bool
	count          uint64
	stop           conditions // -a
	save           saveOptions
	quiet          bool
	lineByLine     bool
	numeric        bool
	names          string
	time           report.TimeFormat
	color          string
	packets        packetOptions
	statistics     []string // -z
	targets        []report.Target
	explain        string // the language of the story; "" for none
	timeout        time.Duration
	notes          map[track.NoteKind]int // thresholds
	limit          int
	top            bool
	speed          float64
	sort           string
	order          report.Order // of sort
	help           bool
	version        bool
	completion     string // the shell whose script is asked for
	listInterfaces bool
	listLinkTypes  bool

	confine func(capture.Needs) error // not of the command line: see runConfined
}

// live reports whether the packets come from an interface.
func (o *options) live() bool { return len(o.files) == 0 }

// flags is the one table of options: parsing, help and manual read it.
func (o *options) flags() (set *pflag.FlagSet, timeWord *string, reports *[]string, stop *[]string) {
	f := pflag.NewFlagSet("icmpsniff", pflag.ContinueOnError)
	f.SortFlags = false
	f.SetInterspersed(true)
	f.StringArrayVarP(&o.interfaces, "interface", "i", nil, "capture on `IF`, repeatable; any for all")
	f.StringArrayVarP(&o.files, "read-file", "r", nil, "read `FILE`, repeatable; - for standard input")
	f.StringVarP(&o.capture, "filter", "f", "", "capture `FILTER` in tcpdump's language, live and on files")
	f.StringVarP(&o.display, "display-filter", "Y", "", "show the packets that match a display `FILTER`")
	f.BoolVarP(&o.twoPass, "two-pass", "2", false, "read files twice, so that requests know their replies")
	f.BoolVar(&o.all, "all", false, "show every packet, not only ARP, ICMP, ICMPv6 and IGMP")
	f.Uint64VarP(&o.count, "count", "c", 0, "stop after reading `N` frames")
	stop = f.StringArrayP("autostop", "a", nil, "stop after `duration:S`, packets:N, filesize:KB, files:N; repeatable")
	o.save.flags(f)
	f.BoolVarP(&o.listInterfaces, "list-interfaces", "D", false, "list the interfaces")
	f.BoolVarP(&o.listLinkTypes, "list-data-link-types", "L", false, "list the link types of -i")
	f.StringVarP(&o.linkType, "linktype", "y", "", "capture with link type `NAME`")
	f.IntVarP(&o.snapLen, "snapshot-length", "s", 0, "keep `N` bytes of each frame; 0 for all")
	f.IntVarP(&o.bufferMiB, "buffer-size", "B", 0, "kernel buffer of `N` MiB; 0 for the default of 16")
	f.BoolVarP(&o.notPromisc, "no-promiscuous-mode", "p", false, "capture only frames for this host")
	f.BoolVarP(&o.monitor, "monitor-mode", "I", false, "capture 802.11 in monitor mode")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "print no packet lines, only the report")
	f.BoolVarP(&o.lineByLine, "line-buffered", "l", false, "write each line at once")
	f.BoolVarP(&o.numeric, "no-resolve", "n", false, "show addresses as numbers")
	f.StringVarP(&o.names, "name-resolving", "N", "", "resolve only: `m` for link addresses")
	o.packets.flags(f)
	f.StringArrayVarP(&o.statistics, "statistics", "z", nil, "print tshark's statistics `icmp,srt[,FILTER]` or icmpv6,srt[,FILTER]")
	timeWord = f.StringP("time-format", "t", "r", "time as `a|ad|adoy|d|dd|e|r|u|ud|udoy`")
	f.StringVar(&o.color, "color", "auto", "`auto|always|never`")
	f.Lookup("color").NoOptDefVal = "always"
	reports = f.StringArray("report", []string{"table"}, "report as `FORMAT[:FILE]`: "+strings.Join(report.Formats(), ", ")+"; repeatable")
	f.StringVar(&o.explain, "explain", "", "tell what happens, step by step, in `"+strings.Join(explain.Languages(), "|")+"`; with -V, headers are drawn")
	f.Lookup("explain").NoOptDefVal = explain.Languages()[0]
	f.DurationVar(&o.timeout, "timeout", time.Second, "how long a request may wait for its reply")
	f.StringSlice("note", nil, "how much it takes to be noted, `KIND=N,…` or KIND=off; all=off for no notes")
	f.IntVar(&o.limit, "limit", report.DefaultLimit, "print `N` rows of a table; 0 for all")
	f.StringVar(&o.sort, "sort", "", "sort the rows of the report by `COLUMN`: "+strings.Join(report.Orders(), ", ")+"; -COLUMN for the opposite")
	f.BoolVar(&o.top, "top", false, "show flows, errors and notes on the screen while they come; ? lists the keys")
	f.Float64Var(&o.speed, "speed", 0, "with --top, replay files in their own time, `N` times as fast")
	f.StringVar(&o.completion, "completion", "", "print the completion script for `"+shells+"`")
	f.BoolVarP(&o.help, "help", "h", false, "print this help")
	f.BoolVarP(&o.version, "version", "v", false, "print the version")
	return f, timeWord, reports, stop
}

// parse reads the command line. Its errors are *usageError.
func parse(args []string, stderr io.Writer) (*options, error) {
	o := &options{}
	f, timeWord, reports, stop := o.flags()
	f.SetOutput(io.Discard)
	if err := f.Parse(args); err != nil {
		return nil, usagef("%s; icmpsniff -h lists the options", printable(flagMistake(err), ""))
	}
	if o.help || o.version || o.listInterfaces || o.packets.list != "" || o.completion != "" {
		return o, nil
	}
	if err := o.setWords(f.Args()); err != nil {
		return nil, err
	}
	var err error
	if o.time, err = report.ParseTimeFormat(*timeWord); err != nil {
		return nil, usagef("-t: %v", err)
	}
	if err := o.packets.check(f); err != nil {
		return nil, err
	}
	o.quiet = o.quiet && !o.packets.explicit || o.save.path != "" && !o.packets.printed
	if !f.Changed("report") && (o.packets.machine() || len(o.statistics) > 0 || o.save.path == "-") {
		*reports = []string{"none"} // who asks for tshark's output alone, or for frames, gets it
	}
	for _, word := range *reports {
		target, err := report.ParseTarget(word)
		if err != nil {
			return nil, usagef("--report: %v", err)
		}
		o.targets = append(o.targets, target)
	}
	words, err := f.GetStringSlice("note")
	if err != nil {
		return nil, err
	}
	if o.notes, err = parseNotes(words); err != nil {
		return nil, err
	}
	if o.order, err = report.ParseOrder(o.sort); err != nil {
		return nil, usagef("--sort: %v", err)
	}
	for _, word := range *stop {
		if err := o.stop.set("a", word); err != nil {
			return nil, err
		}
	}
	if n := o.stop.packets; n > 0 && (o.live() || o.display == "") && (o.count == 0 || n < o.count) {
		o.count = n // only of a file are packets counted that -Y selects
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	return o, o.save.check(o)
}

// flagMistake words what is wrong with an option, without what only a programmer of Go would understand.
func flagMistake(err error) string {
	var invalid *pflag.InvalidValueError
	if !errors.As(err, &invalid) {
		return err.Error()
	}
	kind := map[string]string{"duration": "a time such as 500ms", "uint64": "a whole number from 0", "float64": "a number", "bool": "true or false"}[invalid.GetFlag().Value.Type()]
	if kind == "" {
		kind = "a whole number"
	}
	return fmt.Sprintf("--%s takes %s, not %q", invalid.GetFlag().Name, kind, invalid.GetValue())
}

// setWords reads what is not an option: a file to read, if nothing else is named as input, and then the words of a capture
// filter.
func (o *options) setWords(words []string) error {
	if len(words) > 0 && len(o.interfaces) == 0 && len(o.files) == 0 && isFile(words[0]) {
		o.files, words = words[:1], words[1:]
	}
	if len(words) == 0 {
		return nil
	}
	if o.capture != "" {
		return usagef("there are two capture filters: -f %q and %q", o.capture, strings.Join(words, " "))
	}
	if len(o.interfaces) == 0 && len(o.files) == 0 && meansFile(words) {
		return errNoFile(words[0])
	}
	o.capture = strings.Join(words, " ")
	return nil
}

// isFile reports whether a word names something that can be read.
func isFile(word string) bool {
	if word == "-" {
		return true
	}
	_, err := os.Stat(word)
	return err == nil
}

// meansFile reports whether words more likely begin with a file that does not exist than are a capture filter.
func meansFile(words []string) bool {
	first := words[0]
	_, notAddress := netip.ParseAddr(first)
	if _, display := bpf.Translate(first); display || notAddress == nil || strings.Contains(first, " ") {
		return false
	}
	if strings.ContainsAny(first, "/.") { // libpcap would ask the name server for a host of this name
		return true
	}
	_, err := bpf.Compile(first, 1, 0)
	return len(words) == 1 && err != nil
}

// check refuses what does not go together.
func (o *options) check() error {
	switch {
	case len(o.files) > 0 && len(o.interfaces) > 0:
		return usagef("-r and -i don't go together: read files, or capture")
	case o.twoPass && o.live():
		return usagef("Live captures do not support two-pass analysis: a reply that has not come yet cannot be known; use -2 on a saved capture.")
	case o.timeout <= 0:
		return usagef("--timeout must be above 0")
	case o.limit < 0 || o.snapLen < 0 || o.bufferMiB < 0:
		return usagef("--limit, -s and -B take no negative number")
	case o.explain != "" && !slices.Contains(explain.Languages(), o.explain):
		return usagef("--explain=%s: the languages are %s", o.explain, strings.Join(explain.Languages(), " and "))
	case o.explain != "" && o.packets.machine():
		return usagef("--explain and -T %s don't go together: one is for people, one for programs", o.packets.format)
	case o.color != "auto" && o.color != "always" && o.color != "never":
		return usagef("--color is auto, always or never, not %q", o.color)
	case strings.Trim(o.names, "mntdNv") != "":
		return usagef("-N %s: known letters are m, n, t and d, of which only m does something", printable(o.names, ""))
	}
	return o.checkTop()
}

// optionTable is the table of options, to be read.
func optionTable() *pflag.FlagSet {
	f, _, _, _ := new(options).flags()
	return f
}

func printHelp(w io.Writer) error {
	_, err := fmt.Fprintf(w, `icmpsniff analyzes ARP, ICMP, ICMPv6 and IGMP: tshark's lines, who answered whom, RTT and loss.

  icmpsniff [options] FILE [capture filter]
  icmpsniff [options] -i INTERFACE [capture filter]

%s`, optionTable().FlagUsagesWrapped(100))
	return err
}

func printVersion(w io.Writer) error {
	_, err := fmt.Fprintf(w, "icmpsniff %s\n", version())
	return err
}

// version is what the command was built of.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
