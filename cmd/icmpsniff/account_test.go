package main

import (
	"net/netip"
	"regexp"
	"strings"
	"testing"
)

// echoFlow names a flow of echoes in an account, in a router's table of translations, and in a report.
type echoFlow struct {
	source, destination string
	id                  int
}

// account is what a cable of the lab says of one flow (go doc ./lab account): by direction or end, then by name.
type account struct {
	counts map[string]map[string]int // "requests", "replies", "asker"
	seqs   map[string][]int          // "lost", "duplicates", …
}

var (
	accountLine  = regexp.MustCompile(`^(\S+) > (\S+) id=(\d+) (\w+): (.*)$`)
	accountCount = regexp.MustCompile(`(\w+)=(\d+)`)
	// A line of /proc/net/nf_conntrack has a flow as its asker sent it, then its replies as the target sent them.
	conntrackLine = regexp.MustCompile(`src=(\S+) dst=(\S+) type=\d+ code=0 id=(\d+) src=(\S+) dst=(\S+) type=\d+ code=0 id=(\d+)`)
)

// accounts reads what the cables of a transcript did.
func accounts(t *testing.T, transcript string) map[echoFlow]*account {
	t.Helper()
	all := map[echoFlow]*account{}
	for _, c := range commands(transcript) {
		if c.args[0] != "cable" {
			continue
		}
		for text := range strings.Lines(c.output) {
			m := accountLine.FindStringSubmatch(strings.TrimSpace(text))
			if m == nil {
				t.Fatalf("not a line of an account: %q", text)
			}
			flow := echoFlow{m[1], m[2], number(m[3])}
			if all[flow] == nil {
				all[flow] = &account{map[string]map[string]int{}, map[string][]int{}}
			}
			if counts := accountCount.FindAllStringSubmatch(m[5], -1); counts != nil {
				all[flow].counts[m[4]] = map[string]int{}
				for _, c := range counts {
					all[flow].counts[m[4]][c[1]] = number(c[2])
				}
				continue
			}
			for seq := range strings.FieldsSeq(m[5]) {
				all[flow].seqs[m[4]] = append(all[flow].seqs[m[4]], number(seq))
			}
		}
	}
	return all
}

// translations reads what a translating router made of each flow: from the flow outside to the one inside.
func translations(transcript string) map[echoFlow]echoFlow {
	all := map[echoFlow]echoFlow{}
	for _, m := range conntrackLine.FindAllStringSubmatch(transcript, -1) {
		inside := echoFlow{netip.MustParseAddr(m[1]).String(), netip.MustParseAddr(m[2]).String(), number(m[3])}
		all[echoFlow{netip.MustParseAddr(m[5]).String(), netip.MustParseAddr(m[4]).String(), number(m[6])}] = inside
	}
	return all
}
