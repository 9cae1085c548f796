package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// jsonError and jsonPathMTU are rows of the JSON report.
type jsonError struct {
	Frame      int
	Reporter   string
	Type, Code int
	AboutFrame int `json:"about_frame"`
	About      struct {
		Source, Destination, Protocol string
		Seq                           int
		SourcePort                    int `json:"source_port"`
		DestinationPort               int `json:"destination_port"`
	}
	Family, MTU, Pointer int
	Gateway              string
	Translated           bool
}

type jsonPathMTU struct {
	Destination, Reporter, Sender string
	MTU, Frame, Reports           int
	Obeyed                        *bool
	ExceededFrame                 int `json:"exceeded_frame"`
}

// reported is what a tool said of an error: who told it what about which of its probes.
type reported struct {
	from          string
	family        int
	kind, code    int
	value         string // MTU, gateway or pointer
	target, probe string
}

var (
	pingReports  = regexp.MustCompile(`(?m)^From (\S*[^\s:]):? icmp_seq=(\d+) (.+)$`)
	npingReports = regexp.MustCompile(`(?m)^SENT \(\S+\) (TCP|UDP) \S+:(\d+) > (\S+):(\d+) .*\nRCVD \(\S+\) ICMP \[(\S+) > \S+ .*\(type=(\d+)/code=(\d+)\)`)
)

// pingWords are the words of iputils for types and codes; what %s stands for is the error's value.
var pingWords = map[string][3]int{
	"Destination Net Unreachable":                          {4, 3, 0},
	"Destination Host Unreachable":                         {4, 3, 1},
	"Destination Protocol Unreachable":                     {4, 3, 2},
	"Destination Port Unreachable":                         {4, 3, 3},
	"Frag needed and DF set (mtu = %s)":                    {4, 3, 4},
	"Destination Net Prohibited":                           {4, 3, 9},
	"Destination Host Prohibited":                          {4, 3, 10},
	"Packet filtered":                                      {4, 3, 13},
	"Redirect Host(New nexthop: %s)":                       {4, 5, 1},
	"Time to live exceeded":                                {4, 11, 0},
	"Destination unreachable: No route":                    {6, 1, 0},
	"Destination unreachable: Administratively prohibited": {6, 1, 1},
	"Destination unreachable: Address unreachable":         {6, 1, 3},
	"Destination unreachable: Port unreachable":            {6, 1, 4},
	"Destination unreachable: Unknown code 5":              {6, 1, 5},
	"Destination unreachable: Unknown code 6":              {6, 1, 6},
	"Packet too big: mtu=%s":                               {6, 2, 0},
	"Time exceeded: Hop limit":                             {6, 3, 0},
}

var valuePattern = regexp.MustCompile(`\d[\d.:]*`)

// reports are the errors that a command says it got over the wire, in order.
func (c command) reports(t *testing.T) []reported {
	t.Helper()
	var all []reported
	switch c.args[0] {
	case "ping":
		for _, m := range pingReports.FindAllStringSubmatch(c.output, -1) {
			if slices.Contains(addresses[c.host], m[1]) { // its own host had nowhere to send it
				continue
			}
			r := reported{from: m[1], target: c.target(), probe: "seq " + m[2]}
			words := m[3]
			what, ok := pingWords[words]
			if !ok {
				r.value = valuePattern.FindString(words)
				what, ok = pingWords[strings.Replace(words, r.value, "%s", 1)]
			}
			if !ok {
				t.Fatalf("unknown words of ping: %q", words)
			}
			r.family, r.kind, r.code = what[0], what[1], what[2]
			all = append(all, r)
		}
	case "nping":
		for _, m := range npingReports.FindAllStringSubmatch(c.output, -1) {
			all = append(all, reported{from: m[5], family: 4, kind: number(m[6]), code: number(m[7]), target: m[3],
				probe: fmt.Sprintf("%s %s to %s", strings.ToLower(m[1]), m[2], m[4])})
		}
	}
	return all
}

// said is an error of the report as the tool that asked would tell it.
func (e jsonError) said() reported {
	r := reported{from: e.Reporter, family: e.Family, kind: e.Type, code: e.Code, value: e.Gateway, target: e.About.Destination}
	if e.MTU != 0 {
		r.value = fmt.Sprint(e.MTU)
	}
	switch e.About.Protocol {
	case "icmp", "icmpv6":
		r.probe = fmt.Sprint("seq ", e.About.Seq)
	default:
		r.probe = fmt.Sprintf("%s %d to %d", e.About.Protocol, e.About.SourcePort, e.About.DestinationPort)
	}
	return r
}

// Protects what the report says of errors, and in what order: what ping and nping printed line for line, who said what about
// which of their probes; and that each leads to the frame of that probe.
func TestErrorsAreTheTools(t *testing.T) {
	checked := 0
	for _, c := range captures(t) {
		var want []reported
		understood := true
		for _, command := range commands(c.answer(t, "txt")) {
			want = append(want, command.reports(t)...)
			understood = understood && (command.args[0] == "ping" || command.args[0] == "nping" && !slices.Contains(command.args, "--icmp") || command.args[0] == "sleep")
		}
		if len(want) == 0 || !understood || c.name == "nat-ports" { // ping takes those errors for another's
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			var got []reported
			lines := numbered(t, sniff(t, "-n", "--all", "--report", "none", c.path).stdout)
			for _, e := range analyzed(t, c.path).Errors {
				if c.name == "router-nat" && e.About.Source != addresses["h1"][0] { // the same outside of the NAT
					continue
				}
				got = append(got, e.said())
				e.checkCause(t, lines)
			}
			if !slices.Equal(got, want) {
				t.Errorf("\n got %v\nwant %v", got, want)
			}
			checked += len(got)
		})
	}
	if checked < 55 {
		t.Errorf("%d errors were compared, expected 55 or more", checked)
	}
}

// Protects errors that no tool prints: those about requests whose identifiers and ports alone a NAT changed, which ping takes for
// another's; and those about replies to requests that are not in the capture. Each is about the packet before it.
func TestErrorsThatNobodyElseExplains(t *testing.T) {
	for _, c := range []struct {
		name       string
		about      map[int]int
		translated bool
	}{
		{"nat-ports", map[int]int{4: 3, 6: 5, 10: 9, 12: 11, 14: 13}, true},
		{"reply-rejected", map[int]int{4: 3, 6: 5}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := map[int]int{}
			for _, e := range analyzed(t, committed+"/"+c.name+".pcap").Errors {
				got[e.Frame] = e.AboutFrame
				if e.Translated != c.translated {
					t.Errorf("frame %d: translated %v", e.Frame, e.Translated)
				}
			}
			if !maps.Equal(got, c.about) {
				t.Errorf("got %v, want %v", got, c.about)
			}
		})
	}
}

var portsPattern = regexp.MustCompile(` (?:TCP|UDP) \d+ (\d+) → (\d+) `)

// checkCause sees to it that the frame that an error is about is on its line what the error quotes.
func (e jsonError) checkCause(t *testing.T, lines map[int]line) {
	t.Helper()
	l, ok := lines[e.AboutFrame]
	if !ok || e.AboutFrame >= e.Frame {
		t.Errorf("frame %d is about frame %d", e.Frame, e.AboutFrame)
		return
	}
	same := l.to == e.About.Destination && (l.from == e.About.Source) != e.Translated
	if m := portsPattern.FindStringSubmatch(l.text); m != nil {
		same = same && number(m[1]) == e.About.SourcePort && number(m[2]) == e.About.DestinationPort
	} else {
		same = same && strings.Contains(l.text, "(ping) request") && regexp.MustCompile(fmt.Sprintf(`, seq=%d[/,]`, e.About.Seq)).MatchString(l.text)
	}
	if !same {
		t.Errorf("frame %d, %+v, is not about frame %d:\n%s", e.Frame, e.About, e.AboutFrame, l.text)
	}
}

// Protects the note on the lines of errors, in one pass and in two: every error in the captures that hold what it is about has
// one, and nothing else does.
func TestErrorLinesNameTheirCause(t *testing.T) {
	errorFor := regexp.MustCompile(` \(error for (\d+)(?:, translated)?\)$`)
	isError := regexp.MustCompile(` (?:Destination unreachable|Redirect|Time-to-live exceeded|Parameter problem|Destination Unreachable|Packet Too Big|Time Exceeded|Parameter Problem) `)
	checked := 0
	for _, c := range captures(t) {
		if c.name == "error-forbidden" {
			continue // about datagrams that nobody sent
		}
		want := map[int]int{}
		for _, e := range analyzed(t, c.path).Errors {
			if e.AboutFrame != 0 {
				want[e.Frame] = e.AboutFrame
			}
		}
		for _, way := range []string{"-n", "-n -2"} {
			text, _, _ := strings.Cut(sniff(t, append(strings.Fields(way), c.path)...).stdout, "\n\n")
			got := map[int]int{}
			lines := numbered(t, text)
			for _, n := range slices.Sorted(maps.Keys(lines)) {
				m := errorFor.FindStringSubmatch(lines[n].text)
				if (m != nil) != isError.MatchString(lines[n].text+" ") {
					t.Errorf("%s: %s", c.name, lines[n].text)
				}
				if m != nil && want[n] != 0 { // copies have a note, and no row
					got[n] = number(m[1])
					checked++
				}
			}
			if !maps.Equal(got, want) {
				t.Errorf("%s %s:\n got %v\nwant %v", c.name, way, got, want)
			}
		}
	}
	if checked < 300 {
		t.Errorf("%d notes were compared, expected 300 or more", checked)
	}
}

// Protects the path MTU and what came of it: a sender that hears is one that obeys, and one that does not listen is told on.
func TestPathMTUs(t *testing.T) {
	yes, no := true, false
	for _, c := range []struct {
		capture string
		want    jsonPathMTU
	}{
		{"path-mtu", jsonPathMTU{Destination: "203.0.113.14", Reporter: "192.0.2.1", Sender: "192.0.2.11", MTU: 1400, Frame: 4, Reports: 1, Obeyed: &yes}},
		{"path-mtu6", jsonPathMTU{Destination: "2001:db8:3::14", Reporter: "2001:db8:1::1", Sender: "2001:db8:1::11", MTU: 1400, Frame: 4, Reports: 1, Obeyed: &yes}},
		{"traceroute-mtu", jsonPathMTU{Destination: "203.0.113.14", Reporter: "192.0.2.1", Sender: "192.0.2.11", MTU: 1400, Frame: 10, Reports: 1, Obeyed: &yes}},
		{"path-mtu-ignored", jsonPathMTU{Destination: "203.0.113.14", Reporter: "192.0.2.1", Sender: "192.0.2.11", MTU: 1400, Frame: 4, Reports: 3, Obeyed: &no, ExceededFrame: 5}},
	} {
		t.Run(c.capture, func(t *testing.T) {
			all := analyzed(t, committed+"/"+c.capture+".pcap").PathMTUs
			if len(all) != 1 {
				t.Fatalf("%d path MTUs, want 1", len(all))
			}
			got := all[0]
			if got.Obeyed == nil || *got.Obeyed != *c.want.Obeyed {
				t.Errorf("obeyed: %v", got.Obeyed)
			}
			got.Obeyed, c.want.Obeyed = nil, nil
			if got != c.want {
				t.Errorf("\n got %+v\nwant %+v", got, c.want)
			}
		})
	}
}
