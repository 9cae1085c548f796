package main

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// jsonPath is what these tests read of a path.
type jsonPath struct {
	Source, Destination, Method string
	Reached                     bool
	Rounds                      int
	EndedBy                     *struct {
		Type, Code int
		Reporter   string
	} `json:"ended_by"`
	Hops []struct {
		TTL, Sent, Received, Lost, Pending int
		Responders                         []struct {
			Address  string
			Received int
			RTT      *struct{ Min, Avg, Max float64 } `json:"rtt_ms"`
		}
	}
}

// traced is a path as a tool printed it.
type traced struct {
	target, method string
	hops           []tracedHop
	mtr            bool
}

// tracedHop is a line of it. times are in ms: of traceroute, each; of mtr, the best, the average and the worst.
type tracedHop struct {
	ttl, sent, received int
	addresses           map[string]int // how many answers, 0 where the tool does not say
	times               []float64
	mark                string // traceroute's, of the last answer that has one
}

var (
	tracerouteLine = regexp.MustCompile(`(?m)^ ?(\d+)  (.+)$`)
	mtrLine        = regexp.MustCompile(`(?m)^ *(\d+)\.\|-- (\S+) +([\d.]+)%? +(\d+) +[\d.]+ +([\d.]+) +([\d.]+) +([\d.]+)`)
	mtrOther       = regexp.MustCompile(`^ +([0-9a-f.:]+) *$`)
)

// path reads what a command printed of a path, or returns nil if it is another tool.
func (c command) path() *traced {
	tool := c.args[0]
	if tool != "traceroute" && tool != "mtr" {
		return nil
	}
	tr := &traced{target: c.target(), mtr: tool == "mtr", method: "udp"}
	if size := c.args[len(c.args)-1]; number(size) > 0 && !strings.ContainsAny(size, ".:") {
		tr.target = c.args[len(c.args)-2]
	}
	switch {
	case slices.Contains(c.args, "-T"):
		tr.method = "tcp"
	case slices.Contains(c.args, "-I"), tr.mtr && !slices.Contains(c.args, "-u"):
		tr.method = "icmp"
	}
	if tr.mtr {
		tr.readMTR(c.output)
		return tr
	}
	for _, m := range tracerouteLine.FindAllStringSubmatch(c.output, -1) {
		tr.hops = append(tr.hops, readTraceroute(number(m[1]), strings.Fields(m[2])))
	}
	if slices.Contains(c.args, "--mtu") {
		tr.addTooBig()
	}
	return tr
}

// addTooBig adds what traceroute --mtu does not print: that the router before the second hop, whose MTU is less than the
// host's, answered to a probe that was too big, in place of which another was sent.
func (tr *traced) addTooBig() {
	for address := range tr.hops[0].addresses {
		tr.hops[1].addresses[address]++
		tr.hops[1].sent++
		tr.hops[1].received++
	}
}

// readTraceroute reads the words of a line: an address where it changes, times, marks, and "*" for what went unanswered.
func readTraceroute(ttl int, words []string) tracedHop {
	h := tracedHop{ttl: ttl, addresses: map[string]int{}}
	address := ""
	for _, word := range words {
		switch {
		case word == "*":
			h.sent++
		case word == "ms":
			h.sent++
			h.received++
			h.addresses[address]++
		case strings.HasPrefix(word, "!"):
			h.mark = word
		case strings.HasPrefix(word, "F="):
		default:
			if _, err := netip.ParseAddr(word); err == nil {
				address = word
			} else {
				ms, _ := strconv.ParseFloat(word, 64)
				h.times = append(h.times, ms)
			}
		}
	}
	return h
}

// readMTR reads an mtr report, which lists further addresses of a hop below it.
func (tr *traced) readMTR(output string) {
	for line := range strings.Lines(output) {
		if m := mtrOther.FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil && len(tr.hops) > 0 {
			tr.hops[len(tr.hops)-1].addresses[m[1]] = 0
			continue
		}
		m := mtrLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		h := tracedHop{ttl: number(m[1]), sent: number(m[4]), addresses: map[string]int{}}
		loss, _ := strconv.ParseFloat(m[3], 64)
		h.received = h.sent - int(loss*float64(h.sent)/100+0.5)
		if m[2] != "???" {
			h.addresses[m[2]] = 0
			for _, s := range m[5:] {
				ms, _ := strconv.ParseFloat(s, 64)
				h.times = append(h.times, ms)
			}
			h.times[0], h.times[1] = h.times[1], h.times[0] // the best before the average
		}
		tr.hops = append(tr.hops, h)
	}
}

// add adds the hops of the same path, traced once more.
func (tr *traced) add(o *traced) {
	for _, h := range o.hops {
		i := slices.IndexFunc(tr.hops, func(known tracedHop) bool { return known.ttl == h.ttl })
		known := &tr.hops[i]
		known.sent += h.sent
		known.received += h.received
		known.times = append(known.times, h.times...)
		for address, n := range h.addresses {
			known.addresses[address] += n
		}
	}
}

// Protects that a path is what who walked it saw: on every capture of traceroute and mtr, the report has their hops, with the
// hosts that answered, how many probes were sent and answered, and how the path ended.
func TestPathsAreTheTools(t *testing.T) {
	checked := 0
	for _, c := range captures(t) {
		var want []*traced
		for _, command := range commands(c.answer(t, "txt")) {
			tr := command.path()
			if tr == nil {
				continue
			}
			i := slices.IndexFunc(want, func(o *traced) bool { return o.target == tr.target && o.method == tr.method })
			if i >= 0 {
				want[i].add(tr)
			} else {
				want = append(want, tr)
			}
		}
		if len(want) == 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			paths := analyzed(t, c.path).Paths
			if len(paths) != len(want) {
				t.Fatalf("%d paths, want %d", len(paths), len(want))
			}
			for i, tr := range want {
				tr.check(t, &paths[i])
				checked++
			}
		})
	}
	if checked < 28 {
		t.Errorf("%d paths were found and compared, expected 28 or more", checked)
	}
}

// check compares a path with what the tool printed. mtr leaves out all but the first of the silent hops at the end.
func (tr *traced) check(t *testing.T, p *jsonPath) {
	t.Helper()
	if p.Destination != tr.target || p.Method != tr.method {
		t.Fatalf("%s to %s, want %s to %s", p.Method, p.Destination, tr.method, tr.target)
	}
	for tr.mtr && len(p.Hops) > len(tr.hops) && p.Hops[len(p.Hops)-1].Received == 0 {
		p.Hops = p.Hops[:len(p.Hops)-1]
	}
	if len(p.Hops) != len(tr.hops) {
		t.Fatalf("%d hops, want %d", len(p.Hops), len(tr.hops))
	}
	for i, want := range tr.hops {
		h := &p.Hops[i]
		if h.TTL != want.ttl || h.Sent != want.sent || h.Received != want.received || h.Lost+h.Pending != want.sent-want.received {
			t.Errorf("hop %d: sent %d, received %d, lost %d, pending %d, want hop %d: sent %d, received %d", h.TTL, h.Sent, h.Received, h.Lost, h.Pending,
				want.ttl, want.sent, want.received)
		}
		addresses := map[string]int{}
		for _, r := range h.Responders {
			addresses[r.Address] = r.Received
			if tr.mtr {
				addresses[r.Address] = 0 // it does not say who of several answered how often
			}
		}
		if !maps.Equal(addresses, want.addresses) {
			t.Errorf("hop %d: answers %v, want %v", h.TTL, addresses, want.addresses)
		}
		tr.checkTimes(t, p, i)
	}
	tr.checkEnd(t, p)
}

// checkTimes compares round-trip times: those on the wire are a little shorter than those of a process, which has to be
// woken up.
func (tr *traced) checkTimes(t *testing.T, p *jsonPath, i int) {
	t.Helper()
	want := tr.hops[i].times
	if len(want) == 0 {
		return
	}
	resolution := 0.002
	if tr.mtr {
		resolution = 0.1
	}
	fastest, slowest := slices.Min(want), slices.Max(want)
	for _, r := range p.Hops[i].Responders {
		if r.RTT.Min > slowest+resolution || r.RTT.Max > slowest+resolution || r.RTT.Max < fastest-50 {
			t.Errorf("hop %d, %s: from %v to %v ms, the tool saw from %v to %v", i+1, r.Address, r.RTT.Min, r.RTT.Max, fastest, slowest)
		}
	}
}

// marked are the errors for which traceroute has a mark, as "type/code"; those of IPv6 are 1/….
var marked = map[string][]string{
	"!H": {"3/1", "1/3"},
	"!X": {"3/9", "3/10", "3/13", "1/1"},

	"!F-1400": {"3/4", "2/0"},
}

func (tr *traced) checkEnd(t *testing.T, p *jsonPath) {
	t.Helper()
	last := tr.hops[len(tr.hops)-1]
	if _, reached := last.addresses[tr.target]; reached != p.Reached {
		t.Errorf("reached: %v, want %v", p.Reached, reached)
	}
	ended := ""
	if p.EndedBy != nil {
		ended = fmt.Sprintf("%d/%d", p.EndedBy.Type, p.EndedBy.Code)
		if _, ok := last.addresses[p.EndedBy.Reporter]; !ok {
			t.Errorf("ended by %s, want one of %v", p.EndedBy.Reporter, last.addresses)
		}
	}
	if last.mark == "" && ended != "" || last.mark != "" && !slices.Contains(marked[last.mark], ended) {
		t.Errorf("ended by %q, want %q", ended, last.mark)
	}
}

// Protects the number of rounds: mtr walks the path as often as it was told to.
func TestRoundsAreMTRs(t *testing.T) {
	for _, name := range []string{"mtr", "mtr-lossy", "mtr-tcp", "mtr6-udp", "traceroute-udp", "traceroute-balanced"} {
		t.Run(name, func(t *testing.T) {
			c := labCapture{name, committed + "/" + name + ".pcap"}
			want := 1
			if n := commands(c.answer(t, "txt"))[0].option("-c"); n != "" {
				want = number(n)
			}
			if got := analyzed(t, c.path).Paths[0].Rounds; got != want {
				t.Errorf("%d rounds, want %d", got, want)
			}
		})
	}
}
