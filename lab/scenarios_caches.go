package lab

// caches: what h1's kernel made of what it heard, printed by ip neigh when the capture ended; and hosts that lie about who they are.
var caches = []Scenario{
	{Name: "neighbors", Doc: "four neighbours, one in each state: asked by one, answered by one, one that is not there, and one that is still asked for", At: "h1:eth0",
		Tools: []string{
			"h2: arping -c 1 -I eth0 192.0.2.11",
			"h1: ping -n -c 1 192.0.2.99",
			"h1: ping -n -c 1 192.0.2.13",
			"h1: nping --unprivileged --udp -c 1 -p 9 192.0.2.98",
			"h1: ip neigh show",
		}},
	{Name: "neighbors6", Doc: "the same in IPv6", At: "h1:eth0", IPv6: true,
		Tools: []string{
			"h1: ping -6 -n -c 1 2001:db8:1::99",
			"h1: ping -6 -n -c 1 2001:db8:1::13",
			"h2: ping -6 -n -c 1 2001:db8:1::11",
			"h1: nping --unprivileged -6 --udp -c 1 -p 9 2001:db8:1::98",
			"h1: ip -6 neigh show",
		}},
	{Name: "neighbors-aged", Doc: "a neighbour that was last heard of 31 s ago: no longer known to be reachable", At: "h1:eth0",
		Setup: []string{"h1: sysctl -q -w net.ipv4.neigh.eth0.base_reachable_time_ms=20000"},
		Tools: []string{"h1: ping -n -c 1 192.0.2.12", "h1: sleep 31", "h1: ping -n -c 1 192.0.2.13", "h1: ip neigh show"}},
	{Name: "neighbors-gone", Doc: "a neighbour goes away: its unicast requests go unanswered, and it has failed", At: "h1:eth0",
		Setup: []string{"h1: sysctl -q -w net.ipv4.neigh.eth0.base_reachable_time_ms=500 net.ipv4.neigh.eth0.delay_first_probe_time=1"},
		Tools: []string{
			"h1: ping -n -c 1 192.0.2.12", "h2: ip link set eth0 down", "h1: sleep 1.5", "h1: ping -n -c 1 -W 1 192.0.2.12", "h1: sleep 4",
			"h1: ping -n -c 1 192.0.2.13", "h1: ip neigh show",
		}},
	{Name: "neighbors-vlan", Doc: "on a trunk with 802.1Q tag 10, of which h1 knows nothing: two neighbours, one of them not there", At: "sw:trunk0", Cable: trunk(vlan(10)),
		Tools: []string{"h1: ping -n -c 1 192.0.2.99", "h1: ping -n -c 1 192.0.2.12", "h1: ip neigh show"}},
	{Name: "arp-failover", Doc: "an address moves to another host and, much later, back; each announces it", At: "h1:eth0",
		Setup: []string{"h2: ip addr add 192.0.2.50/24 dev eth0"},
		Tools: []string{
			"h1: ping -n -c 1 192.0.2.50",
			"h2: ip addr del 192.0.2.50/24 dev eth0", "h3: ip addr add 192.0.2.50/24 dev eth0", "h3: arping -U -I eth0 -c 1 192.0.2.50",
			"h1: sleep 10.5",
			"h3: ip addr del 192.0.2.50/24 dev eth0", "h2: ip addr add 192.0.2.50/24 dev eth0", "h2: arping -U -I eth0 -c 1 192.0.2.50",
			"h1: ip neigh show",
		}},
	{Name: "arp-poisoned", Doc: "a host claims another's address by gratuitous replies; its owner speaks up; then by a reply that nobody asked for", At: "h1:eth0",
		Setup: []string{"h3: sysctl -q -w net.ipv4.ip_nonlocal_bind=1"},
		Tools: []string{
			"h1: ping -n -c 1 192.0.2.12",
			"h3: arping -A -I eth0 -c 2 -s 192.0.2.12 192.0.2.12",
			"h2: arping -I eth0 -c 1 192.0.2.11",
			"h1: sleep 1.2",
			poison,
			"h1: ip neigh show",
		}},
	{Name: "nd-conflict-answers", Doc: "two hosts own one IPv6 address and both answer", At: "h1:eth0", IPv6: true,
		Setup: []string{"h2: ip addr add 2001:db8:1::50/64 dev eth0 nodad", "h3: ip addr add 2001:db8:1::50/64 dev eth0 nodad"},
		Tools: []string{"h1: ping -6 -n -c 1 2001:db8:1::50", "h1: ip -6 neigh show"}},
	{Name: "nd-flip-flop", Doc: "two hosts own one IPv6 address and both answer, each time that they are asked", At: "h1:eth0", IPv6: true,
		Setup: []string{"h2: ip addr add 2001:db8:1::50/64 dev eth0 nodad", "h3: ip addr add 2001:db8:1::50/64 dev eth0 nodad"},
		Tools: []string{
			"h1: ping -6 -n -c 1 2001:db8:1::50", "h1: sleep 1.2", "h1: ip -6 neigh flush dev eth0",
			"h1: ping -6 -n -c 1 2001:db8:1::50", "h1: ip -6 neigh show",
		}},
	{Name: "nd-failover", Doc: "an IPv6 address moves to another host and, much later, back; each announces it", At: "h1:eth0", IPv6: true,
		Setup: []string{"h2: sysctl -q -w net.ipv6.conf.eth0.ndisc_notify=1", "h3: sysctl -q -w net.ipv6.conf.eth0.ndisc_notify=1"},
		Tools: []string{
			"h2: ip addr add 2001:db8:1::50/64 dev eth0", "h1: ping -6 -n -c 1 2001:db8:1::50",
			"h2: ip addr del 2001:db8:1::50/64 dev eth0", "h3: ip addr add 2001:db8:1::50/64 dev eth0",
			"h1: sleep 10.5",
			"h3: ip addr del 2001:db8:1::50/64 dev eth0", "h2: ip addr add 2001:db8:1::50/64 dev eth0",
			"h1: ip -6 neigh show",
		}},
	{Name: "nd-announced", Doc: "a host announces an IPv6 address that nobody had", At: "h1:eth0", IPv6: true,
		Setup: []string{"h2: sysctl -q -w net.ipv6.conf.eth0.ndisc_notify=1"},
		Tools: []string{"h2: ip addr add 2001:db8:1::50/64 dev eth0", "h1: ping -6 -n -c 1 2001:db8:1::50"}},
	{Name: "rarp-answered", Doc: "reverse ARP: a server says which address the asker has", At: "h1:eth0",
		Tools: []string{
			"h1: nping --arp-type RARP -c 1 --source-mac 02:00:c0:00:02:0b --arp-target-mac 02:00:c0:00:02:0b --dest-mac ff:ff:ff:ff:ff:ff -e eth0 192.0.2.12 &",
			"h2: sleep 0.3",
			"h2: nping --arp-type RARP-reply -c 1 --source-mac 02:00:c0:00:02:0c --arp-sender-ip 192.0.2.12 --arp-target-mac 02:00:c0:00:02:0b --arp-target-ip 192.0.2.77 --dest-mac 02:00:c0:00:02:0b -e eth0 192.0.2.11",
		}},
	{Name: "inarp", Doc: "inverse ARP: which address has the station with this MAC address? It answers, and another does not", At: "h1:eth0",
		Tools: []string{
			"h1: nping --arp-type InARP -c 1 --source-mac 02:00:c0:00:02:0b --arp-sender-ip 192.0.2.11 --arp-target-mac 02:00:c0:00:02:0c --dest-mac 02:00:c0:00:02:0c -e eth0 192.0.2.12 &",
			"h2: sleep 0.3",
			"h2: nping --arp-type InARP-reply -c 1 --source-mac 02:00:c0:00:02:0c --arp-sender-ip 192.0.2.12 --arp-target-mac 02:00:c0:00:02:0b --arp-target-ip 192.0.2.11 --dest-mac 02:00:c0:00:02:0b -e eth0 192.0.2.11",
			"h1: nping --arp-type InARP -c 1 --source-mac 02:00:c0:00:02:0b --arp-sender-ip 192.0.2.11 --arp-target-mac 02:00:c0:00:02:0d --dest-mac 02:00:c0:00:02:0d -e eth0 192.0.2.13",
			"h1: sleep 1.2", "h1: ping -n -c 1 192.0.2.12",
		}},
}

// poison is a step in which h3 tells h1 alone that h2's address is its own.
const poison = "h3: nping --arp-type ARP-reply -c 1 --source-mac 02:00:c0:00:02:0d --arp-sender-mac 02:00:c0:00:02:0d --arp-sender-ip 192.0.2.12" +
	" --arp-target-mac 02:00:c0:00:02:0b --arp-target-ip 192.0.2.11 --dest-mac 02:00:c0:00:02:0b -e eth0 192.0.2.11"
