package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// summary is what a tool said about the questions it asked one target.
type summary struct {
	tool                         string // ping, fping, arping
	host, target                 string
	id                           string // of -e, or ""
	sent, received               int
	duplicates, errors           int
	unsent                       int     // counted by the tool, and never on the wire: its own host had nowhere to send them
	pending                      int     // not counted by any tool
	replies                      int     // all that were printed
	loss                         float64 // percent
	broadcast, gratuitous, probe bool
}

// hop is what mtr said about one TTL.
type hop struct {
	address        string
	sent, answered int
}

var (
	pingSummary   = regexp.MustCompile(`(\d+) packets transmitted, (\d+) received(?:, \+(\d+) duplicates)?(?:, \+(\d+) errors)?, ([\d.]+)% packet loss`)
	pingReply     = regexp.MustCompile(`(?m)^\d+ bytes from ([^ %]+)`)
	pingError     = regexp.MustCompile(`(?m)^From (\S*[^\s:]) icmp_seq`)
	arpingSent    = regexp.MustCompile(`Sent (\d+) probes`)
	arpingAnswers = regexp.MustCompile(`Received (\d+) response`)
	fpingReply    = regexp.MustCompile(`(?m)^(\S+) +: \[\d+\], (\d+ bytes|timed out)`)
	mtrHop        = regexp.MustCompile(`(?m)^ *\d+\.\|-- (\S+) +([\d.]+)% +(\d+)`)
)

// addresses are those of the lab's hosts, from which they may answer themselves.
var addresses = map[string][]string{
	"h1": {"192.0.2.11", "2001:db8:1::11", "fe80::c0ff:fe00:20b", "10.42.0.1", "127.0.0.1", "::1"},
	"r1": {"198.51.100.1"}, // the outside of a NAT
	"h2": {"192.0.2.12", "2001:db8:1::12", "fe80::c0ff:fe00:20c"},
	"h3": {"192.0.2.13", "2001:db8:1::13", "fe80::c0ff:fe00:20d"},
}

// command is one command of a transcript, and what it printed.
type command struct {
	host, output string
	args         []string
}

// commands takes a transcript apart: "$ command" and, where it is not h1, "  # on HOST"; then what it printed.
func commands(transcript string) []command {
	var all []command
	for part := range strings.SplitSeq("\n"+transcript, "\n$ ") {
		prompt, output, _ := strings.Cut(part, "\n")
		prompt, host, elsewhere := strings.Cut(prompt, "  # on ")
		if !elsewhere {
			host = "h1"
		}
		if args := strings.Fields(prompt); len(args) > 0 {
			all = append(all, command{host, output, args})
		}
	}
	return all
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// option is the value of an option, or "".
func (c command) option(name string) string {
	if i := slices.Index(c.args, name); i >= 0 && i+1 < len(c.args) {
		return c.args[i+1]
	}
	return ""
}

// target is the last argument, without the interface of a link-local address.
func (c command) target() string {
	target, _, _ := strings.Cut(c.args[len(c.args)-1], "%")
	return target
}

// summaries reads what a command said in the end, a summary for each target; none from other tools.
func (c command) summaries(t *testing.T) []summary {
	t.Helper()
	switch {
	case c.args[0] == "ping" && c.option("-N") == "": // -N asks for node information
		return []summary{c.ping(t)}
	case c.args[0] == "arping":
		return []summary{c.arping(t)}
	case c.args[0] == "fping" && c.option("-C") != "":
		return c.fpingCounts()
	case c.args[0] == "fping":
		return c.fpingAlive()
	}
	return nil
}

func (c command) ping(t *testing.T) summary {
	m := pingSummary.FindStringSubmatch(c.output)
	if m == nil {
		t.Fatalf("no summary of %q in:\n%s", c.args, c.output)
	}
	s := summary{tool: "ping", host: c.host, target: c.target(), id: c.option("-e"), broadcast: slices.Contains(c.args, "-w"),
		sent: number(m[1]), received: number(m[2]), duplicates: number(m[3]), errors: number(m[4])}
	s.loss, _ = strconv.ParseFloat(m[5], 64)
	for _, from := range pingReply.FindAllStringSubmatch(c.output, -1) {
		if !s.broadcast || !slices.Contains(addresses[c.host], from[1]) { // a group may hold the asker, who answers inside
			s.replies++
		}
	}
	printed := pingError.FindAllStringSubmatch(c.output, -1)
	for _, from := range printed {
		if slices.Contains(addresses[c.host], from[1]) {
			s.unsent++
		}
	}
	s.unsent += s.errors - len(printed) // those of the system call, "message too long", go to standard error
	return s
}

func (c command) arping(t *testing.T) summary {
	sent, answers := arpingSent.FindStringSubmatch(c.output), arpingAnswers.FindStringSubmatch(c.output)
	if sent == nil || answers == nil {
		t.Fatalf("no summary of %q in:\n%s", c.args, c.output)
	}
	return summary{tool: "arping", host: c.host, target: c.target(), sent: number(sent[1]), received: number(answers[1]),
		gratuitous: slices.Contains(c.args, "-U") || slices.Contains(c.args, "-A"), probe: slices.Contains(c.args, "-D")}
}

// fpingCounts reads fping -C, which prints a line for each request.
func (c command) fpingCounts() []summary {
	var all []summary
	for _, m := range fpingReply.FindAllStringSubmatch(c.output, -1) {
		i := slices.IndexFunc(all, func(s summary) bool { return s.target == m[1] })
		if i < 0 {
			i, all = len(all), append(all, summary{tool: "fping", host: c.host, target: m[1]})
		}
		all[i].sent++
		if m[2] == "timed out" {
			all[i].loss += 100 / float64(number(c.option("-C")))
		} else {
			all[i].received++
		}
	}
	for i := range all {
		if all[i].received == 0 { // on this network only a host that is not there, as ARP finds first
			all[i].unsent = all[i].sent
		}
	}
	return all
}

// fpingAlive reads fping -a, which asks each target once and prints those that answered.
func (c command) fpingAlive() []summary {
	var all []summary
	for target := range strings.FieldsSeq(c.output) {
		if !slices.Contains(addresses[c.host], target) { // it answers itself over its loopback
			all = append(all, summary{tool: "fping", host: c.host, target: target, sent: 1, received: 1})
		}
	}
	return all
}

// hops reads an mtr report.
func (c command) hops() []hop {
	var all []hop
	for _, m := range mtrHop.FindAllStringSubmatch(c.output, -1) {
		loss, _ := strconv.ParseFloat(m[2], 64)
		sent := number(m[3])
		all = append(all, hop{m[1], sent, sent - int(loss*float64(sent)/100+0.5)})
	}
	return all
}
