package lab

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"
)

// groups: broadcast and multicast, as destinations and as memberships. ping stops at the first reply to its last request, so pings of
// groups run for a time and not for a count: every responder is in the transcript too. Less than a second apart is for root only.
var groups = []Scenario{
	{Name: "ping-broadcast", Doc: "a broadcast ping; the other hosts and the router answer, ping marks all but the first as DUP!", At: "h1:eth0",
		Setup: answerBroadcasts,
		Tools: []string{"h1: ping -n -b -w 3 -i 1.2 192.0.2.255"}},
	{Name: "ping-broadcast-nobody", Doc: "a broadcast ping that everyone ignores, as is the default; no answer is not loss", At: "h1:eth0",
		Tools: []string{"h1: ping -n -b -w 3 -i 1.2 192.0.2.255"}},
	{Name: "ping-multicast", Doc: "all hosts, 224.0.0.1; the other hosts and the router answer", At: "h1:eth0",
		Setup: answerBroadcasts,
		Tools: []string{"h1: ping -n -w 3 -i 1.2 224.0.0.1"}},
	{Name: "ping6-multicast", Doc: "all nodes, ff02::1; everyone on the link answers, the asking host included", At: "h1:eth0", IPv6: true,
		Tools: []string{"h1: ping -6 -n -w 3 -i 1.2 ff02::1%eth0"}},
	{Name: "igmpv3", Doc: "a host joins two groups and leaves them", At: "h1:eth0",
		Setup: []string{"h1: sysctl -q -w net.ipv4.igmp_qrv=2", "h1: sysctl -q -w net.ipv4.conf.eth0.igmpv3_unsolicited_report_interval=200"},
		Act:   joinAndLeave(600*ms, "239.1.2.3", "239.1.2.4"), Linger: 600 * ms},
	{Name: "igmpv2", Doc: "a host joins two groups and leaves them, speaking version 2", At: "h1:eth0",
		Setup: []string{"h1: sysctl -q -w net.ipv4.conf.eth0.force_igmp_version=2", "h1: sysctl -q -w net.ipv4.conf.eth0.igmpv2_unsolicited_report_interval=200"},
		Act:   joinAndLeave(600*ms, "239.1.2.3", "239.1.2.4"), Linger: 600 * ms},
	{Name: "igmp-querier", Doc: "the switch asks who listens, by IGMP and by MLD; a member reports", At: "h1:eth0", IPv6: true,
		Setup: []string{
			"sw: sysctl -q -w net.ipv6.conf.br0.disable_ipv6=0",
			"sw: ip link set br0 type bridge mcast_snooping 1 mcast_querier 1 mcast_igmp_version 3 mcast_mld_version 2" +
				" mcast_startup_query_interval 100 mcast_query_interval 100 mcast_query_response_interval 20",
		},
		Act: joinAndLeave(2500*ms, "239.1.2.3", "ff05::1:3"), Linger: 1500 * ms},
	{Name: "mld", Doc: "a host joins two IPv6 groups and leaves them (MLDv2)", At: "h1:eth0", IPv6: true,
		Act: joinAndLeave(600*ms, "ff05::1:3", "ff05::1:4"), Linger: 300 * ms},
	{Name: "mldv1", Doc: "a host joins two IPv6 groups and leaves them, speaking version 1", At: "h1:eth0", IPv6: true,
		Setup: []string{"h1: sysctl -q -w net.ipv6.conf.eth0.force_mld_version=1"},
		Act:   joinAndLeave(600*ms, "ff05::1:3", "ff05::1:4"), Linger: 300 * ms},
}

var answerBroadcasts = []string{
	"h2: sysctl -q -w net.ipv4.icmp_echo_ignore_broadcasts=0",
	"h3: sysctl -q -w net.ipv4.icmp_echo_ignore_broadcasts=0",
	"r1: sysctl -q -w net.ipv4.icmp_echo_ignore_broadcasts=0",
}

// joinAndLeave has h1 receive groups, as a program would, for a moment: longer than unsolicited reports take, which hosts spread at random.
func joinAndLeave(membership time.Duration, groups ...string) func(n *Net) (string, error) {
	return func(n *Net) (string, error) {
		var said strings.Builder
		var leaves []func() error
		for _, g := range groups {
			leave, err := n.Host("h1").Join(netip.MustParseAddr(g))
			if err != nil {
				return said.String(), err
			}
			leaves = append(leaves, leave)
			fmt.Fprintf(&said, "$ join %s\n", g)
		}
		time.Sleep(membership)
		var errs []error
		for i, leave := range leaves {
			errs = append(errs, leave())
			fmt.Fprintf(&said, "$ leave %s\n", groups[i])
		}
		return said.String(), errors.Join(errs...)
	}
}
