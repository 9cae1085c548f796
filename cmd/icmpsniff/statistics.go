package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/filter"
	"github.com/icmpsniff/icmpsniff/report"
)

// statistics are tshark's: what -z asks for.
type statistics []*report.ServiceTimes

// newStatistics reads -z icmp,srt[,FILTER], and the same of icmpv6.
func newStatistics(words []string, o *options) (statistics, error) {
	var all statistics
	for _, word := range words {
		name, rest, _ := strings.Cut(word, ",")
		kind, text, _ := strings.Cut(rest, ",")
		protocol, ok := report.ServiceProtocols[name]
		if !ok || kind != "srt" {
			return nil, usagef("Invalid -z argument %q; it must be one of: icmp,srt[,FILTER], icmpv6,srt[,FILTER]", word)
		}
		var match func(*field.Subject) bool
		if text != "" {
			f, err := filter.Compile(text, filter.Options{TwoPass: o.twoPass})
			if err != nil {
				return nil, fmt.Errorf("-z %s,srt: %w", name, err)
			}
			match = f.Match
		}
		all = append(all, report.NewServiceTimes(protocol, text, match))
	}
	return all, nil
}

// before returns a test of what is shown that counts every packet first, the ones that are not shown as well.
func (all statistics) before(shown func(*field.Subject) bool) func(*field.Subject) bool {
	return func(s *field.Subject) bool {
		for _, t := range all {
			t.Packet(s)
		}
		return shown == nil || shown(s)
	}
}

// print prints the statistics, the last first, as tshark does.
func (all statistics) print(p *packetWriter) error {
	var text []byte
	for _, t := range slices.Backward(all) {
		text = t.Append(text)
	}
	_, err := p.out.Write(text)
	return err
}
