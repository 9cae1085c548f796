package main

// manSections are the sections of the manual page, in the man macros. That of the options is made of their table.
var manSections = []struct{ title, text string }{
	{"NAME", `
icmpsniff \- analyze ARP, ICMP, ICMPv6 and IGMP: who answered whom, round\-trip times, loss
`},
	{"SYNOPSIS", `
.B icmpsniff
.RI [ options ]
.I FILE
.RI [ "capture filter" ]
.br
.B icmpsniff
.RI [ options ]
.B \-i
.I INTERFACE
.RI [ "capture filter" ]
`},
	{"DESCRIPTION", `
.B icmpsniff
reads packets from an interface or from saved captures, and prints those of ARP, RARP, ICMP, ICMPv6 and IGMP as
.BR tshark (1)
does, a line each.
Lines that begin with
.B !
say what became known between them, such as that nobody answered.
A report ends the run: tables of echo requests with their loss and round\-trip times, of other queries, of ARP and neighbor discovery, of
neighbors, errors, paths, path MTUs, clocks and notes.
It sends nothing.
.PP
Letters that
.B tshark
has mean what they mean there.
Savefiles are pcap or pcapng, plain or in gzip, zstd or lz4.
The capture filter is in the language of
.BR pcap\-filter (7),
the display filter
.RB ( \-Y )
in that of
.BR wireshark\-filter (4).
.PP
Capturing takes the capabilities cap_net_raw and cap_net_admin:
.PP
.EX
sudo setcap cap_net_raw,cap_net_admin+eip /usr/local/bin/icmpsniff
.EE
`},
	{"OPTIONS", ""},
	{"EXIT STATUS", `
.TP
0
Done.
.TP
1
Options, capture filter, interface, permission.
.TP
2
File, display filter; also after a damaged file, or a disk that was full, once everything before was printed and reported.
`},
	{"ENVIRONMENT", `
.TP
.B NO_COLOR
If it is set and not empty, nothing is in color unless
.B \-\-color=always
asks for it.
`},
	{"SIGNALS", `
SIGINT, SIGTERM and SIGHUP end a capture, report included.
SIGUSR1 prints the report so far on standard error.
`},
	{"EXAMPLES", `
What became of the pings in a capture, the lossiest first:
.PP
.EX
icmpsniff \-q \-\-sort loss lab.pcap
.EE
.PP
Pings without an answer, and nothing else:
.PP
.EX
icmpsniff \-2 \-Y \(aqicmp.type == 8 and not icmp.resp_in\(aq lab.pcap
.EE
.PP
Who asks for whom on the network, as it happens:
.PP
.EX
icmpsniff \-i eth0 arp
.EE
`},
	{"SEE ALSO", `
.BR arping (8),
.BR ping (8),
.BR tcpdump (8),
.BR traceroute (1),
.BR tshark (1)
.PP
The folder docs of the project has a page for each task and feature.
`},
}
