package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/track"
)

// notesGolden lists every note on the captures of the lab. What is ordinary has no line in it: a new line is either a new capture
// of something noteworthy or a false alarm. Look before you commit what -update writes.
const notesGolden = "testdata/notes.txt"

// Protects the notes: on every capture of the lab those that are there, and no others. Those on ping, mtr, hosts that boot and
// a busy network are none.
func TestNotesOfCaptures(t *testing.T) {
	var b strings.Builder
	for _, c := range captures(t) {
		for _, n := range analyzed(t, c.path).Notes {
			fmt.Fprintf(&b, "%s: %s: %s: %s %v of %d\n", c.name, n.Severity, n.Kind, n.Text, n.Frames, n.Count)
		}
	}
	if *update {
		if err := os.WriteFile(notesGolden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(notesGolden)
	if err != nil {
		t.Fatal(err)
	}
	got, expected := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for _, line := range got {
		if !slices.Contains(expected, line) {
			t.Errorf("noted, but not expected: %s", line)
		}
	}
	for _, line := range expected {
		if !slices.Contains(got, line) {
			t.Errorf("expected, but not noted: %s", line)
		}
	}
}

// Protects that each kind of note was seen to be raised, and not to be raised where there is only nearly a reason: the manual names
// captures of the lab for both, and they do what it says.
func TestEveryKindOfNoteHasCaptures(t *testing.T) {
	manual, err := os.ReadFile("../../docs/notes.md")
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile(notesGolden)
	if err != nil {
		t.Fatal(err)
	}
	raised := map[string]map[string]bool{} // by capture, kinds
	for _, c := range captures(t) {
		raised[c.name] = map[string]bool{}
	}
	for line := range strings.Lines(string(golden)) {
		words := strings.SplitN(line, ": ", 4) // capture, severity, kind, text
		if kinds := raised[words[0]]; kinds != nil && len(words) == 4 {
			kinds[words[2]] = true
		}
	}
	name := regexp.MustCompile("`([a-z0-9-]+)`")
	for _, kind := range track.NoteKinds() {
		_, section, _ := strings.Cut(string(manual), "\n## "+kind.String()+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		_, section, _ = strings.Cut(section, "Captures:")
		raising, nearly, _ := strings.Cut(section, "nearly:")
		for _, part := range []struct {
			text   string
			raises bool
		}{{raising, true}, {nearly, false}} {
			names := name.FindAllStringSubmatch(part.text, -1)
			if len(names) == 0 {
				t.Errorf("docs/notes.md: no capture under %s that raises it: %v", kind, part.raises)
			}
			for _, m := range names {
				if kinds, there := raised[m[1]]; !there || kinds[kind.String()] != part.raises {
					t.Errorf("docs/notes.md: under %s: %s is a capture of the lab: %v, which raises it: %v", kind, m[1], there, kinds[kind.String()])
				}
			}
		}
	}
}

// Protects the thresholds: what the option lowers raises, what it raises or turns off does not.
func TestNoteOption(t *testing.T) {
	for _, c := range []struct {
		name, capture string
		option        []string
		want          string // kinds
	}{
		{"as usual", "sweep-nearly", nil, ""},
		{"lowered", "sweep-nearly", []string{"--note", "arp-sweep=9"}, "arp-sweep"},
		{"exactly enough", "ping-sweep", []string{"--note", "arp-sweep=10"}, "arp-sweep"},
		{"one too few", "ping-sweep", []string{"--note", "arp-sweep=11"}, ""},
		{"several", "ping-sweep", []string{"--note", "echo-flood=1,arp-sweep=11"}, ""},
		{"another kind", "ping-flood", []string{"--note", "arp-sweep=1"}, "echo-flood"},
		{"flood of exactly as many as may be", "ping-flood", []string{"--note", "echo-flood=150"}, ""},
		{"flood of one more", "ping-flood", []string{"--note", "echo-flood=149"}, "echo-flood"},
		{"off", "error-forbidden", []string{"--note", "forbidden-error=off"}, ""},
		{"all off", "error-forbidden", []string{"--note", "all=off"}, ""},
		{"all off but one", "ping-flood", []string{"--note", "all=off", "--note", "echo-flood=100"}, "echo-flood"},
		{"group", "ping-broadcast", []string{"--note", "amplification=3"}, "amplification"},
		{"replies", "reply-altered", []string{"--note", "altered-reply=4"}, ""},
		{"replies, enough", "reply-altered", []string{"--note", "altered-reply=3"}, "altered-reply"},
		{"payloads", "payload-random", []string{"--note", "random-payload=10"}, ""},
		{"payloads, enough", "payload-random", []string{"--note", "random-payload=9"}, "random-payload"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var kinds []string
			for _, n := range analyzed(t, append(c.option, committed+"/"+c.capture+".pcap")...).Notes {
				kinds = append(kinds, n.Kind)
			}
			if got := strings.Join(kinds, " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
