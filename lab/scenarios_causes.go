package lab

import "fmt"

// causes: errors about UDP and TCP, through routers that translate addresses, and about datagrams that are too long.
var causes = []Scenario{
	{Name: "rejected-udp", Doc: "a firewall rejects UDP with a different code for each port", At: "h1:eth0",
		Setup: []string{
			nft("h2", "input", "udp dport 1000 reject with icmp type net-unreachable"),
			nft("h2", "input", "udp dport 1001 reject with icmp type host-unreachable"),
			nft("h2", "input", "udp dport 1002 reject with icmp type prot-unreachable"),
			nft("h2", "input", "udp dport 1003 reject with icmp type port-unreachable"),
			nft("h2", "input", "udp dport 1009 reject with icmp type net-prohibited"),
			nft("h2", "input", "udp dport 1010 reject with icmp type host-prohibited"),
			nft("h2", "input", "udp dport 1013 reject with icmp type admin-prohibited"),
		},
		Tools: each("h1: nping --udp -g 40000 -c 1 -p %d 192.0.2.12", 1000, 1001, 1002, 1003, 1009, 1010, 1013)},
	{Name: "rejected-tcp", Doc: "a firewall rejects TCP with a different code for each port", At: "h1:eth0",
		Setup: []string{
			nft("h2", "input", "tcp dport 1001 reject with icmp type host-unreachable"),
			nft("h2", "input", "tcp dport 1003 reject with icmp type port-unreachable"),
			nft("h2", "input", "tcp dport 1013 reject with icmp type admin-prohibited"),
		},
		Tools: each("h1: nping --tcp -g 40000 -c 1 -p %d 192.0.2.12", 1001, 1003, 1013)},
	{Name: "ttl-udp-tcp", Doc: "UDP and TCP whose TTL ends at the second router", At: "h1:eth0",
		Tools: []string{
			"h1: nping --udp -g 40000 -p 7 -c 2 --ttl 2 --delay 1100ms 203.0.113.14",
			"h1: nping --tcp -g 40000 -p 80 -c 2 --ttl 2 --delay 1100ms 203.0.113.14",
		}},
	{Name: "nat-errors-inside", Doc: "errors from beyond a masquerading router, taken inside: it translates what they quote", At: "h1:eth0",
		Setup: []string{masquerade}, Tools: beyondNAT},
	{Name: "nat-errors-outside", Doc: "errors from beyond a masquerading router, taken outside: all of it has the router's address", At: "r1:eth1",
		Setup: []string{masquerade}, Tools: beyondNAT},
	{Name: "nat-quoted", Doc: "errors from beyond a router that translates addresses but not what errors quote, taken inside", At: "h1:eth0",
		Setup: stateless, Tools: beyondNAT},
	{Name: "nat-forwarded", Doc: "a port that a router forwards to a closed one elsewhere; the error quotes where it went", At: "h1:eth0",
		Setup: []string{
			"r1: nft add table ip nat; add chain ip nat in { type filter hook prerouting priority -300; }" +
				"; add rule ip nat in ip daddr 198.51.100.80 udp dport 7777 udp dport set 9 ip daddr set 203.0.113.14",
		},
		Tools: []string{"h1: nping --udp -g 40000 -c 2 -p 7777 --delay 1100ms 198.51.100.80"}},
	{Name: "nat-ports", Doc: "errors from beyond a router that translates source ports and identifiers, but no addresses and not what errors quote, taken inside", At: "h1:eth0",
		Setup: []string{
			"r1: nft add table ip nat; add chain ip nat out { type filter hook postrouting priority 300; }" +
				"; add rule ip nat out oif eth1 udp sport set 50000; add rule ip nat out oif eth1 icmp type echo-request icmp id set 99",
		},
		Tools: beyondNAT},
	{Name: "path-mtu-ignored", Doc: "a sender that goes on sending 1500 bytes over a path of 1400, whatever it is told", At: "h1:eth0",
		Tools: []string{"h1: nping --icmp --df --data-length 1472 -c 3 --delay 1100ms 203.0.113.14"}},
}

var (
	stateless = []string{
		"r1: ip addr add 198.51.100.77/32 dev eth1",
		"r1: nft add table ip nat; add chain ip nat out { type filter hook postrouting priority 300; }" +
			"; add rule ip nat out oif eth1 ip saddr 192.0.2.11 ip saddr set 198.51.100.77" +
			"; add chain ip nat in { type filter hook prerouting priority -300; }" +
			"; add rule ip nat in iif eth1 ip daddr 198.51.100.77 ip daddr set 192.0.2.11",
	}
	// The second router ends the TTL of a ping, and finds nobody there for another; the host has a closed port.
	beyondNAT = []string{
		"h1: ping -n -c 2 -i 0.1 -t 2 203.0.113.14",
		"h1: ping -n -c 1 -W 4 203.0.113.99",
		"h1: nping --udp -g 40000 -c 1 -p 9,10 --delay 50ms 203.0.113.14",
	}
)

// each is a step for each port. (Of a list of ports, nping leaves out some and asks others twice.)
func each(step string, ports ...int) []string {
	steps := make([]string, len(ports))
	for i, port := range ports {
		steps[i] = fmt.Sprintf(step, port)
	}
	return steps
}
