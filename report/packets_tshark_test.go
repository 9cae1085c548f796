package report

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/filter"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/track"
)

// printedOnce returns what a printer makes of the first frames of a capture, read once; 0 is all of them.
func printedOnce(t testing.TB, name string, limit uint64, p PacketPrinter) []byte {
	t.Helper()
	out := &collected{printer: p, text: p.Begin(nil)}
	pass := pipeline.Pass{Source: &replay{frames: capturedFrames(t, name)}, Decoder: decode.New(), Tracker: track.New(track.Options{}), Sink: out, Limit: limit}
	if _, err := pass.Run(t.Context()); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p.End(out.text)
}

// likeTshark is a format that both tools have: what tshark (or tcpdump) prints of a capture with the options is in
// testdata/packets/NAME, asked by go test ./report -run AsTshark -update.
type likeTshark struct {
	name    string
	program string
	capture string
	options []string
	only    *regexp.Regexp // the lines that are compared, nil for all
	ours    func(t *testing.T) []byte
}

// selectedFields are of every type, some of them several times in a packet.
var selectedFields = []string{
	"frame.number", "frame.time", "frame.time_delta", "eth.type", "ip.src", "ip.addr", "ip.id", "ip.flags.df", "icmp.type", "icmp.resptime", "icmp.resp_in",
	"icmp.no_resp", "ipv6.addr", "icmpv6.opt.type", "arp.opcode", "igmp.type", "data.data", "frame", "ip", "icmp", "_ws.col.No.", "_ws.col.Time", "_ws.col.Source",
	"_ws.col.Destination", "_ws.col.Protocol", "_ws.col.Length", "_ws.col.Info",
}

// fieldsAs is -T fields of a capture with the selected fields and the options of -E.
func fieldsAs(name, capture string, options ...string) likeTshark {
	c := likeTshark{name: "fields-" + name, program: "tshark", capture: capture, options: []string{"-T", "fields"}}
	for _, f := range selectedFields {
		c.options = append(c.options, "-e", f)
	}
	for _, o := range options {
		c.options = append(c.options, "-E", o)
	}
	c.ours = func(t *testing.T) []byte {
		form := TabSeparated
		for _, o := range options {
			if err := form.Set(o); err != nil {
				t.Fatal(err)
			}
		}
		return printedOnce(t, capture, 0, NewFields(mustSelect(t, selectedFields...), form, Lines{}))
	}
	return c
}

func mustSelect(t testing.TB, names ...string) Selection {
	t.Helper()
	s, err := Select(names)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// selectedAs is -T json or -T ek with some fields of a capture.
func selectedAs(format, capture string, printer func(Selection) PacketPrinter) likeTshark {
	names := []string{"frame.number", "ip.addr", "ip.ttl", "icmp.seq", "_ws.col.Info", "_ws.col.Destination", "ip"}
	c := likeTshark{name: format + "-" + capture, program: "tshark", capture: capture, options: []string{"-T", format}}
	for _, n := range names {
		c.options = append(c.options, "-e", n)
	}
	c.ours = func(t *testing.T) []byte { return printedOnce(t, capture, 0, printer(mustSelect(t, names...))) }
	return c
}

// serviceTimesAs are -z icmp,srt or -z icmpv6,srt of a capture.
func serviceTimesAs(name, protocol, capture, display string) likeTshark {
	option := protocol + ",srt"
	if display != "" {
		option += "," + display
	}
	return likeTshark{
		name: "srt-" + name, program: "tshark", capture: capture, options: []string{"-q", "-z", option},
		ours: func(t *testing.T) []byte {
			f, err := filter.Compile(display, filter.Options{})
			if err != nil {
				t.Fatal(err)
			}
			return measured(t, capture, NewServiceTimes(ServiceProtocols[protocol], display, f.Match))
		},
	}
}

// measured returns the statistic of a capture.
func measured(t *testing.T, capture string, s *ServiceTimes) []byte {
	t.Helper()
	pass := pipeline.Pass{Source: &replay{frames: capturedFrames(t, capture)}, Decoder: decode.New(), Tracker: track.New(track.Options{}),
		Sink: &collected{printer: Sequence{}}, Shown: func(p *field.Subject) bool { s.Packet(p); return false }}
	if _, err := pass.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s.Append(nil)
}

// hexAs is -x, or tcpdump's -xx, of the first frames of a capture.
func hexAs(program, option, capture string, limit uint64, only *regexp.Regexp, printer PacketPrinter) likeTshark {
	return likeTshark{
		name: "hex-" + program + "-" + capture, program: program, capture: capture, only: only,
		options: []string{option, "-c", strconv.FormatUint(limit, 10)},
		ours:    func(t *testing.T) []byte { return printedOnce(t, capture, limit, printer) },
	}
}

var sameAsTshark = []likeTshark{
	fieldsAs("tabs", "ping"),
	fieldsAs("commas", "ipip", "header=y", "bom=y", "separator=,", "quote=d"),
	fieldsAs("first", "port-unreachable", "occurrence=f", "quote=s", "separator=/s"),
	fieldsAs("last", "ping6-loss", "occurrence=l", "aggregator=;"),
	fieldsAs("arp", "arping-gratuitous", "aggregator=;"),
	fieldsAs("igmp", "igmpv3"),
	selectedAs("json", "gre", func(s Selection) PacketPrinter { return NewSelectedJSON(s, Lines{}) }),
	selectedAs("ek", "gre", func(s Selection) PacketPrinter { return NewSelectedEK(s, Lines{}) }),
	hexAs("tshark", "-x", "ping-fragments", 5, nil, HexDump{}),
	hexAs("tshark", "-x", "ping6-fragments", 7, nil, HexDump{}),
	hexAs("tcpdump", "-xx", "ping", 4, regexp.MustCompile(`(?m)^\t0x.*\n`), HexWords{}),
	serviceTimesAs("answered", "icmp", "ping", ""),
	serviceTimesAs("lost", "icmp", "ping-loss", ""),
	serviceTimesAs("mirrored", "icmp", "mirror", ""),
	serviceTimesAs("crossed", "icmp", "ping-crossed", ""),
	serviceTimesAs("duplicates", "icmp", "ping-duplicates", ""),
	serviceTimesAs("nobody", "icmp", "ping-broadcast", ""),
	serviceTimesAs("none", "icmp", "ping6", ""),
	serviceTimesAs("tunnel", "icmp", "vxlan", ""),
	serviceTimesAs("fragments", "icmpv6", "ping6-fragments", ""),
	serviceTimesAs("v6", "icmpv6", "ping6-loss", ""),
	serviceTimesAs("filtered", "icmp", "ping-loss", "icmp.seq > 20"),
	serviceTimesAs("replies-only", "icmp", "ping-loss", "icmp.type == 0"),
}

// TestAsTshark protects scripts: what they read from tshark they read from us, byte for byte.
func TestAsTshark(t *testing.T) {
	t.Setenv("TZ", "UTC")
	for _, c := range sameAsTshark {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join("testdata", "packets", c.name)
			if *update {
				c.ask(t, path)
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.ours(t); !bytes.Equal(want, got) {
				t.Errorf("not as %s prints %s, in %s (-theirs +ours):\n%s", c.program, c.capture, path, cmp.Diff(string(want), string(got)))
			}
		})
	}
}

// ask writes what the program prints.
func (c *likeTshark) ask(t *testing.T, path string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), c.program, append([]string{"-n", "-r", capturePath(c.capture)}, c.options...)...)
	cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C.UTF-8", "HOME="+t.TempDir())
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd.Args, err)
	}
	if c.only != nil {
		text = bytes.Join(c.only.FindAll(text, -1), nil)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
