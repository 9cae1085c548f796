package lab

import (
	"errors"
	"slices"
	"time"
)

// masquerade translates what a router sends out of eth1, and its answers.
const masquerade = "r1: nft add table inet nat; add chain inet nat out { type nat hook postrouting priority 100; }; add rule inet nat out oif eth1 masquerade"

// translatedTools: two hosts ask with one identifier, so that the router must change one, and then says which became which.
var translatedTools = append(settled("203.0.113.14",
	"h1: ping -n -c 6 -i 0.05 -W 1 -e 7 203.0.113.14 &", "h2: ping -n -c 9 -i 0.05 -W 1 -e 7 203.0.113.14",
	"h1: ping -6 -n -c 6 -i 0.05 -W 1 -e 8 2001:db8:3::14 &", "h2: ping -6 -n -c 9 -i 0.05 -W 1 -e 8 2001:db8:3::14"),
	"r1: cat /proc/net/nf_conntrack")

var translatedCable = spliced(onEachFlow(passes, passes, loses), onEachFlow(passes, passes, passes, loses))

// translated: a router with address translation, seen on either side and on both.
var translated = []Scenario{
	{Name: "nat-inside", Doc: "two hosts behind address translation ask with one identifier; seen inside", At: "r1:eth0", IPv6: true,
		Cable: translatedCable, Setup: []string{masquerade}, Tools: translatedTools},
	{Name: "nat-outside", Doc: "the same, seen outside: both flows come from the router, one with another identifier", At: "r1:eth1", IPv6: true,
		Cable: translatedCable, Setup: []string{masquerade}, Tools: translatedTools},
	{Name: "nat-any", Doc: "the same, seen on both sides: each flow is there twice, and each is whole", At: "r1:any", IPv6: true,
		Cable: translatedCable, Setup: []string{masquerade}, Tools: translatedTools},
}

// equalCost are the steps that give both routers two routes to the other's networks, among which they choose by flow.
var equalCost = []string{
	"r1: sysctl -q -w net.ipv4.fib_multipath_hash_policy=1", "r2: sysctl -q -w net.ipv4.fib_multipath_hash_policy=1",
	"r1: ip route replace 203.0.113.0/24 nexthop via 198.51.100.2 nexthop via 198.18.0.2",
	"r2: ip route replace 192.0.2.0/24 nexthop via 198.51.100.1 nexthop via 198.18.0.1",
}

// equalCost6 are the same for IPv6.
var equalCost6 = []string{
	"r1: ip route replace 2001:db8:3::/64 nexthop via 2001:db8:2::2 nexthop via 2001:db8:4::2",
	"r2: ip route replace 2001:db8:1::/64 nexthop via 2001:db8:2::1 nexthop via 2001:db8:4::1",
}

// secondPath puts a line between r1 and r2, beside their own cable; there shapes what r1 sends over it.
func secondPath(there func() Shape) Cable {
	return Cable{"r1 and r2, beside their own", func(n *Net) error { return n.SecondPath(made(there), nil) }}
}

// and is one cable and another.
func (c Cable) and(other Cable) Cable {
	return Cable{c.Between + ", and between " + other.Between, func(n *Net) error { return errors.Join(c.Lay(n), other.Lay(n)) }}
}

// balanced: two paths between the routers.
var balanced = []Scenario{
	{Name: "balanced-flows", Doc: "two routes of equal cost; each flow takes one, and its replies may take the other; beyond, replies are lost (SLL2)",
		At: "r1:any", IPv6: true,
		Cable: secondPath(nil).and(spliced(nil, onEachFlow(passes, passes, loses))),
		Setup: slices.Concat(equalCost, equalCost6),
		Tools: settled("203.0.113.14",
			"h1: ping -n -c 3 -i 0.05 -W 1 203.0.113.14 &", "h2: ping -n -c 4 -i 0.05 -W 1 203.0.113.14 &", "h3: ping -n -c 5 -i 0.05 -W 1 203.0.113.14",
			"h1: ping -6 -n -c 3 -i 0.05 -W 1 2001:db8:3::14 &", "h2: ping -6 -n -c 4 -i 0.05 -W 1 2001:db8:3::14")},
	{Name: "balanced-traceroute", Doc: "two routes of equal cost: the second router answers with the address of either", At: "h1:eth0",
		Cable: secondPath(nil),
		Setup: append([]string{"r2: sysctl -q -w net.ipv4.icmp_errors_use_inbound_ifaddr=1"}, equalCost...),
		Tools: []string{"h1: traceroute -n -w 1 -z 20 203.0.113.14"}},
	{Name: "balanced-packets", Doc: "every second request takes a path that is 25 ms longer, and is overtaken", At: "h1:eth0",
		Cable: secondPath(onEcho([]time.Duration{25 * ms})),
		Setup: []string{
			nft("r1", "prerouting", "icmp type echo-request meta mark set numgen inc mod 2"),
			"r1: ip rule add fwmark 1 table 100", "r1: ip route add 203.0.113.0/24 via 198.18.0.2 table 100",
		},
		Tools: []string{"h1: ping -n -c 10 -i 0.01 203.0.113.14"}},
}
