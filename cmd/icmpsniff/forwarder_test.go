package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/lab"
)

// view is from where a capture with an account was taken, if not at the asker's end of the cable.
type view struct {
	sightings       int  // of each packet, 1 if 0
	behind          bool // the cable, where it ends at the target
	inside, outside bool // of a translating router
	holes           bool // the kernel dropped frames: nothing can be compared
}

var views = map[string]view{
	"forwarder-lost-requests-behind": {behind: true},
	"forwarder-mirror":               {sightings: 2},
	"forwarder-mirror-vlan":          {sightings: 2},
	"balanced-flows":                 {sightings: 2},
	"nat-inside":                     {inside: true},
	"nat-outside":                    {outside: true},
	"nat-any":                        {inside: true, outside: true},
	"dropped-frames":                 {holes: true},
}

// seen is what a report must count of a flow.
func (v view) seen(a *account) jsonFlow {
	requests, replies := a.counts["asker"]["sent"], a.counts["replies"]["out"]
	want := jsonFlow{Sent: requests, Received: a.counts["asker"]["received"], Lost: a.counts["asker"]["lost"],
		Duplicates: a.counts["asker"]["duplicates"], OutOfOrder: a.counts["asker"]["out_of_order"], Late: a.counts["asker"]["late"]}
	if v.behind {
		requests, replies = a.counts["requests"]["out"], a.counts["replies"]["in"]
		want = jsonFlow{Sent: requests, Received: replies, Lost: requests - replies}
	}
	want.Copies = max(v.sightings-1, 0) * (requests + replies)
	return want
}

// Protects every count of a flow: on a network that loses, delays, doubles and reorders echoes, that shows them twice or
// translates them, the report says what the forwarder in the middle says that it did. And the flows are those that there
// were: none is paired across an address translation.
func TestReportIsTheForwardersAccount(t *testing.T) {
	checked := 0
	for _, c := range captures(t) {
		transcript := c.answer(t, "txt")
		if len(accounts(t, transcript)) == 0 || views[c.name].holes {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			checked += views[c.name].check(t, c.path, transcript)
		})
	}
	if checked < 50 {
		t.Errorf("%d flows were compared, expected 50 or more", checked)
	}
}

// Protects the same on a network of today: longer, and with other times than those that are committed.
func TestReportIsALiveForwardersAccount(t *testing.T) {
	laboratory(t)
	all := lab.Scenarios()
	s := all[slices.IndexFunc(all, func(s lab.Scenario) bool { return s.Name == "forwarder-random" })]
	s.Tools = slices.Clone(s.Tools)
	s.Tools[0] = strings.Replace(s.Tools[0], "-c 120", "-c 300", 1)
	dir := t.TempDir()
	if err := s.Play(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	base := filepath.Join(dir, s.Name)
	transcript, err := os.ReadFile(base + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	if checked := (view{}).check(t, base+".pcap", string(transcript)); checked != 2 || t.Failed() {
		t.Errorf("%d flows were compared, expected 2, of:\n%s", checked, transcript)
	}
}

// check compares the flows of a capture with the account in its transcript, and returns how many there were.
func (v view) check(t *testing.T, path, transcript string) int {
	t.Helper()
	want := map[echoFlow]jsonFlow{}
	inside := translations(transcript)
	for flow, a := range accounts(t, transcript) {
		original, translated := inside[flow]
		if v.outside || !translated {
			want[flow] = v.seen(a)
		}
		if v.inside && translated {
			want[original] = v.seen(a)
		}
	}
	expected := len(want)
	for _, f := range analyzed(t, path).Flows {
		flow := echoFlow{f.Source, f.Destination, f.ID}
		w, ok := want[flow]
		if !ok {
			t.Errorf("%v: a flow of nobody's, %+v", flow, f)
			continue
		}
		delete(want, flow)
		got := jsonFlow{Sent: f.Sent, Received: f.Received, Lost: f.Lost, Pending: f.Pending, Duplicates: f.Duplicates, Copies: f.Copies,
			OutOfOrder: f.OutOfOrder, Late: f.Late, Errors: f.Errors, Unmatched: f.Unmatched, Backwards: f.Backwards}
		if got != w {
			t.Errorf("%v:\n got %+v\nwant %+v", flow, got, w)
		}
	}
	for flow := range want {
		t.Errorf("%v: no flow in the report", flow)
	}
	return expected
}

var echoLine = regexp.MustCompile(` (\S+) → (\S+) .*Echo \(ping\) (request|reply) +id=0x([0-9a-f]+), seq=(\d+)`)

// Protects the notes on lines: the requests without a response, and the second replies, are those that the forwarder lost and
// doubled, and no others.
func TestLinesAreTheForwardersAccount(t *testing.T) {
	lost, duplicates := 0, 0
	for _, c := range captures(t) {
		all := accounts(t, c.answer(t, "txt"))
		if v := views[c.name]; len(all) == 0 || v.inside || v.behind || v.holes {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			got := map[echoFlow]map[string][]int{}
			for text := range strings.Lines(sniff(t, "-n", "-2", "--report", "none", "-r", c.path).stdout) {
				m := echoLine.FindStringSubmatch(text)
				if m == nil {
					continue
				}
				flow := echoFlow{source: m[1], destination: m[2]}
				if m[3] == "reply" {
					flow.source, flow.destination = m[2], m[1]
				}
				fmt.Sscanf(m[4], "%x", &flow.id)
				if got[flow] == nil {
					got[flow] = map[string][]int{}
				}
				switch seq := number(m[5]); {
				case strings.Contains(text, "(no response found!)"): // copies say so, too
					if !slices.Contains(got[flow]["lost"], seq) {
						got[flow]["lost"] = append(got[flow]["lost"], seq)
					}
				case strings.Contains(text, ", duplicate)"):
					got[flow]["duplicates"] = append(got[flow]["duplicates"], seq)
				}
			}
			for flow, a := range all {
				for _, what := range []string{"lost", "duplicates"} {
					if !slices.Equal(got[flow][what], a.seqs[what]) {
						t.Errorf("%v, %s:\n got %v\nwant %v", flow, what, got[flow][what], a.seqs[what])
					}
				}
				lost, duplicates = lost+len(a.seqs["lost"]), duplicates+len(a.seqs["duplicates"])
			}
		})
	}
	if lost < 50 || duplicates < 20 {
		t.Errorf("%d lost requests and %d second replies were looked for, expected 50 and 20 or more", lost, duplicates)
	}
}

var pingLine = regexp.MustCompile(`(?m)^\d+ bytes from [^ ]+ icmp_seq=(\d+) ttl=\d+ time=([\d.]+) ms( \(DUP!\))?`)

// Protects the order and the lateness of replies where they arrive: as ping printed them, one after the other and each with its time.
func TestOrderIsPings(t *testing.T) {
	at := map[string]string{} // the host on which a capture was taken
	for _, s := range lab.Scenarios() {
		at[s.Name], _, _ = strings.Cut(s.At, ":")
	}
	disordered, late := 0, 0
	for _, c := range captures(t) {
		want := map[string]jsonFlow{} // by target
		for _, command := range commands(c.answer(t, "txt")) {
			if command.args[0] == "ping" && slices.Contains(command.args, "-q") {
				clear(want) // its replies are in nobody's words
				break
			}
			if command.args[0] != "ping" || command.host != at[c.name] || slices.Contains(command.args, "-w") {
				continue
			}
			w, furthest := want[command.target()], 0
			for _, m := range pingLine.FindAllStringSubmatch(command.output, -1) {
				seq := number(m[1])
				if m[3] == "" && seq < furthest {
					w.OutOfOrder++
				}
				if ms, _, _ := strings.Cut(m[2], "."); m[3] == "" && number(ms) >= 1000 {
					w.Late++
				}
				furthest = max(furthest, seq)
			}
			want[command.target()] = w
		}
		if len(want) == 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			got := map[string]jsonFlow{}
			for _, f := range analyzed(t, c.path).Flows {
				if slices.Contains(addresses[at[c.name]], f.Source) {
					g := got[f.Destination]
					g.OutOfOrder, g.Late = g.OutOfOrder+f.OutOfOrder, g.Late+f.Late
					got[f.Destination] = g
				}
			}
			for target, w := range want {
				if got[target] != w {
					t.Errorf("%s: out of order %d, late %d; ping had %d and %d", target, got[target].OutOfOrder, got[target].Late, w.OutOfOrder, w.Late)
				}
				disordered, late = disordered+w.OutOfOrder, late+w.Late
			}
		})
	}
	if disordered < 15 || late < 5 {
		t.Errorf("%d replies out of order and %d late ones were looked for, expected 15 and 5 or more", disordered, late)
	}
}
