package lab

import "time"

// Fates of an echo message on a line: the delays of the copies that come out.
var (
	passes  = []time.Duration{0}
	loses   []time.Duration
	doubles = []time.Duration{0, 5 * ms}
	lags    = []time.Duration{30 * ms} // until after the next two of pings every 20 ms
)

// linger is long enough for whatever is still on a line when ping has all its answers.
const linger = 100 * ms

// both pings h2 over IPv4, then over IPv6, with the same options.
func both(options string) []string {
	return []string{"h1: ping -n " + options + " 192.0.2.12", "h1: ping -6 -n " + options + " 2001:db8:1::12"}
}

// forwarded: a cable of the lab does to echoes what networks do, and gives its account of it, which the report must equal.
// Each flow meets the same, IPv4 as IPv6.
var forwarded = []Scenario{
	{Name: "forwarder-lost-requests", Doc: "requests are lost on the way, seen from where they are sent", At: "h1:eth0", IPv6: true,
		Cable: shaped(onEachFlow(passes, passes, loses, passes), nil),
		Tools: settled("192.0.2.12", both("-c 8 -i 0.02 -W 1")...)},
	{Name: "forwarder-lost-requests-behind", Doc: "requests and replies are lost on the way, seen from where requests arrive", At: "h2:eth0", IPv6: true,
		Cable: shaped(onEachFlow(passes, passes, loses, passes), onEachFlow(passes, passes, passes, loses)),
		Tools: settled("192.0.2.12", both("-c 8 -i 0.02 -W 1")...)},
	{Name: "forwarder-lost-replies", Doc: "replies are lost on the way back", At: "h1:eth0", IPv6: true,
		Cable: shaped(nil, onEachFlow(passes, loses, passes)),
		Tools: settled("192.0.2.12", both("-c 8 -i 0.02 -W 1")...)},
	{Name: "forwarder-bursts", Doc: "requests and replies are lost in bursts", At: "h1:eth0", IPv6: true,
		Cable: shaped(onEachFlow(passes, passes, passes, loses, loses, loses, loses, passes, passes, passes, passes, passes),
			onEachFlow(passes, passes, passes, passes, passes, loses, loses, loses)),
		Tools: settled("192.0.2.12", both("-c 14 -i 0.02 -W 1")...)},
	{Name: "forwarder-doubled-requests", Doc: "requests arrive twice, and each arrival is answered", At: "h1:eth0", IPv6: true,
		Cable: shaped(onEachFlow(passes, doubles, passes), nil),
		Tools: both("-c 7 -i 0.05"), Linger: linger},
	{Name: "forwarder-doubled-replies", Doc: "replies come twice, byte for byte, and one of them three times", At: "h1:eth0", IPv6: true,
		Cable: shaped(nil, onEachFlow(passes, doubles, passes, []time.Duration{0, 4 * ms, 30 * ms})),
		Tools: both("-c 7 -i 0.05"), Linger: linger},
	{Name: "forwarder-reordered-requests", Doc: "requests overtake each other", At: "h1:eth0", IPv6: true,
		Cable: shaped(onEachFlow(passes, lags, passes, passes), nil),
		Tools: both("-c 8 -i 0.02"), Linger: linger},
	{Name: "forwarder-reordered-replies", Doc: "replies overtake each other, and a second reply overtakes a first", At: "h1:eth0", IPv6: true,
		Cable: shaped(nil, onEachFlow(passes, lags, []time.Duration{50 * ms}, passes, []time.Duration{30 * ms, 5 * ms})),
		Tools: both("-c 8 -i 0.02"), Linger: linger},
	{Name: "forwarder-late", Doc: "requests and replies take longer than a second, some of them twice, one of them never arrives", At: "h1:eth0", IPv6: true,
		Cable: shaped(onEachFlow(passes, passes, passes, []time.Duration{1200 * ms}),
			onEachFlow(passes, []time.Duration{1100 * ms}, passes, []time.Duration{1100 * ms, 1150 * ms}, loses)),
		Tools: settled("192.0.2.12", both("-c 6 -i 0.5")...)},
	{Name: "forwarder-mirror", Doc: "a mirror port with each packet as a router gets it and as it sends it on, while others are lost and doubled beyond",
		At: "r1:tap0", IPv6: true,
		Cable: spliced(onEachFlow(passes, doubles, loses, passes), onEachFlow(passes, passes, passes, loses)),
		Setup: append([]string{"r1: ip link add tap0 type veth peer name tap1",
			"r1: sysctl -q -w net.ipv6.conf.tap0.disable_ipv6=1", "r1: sysctl -q -w net.ipv6.conf.tap1.disable_ipv6=1",
			"r1: ip link set tap0 up", "r1: ip link set tap1 up"},
			duplicated("r1", "eth0", "ingress", "tap0"), duplicated("r1", "eth0", "egress", "tap0"),
			duplicated("r1", "eth1", "ingress", "tap0"), duplicated("r1", "eth1", "egress", "tap0")),
		Tools: settled("203.0.113.14", "h1: ping -n -c 8 -i 0.02 -W 1 203.0.113.14", "h1: ping -6 -n -c 8 -i 0.02 -W 1 2001:db8:3::14")},
	{Name: "forwarder-mirror-vlan", Doc: "a mirror port with each frame without its tag and with it, while others are lost and doubled beyond",
		At: "sw:h3", IPv6: true,
		Cable: shapedTrunk(vlan(10), onEachFlow(passes, doubles, loses, passes), onEachFlow(passes, passes, passes, loses)),
		Setup: []string{
			mirrored("h1", "ingress"), mirrored("h1", "egress"), mirrored("trunk0", "ingress"), mirrored("trunk0", "egress"),
		},
		Tools: settled("192.0.2.12", both("-c 8 -i 0.02 -W 1")...)},
	{Name: "forwarder-random", Doc: "10% lost, 5% doubled and 10% held back, in each direction, and all a little late, by dice", At: "h1:eth0",
		Cable: shaped(onEchoAtRandom(bad, 1), onEchoAtRandom(bad, 2)),
		Tools: settled("192.0.2.12", "h1: ping -n -q -s 16 -c 120 -i 0.005 -W 1 192.0.2.12")},
	{Name: "forwarder-random6", Doc: "10% lost, 5% doubled and 10% held back, in each direction, and all a little late, by dice", At: "h1:eth0", IPv6: true,
		Cable: shaped(onEchoAtRandom(bad, 3), onEchoAtRandom(bad, 4)),
		Tools: settled("192.0.2.12", "h1: ping -6 -n -q -s 16 -c 60 -i 0.005 -W 1 2001:db8:1::12")},
}

var bad = weather{lost: 10, doubled: 5, held: 10, jitter: 3 * ms, hold: 12 * ms}

// spliced puts a line between r2 and far.
func spliced(there, back func() Shape) Cable {
	return Cable{"r2 and far", func(n *Net) error { return n.Splice(made(there), made(back)) }}
}

func shapedTrunk(e Encapsulation, there, back func() Shape) Cable {
	return Cable{"h1 and h2", func(n *Net) error { return n.Trunk(e, made(there), made(back)) }}
}
