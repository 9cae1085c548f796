package lab

import "net"

// routes: traceroute and mtr across two routers.
var routes = []Scenario{
	{Name: "traceroute-udp", Doc: "rising TTL, UDP; the target answers port unreachable", At: "h1:eth0",
		Tools: []string{"h1: traceroute -n 203.0.113.14"}},
	{Name: "traceroute-icmp", Doc: "rising TTL, echo requests; the target answers", At: "h1:eth0",
		Tools: []string{"h1: traceroute -n -I 203.0.113.14"}},
	{Name: "traceroute-tcp", Doc: "rising TTL, TCP SYN to a closed port; the target answers with a reset", At: "h1:eth0",
		Tools: []string{"h1: traceroute -n -T -p 80 203.0.113.14"}},
	{Name: "traceroute6-udp", Doc: "rising hop limit, UDP; the target answers port unreachable", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: traceroute -6 -n 2001:db8:3::14"}},
	{Name: "traceroute6-icmp", Doc: "rising hop limit, echo requests; the target answers", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: traceroute -6 -n -I 2001:db8:3::14"}},
	{Name: "traceroute6-tcp", Doc: "rising hop limit, TCP SYN to a closed port; the target answers with a reset", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: traceroute -6 -n -T -p 80 2001:db8:3::14"}},
	{Name: "traceroute-dead", Doc: "the target does not exist; the last router reports host unreachable", At: "h1:eth0",
		Tools: []string{"h1: traceroute -n -q 2 -m 4 -w 4 203.0.113.99"}},
	{Name: "traceroute-silent", Doc: "the second router says nothing, and neither does the target", At: "h1:eth0",
		Setup: []string{nft("r2", "output", "meta l4proto icmp drop"), nft("far", "output", "meta l4proto icmp drop")},
		Tools: []string{"h1: traceroute -n -q 2 -m 5 -w 1 203.0.113.14"}},
	{Name: "traceroute-lossy", Doc: "the first router answers two of three", At: "h1:eth0",
		Setup: []string{nft("r1", "output", "icmp type time-exceeded numgen inc mod 3 == 1 drop")},
		Tools: []string{"h1: traceroute -n -w 1 203.0.113.14"}},
	{Name: "traceroute-prohibited", Doc: "a firewall on the second router rejects the probes", At: "h1:eth0",
		Setup: []string{nft("r2", "forward", "meta l4proto udp reject with icmp type admin-prohibited")},
		Tools: []string{"h1: traceroute -n 203.0.113.14"}},
	{Name: "traceroute-mtu", Doc: "traceroute looks for the path MTU as it goes", At: "h1:eth0",
		Tools: []string{"h1: traceroute -n --mtu 203.0.113.14"}},
	{Name: "mtr", Doc: "five rounds of rising TTL, echo requests", At: "h1:eth0",
		Tools: []string{"h1: mtr -n --report -c 5 -i 1 -G 0.5 203.0.113.14"}},
	{Name: "mtr6", Doc: "five rounds of rising hop limit, echo requests", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: mtr -6 -n --report -c 5 -i 1 -G 0.5 2001:db8:3::14"}},
	{Name: "mtr-udp", Doc: "five rounds of rising TTL, UDP", At: "h1:eth0",
		Tools: []string{"h1: mtr -n -u --report -c 5 -i 1 -G 0.5 203.0.113.14"}},

	{Name: "traceroute-balanced", Doc: "two routers side by side: probes to one hop are answered by both", At: "h1:eth0", Cable: Cable{Lay: parallel},
		Tools: []string{"h1: traceroute -n -q 8 -m 4 203.0.113.14"}},
	{Name: "traceroute-tcp-open", Doc: "rising TTL, TCP SYN to an open port; the target accepts", At: "h1:eth0", Cable: Cable{Lay: openPort80},
		Tools: []string{"h1: traceroute -n -T -p 80 203.0.113.14"}},
	{Name: "traceroute-twice", Doc: "the same path traced twice, the second time from the second hop on", At: "h1:eth0",
		Tools: []string{"h1: traceroute -n -q 2 203.0.113.14", "h1: traceroute -n -q 2 -f 2 203.0.113.14"}},
	{Name: "traceroute-router-any", Doc: "every probe is seen twice, coming in and going out with one TTL less", At: "r1:any",
		Tools: []string{"h1: traceroute -n 203.0.113.14"}},
	{Name: "traceroute-refused", Doc: "a firewall on the target itself rejects the probes", At: "h1:eth0",
		Setup: []string{nft("far", "input", "meta l4proto udp reject with icmp type host-prohibited")},
		Tools: []string{"h1: traceroute -n 203.0.113.14"}},
	{Name: "traceroute6-dead", Doc: "the target does not exist; the last router reports address unreachable", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: traceroute -6 -n -q 2 -m 4 -w 4 2001:db8:3::99"}},
	{Name: "traceroute6-prohibited", Doc: "a firewall on the second router rejects the probes", At: "h1:eth0", IPv6: true,
		Setup: []string{nft("r2", "forward", "meta l4proto udp reject with icmpv6 type admin-prohibited")},
		Tools: []string{"h1: traceroute -6 -n 2001:db8:3::14"}},
	{Name: "traceroute6-silent", Doc: "the second router says nothing, and neither does the target", At: "h1:eth0", IPv6: true,
		Setup: []string{nft("r2", "output", "icmpv6 type time-exceeded drop"), nft("far", "output", "icmpv6 type destination-unreachable drop")},
		Tools: []string{"h1: traceroute -6 -n -q 2 -m 5 -w 1 2001:db8:3::14"}},
	{Name: "traceroute-fragments", Doc: "probes in fragments: a router answers to the first before the second is sent", At: "h1:eth0",
		Tools: []string{"h1: traceroute -n -q 2 -N 1 203.0.113.14 1600"}},
	{Name: "traceroute6-fragments", Doc: "echo requests in fragments, with rising hop limit", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: traceroute -6 -n -q 2 -N 1 -I 2001:db8:3::14 1600"}},
	{Name: "mtr-silent", Doc: "five rounds; the second router says nothing", At: "h1:eth0",
		Setup: []string{nft("r2", "output", "icmp type time-exceeded drop")},
		Tools: []string{"h1: mtr -n --report -c 5 -i 1 -G 0.5 203.0.113.14"}},
	{Name: "mtr-lossy", Doc: "twelve rounds; the second router answers two of three", At: "h1:eth0",
		Setup: []string{nft("r2", "output", "icmp type time-exceeded numgen inc mod 3 == 1 drop")},
		Tools: []string{"h1: mtr -n --report -c 12 -i 1 -G 0.5 203.0.113.14"}},
	{Name: "mtr-dead", Doc: "five rounds to a target that drops them: the path ends behind the second router", At: "h1:eth0",
		Setup: []string{nft("far", "input", "icmp type echo-request drop")},
		Tools: []string{"h1: mtr -n --report -c 5 -i 1 -G 0.5 -m 6 203.0.113.14"}},
	{Name: "mtr-balanced", Doc: "twelve rounds, UDP, over two routers side by side", At: "h1:eth0", Cable: Cable{Lay: parallel},
		Tools: []string{"h1: mtr -n -u --report -c 12 -i 1 -G 0.5 203.0.113.14"}},
	{Name: "mtr-tcp", Doc: "five rounds of rising TTL, TCP SYN to a closed port", At: "h1:eth0",
		Tools: []string{"h1: mtr -n -T -P 80 --report -c 5 -i 1 -G 0.5 203.0.113.14"}},
	{Name: "mtr6-udp", Doc: "five rounds of rising hop limit, UDP", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: mtr -6 -n -u --report -c 5 -i 1 -G 0.5 2001:db8:3::14"}},
	{Name: "mtr6-tcp", Doc: "five rounds of rising hop limit, TCP SYN to a closed port", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: mtr -6 -n -T -P 80 --report -c 5 -i 1 -G 0.5 2001:db8:3::14"}},
}

// openPort80 has far accept connections to port 80 until the network is closed.
func openPort80(n *Net) error {
	return n.Host("far").Do(func() error {
		l, err := net.Listen("tcp", ":80")
		if err != nil {
			return err
		}
		n.lines = append(n.lines, l)
		return nil
	})
}
