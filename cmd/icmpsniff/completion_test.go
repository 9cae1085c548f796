package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// TestCandidates protects what is offered for the last word of a command line. The words of a case are apart by "|", as
// spaces may be in them.
func TestCandidates(t *testing.T) {
	for _, test := range []struct{ name, line, want string }{
		{"an option by its name", "--time", "--time-format --timeout"},
		{"a letter", "-T", "-T"},
		{"values that the table of options lists", "-T|js", "json jsonl"},
		{"behind a letter", "-Tjs", "-Tjson -Tjsonl"},
		{"behind letters without arguments", "-nqTjs", "-nqTjson -nqTjsonl"},
		{"behind =", "--format=js", "--format=json --format=jsonl"},
		{"an optional value, behind = only", "--color=al", "--color=always"},
		{"after an optional value comes a file", "--color|al", ":files"},
		{"a file to read", "-r|la", ":files"},
		{"a file without an option", "la", ":files"},
		{"nothing yet", "", ":files"},
		{"a dash among options", "-n|-F|nse", "nsecpcap"},
		{"a capture filter after a file", "lab.pcap|ho", ""},
		{"a capture filter after an interface", "-i|lo|ho", ""},
		{"options after a file", "lab.pcap|--completion|z", "zsh"},
		{"no options after --", "--|--time", ":files"},
		{"a field", "-e|icmp.respt", "icmp.resptime"},
		{"a column", "-e|_ws.col.I", "_ws.col.Info"},
		{"a field in a filter", "-Y|icmp.type==8 && icmp.respt", "icmp.type==8 && icmp.resptime"},
		{"the second protocol", "-O|arp,icmpv", "arp,icmpv6"},
		{"a report", "--report|j", "json"},
		{"its file", "--report|json:ou", ":files json:"},
		{"its file behind =", "--report=json:ou", ":files --report=json:"},
		{"a condition to stop", "-a|f", "filesize: files:"},
		{"a condition for a file", "-b|int", "interval:"},
		{"an order", "--sort|ls", ""},
		{"the opposite order", "--sort|-la", "-last"},
		{"an unknown option", "--nonsense=", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var words []string
			for _, c := range candidates(optionTable(), strings.Split(test.line, "|")) {
				if c.word == filesWord {
					c.word = strings.TrimSpace(c.word + " " + c.about)
				}
				words = append(words, c.word)
			}
			if got := strings.Join(words, " "); got != test.want {
				t.Errorf("%q becomes %q, want %q", test.line, got, test.want)
			}
		})
	}
}

// TestCandidatesOfInterfaces protects that -i offers what -D lists.
func TestCandidatesOfInterfaces(t *testing.T) {
	if all := candidates(optionTable(), []string{"-i", "an"}); !slices.ContainsFunc(all, func(c candidate) bool { return c.word == "any" }) {
		t.Errorf("any is not among %v", all)
	}
}

// TestArguments protects that a new option which takes one of several words is completed, and that no row is of an option that
// is gone. Those that take what nobody can guess are listed here.
func TestArguments(t *testing.T) {
	free := []string{"filter", "count", "linktype", "snapshot-length", "buffer-size", "timeout", "limit", "speed", "note"}
	f := optionTable()
	f.VisitAll(func(flag *pflag.Flag) {
		if flag.NoOptDefVal == "" && !slices.Contains(free, flag.Name) && len(argumentsOf(flag, "", "")) == 0 {
			t.Errorf("--%s takes an argument, and none is offered", flag.Name)
		}
	})
	for name := range arguments {
		if f.Lookup(name) == nil {
			t.Errorf("there is no option --%s", name)
		}
	}
}
