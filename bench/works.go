package main

// work is one row of the comparison: a capture, and what is asked of it.
type work struct {
	name    string // for -only
	title   string
	capture string // one of kinds
	frames  int    // in the capture, where that is not for the user to say
	times   int    // of the frames that the user says; 0 for 1
	rivals  []rival
}

// length is how many frames the capture has, where the user says n.
func (w *work) length(n int) int {
	if w.frames > 0 {
		return w.frames
	}
	return n * max(1, w.times)
}

// rival is a tool and its words. TOOL stands for icmpsniff, SELF for this program, and FILE for the capture.
type rival struct {
	name string
	argv []string
}

// The least that a capture can cost: reading the file, finding its frames, and pairing its pings.
var (
	cat       = rival{"cat", []string{"cat", "FILE"}}
	headers   = rival{"headers", []string{"SELF", "-walk", "FILE"}}
	pairing   = rival{"bare pairing", []string{"SELF", "-bare", "FILE"}}
	bareLines = rival{"bare lines", []string{"SELF", "-lines", "-bare", "FILE"}}
)

// works are what is measured. The others are compared with the first rival.
var works = []work{
	{name: "pings", title: "report only (-q), pings in 1,000 flows", capture: "pings", rivals: []rival{
		{"icmpsniff", []string{"TOOL", "-q", "-n", "-r", "FILE"}},
		{"tshark", []string{"tshark", "-n", "-q", "-z", "icmp,srt", "-r", "FILE"}},
		pairing, headers, cat,
	}},
	{name: "lines", title: "lines, pings in 1,000 flows", capture: "pings", rivals: []rival{
		{"icmpsniff", []string{"TOOL", "-n", "--report", "none", "-r", "FILE"}},
		{"tshark", []string{"tshark", "-n", "-r", "FILE"}},
		{"tcpdump", []string{"tcpdump", "-nn", "-r", "FILE"}},
		bareLines, headers, cat,
	}},
	{name: "vlan", title: "pings in 1,000 flows, tagged with ten VLANs", capture: "tagged", rivals: []rival{
		{"icmpsniff -q", []string{"TOOL", "-q", "-n", "-r", "FILE"}},
		{"icmpsniff, lines", []string{"TOOL", "-n", "--report", "none", "-r", "FILE"}},
		{"tshark -q", []string{"tshark", "-n", "-q", "-z", "icmp,srt", "-r", "FILE"}},
		{"tshark, lines", []string{"tshark", "-n", "-r", "FILE"}},
		{"tcpdump, lines", []string{"tcpdump", "-nn", "-r", "FILE"}},
		headers, cat,
	}},
	{name: "ipv6", title: "pings in 1,000 flows, over IPv6", capture: "pings6", rivals: []rival{
		{"icmpsniff -q", []string{"TOOL", "-q", "-n", "-r", "FILE"}},
		{"icmpsniff, lines", []string{"TOOL", "-n", "--report", "none", "-r", "FILE"}},
		{"tshark -q", []string{"tshark", "-n", "-q", "-z", "icmpv6,srt", "-r", "FILE"}},
		{"tshark, lines", []string{"tshark", "-n", "-r", "FILE"}},
		{"tcpdump, lines", []string{"tcpdump", "-nn", "-r", "FILE"}},
		headers, cat,
	}},
	{name: "mixed", title: "report only (-q), mixed traffic, 10% ICMP and ARP", capture: "mixed", rivals: []rival{
		{"icmpsniff", []string{"TOOL", "-q", "-n", "-r", "FILE"}},
		{"tshark", []string{"tshark", "-n", "-r", "FILE", "-Y", "icmp or arp"}},
		{"tcpdump", []string{"tcpdump", "-nn", "-r", "FILE", "icmp or arp"}},
		headers, cat,
	}},
	// tshark would have 7 GiB of the two that are ten times as long.
	{name: "flood", title: "requests, each from a source of its own", capture: "flood", times: 10, rivals: []rival{
		{"icmpsniff -q", []string{"TOOL", "-q", "-n", "-r", "FILE"}},
		{"icmpsniff, lines", []string{"TOOL", "-n", "--report", "none", "-r", "FILE"}},
		headers, cat,
	}},
	{name: "long", title: "pings in 1,000 flows, ten times as many", capture: "pings", times: 10, rivals: []rival{
		{"icmpsniff -q", []string{"TOOL", "-q", "-n", "-r", "FILE"}},
		{"icmpsniff, lines", []string{"TOOL", "-n", "--report", "none", "-r", "FILE"}},
		{"icmpsniff, lines, -2", []string{"TOOL", "-2", "-n", "--report", "none", "-r", "FILE"}},
		headers, cat,
	}},
	{name: "ten", title: "ten packets, start to end", capture: "pings", frames: 10, rivals: []rival{
		{"icmpsniff", []string{"TOOL", "-n", "-r", "FILE"}},
		{"tshark", []string{"tshark", "-n", "-r", "FILE"}},
		{"tcpdump", []string{"tcpdump", "-nn", "-r", "FILE"}},
	}},
}
