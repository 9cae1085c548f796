package lab

// wrapped: traffic inside VLAN tags and tunnels. VXLAN is the kernel's; for the others h1 and h2 are joined by a trunk of ours,
// which wraps what real hosts send.
var wrapped = []Scenario{
	{Name: "vlan", Doc: "a trunk with 802.1Q tag 10", At: "sw:trunk0", Cable: trunk(vlan(10)),
		Tools: []string{"h1: ping -n -c 3 -i 0.05 192.0.2.12"}},
	{Name: "vlan-priority", Doc: "a priority tag: VLAN 0, priority 5; and a neighbour that does not exist", At: "sw:trunk0", Cable: trunk(vlan(5 << 13)),
		Tools: settled("192.0.2.12", "h1: ping -n -c 3 -i 0.05 192.0.2.12", "h1: ping -n -c 1 192.0.2.99")},
	{Name: "vlan6", Doc: "a trunk with 802.1Q tag 20, IPv6", At: "sw:trunk0", Cable: trunk(vlan(20)), IPv6: true,
		Tools: []string{"h1: ping -6 -n -c 3 -i 0.05 2001:db8:1::12"}},
	{Name: "qinq", Doc: "a provider's 802.1ad tag 100 around 802.1Q tag 10", At: "sw:trunk0", Cable: trunk(stacked(serviceTag(100), vlan(10))),
		Tools: []string{"h1: ping -n -c 3 -i 0.05 192.0.2.12"}},
	{Name: "ipip", Doc: "IPv4 in IPv4, protocol 4", At: "sw:trunk0", Cable: trunk(ipTunnel(4, etherIPv4)),
		Tools: []string{"h1: ping -n -c 3 -i 0.05 192.0.2.12"}},
	{Name: "6in4", Doc: "IPv6 in IPv4, protocol 41", At: "sw:trunk0", Cable: trunk(ipTunnel(41, etherIPv6)), IPv6: true,
		Tools: []string{"h1: ping -6 -n -c 3 -i 0.05 2001:db8:1::12"}},
	{Name: "gre", Doc: "whole Ethernet frames in GRE, ARP among them", At: "sw:trunk0", Cable: trunk(greEthernet()),
		Tools: []string{"h1: ping -n -c 3 -i 0.05 192.0.2.12"}},
	{Name: "vxlan", Doc: "whole Ethernet frames in VXLAN, ARP among them; network 42", At: "h1:eth0",
		Setup: []string{
			"h1: ip link add vx0 address 02:00:0a:2a:00:01 type vxlan id 42 local 192.0.2.11 remote 192.0.2.12 dstport 4789",
			"h2: ip link add vx0 address 02:00:0a:2a:00:02 type vxlan id 42 local 192.0.2.12 remote 192.0.2.11 dstport 4789",
			"h1: ip addr add 10.42.0.1/24 dev vx0", "h2: ip addr add 10.42.0.2/24 dev vx0",
			"h1: ip link set vx0 up", "h2: ip link set vx0 up",
		},
		Tools: settled("10.42.0.2", "h1: ping -n -c 3 -i 0.05 10.42.0.2", "h1: ping -n -c 1 10.42.0.99")},
	{Name: "vxlan-two", Doc: "two networks in VXLAN, 5000 and 5001, whose hosts have the same addresses", At: "h1:eth0",
		Setup: []string{
			"h1: ip link add vx0 address 02:00:0a:2a:00:01 type vxlan id 5000 local 192.0.2.11 remote 192.0.2.12 dstport 4789",
			"h2: ip link add vx0 address 02:00:0a:2a:00:02 type vxlan id 5000 local 192.0.2.12 remote 192.0.2.11 dstport 4789",
			"h1: ip link add vx1 address 02:00:0a:2a:01:01 type vxlan id 5001 local 192.0.2.11 remote 192.0.2.13 dstport 4789",
			"h3: ip link add vx1 address 02:00:0a:2a:01:02 type vxlan id 5001 local 192.0.2.13 remote 192.0.2.11 dstport 4789",
			"h1: ip addr add 10.42.0.1/24 dev vx0", "h2: ip addr add 10.42.0.2/24 dev vx0",
			"h1: ip addr add 10.42.0.1/24 dev vx1", "h3: ip addr add 10.42.0.2/24 dev vx1",
			"h1: ip link set vx0 up", "h2: ip link set vx0 up", "h1: ip link set vx1 up", "h3: ip link set vx1 up",
		},
		Tools: []string{"h1: ping -n -c 2 -i 0.05 -I vx0 10.42.0.2", "h1: ping -n -c 2 -i 0.05 -I vx1 10.42.0.2"}},
}

func trunk(e Encapsulation) Cable {
	return Cable{"h1 and h2", func(n *Net) error { return n.Trunk(e, nil, nil) }}
}
