package report

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// detailed are the captures whose details are compared with tshark's: every protocol and kind of message in testdata/pcaps,
// but for those on which the two pair requests differently.
var detailed = strings.Fields(`
	ping ping6 ping-linklocal ping-multicast ping-kinds ping-small ping-snaplen ping-raw ping-loopback ping-nobody
	ping-record-route ping-timestamp-option ping-fragments ping6-fragments ping-fragmented-by-router
	vlan vlan-priority qinq router-any-sll router6-any arp-conflict arping-gratuitous rarp
	extended-echo information address-mask timestamp source-quench redirect redirect6 parameter-problem unreachable-codes
	unreachable-codes6 path-mtu igmpv2 igmpv3 mld mldv1 ipv6-boot node-information`)

// selection is what both tools were asked for: what is shown by default.
const selection = "arp or icmp or icmpv6 or igmp or (ip.proto in {1, 2} and (ip.flags.mf == 1 or ip.frag_offset > 0)) or ipv6.fraghdr.nxt in {1, 2, 58}"

// oracle is one of tshark's formats, and our printer of it.
type oracle struct {
	name    string // of the file below testdata/tree
	options []string
	printer func() PacketPrinter
	frame   *regexp.Regexp // the first line of a packet
	title   *regexp.Regexp // what the first line of a protocol begins with
	least   map[string]float64
}

// oracles say what share of tshark's lines ours have, by protocol, in percent: what was measured, rounded down. What is missing
// depends on other frames (who answers whom), or on a list of manufacturers.
var oracles = []oracle{
	{
		name: "details", options: []string{"-V"},
		printer: func() PacketPrinter { return NewDetails(DetailOptions{TwoPass: true, Zone: time.UTC}) },
		frame:   regexp.MustCompile(`^Frame \d+:`),
		title:   regexp.MustCompile(`^([A-Z[]|802)`),
		least: map[string]float64{
			"Frame": 99, "Ethernet II": 100, "802.1Q Virtual LAN": 91, "IEEE 802.1ad": 100, "Linux cooked capture v1": 100, "Linux cooked capture v2": 100,
			"Address Resolution Protocol": 100, "Internet Protocol Version 4": 100, "Internet Protocol Version 6": 100,
			"Internet Control Message Protocol": 98, "Internet Control Message Protocol v6": 98, "Internet Group Management Protocol": 100, "Data": 100,
		},
	},
	{
		name: "json", options: []string{"-T", "json"},
		printer: func() PacketPrinter { return NewJSON(DetailOptions{TwoPass: true, Zone: time.UTC}) },
		frame:   regexp.MustCompile(`^    "_index":`),
		title:   regexp.MustCompile(`^        "`),
		least: map[string]float64{
			"frame": 99, "eth": 99, "vlan": 100, "ieee8021ad": 100, "sll": 100, "arp": 100, "ip": 100, "ipv6": 100, "icmp": 97, "icmpv6": 97, "igmp": 100, "data": 100,
		},
	},
}

// Protects that whoever knows tshark's details finds the same here: its lines, in its order, of every protocol that is shown
// in full.
func TestDetailsAsTshark(t *testing.T) {
	for _, o := range oracles {
		t.Run(o.name, func(t *testing.T) {
			path := filepath.Join("testdata", "tree", o.name+".gz")
			if *update {
				askDetails(t, path, o.options)
			}
			want := sections(t, path)
			shares := map[string]*share{}
			for _, name := range detailed {
				ours, theirs := o.packets(printedTwice(t, name, o.printer())), o.packets(want[name])
				if len(ours) != len(theirs) || len(ours) == 0 {
					t.Errorf("%s: %d packets, and tshark has %d: where tshark is installed, go test ./report -update asks it anew", name, len(ours), len(theirs))
					continue
				}
				for i := range theirs {
					o.compare(shares, theirs[i], ours[i])
				}
			}
			o.check(t, shares)
		})
	}
}

// check compares the shares with the least that are expected.
func (o *oracle) check(t *testing.T, shares map[string]*share) {
	t.Helper()
	for protocol, least := range o.least {
		s := shares[protocol]
		if s == nil {
			t.Errorf("%s: tshark prints none", protocol)
			continue
		}
		percent := 100 * float64(s.equal) / float64(s.lines)
		t.Logf("%s: %d of %d lines, %.2f%%", protocol, s.equal, s.lines, percent)
		if percent < least {
			t.Errorf("%s: %.2f%% of tshark's lines, at least %v%% are expected; the first others:\n%s", protocol, percent, least, strings.Join(s.missing, "\n"))
		}
	}
}

// share counts the lines of a protocol.
type share struct {
	lines, equal int
	missing      []string // the first of those that are not equal
}

// packets cuts what was printed into the lines of each packet.
func (o *oracle) packets(text []byte) (packets [][]string) {
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, ",\n")
		if o.frame.MatchString(line) {
			packets = append(packets, nil)
		}
		if n := len(packets); n > 0 {
			packets[n-1] = append(packets[n-1], line)
		}
	}
	return packets
}

// compare counts the lines that are in both, in the same order.
func (o *oracle) compare(shares map[string]*share, theirs, ours []string) {
	protocol := ""
	equal := common(theirs, ours)
	for i, line := range theirs {
		if next, ok := o.protocol(line); ok {
			protocol = next
		}
		s := shares[protocol]
		if s == nil {
			s = new(share)
			shares[protocol] = s
		}
		s.lines++
		switch {
		case equal[i]:
			s.equal++
		case len(s.missing) < 10:
			s.missing = append(s.missing, line)
		}
	}
}

// protocol returns the protocol that a line is the title of, "" for one that is not compared, and whether it is a title.
func (o *oracle) protocol(line string) (name string, ok bool) {
	at := o.title.FindStringIndex(line)
	if at == nil {
		return "", false
	}
	line = strings.TrimLeft(line, ` "`)
	for p := range o.least {
		if rest, ok := strings.CutPrefix(line, p); ok && len(p) > len(name) && (rest == "" || strings.ContainsAny(rest[:1], `,:(" `)) {
			name = p
		}
	}
	return name, true
}

// common marks those lines of a that are of its longest subsequence that b has, too.
func common(a, b []string) []bool {
	marks := make([]bool, len(a))
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		marks[head] = true
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
		marks[len(a)-tail] = true
	}
	markLongest(marks[head:len(a)-tail], a[head:len(a)-tail], b[head:len(b)-tail])
	return marks
}

func markLongest(marks []bool, a, b []string) {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			marks[i] = true
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
}

// askDetails writes what tshark prints of the captures, each after a line with its name.
func askDetails(t *testing.T, path string, options []string) {
	t.Helper()
	var all []byte
	for _, name := range detailed {
		args := append([]string{"-n", "-2", "-r", capturePath(name), "-Y", selection}, options...)
		all = append(fmt.Appendf(all, "== %s\n", name), askTshark(t, args...)...)
	}
	writeZipped(t, path, all)
}

// askTshark returns what tshark prints.
func askTshark(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "tshark", args...)
	cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C.UTF-8", "HOME="+t.TempDir())
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("tshark %s: %v", strings.Join(args, " "), err)
	}
	return text
}

// writeZipped writes a text to a file, compressed.
func writeZipped(t *testing.T, path string, text []byte) {
	t.Helper()
	var all bytes.Buffer
	z, _ := gzip.NewWriterLevel(&all, gzip.BestCompression)
	z.Write(text) //nolint:errcheck // to memory
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, all.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// unzipped returns what writeZipped wrote.
func unzipped(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatalf("reading %s: %v", path, err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("reading %s: %v", path, err)
	}
	return text
}

// sections reads what askDetails wrote.
func sections(t *testing.T, path string) map[string][]byte {
	t.Helper()
	texts := map[string][]byte{}
	for section := range bytes.SplitSeq(unzipped(t, path), []byte("== ")) {
		if name, text, ok := bytes.Cut(section, []byte("\n")); ok {
			texts[string(name)] = text
		}
	}
	return texts
}
