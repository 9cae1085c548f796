package lab

import (
	"fmt"
	"strings"
)

const readmeHead = `<!-- Written by lab/make; do not edit. -->
# Captures of the lab

Real tools on test hosts, recorded by tcpdump. ` + "`make lab`" + ` makes all of it again, with new traffic;
` + "`go run ./lab/make -oracle`" + ` asks tshark again about the captures that are there.

| file | |
|---|---|
| NAME.pcap, or another format | the capture |
| NAME.txt | what the tools printed: the truth about loss, times and answers, as the asking host saw it; and what a cable of the lab did to echo messages |
| NAME.tshark | tshark 4.0's lines, ` + "`tshark -n -r NAME.pcap -Y '" + Selection + "'`" + ` |
| NAME.tshark-2 | the same in two passes, ` + "`tshark -2`" + ` |

The network, the same for every capture (MTU 1400 between r1 and r2; a MAC address is 02:00 and the IPv4 address):

    h1 .11 ┐
    h2 .12 ┼ sw ─ .1 r1 .1 ───────── .2 r2 .1 ─── .14 far
    h3 .13 ┘
    192.0.2.0/24    198.51.100.0/24    203.0.113.0/24
    2001:db8:1::/64  2001:db8:2::/64    2001:db8:3::/64

`

// Readme is testdata/pcaps/README.md: every capture, what it shows, and the commands that made it. It depends on nothing but the tables.
func Readme() string {
	var b strings.Builder
	b.WriteString(readmeHead)
	b.WriteString("| capture | shows | taken at | made by |\n|---|---|---|---|\n")
	for _, s := range Scenarios() {
		var steps []string
		for _, text := range s.Setup {
			steps = append(steps, code(strings.TrimSpace(text)))
		}
		for _, text := range s.Stalled {
			steps = append(steps, code(text)+", while dumpcap is held up")
		}
		for _, text := range s.Tools {
			steps = append(steps, code(strings.TrimSpace(text)))
		}
		if s.Act != nil {
			steps = append(steps, "the lab itself, see "+s.Name+".txt")
		}
		if len(s.Snap) > 0 {
			steps = append(steps, code("tcpdump "+strings.Join(s.Snap, " ")))
		}
		if s.Dumpcap {
			steps = append(steps, "recorded by dumpcap")
		}
		switch {
		case s.Crowd:
			steps = append(steps, "twelve more hosts on the switch")
		case s.Cable.Lay == nil:
		case s.Cable.Between == "":
			steps = append(steps, "what the lab adds to the network itself")
		default:
			steps = append(steps, "a cable of the lab between "+s.Cable.Between)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", s.file(), s.Doc, s.At, strings.Join(steps, "<br>"))
	}
	b.WriteString("\nThe same in other formats:\n\n| capture | shows | made by |\n|---|---|---|\n")
	for _, v := range Variants() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", v.File, v.Doc, code(v.Command))
	}
	return b.String()
}

// code is inline code in a table's cell, where a bar would end the cell.
func code(s string) string { return "`" + strings.ReplaceAll(s, "|", `\|`) + "`" }
