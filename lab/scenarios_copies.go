package lab

// copies: captures that see one packet more than once, which is not loss and not a second packet.
var copies = []Scenario{
	{Name: "router-any", Doc: "a router listening on all its interfaces sees each packet come and go (SLL2)", At: "r1:any",
		Tools: []string{"h1: ping -n -c 5 -i 0.05 203.0.113.14"}},
	{Name: "router6-any", Doc: "a router listening on all its interfaces sees each packet come and go (SLL2)", At: "r1:any", IPv6: true,
		Tools: []string{"h1: ping -6 -n -c 5 -i 0.05 2001:db8:3::14"}},
	{Name: "router-any-sll", Doc: "the same with the older cooked header (SLL), and every fifth reply lost", At: "r1:any", Snap: []string{"-y", "LINUX_SLL"},
		Setup: []string{nft("far", "output", "icmp type echo-reply numgen inc mod 5 == 2 drop")},
		Tools: settled("203.0.113.14", "h1: ping -n -c 10 -i 0.05 -W 1 203.0.113.14")},
	{Name: "router-nat", Doc: "a translating router sees each packet twice, with h1's address and with its own; an error about one of them too", At: "r1:any",
		Setup: []string{"r1: nft add table ip nat; add chain ip nat out { type nat hook postrouting priority 100; }; add rule ip nat out oif eth1 masquerade"},
		Tools: []string{"h1: ping -n -c 3 -i 0.05 203.0.113.14", "h1: ping -n -c 1 -t 2 203.0.113.14"}},
	{Name: "switch-any", Doc: "a switch listening on all its ports and on the bridge itself sees each frame up to four times", At: "sw:any",
		Tools: []string{"h1: ping -n -c 5 -i 0.05 192.0.2.12"}},
	{Name: "switch-any-arping", Doc: "a switch listening likewise sees each question several times: of a host that is there, and of one that is not", At: "sw:any",
		Tools: settled("192.0.2.13", "h1: arping -I eth0 -c 2 192.0.2.12", "h1: arping -I eth0 -c 2 192.0.2.99")},
	{Name: "mirror", Doc: "a mirror port gets each frame as it enters and as it leaves: two identical copies, and of broadcasts a third, its own", At: "sw:h3",
		Setup: []string{
			mirrored("h1", "ingress"), mirrored("h2", "ingress"), mirrored("h1", "egress"), mirrored("h2", "egress"),
		},
		Tools: []string{"h1: ping -n -c 5 -i 0.05 192.0.2.12"}},
	{Name: "mirror-loss", Doc: "a mirror port with two copies of everything, while every fifth reply is lost behind it", At: "sw:h3",
		Setup: []string{
			mirrored("h1", "ingress"), mirrored("h2", "ingress"), mirrored("h1", "egress"), mirrored("h2", "egress"),
			nft("h2", "output", "icmp type echo-reply numgen inc mod 5 == 2 drop"),
		},
		Tools: settled("192.0.2.12", "h1: ping -n -c 10 -i 0.05 -W 1 192.0.2.12")},
}

// mirrored is the step that copies one direction of a port of the switch to the port of h3.
func mirrored(port, hook string) string { return duplicated("sw", port, hook, "h3") }

// duplicated is the step that copies one direction of an interface of a host to another of its interfaces.
func duplicated(host, device, hook, to string) string {
	chain := device + "-" + hook
	return host + ": nft add table netdev lab; add chain netdev lab " + chain +
		" { type filter hook " + hook + " device " + device + " priority 0; }; add rule netdev lab " + chain + " dup to " + to
}
