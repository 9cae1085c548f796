package lab

// fragments: datagrams larger than the links they cross.
var fragments = []Scenario{
	{Name: "ping-fragments", Doc: "4000 bytes in three fragments each way", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 2 -i 0.05 -s 4000 192.0.2.12"}},
	{Name: "ping6-fragments", Doc: "4000 bytes in three fragments each way", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: ping -6 -n -c 2 -i 0.05 -s 4000 2001:db8:1::12"}},
	{Name: "ping-fragmented-by-router", Doc: "a full-size request which the router may and does fragment; taken behind it", At: "far:eth0",
		Tools: []string{"h1: ping -n -c 2 -i 0.05 -M dont -s 1472 203.0.113.14"}},
	{Name: "ping-fragment-lost", Doc: "the last fragment of every request is lost; the target gives up reassembling after 1 s and says so", At: "h1:eth0",
		Setup: []string{
			"h2: sysctl -q -w net.ipv4.ipfrag_time=1",
			"sw: nft add table netdev lab; add chain netdev lab h1 { type filter hook ingress device h1 priority 0; }; add rule netdev lab h1 ip frag-off & 0x3fff > 0 ip frag-off & 0x2000 == 0 drop",
		},
		Tools:  []string{"h1: ping -n -c 2 -i 0.05 -W 1 -s 3000 192.0.2.12"},
		Linger: 1500 * ms},
	{Name: "path-mtu", Doc: "1500 bytes that may not be fragmented; the router names the 1400 that fit, and the sender obeys", At: "h1:eth0",
		Tools: []string{"h1: ping -n -c 2 -i 0.1 -W 1 -M do -s 1472 203.0.113.14", "h1: ping -n -c 2 -i 0.05 -M do -s 1372 203.0.113.14"}},
	{Name: "path-mtu6", Doc: "packet too big names 1400, and the next requests are fragmented by the sender", At: "h1:eth0", IPv6: true,
		Tools: settled("2001:db8:3::14", "h1: ping -6 -n -c 3 -i 0.1 -W 1 -s 1452 2001:db8:3::14")},
}
