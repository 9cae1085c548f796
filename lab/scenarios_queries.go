package lab

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"time"
)

// answeredQueries: the ICMP questions other than echo, and their answers. What Linux does not answer, a responder of ours does.
// Requests are more than a second apart for the reason given at queries.
var answeredQueries = []Scenario{
	{Name: "timestamp-stamped", Doc: "timestamp requests that carry the asker's clock: the right time, and one that is 90 s ahead", At: "h1:eth0",
		Tools: []string{
			"h1: nping --icmp --icmp-type timestamp --icmp-orig-time now -c 2 --delay 1100ms 192.0.2.12",
			"h1: nping --icmp --icmp-type timestamp --icmp-orig-time now+90s -c 2 --delay 1100ms 192.0.2.13",
		}},
	{Name: "timestamp-little-endian", Doc: "a host that stamps as Windows does, in little-endian", At: "h1:eth0",
		Cable: Cable{"h1 and h2", func(n *Net) error { return n.Line(nil, transform(littleEndianStamps)) }},
		Tools: []string{"h1: nping --icmp --icmp-type timestamp -c 2 --delay 1100ms 192.0.2.12"}},
	{Name: "timestamp-loss", Doc: "one of four timestamp replies is lost", At: "h1:eth0",
		Setup: []string{nft("h2", "output", "icmp type timestamp-reply numgen inc mod 4 == 1 drop")},
		Tools: []string{"h1: nping --icmp --icmp-type timestamp -c 4 --delay 1100ms 192.0.2.12"}},
	{Name: "timestamp-unreachable", Doc: "timestamp requests that a router answers with host unreachable", At: "h1:eth0",
		Setup: []string{nft("r1", "forward", "ip daddr 203.0.113.14 reject with icmp type host-unreachable")},
		Tools: []string{"h1: nping --icmp --icmp-type timestamp -c 2 --delay 1100ms 203.0.113.14"}},
	{Name: "address-mask-answered", Doc: "address mask requests (RFC 950), answered", At: "h1:eth0",
		Cable: answering(responder{host: "h2", network: "ip4:icmp", address: "192.0.2.12", answer: mask}),
		Tools: []string{"h1: nping --icmp --icmp-type 17 -c 2 --delay 1100ms 192.0.2.12"}},
	{Name: "information-answered", Doc: "information requests, obsolete and yet answered", At: "h1:eth0",
		Cable: answering(responder{host: "h2", network: "ip4:icmp", address: "192.0.2.12", answer: inform}),
		Tools: []string{"h1: nping --icmp --icmp-type 15 -c 2 --delay 1100ms 192.0.2.12"}},
	{Name: "node-information-answered", Doc: "node information queries (RFC 4620) for a host's IPv6 addresses, answered", At: "h1:eth0", IPv6: true,
		Cable: answering(responder{host: "h2", network: "ip6:ipv6-icmp", address: "2001:db8:1::12", answer: nodeAddresses("2001:db8:1::12")}),
		Tools: []string{"h1: ping -6 -n -c 3 -i 0.1 -W 1 -N ipv6-all 2001:db8:1::12"}},
	{Name: "router-discovery", Doc: "a router solicitation of IPv4 (RFC 1256) to all routers, and the advertisement to all hosts that answers it", At: "h1:eth0",
		Cable: answering(responder{host: "r1", network: "ip4:icmp", address: "0.0.0.0", group: "224.0.0.2", answer: advertise("192.0.2.1")}),
		Tools: []string{"h1: nping --send-ip --icmp --icmp-type 10 -c 2 --delay 1100ms 224.0.0.2"}},
	{Name: "router-discovery6", Doc: "an interface comes up and solicits routers; one answers all nodes, and the host has its default route", At: "sw:h1", IPv6: true,
		Setup: []string{
			"h1: ip link set eth0 down",
			"h1: sysctl -q -w net.ipv6.conf.eth0.router_solicitations=1 net.ipv6.conf.eth0.router_solicitation_delay=0 net.ipv6.conf.eth0.accept_ra=1",
		},
		Cable: answering(responder{host: "r1", network: "ip6:ipv6-icmp", address: "fe80::c0ff:fe00:201%eth0", answer: advertise6}),
		Tools: []string{"h1: ip link set eth0 up"},
		Act:   defaultRoute},
}

// defaultRoute waits until a router has given h1 a default route, and prints it.
func defaultRoute(n *Net) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for {
		said, err := n.transcript(ctx, []string{"h1: ip -6 route show default"})
		if err != nil || strings.Contains(said, "proto ra") {
			return said, err
		}
		time.Sleep(linkPoll)
	}
}

// littleEndianStamps turns round the two stamps of the host in timestamp replies, in plain IPv4 without options.
func littleEndianStamps(frame []byte) []byte {
	const (
		ethernet, ipv4 = 14, 20
		message        = ethernet + ipv4
		receive        = message + 12
		length         = message + 20
		reply          = 14
	)
	if len(frame) < length || [2]byte(frame[12:]) != [2]byte{0x08, 0x00} || frame[ethernet] != 0x45 || frame[ethernet+9] != 1 || frame[message] != reply {
		return frame
	}
	out := slices.Clone(frame)
	for at := receive; at < length; at += 4 {
		slices.Reverse(out[at : at+4])
	}
	binary.BigEndian.PutUint16(out[message+2:], 0)
	binary.BigEndian.PutUint16(out[message+2:], internetChecksum(out[message:length]))
	return out
}
