package main

import (
	"fmt"
	"math"
	"math/bits"
	"regexp"
	"strings"
	"testing"
)

// asked is what a tool said about its questions of one kind to one target.
type asked struct {
	kind, target           string
	id                     string // "" if there is none
	sent, received, errors int
	offsets                []float64 // of the target's clock, ms, ahead of the asker's stamps, of each reply
}

// nping says of each packet what it holds; of its kinds of question, the numbers of requests and replies.
var (
	npingPacket = regexp.MustCompile(`(?m)^(SENT|RCVD) \([\d.]+s\) ICMP \[(\S+) > (\S+) .*\(type=(\d+)/code=\d+\) ?(?:id=(\d+))?.*?(?:orig=(\d+) recv=(\d+) trans=(\d+))?\] IP`)
	npingKinds  = map[string]struct{ kind, reply string }{
		"13": {"timestamp", "14"}, "15": {"information", "16"}, "17": {"mask", "18"}, "10": {"router-solicitation", "9"},
	}
	probeReply = regexp.MustCompile(`(?m)^reply from `)
)

// questions reads what a transcript says of other questions than echo, for each kind, target and identifier.
func questions(t *testing.T, transcript string) []asked {
	t.Helper()
	var all []asked
	of := func(kind, target, id string) *asked {
		for i := range all {
			if a := &all[i]; a.kind == kind && a.target == target && a.id == id {
				return a
			}
		}
		all = append(all, asked{kind: kind, target: target, id: id})
		return &all[len(all)-1]
	}
	for _, c := range commands(transcript) {
		switch {
		case c.args[0] == "nping":
			c.npingQuestions(of)
		case c.args[0] == "ping" && c.option("-N") != "":
			said := c.ping(t)
			a := of("node-information", said.target, "")
			a.sent, a.received = a.sent+said.sent, a.received+said.received
		case c.args[0] == "probe":
			a := of("extended-echo", c.target(), "42")
			a.sent, a.received = a.sent+1, a.received+len(probeReply.FindAllString(c.output, -1))
		}
	}
	return all
}

// npingQuestions reads the packets of one command. One request is out at a time: an error is about the latest.
func (c command) npingQuestions(of func(kind, target, id string) *asked) {
	var latest *asked
	var reply string
	for _, m := range npingPacket.FindAllStringSubmatch(c.output, -1) {
		way, target, messageType, id := m[1], m[3], m[4], m[5]
		switch {
		case way == "SENT" && npingKinds[messageType].kind != "":
			latest, reply = of(npingKinds[messageType].kind, target, id), npingKinds[messageType].reply
			latest.sent++
		case way == "RCVD" && latest != nil && messageType == reply:
			latest.received++
			if originate := number(m[6]); originate != 0 {
				latest.offsets = append(latest.offsets, float64(stamp(m[7])+stamp(m[8]))/2-float64(originate))
			}
		case way == "RCVD" && latest != nil && messageType == "3":
			latest.errors++
		}
	}
}

// stamp reads a stamp, which nping prints as if it were in network byte order.
func stamp(s string) int {
	n := number(s)
	if n >= 86_400_000 {
		n = int(bits.ReverseBytes32(uint32(n)))
	}
	return n
}

// Protects that questions other than echo have the answers that the asker got: nping, ping -N and the lab's own probe.
func TestQueriesAreTheTools(t *testing.T) {
	checked := map[string]int{}
	for _, c := range captures(t) {
		expected := questions(t, c.answer(t, "txt"))
		if len(expected) == 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			report := analyzed(t, c.path)
			for _, want := range expected {
				f := flowOf(report, want)
				if f == nil {
					t.Fatalf("no flow, want %+v", want)
				}
				checked[want.kind]++
				if c.name == "router-discovery" {
					want.received = want.sent // the router answers to a group, at which nping does not look
				}
				if f.Sent != want.sent || f.Received != want.received || f.Errors != want.errors ||
					f.Lost+f.Pending != want.sent-want.received || f.Duplicates+f.Copies > 0 {
					t.Errorf("got %s, errors %d; want %+v", f.counts(), f.Errors, want)
				}
				if f.replies() != want.received {
					t.Errorf("%d round trips, want %d", f.replies(), want.received)
				}
			}
		})
	}
	for kind, least := range map[string]int{"timestamp": 7, "information": 2, "mask": 2, "router-solicitation": 2, "node-information": 2, "extended-echo": 2} {
		if checked[kind] < least {
			t.Errorf("%d flows of kind %s were found and compared, expected %d or more", checked[kind], kind, least)
		}
	}
}

// flowOf is the flow of what a tool asked, or nil.
func flowOf(r jsonReport, a asked) *jsonFlow {
	for i, f := range r.Flows {
		if f.Kind == a.kind && f.Destination == a.target && (a.id == "" || a.id == fmt.Sprint(f.ID)) {
			return &r.Flows[i]
		}
	}
	return nil
}

// Protects the offsets of clocks. All hosts of the lab have the clock of the capture: whoever's stamps are set to another time by
// nping is off by that, and everybody else by nothing. Stamps are whole milliseconds, and ways there and back are not equally long.
func TestClocksAreTheLabs(t *testing.T) {
	checked := map[string]int{}
	for _, c := range captures(t) {
		for _, a := range questions(t, c.answer(t, "txt")) {
			if a.kind != "timestamp" || a.received == 0 {
				continue
			}
			t.Run(c.name+"/"+a.target, func(t *testing.T) {
				clock := clockOf(analyzed(t, c.path), a.target)
				if clock == nil || clock.Samples != a.received || clock.Offset == nil || clock.RoundTrip == nil {
					t.Fatalf("got %+v, want %d samples", clock, a.received)
				}
				reference, want := "capture", 0.0
				for _, o := range a.offsets {
					reference, want = "source", want+o/float64(len(a.offsets))
				}
				checked[reference]++
				if off := *clock.Offset - want; clock.Reference != reference || math.Abs(off) > 1+*clock.RoundTrip/2 {
					t.Errorf("%v ms against %s, want %v ms against %s, within 1 ms and half of the round trip of %v ms",
						*clock.Offset, clock.Reference, want, reference, *clock.RoundTrip)
				}
			})
		}
	}
	if checked["capture"] < 4 || checked["source"] < 2 {
		t.Errorf("compared %v, expected 4 or more against the capture and 2 against the source", checked)
	}
}

// clockOf is the row of a host's clock, or nil.
func clockOf(r jsonReport, target string) *jsonClock {
	for i := range r.Clocks {
		if r.Clocks[i].Destination == target {
			return &r.Clocks[i]
		}
	}
	return nil
}

// Protects that a solicited router is known as the one that answered: the host took its default route from the advertisement.
func TestRouterDiscovery(t *testing.T) {
	c := labCapture{"router-discovery6", committed + "/router-discovery6.pcap"}
	if !strings.Contains(c.answer(t, "txt"), "default via fe80::c0ff:fe00:201 dev eth0 proto ra") {
		t.Fatal("the host has no route from its router")
	}
	f := flowOf(analyzed(t, c.path), asked{kind: "router-solicitation", target: "ff02::2"})
	if f == nil || f.Sent != 1 || f.Received != 1 || !f.Group || f.Responders != 1 {
		t.Errorf("got %+v, want one solicitation, answered by one router", f)
	}
	got := sniff(t, "-T", "fields", "-e", "frame.number", "-e", "icmpsniff.request_in", "-Y", "icmpsniff.reply", c.path).stdout
	if got != "3\t2\n" {
		t.Errorf("replies and their requests %q, want frame 3 to frame 2", got)
	}
}

// Protects what is told of each packet: other questions know their answers, and answers their questions, in the fields for that,
// while their lines stay tshark's.
func TestQueriesAreAnnotated(t *testing.T) {
	fields := []string{"-2", "-T", "fields", "-e", "frame.number", "-e", "icmpsniff.reply_in", "-e", "icmpsniff.request_in", "-e", "icmpsniff.lost"}
	for name, want := range map[string]string{
		"timestamp-loss":            "3\t4\t\t\n4\t\t3\t\n5\t\t\t1\n6\t7\t\t\n7\t\t6\t\n8\t9\t\t\n9\t\t8\t\n",
		"information-answered":      "3\t4\t\t\n4\t\t3\t\n5\t6\t\t\n6\t\t5\t\n",
		"node-information-answered": "1\t2\t\t\n2\t\t1\t\n3\t4\t\t\n4\t\t3\t\n5\t6\t\t\n6\t\t5\t\n7\t8\t\t\n8\t\t7\t\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got := sniff(t, append(fields, "-Y", "icmp or icmpv6", committed+"/"+name+".pcap")...).stdout; got != want {
				t.Errorf("\n got %q\nwant %q", got, want)
			}
		})
	}
}
