package main

import (
	"strings"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
)

// arguments complete what is typed of an option's argument, where the table of options does not list it as a|b or call it FILE.
// A function that takes no notice of what is typed returns all that there is.
var arguments = map[string]func(typed string) []candidate{
	"autostop":       func(string) []candidate { return conditionNames("a") },
	"display-filter": lastInFilter,
	"field":          func(string) []candidate { return append(fieldNames(), columnNames()...) },
	"field-option": func(string) []candidate {
		return asCandidates([]string{"header=y", "separator=", "quote=d", "quote=s", "quote=n", "occurrence=f", "occurrence=l", "occurrence=a", "aggregator=", "bom=y"})
	},
	"glossary":       func(string) []candidate { return asCandidates(listNames()) },
	"interface":      func(string) []candidate { return interfaceNames() },
	"name-resolving": func(string) []candidate { return []candidate{{"m", "link-layer addresses"}} },
	"only":           lastProtocol,
	"report":         reportTargets,
	"ring-buffer":    func(string) []candidate { return conditionNames("b") },
	"sort":           sortColumns,
	"statistics":     func(string) []candidate { return asCandidates([]string{"icmp,srt", "icmpv6,srt"}) },
}

func conditionNames(flag string) []candidate {
	var all []candidate
	for _, k := range conditionKinds {
		if strings.Contains(k.flags, flag) {
			all = append(all, candidate{k.name + ":", k.takes})
		}
	}
	return all
}

func fieldNames() []candidate {
	all := make([]candidate, 0, len(field.All()))
	for _, f := range field.All() {
		all = append(all, candidate{f.Name, f.Label})
	}
	return all
}

func columnNames() []candidate {
	var all []candidate
	for _, name := range report.ColumnNames() {
		all = append(all, candidate{name, "column of the line"})
	}
	return all
}

// lastInFilter completes the field that a display filter ends in.
func lastInFilter(typed string) []candidate {
	return after(typed[:strings.LastIndexAny(typed, " ()!&|^=<>{},~'\"")+1], fieldNames())
}

// lastProtocol completes the last of a list of protocols.
func lastProtocol(typed string) []candidate {
	var protocols []candidate
	for _, f := range field.All() {
		if f.Type == field.Protocol {
			protocols = append(protocols, candidate{f.Name, f.Label})
		}
	}
	return after(typed[:strings.LastIndexByte(typed, ',')+1], protocols)
}

// after puts what is typed already before each candidate.
func after(lead string, all []candidate) []candidate {
	for i := range all {
		all[i].word = lead + all[i].word
	}
	return all
}

// interfaceNames are those that -D lists; none if they can't be.
func interfaceNames() []candidate {
	devices, _ := capture.ListInterfaces()
	all := make([]candidate, len(devices))
	for i, d := range devices {
		all[i] = candidate{d.Name, d.Description}
	}
	return all
}

// reportTargets completes a format, and behind its colon a file.
func reportTargets(typed string) []candidate {
	if format, _, named := strings.Cut(typed, ":"); named {
		return []candidate{{filesWord, format + ":"}}
	}
	return asCandidates(report.Formats())
}

func sortColumns(typed string) []candidate {
	all := asCandidates(report.Orders())
	if strings.HasPrefix(typed, "-") {
		all = after("-", all)
	}
	return all
}
