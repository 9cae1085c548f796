package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// cached is a line of `ip neigh show`.
var cached = regexp.MustCompile(`(?m)^(\S+) dev \S+ (?:lladdr (\S+) )?(?:router )?([A-Z]+) *$`)

// kernelStates are ours for the kernel's. Where it waits for a confirmation, it does not know whether the neighbor is there.
var kernelStates = map[string]string{
	"REACHABLE": "reachable", "STALE": "stale", "DELAY": "stale", "PROBE": "stale", "INCOMPLETE": "incomplete", "FAILED": "failed",
}

// Protects the states and MAC addresses of neighbors: they are what the kernel of the host where the capture was made had in
// its table when the capture ended.
func TestNeighborsAreTheKernels(t *testing.T) {
	checked := map[string]int{}
	for _, c := range captures(t) {
		all := commands(c.answer(t, "txt"))
		if len(all) == 0 || all[len(all)-1].args[0] != "ip" || !slices.Contains(all[len(all)-1].args, "neigh") {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			report := analyzed(t, c.path)
			for _, m := range cached.FindAllStringSubmatch(all[len(all)-1].output, -1) {
				i := slices.IndexFunc(report.Neighbors, func(n jsonNeighbor) bool { return n.Address == m[1] })
				if i < 0 {
					t.Errorf("%s is not there", m[0])
					continue
				}
				got := report.Neighbors[i]
				if got.State != kernelStates[m[3]] || m[2] != "" && got.MAC != m[2] {
					t.Errorf("got %+v, want %s", got, m[0])
				}
				checked[got.State]++
			}
		})
	}
	for state, least := range map[string]int{"reachable": 7, "stale": 4, "incomplete": 2, "failed": 4} {
		if checked[state] < least {
			t.Errorf("%d neighbors that are %s were compared, expected %d or more", checked[state], state, least)
		}
	}
}

// Protects that addresses which two hosts claim are told, and that nothing else is: what the lab did is known.
func TestContestedAddresses(t *testing.T) {
	known := map[string][]string{ // kinds of notes by capture; others have none
		"arp-conflict":          {"arp-conflict 2", "arp-flip-flop 3"},
		"bad-day":               {"arp-conflict 2", "arp-flip-flop 3"},
		"arp-takeover":          {"arp-takeover 2"},
		"arp-failover":          {"arp-takeover 2", "arp-takeover 5"},
		"arp-poisoned":          {"arp-takeover 2", "arp-conflict 6", "arp-flip-flop 6"},
		"arping-probe-conflict": {"dad-conflict 1"},
		"nd-conflict":           {"dad-conflict 3"},
		"nd-conflict-answers":   {"nd-conflict 2"},
		"nd-takeover":           {"nd-takeover 2"},
		"nd-failover":           {"nd-takeover 3", "nd-takeover 7"},
		"nd-flip-flop":          {"nd-conflict 2", "nd-flip-flop 4"},
		// Here the router hears the question at the other end of the mirror port, and answers from there, too, with that end's
		// MAC address.
		"forwarder-mirror": {"arp-conflict 2"},
	}
	for _, c := range captures(t) {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, n := range analyzed(t, c.path).Notes {
				if slices.Contains(contests, n.Kind) {
					got = append(got, fmt.Sprintf("%s %d", n.Kind, n.Frames[0]))
				}
			}
			if !slices.Equal(got, known[c.name]) {
				t.Errorf("got %q, want %q", got, known[c.name])
			}
		})
		delete(known, c.name)
	}
	if len(known) > 0 {
		t.Errorf("not there: %v", known)
	}
}

// contests are the kinds of notes on addresses that more than one host claims.
var contests = []string{"arp-conflict", "arp-flip-flop", "arp-takeover", "nd-conflict", "nd-flip-flop", "nd-takeover", "dad-conflict"}

// Protects the answers to reverse questions: what nping printed of them, is what the report says.
func TestReverseQuestions(t *testing.T) {
	received := regexp.MustCompile(`RCVD \([\d.]+s\) (?:RARP reply: (\S+) is at (\S+)|.* OP:0900 SMAC:(\S+) SIP:(\S+))`)
	for name, protocol := range map[string]string{"rarp-answered": "rarp", "inarp": "inarp"} {
		t.Run(name, func(t *testing.T) {
			c := labCapture{name, committed + "/" + name + ".pcap"}
			m := received.FindStringSubmatch(c.answer(t, "txt"))
			if m == nil {
				t.Fatal("nping received nothing")
			}
			target, told := strings.ToLower(m[1]+m[3]), m[2]+m[4]
			r := resolution(analyzed(t, c.path), target)
			if r == nil || r.Protocol != protocol || r.Status != "answered" || r.Told != told || r.Requests != 1 || r.Replies != 1 {
				t.Errorf("got %+v, want %s of %s answered: %s", r, protocol, target, told)
			}
		})
	}
	if r := resolution(analyzed(t, committed+"/inarp.pcap"), "02:00:c0:00:02:0d"); r == nil || r.Status != "unanswered" || r.Unanswered != 1 {
		t.Errorf("got %+v, want it unanswered", r)
	}
}
