package lab

import (
	"context"
	"fmt"
)

// parallel makes h2 a router beside r2, from r1 to far, at equal cost: r1 chooses by the ports of a datagram (RFC 2992).
//
//	        ┌ .2 r2 .1 ── .14 ┐
//	r1 .1 ──┤                 ├ far
//	   .5 ──┴ .6 h2 .5 ── .6 ─┘
func parallel(n *Net) error {
	ctx, cancel := context.WithTimeout(context.Background(), buildTimeout)
	defer cancel()
	h2 := n.Host("h2").ns.path()
	for _, part := range []struct{ host, script string }{
		{"r1", fmt.Sprintf("link add eth2 address 02:00:c6:33:64:05 type veth peer name eth1 address 02:00:c6:33:64:06 netns %s\n", h2)},
		{"far", fmt.Sprintf("link add eth1 address 02:00:cb:00:71:06 type veth peer name eth2 address 02:00:cb:00:71:05 netns %s\n", h2)},
		{"h2", "addr add 198.51.100.6/30 dev eth1\nlink set eth1 up\naddr add 203.0.113.5/30 dev eth2\nlink set eth2 up\n"},
		{"far", "addr add 203.0.113.6/30 dev eth1\nlink set eth1 up\n"},
		{"h2", "route add 203.0.113.14/32 via 203.0.113.6\n"},
		{"r1", "addr add 198.51.100.5/30 dev eth2\nlink set eth2 up\n" +
			"route add 203.0.113.14/32 nexthop via 198.51.100.2 nexthop via 198.51.100.6\n"},
	} {
		if err := n.Host(part.host).ip(ctx, part.script); err != nil {
			return err
		}
	}
	for _, setting := range []struct{ host, key, value string }{
		{"h2", "net.ipv4.ip_forward", "1"},
		{"h2", "net.ipv4.icmp_errors_use_inbound_ifaddr", "1"}, // as r2, it speaks as the router on the probe's way
		{"r1", "net.ipv4.fib_multipath_hash_policy", "1"},
	} {
		if err := n.Host(setting.host).Sysctl(setting.key, setting.value); err != nil {
			return err
		}
	}
	return n.awaitLinks(ctx)
}
