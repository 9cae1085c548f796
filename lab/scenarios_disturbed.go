package lab

import "time"

const ms = time.Millisecond

// disturbedEchoes: loss, delay, duplication and reordering. Firewalls lose replies exactly; cables of our own do the rest.
var disturbedEchoes = []Scenario{
	{Name: "ping-loss", Doc: "every fifth reply is lost: 20% of 40", At: "h1:eth0",
		Setup: []string{nft("h2", "output", "icmp type echo-reply numgen inc mod 5 == 2 drop")},
		Tools: settled("192.0.2.12", "h1: ping -n -c 40 -i 0.01 -W 1 192.0.2.12")},
	{Name: "ping6-loss", Doc: "every fifth reply is lost: 20% of 40", At: "h1:eth0", IPv6: true,
		Setup: []string{nft("h2", "output", "icmpv6 type echo-reply numgen inc mod 5 == 2 drop")},
		Tools: settled("2001:db8:1::12", "h1: ping -6 -n -c 40 -i 0.01 -W 1 2001:db8:1::12")},
	{Name: "ping-loss-requests", Doc: "every fourth request is lost on the way: 25% of 40; taken behind the loss, so sequence numbers are missing", At: "h2:eth0",
		Cable: shaped(onEcho([]time.Duration{0}, nil, []time.Duration{0}, []time.Duration{0}), nil),
		Tools: []string{"h1: ping -n -c 40 -i 0.01 -W 1 192.0.2.12"}},
	{Name: "ping-silent", Doc: "the host is there and never answers a ping: 100% loss without a single error", At: "h1:eth0",
		Setup: []string{"h2: sysctl -q -w net.ipv4.icmp_echo_ignore_all=1"},
		Tools: settled("192.0.2.13", "h1: ping -n -c 4 -i 0.1 -W 1 192.0.2.12")},
	{Name: "ping-delay", Doc: "replies take 20 ms, and every third 60 ms", At: "h1:eth0",
		Cable: shaped(nil, onEcho([]time.Duration{20 * ms}, []time.Duration{20 * ms}, []time.Duration{60 * ms})),
		Tools: []string{"h1: ping -n -c 9 -i 0.1 192.0.2.12"}},
	{Name: "ping-late", Doc: "every third reply, from the first, takes 1.3 s: late by the usual timeout, and yet received", At: "h1:eth0",
		Cable: shaped(nil, onEcho([]time.Duration{1300 * ms}, []time.Duration{0}, []time.Duration{0})),
		Tools: []string{"h1: ping -n -c 4 -i 0.5 192.0.2.12"}},
	{Name: "ping-reordered", Doc: "replies come back in another order than the requests went", At: "h1:eth0",
		Cable: shaped(nil, onEcho([]time.Duration{50 * ms}, []time.Duration{10 * ms})),
		Tools: []string{"h1: ping -n -c 10 -i 0.02 192.0.2.12"}},
	{Name: "ping-duplicates", Doc: "every second request arrives twice, and both are answered: ping says DUP!", At: "h1:eth0",
		Cable: shaped(onEcho([]time.Duration{0}, []time.Duration{0, 5 * ms}), nil),
		Tools: []string{"h1: ping -n -c 7 -i 0.05 192.0.2.12"}},
	{Name: "ping6-duplicates", Doc: "every second request arrives twice, and both are answered: ping says DUP!", At: "h1:eth0", IPv6: true,
		Cable: shaped(onEcho([]time.Duration{0}, []time.Duration{0, 5 * ms}), nil),
		Tools: []string{"h1: ping -6 -n -c 7 -i 0.05 2001:db8:1::12"}},
	{Name: "ping-duplicated-replies", Doc: "every second reply is doubled on the wire, byte for byte", At: "h1:eth0",
		Cable: shaped(nil, onEcho([]time.Duration{0}, []time.Duration{0, 5 * ms})),
		Tools: []string{"h1: ping -n -c 7 -i 0.05 192.0.2.12"}},
}

// settled ends a capture with a ping more than the usual timeout of 1 s later. What was not answered by then is lost; a
// capture that ends earlier cannot tell.
func settled(target string, steps ...string) []string {
	return append(steps, "h1: sleep 1.2", "h1: ping -n -c 1 "+target)
}

// shaped puts a line between h1 and h2.
func shaped(there, back func() Shape) Cable {
	return Cable{"h1 and h2", func(n *Net) error { return n.Line(made(there), made(back)) }}
}

// made is a shape of a network's own, as shapes keep counts; nil if there is nothing to make it.
func made(shape func() Shape) Shape {
	if shape == nil {
		return nil
	}
	return shape()
}
