package lab

// nft is the step that adds one filter rule at a hook of a host: output, input or forward.
func nft(host, hook, rule string) string {
	return host + ": nft add table inet lab; add chain inet lab " + hook +
		" { type filter hook " + hook + " priority 0; }; add rule inet lab " + hook + " " + rule
}

// echoes: requests and replies on an undisturbed network.
var echoes = []Scenario{
	{Name: "ping", Doc: "every request is answered; the ARP exchange comes first", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 5 -i 0.05 192.0.2.12"}},
	{Name: "ping6", Doc: "every request is answered; neighbour discovery comes first", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: ping -6 -n -c 5 -i 0.05 2001:db8:1::12"}},
	{Name: "ping-linklocal", Doc: "link-local addresses with a scope", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: ping -6 -n -c 3 -i 0.05 fe80::c0ff:fe00:20c%eth0"}},
	{Name: "ping-nanoseconds", Doc: "a savefile with nanosecond time stamps", At: "h1:eth0", Snap: []string{"--time-stamp-precision=nano"},
		Tools: []string{"h1: ping -n -c 5 -i 0.05 192.0.2.12"}},
	{Name: "ping-routed", Doc: "an answer from behind two routers, TTL 62", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 5 -i 0.05 203.0.113.14"}},
	{Name: "ping6-routed", Doc: "an answer from behind two routers, hop limit 62", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: ping -6 -n -c 5 -i 0.05 2001:db8:3::14"}},
	{Name: "ping-flood", Doc: "150 requests, as fast as any user may send them", At: "h1:eth0",
		Tools: []string{"h1: ping -n -q -i 0.002 -c 150 192.0.2.12"}},
	{Name: "ping-small", Doc: "payloads of 0 and 8 bytes: no room for ping's time stamp", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 2 -i 0.05 -s 0 192.0.2.12", "h1: ping -n -c 2 -i 0.05 -s 8 192.0.2.12"}},
	{Name: "ping-pattern", Doc: "a payload pattern, a traffic class and a short TTL", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 2 -i 0.05 -p c0ffee -Q 0xb8 -t 3 192.0.2.12"}},
	{Name: "ping-loopback", Doc: "a host pings itself; frames have no addresses", At: "h1:lo", IPv6: true,
		Tools: []string{"h1: ping -n -c 3 -i 0.05 127.0.0.1", "h1: ping -6 -n -c 3 -i 0.05 ::1"}},
	{Name: "ping-two-ids", Doc: "two pings between the same hosts at once, told apart by id", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 5 -i 0.1 -e 100 192.0.2.12 &", "h1: ping -n -c 5 -i 0.1 -e 200 192.0.2.12"}},
	{Name: "ping-crossed", Doc: "two hosts ping each other at once with the same id and sequence numbers", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 5 -i 0.1 -e 7 192.0.2.12 &", "h2: ping -n -c 5 -i 0.1 -e 7 192.0.2.11"}},
	{Name: "ping6-crossed", Doc: "two hosts ping each other at once with the same id and sequence numbers, IPv6", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: ping -6 -n -c 5 -i 0.1 -e 7 2001:db8:1::12 &", "h2: ping -6 -n -c 5 -i 0.1 -e 7 2001:db8:1::11"}},
	{Name: "ping-id-reused", Doc: "a second ping with the id and sequence numbers of the first, to the same host", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 3 -i 0.05 -e 7 192.0.2.12", "h1: ping -n -c 3 -i 0.05 -e 7 192.0.2.12"}},
	{Name: "ping-sweep", Doc: "fping asks a whole /28; four addresses exist", At: "h1:eth0",
		Tools: settled("192.0.2.12", "h1: fping -a -r 0 -i 5 -t 200 -g 192.0.2.0/28")},
	{Name: "fping-three", Doc: "fping asks three hosts in turn; one of them does not exist", At: "h1:eth0",
		Tools: settled("192.0.2.12", "h1: fping -C 4 -p 60 -t 200 192.0.2.12 192.0.2.13 192.0.2.99")},
	{Name: "ping-record-route", Doc: "the record route option, filled in along the way", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 2 -i 0.05 -R 203.0.113.14"}},
	{Name: "ping-timestamp-option", Doc: "the internet timestamp option, stamps only, then stamps with addresses", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 2 -i 0.05 -T tsonly 203.0.113.14", "h1: ping -n -c 2 -i 0.05 -T tsandaddr 192.0.2.12"}},
	{Name: "ping-snaplen", Doc: "large pings, each frame cut off after 64 bytes by the capture", At: "h1:eth0", Snap: []string{"-s", "64"},
		Tools: []string{"h1: ping -n -c 3 -i 0.05 -s 1200 192.0.2.12"}},
}
