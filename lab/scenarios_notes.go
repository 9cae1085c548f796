package lab

import "time"

// noteworthy: what the report notes, and beside each what nearly is.
var noteworthy = []Scenario{
	{Name: "sweep-routed", Doc: "fping asks a /28 behind two routers; two addresses exist", At: "h1:eth0",
		Tools: settled("192.0.2.12", "h1: fping -a -r 0 -i 5 -t 200 -g 203.0.113.0/28")},
	{Name: "sweep-nd", Doc: "fping asks thirteen addresses at once; one exists", At: "h1:eth0", IPv6: true,
		Tools: settled("2001:db8:1::12", "h1: fping -6 -a -r 0 -i 5 -t 200 2001:db8:1::12 2001:db8:1::91 2001:db8:1::92 2001:db8:1::93 2001:db8:1::94 2001:db8:1::95"+
			" 2001:db8:1::96 2001:db8:1::97 2001:db8:1::98 2001:db8:1::99 2001:db8:1::9a 2001:db8:1::9b 2001:db8:1::9c")},
	{Name: "sweep-nearly", Doc: "nine addresses that do not exist, and two that do: too few for a sweep", At: "h1:eth0",
		Tools: settled("192.0.2.12", "h1: fping -a -r 0 -i 5 -t 200 192.0.2.91 192.0.2.92 192.0.2.93 192.0.2.94"+
			" 192.0.2.95 192.0.2.96 192.0.2.97 192.0.2.98 192.0.2.99 192.0.2.12 192.0.2.13")},
	{Name: "monitor", Doc: "twenty addresses pinged one after another, as monitors do; all of them answer", At: "h1:eth0",
		Setup: []string{"h2: ip addr add 192.0.2.64/24 dev eth0", "h2: ip route add local 192.0.2.64/27 dev lo", "h2: sysctl -q -w net.ipv4.conf.all.arp_ignore=0"},
		Tools: []string{"h1: fping -q -b 8 -r 0 -i 5 -t 400 -g 192.0.2.65 192.0.2.84"}},
	{Name: "ping-brisk", Doc: "50 pings a second, as fast as a user might who watches a link: no flood", At: "h1:eth0",
		Tools: []string{"h1: ping -n -q -s 8 -i 0.02 -c 60 192.0.2.12"}},
	{Name: "ping-crowd", Doc: "a broadcast ping that fifteen hosts answer", At: "h1:eth0", Crowd: true, Cable: awake("net.ipv4.icmp_echo_ignore_broadcasts=0"),
		Setup: answerBroadcasts, Tools: []string{"h1: ping -n -b -w 2 -i 1.2 192.0.2.255"}},
	{Name: "lan-boot", Doc: "twelve hosts come up at once: address checks, listener reports, router solicitations", At: "sw:h1", IPv6: true,
		Crowd: true, Act: boot(true, "net.ipv6.conf.eth0.accept_dad=1", "net.ipv6.conf.eth0.router_solicitations=1"), Linger: 2500 * ms},
	{Name: "lan-busy", Doc: "twelve hosts ping a router, a host, each other and an address that does not exist, all at once", At: "sw:h1", Crowd: true, Cable: awake(),
		Act: together("fping", "-q", "-b", "8", "-r", "0", "-i", "5", "-t", "300", "192.0.2.1", "192.0.2.11", "192.0.2.105", "192.0.2.99")},
	{Name: "nd-takeover", Doc: "a host gets another network card, and announces its address with it", At: "h1:eth0", IPv6: true,
		Setup: []string{"h2: sysctl -q -w net.ipv6.conf.eth0.ndisc_notify=1"},
		Tools: []string{"h1: ping -6 -n -c 2 -i 0.05 2001:db8:1::12", "h2: ip link set eth0 address 02:00:c0:00:02:99", "h1: ping -6 -n -c 2 -i 0.05 2001:db8:1::12"}},
	{Name: "redirect-ignored", Doc: "the first hop knows a better one on the same link and says so; the host does not listen", At: "h1:eth0",
		Setup: []string{"h3: sysctl -q -w net.ipv4.ip_forward=1", "h1: ip route add 203.0.113.0/24 via 192.0.2.13",
			"h1: sysctl -q -w net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.eth0.accept_redirects=0"},
		Tools: []string{"h1: ping -n -c 4 -i 0.2 203.0.113.14"}},
	{Name: "reply-altered", Doc: "all replies but the first come back with another payload", At: "h1:eth0", Cable: shaped(nil, altered(true)),
		Tools: []string{"h1: ping -n -c 4 -i 0.05 192.0.2.12"}},
	{Name: "reply-corrupted", Doc: "all replies but the first come back with another payload and the old checksum; ping takes them all the same", At: "h1:eth0", Cable: shaped(nil, altered(false)),
		Tools: settled("192.0.2.12", "h1: ping -n -c 4 -i 0.05 -W 1 192.0.2.12")},
	{Name: "payload-random", Doc: "random payloads of many lengths, as a tunnel through ping has", At: "h1:eth0", Act: smuggle},
	{Name: "payload-sizes", Doc: "pings of many sizes, one identifier, patterns that do not count up", At: "h1:eth0",
		Tools: []string{"h1: ping -n -e 7 -c 1 -s 100 -p 9f3ac2e1 192.0.2.12", "h1: ping -n -e 7 -c 1 -s 120 -p 1db7405e 192.0.2.12",
			"h1: ping -n -e 7 -c 1 -s 140 -p 9f3ac2e1084bd7651fc9 192.0.2.12", "h1: ping -n -e 7 -c 1 -s 160 192.0.2.12",
			"h1: ping -n -e 7 -c 1 -s 180 -p 08f1 192.0.2.12", "h1: ping -n -e 7 -c 1 -s 200 -p 7c 192.0.2.12", "h1: ping -n -e 7 -c 1 -s 220 -p 9f3ac2e1084bd7651fc9 192.0.2.12"}},
	{Name: "payload-fixed", Doc: "random payloads of one length", At: "h1:eth0",
		Tools: []string{"h1: nping --icmp -c 8 --delay 20ms --data-length 120 192.0.2.12"}},
	{Name: "error-forbidden", Doc: "an error about an error, one about a fragment that is not the first, one about a multicast, and one that is in order", At: "h1:eth0",
		Tools: []string{
			"r1: nping --icmp --icmp-type 3 --icmp-code 1 -c 1 --data 450000380001000040010000c000020bcb00710e" + "0301fcfe00000000" + " 192.0.2.11",
			"r1: nping --icmp --icmp-type 3 --icmp-code 1 -c 1 --data 4500003800010005400100" + "00c000020bcb00710e" + "0000000000000000" + " 192.0.2.11",
			"r1: nping --icmp --icmp-type 11 --icmp-code 0 -c 1 --data 4500003800010000011100" + "00c000020be0000009" + "0208020800240000" + " 192.0.2.11",
			"r1: nping --icmp --icmp-type 11 --icmp-code 0 -c 1 --data 4500003800010000011100" + "00c000020bcb00710e" + "8235823500240000" + " 192.0.2.11",
		}},
	{Name: "dropped-frames", Doc: "the kernel drops frames that dumpcap, which is held up, makes no room for: ping gets a reply that the capture does not have", At: "h1:eth0",
		Dumpcap: true, Cable: shaped(nil, onEachFlow([]time.Duration{590 * ms})),
		Stalled: []string{"h1: ping -n -c 6 -i 0.6 192.0.2.12"}, Tools: []string{"h1: sleep 1", "h1: ping -n -c 2 -i 0.6 192.0.2.12"}},
	{Name: "dropped-none", Doc: "the kernel drops nothing, and dumpcap says so", At: "h1:eth0",
		Dumpcap: true, Tools: []string{"h1: ping -n -c 3 -i 0.05 192.0.2.12"}},
	{Name: "bad-day", Doc: "an uplink that is slow and loses echoes, an address that two hosts have, one that nobody has, and a host that is gone", At: "h1:eth0", IPv6: true,
		Cable: full,
		Setup: []string{"h2: ip addr add 192.0.2.50/24 dev eth0", "h3: ip addr add 192.0.2.50/24 dev eth0"},
		Tools: settled("192.0.2.12",
			"h1: arping -b -I eth0 -c 3 192.0.2.50",
			"h1: ping -n -q -s 16 -c 40 -i 0.25 -W 1 203.0.113.14 &",
			"h1: ping -6 -n -q -s 16 -c 40 -i 0.25 -W 1 2001:db8:3::14 &",
			"h1: ping -n -q -s 16 -c 25 -i 0.4 -W 1 192.0.2.1 &",
			"h1: ping -n -c 3 -i 1 192.0.2.99 &",
			"h1: ping -n -q -s 16 -c 4 -i 0.5 -W 1 203.0.113.99 &",
			"h1: mtr -n --report -c 10 -i 1 -G 0.5 203.0.113.14")},
	{Name: "ping-of-death", Doc: "the first and the last fragment of a ping that is longer than any can be", At: "h1:eth0", Act: overlong},
}

// full is an uplink that is too full, between r2 and far. There is no account of it: the probes of a path are echoes, too, and
// most of them never get there.
var full = Cable{"r2 and far", func(n *Net) error {
	crowded := weather{lost: 6, held: 12, jitter: 6 * ms, hold: 20 * ms}
	err := n.Splice(onEchoAtRandom(crowded, 5)(), onEchoAtRandom(crowded, 6)())
	n.accounts = nil
	return err
}}
