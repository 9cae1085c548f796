package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Protects the rows of ARP: requests, replies and what became of them are what arping counted.
func TestResolutionsAreArpings(t *testing.T) {
	checked := 0
	for _, c := range captures(t) {
		asked := commands(c.answer(t, "txt"))
		for _, command := range asked {
			for _, s := range command.summaries(t) {
				if s.tool != "arping" {
					continue
				}
				checked++
				t.Run(c.name+"/"+s.target, func(t *testing.T) {
					checkArping(t, s, resolution(analyzed(t, c.path), s.target), len(asked) > 1 && asked[1].target() == s.target)
				})
			}
		}
	}
	if checked < 9 {
		t.Errorf("%d summaries of arping were found and compared, expected 9 or more", checked)
	}
}

// checkArping compares a row, which may have requests of another tool too, with what arping said of its target.
func checkArping(t *testing.T, s summary, r *jsonResolution, shared bool) {
	t.Helper()
	if s.gratuitous {
		if r != nil && r.Asker == s.target {
			t.Errorf("an announcement is no question: %+v", *r)
		}
		return
	}
	want := jsonResolution{Protocol: "arp", Asker: addresses[s.host][0], Target: s.target, Requests: s.sent, Replies: s.received, Status: "answered"}
	switch {
	case s.probe && s.received > 0:
		want.Asker, want.Status = "0.0.0.0", "conflict"
	case s.probe:
		want.Asker, want.Status, want.Unanswered = "0.0.0.0", "free", s.sent
	case s.received == 0:
		want.Status, want.Unanswered = "unanswered", s.sent
	}
	if r == nil {
		t.Fatalf("no row, want %+v", want)
	}
	if shared {
		r.Requests, r.Replies = min(r.Requests, want.Requests), min(r.Replies, want.Replies)
	}
	got := *r
	got.AnsweredBy = nil
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

// resolution is the row of a target, or nil.
func resolution(r jsonReport, target string) *jsonResolution {
	for _, row := range r.Resolutions {
		if row.Target == target {
			return &row
		}
	}
	return nil
}

// Protects the reason for a ping that went nowhere: where its host said that the target cannot be reached, the target is
// unanswered, and so is every request for it.
func TestResolutionsOfNobody(t *testing.T) {
	checked := 0
	for _, c := range captures(t) {
		for _, command := range commands(c.answer(t, "txt")) {
			for _, s := range command.summaries(t) {
				if s.unsent == 0 || s.unsent < s.sent {
					continue
				}
				checked++
				t.Run(c.name, func(t *testing.T) {
					r := resolution(analyzed(t, c.path), s.target)
					if r == nil || r.Status != "unanswered" || r.Unanswered == 0 || r.Replies != 0 {
						t.Fatalf("got %+v, want it unanswered", r)
					}
					// fping does not wait until the kernel has stopped asking: there a request may be pending.
					if s.tool == "ping" && r.Unanswered != r.Requests {
						t.Errorf("got %+v, want every request unanswered", r)
					}
				})
			}
		}
	}
	if checked < 5 {
		t.Errorf("%d pings to nobody were found, expected 5 or more", checked)
	}
}

// doubled are the captures that show each question more than once, or in which time goes back.
var doubled = regexp.MustCompile(`^(mirror|router6?-any|switch|merged|ping-clock-set)`)

// Protects the notes between the lines: one for every question that nobody answered for a second, at that second, between the
// packets of before and after; none for probes and announcements.
func TestNotesOfUnanswered(t *testing.T) {
	checked := 0
	for _, c := range captures(t) {
		if doubled.MatchString(c.name) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			output, _, _ := strings.Cut(sniff(t, "-n", c.path).stdout, "\n\n") // the report is not looked at
			want := unanswered(numbered(t, c.answer(t, "tshark")))
			checked += len(want)
			if got := notes(t, output); !slices.Equal(got, want) {
				t.Errorf("\n got %v\nwant %v", got, want)
			}
		})
	}
	if checked < 25 {
		t.Errorf("%d notes were compared, expected 25 or more", checked)
	}
}

// note says that a question went unanswered.
type note struct {
	frame  int
	target string
	time   string // when it became known
}

var (
	eventPattern    = regexp.MustCompile(`^! +(\d+\.\d+) (?:ARP|ND|RARP|InARP): nobody answered for ([^ ,]+)(?: on (?:VLAN|vni) [^,]+)?, asked by \S+ \(frame (\d+)`)
	reportedPattern = regexp.MustCompile(`^! +(\d+\.\d+) ICMP(?:v6)?: \S+ says `)
	notedPattern    = regexp.MustCompile(`^! +(-?[\d.]+) (?:info|warning|error): `)
	questionPattern = regexp.MustCompile(` (?:Who has (\S+)\? Tell (\S+)$|Who is (\S+)\? Tell |Neighbor Solicitation for (\S+) from )`)
	answerPattern   = regexp.MustCompile(` (?:(\S+) is at \S+|Neighbor Advertisement (\S+) .*)$`)
)

// notes reads the notes, and sees to it that each stands after the packets that came before it.
func notes(t *testing.T, output string) []note {
	t.Helper()
	var all []note
	now := 0.0
	for text := range strings.Lines(output) {
		time := 0.0
		if m := eventPattern.FindStringSubmatch(text); m != nil {
			all = append(all, note{number(m[3]), m[2], m[1]})
			time, _ = strconv.ParseFloat(m[1], 64)
		} else if m := notedPattern.FindStringSubmatch(text); m != nil {
			time, _ = strconv.ParseFloat(m[1], 64)
		} else if m := reportedPattern.FindStringSubmatch(text); m != nil {
			time, _ = strconv.ParseFloat(m[1], 64)
		} else if m := linePattern.FindStringSubmatch(strings.TrimSuffix(text, "\n")); m != nil {
			time, _ = strconv.ParseFloat(m[2], 64)
		} else {
			t.Errorf("neither a packet nor a note: %q", text)
		}
		if time < now-0.001 { // some captures are a few µs out of order
			t.Errorf("out of order: %q", text)
		}
		now = max(now, time)
	}
	return all
}

// unanswered finds in tshark's lines the questions that had no answer within a second, before the capture ended.
func unanswered(lines map[int]line) []note {
	end := 0.0
	for _, l := range lines {
		end = max(end, l.time)
	}
	var all []note
	for _, n := range slices.Sorted(maps.Keys(lines)) {
		l := lines[n]
		m := questionPattern.FindStringSubmatch(l.text)
		if m == nil || m[2] == "0.0.0.0" || end < l.time+1 {
			continue
		}
		target := m[1] + m[3] + m[4]
		if !slices.ContainsFunc(slices.Collect(maps.Values(lines)), func(o line) bool {
			a := answerPattern.FindStringSubmatch(o.text)
			return a != nil && a[1]+a[2] == target && o.time >= l.time && o.time < l.time+1
		}) {
			all = append(all, note{n, target, fmt.Sprintf("%.6f", l.time+1)})
		}
	}
	return all
}
