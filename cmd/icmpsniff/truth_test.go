package main

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// differing are the captures that cannot show what the tool saw, and how they differ.
var differing = map[string]struct {
	why  string
	seen func(s *summary)
}{
	"ping-loss-requests": {"taken behind the loss: what was lost never came by",
		func(s *summary) { s.sent, s.loss = s.received, 0 }},
	"forwarder-lost-requests-behind": {"taken behind the loss, in either direction: what arrived was answered, 6 of 8",
		func(s *summary) { s.sent, s.received, s.loss = min(s.sent, 6), min(s.sent, 6), 0 }},
	"dropped-frames": {"the kernel dropped the fourth reply of six, and all that followed",
		func(s *summary) {
			if s.sent == 6 {
				s.sent, s.received, s.loss = 4, 3, 25
			}
		}},
	"reply-rejected": {"the requests are not in the capture", func(s *summary) { s.sent = 0 }},
	"ping-cut-short": {"the file ends before the fourth reply",
		func(s *summary) { s.sent, s.received, s.pending = 4, 3, 1 }},
	"nat-outside": {"taken outside of a NAT: all of it has the router's address",
		func(s *summary) { s.host = "r1" }},
	"nat-errors-outside": {"taken outside of a NAT: all of it has the router's address",
		func(s *summary) { s.host = "r1" }},
}

// others are the captures in which there are more flows than the transcript tells of.
var others = map[string]string{
	"merged-interfaces": "another capture is in the file, too",
	"sweep-routed":      "fping -a names only those that answered",
	"reply-rejected":    "replies without requests are a flow, too",
	"router-nat":        "each flow is there a second time, with the router's address",
	"bad-day":           "mtr's probes are a flow, too",
	"nat-any":           "each flow is there a second time, with the router's address",
}

// strangers are the captures in which nobody has the address that the tool had.
var strangers = map[string]string{
	"nat-outside": "each flow has the router's address",
}

// Protects that loss is what the asker would say: on every capture of the lab, the report counts what ping and fping count.
func TestReportIsTheToolsSummary(t *testing.T) {
	checked := 0
	for _, c := range captures(t) {
		var expected []summary
		for _, command := range commands(c.answer(t, "txt")) {
			for _, s := range command.summaries(t) {
				if s.tool != "arping" {
					expected = add(expected, s)
				}
			}
		}
		if len(expected) == 0 || strangers[c.name] != "" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			flows := analyzed(t, c.path).Flows
			for _, want := range expected {
				if d, ok := differing[c.name]; ok {
					d.seen(&want)
				}
				want.check(t, take(&flows, want))
				checked++
			}
			if len(flows) > 0 && others[c.name] == "" {
				t.Errorf("flows of nobody's: %+v", flows)
			}
		})
	}
	if checked < 90 {
		t.Errorf("%d summaries were found and compared, expected 90 or more", checked)
	}
}

// add adds a summary to those of other pings; with the same identifier, they are one flow.
func add(all []summary, s summary) []summary {
	for i := range all {
		if o := &all[i]; o.target == s.target && o.host == s.host && o.id == s.id && s.id != "" {
			o.sent += s.sent
			o.received += s.received
			o.replies += s.replies
			return all
		}
	}
	return append(all, s)
}

// take removes the flow that a summary is about, the first of its target, or returns nil.
func take(flows *[]jsonFlow, s summary) *jsonFlow {
	if s.sent == s.unsent {
		return nil
	}
	for i, f := range *flows {
		if f.Kind == "echo" && slices.Contains(addresses[s.host], f.Source) && f.Destination == s.target && (s.id == "" || s.id == fmt.Sprint(f.ID)) {
			*flows = slices.Delete(slices.Clone(*flows), i, i+1)
			return &f
		}
	}
	return &jsonFlow{Destination: "not there"}
}

// check compares a flow with what the tool counted. A group loses nothing, and its responders are no duplicates.
func (s summary) check(t *testing.T, f *jsonFlow) {
	t.Helper()
	if f == nil {
		return
	}
	want := jsonFlow{Sent: s.sent - s.unsent, Received: s.received, Lost: s.sent - s.unsent - s.received - s.pending,
		Pending: s.pending, Duplicates: s.duplicates}
	if s.broadcast {
		want.Pending, want.Lost, want.Duplicates = want.Lost, 0, 0
		if replies := f.replies(); replies != s.replies || f.LossPercent != nil {
			t.Errorf("%s: replies of all responders %d, want %d; loss %s, want none", s.target, replies, s.replies, f.loss())
		}
	}
	got := jsonFlow{Sent: f.Sent, Received: f.Received, Lost: f.Lost, Pending: f.Pending, Duplicates: f.Duplicates}
	if got != want {
		t.Errorf("%s:\n got %s\nwant %s", s.target, got.counts(), want.counts())
	}
	if !s.broadcast && s.unsent == 0 && (f.LossPercent == nil || math.Abs(*f.LossPercent-s.loss) > 0.001) {
		t.Errorf("%s: loss %s, want %v", s.target, f.loss(), s.loss)
	}
}

func (f jsonFlow) counts() string {
	return fmt.Sprintf("sent %d, received %d, lost %d, pending %d, duplicates %d", f.Sent, f.Received, f.Lost, f.Pending, f.Duplicates)
}

func (f jsonFlow) loss() string {
	if f.LossPercent == nil {
		return "unknown"
	}
	return fmt.Sprint(*f.LossPercent)
}

// replies is how many round trips were measured.
func (f jsonFlow) replies() int {
	if f.RTT == nil {
		return 0
	}
	return f.RTT.Samples
}

// Protects that rising TTLs, which mtr sends, are counted: each hop's answer is an error, and the last hop's a reply. mtr
// leaves out of its report what it sends while the last answers come in.
func TestReportIsMTRs(t *testing.T) {
	for _, name := range []string{"mtr", "mtr6"} {
		t.Run(name, func(t *testing.T) {
			c := labCapture{name, committed + "/" + name + ".pcap"}
			hops := commands(c.answer(t, "txt"))[0].hops()
			if len(hops) != 3 {
				t.Fatalf("%d hops in the transcript, expected 3", len(hops))
			}
			flows := analyzed(t, c.path).Flows
			if len(flows) != 1 {
				t.Fatalf("flows: %+v, expected one", flows)
			}
			f := flows[0]
			last, errors := hops[2].answered, hops[0].answered+hops[1].answered
			if f.Destination != hops[2].address || f.Received < last || f.Received > last+1 || f.Errors < errors || f.Errors > errors+2 ||
				f.Lost != f.Errors || f.Sent != f.Received+f.Lost {
				t.Errorf("got %s, errors %d; mtr had %d answers and %d errors", f.counts(), f.Errors, last, errors)
			}
		})
	}
}
