package lab

import (
	"fmt"
	"net/netip"
	"strings"
)

// hostNames are the lab's hosts, left to right as in the package comment.
var hostNames = []string{"h1", "h2", "h3", "sw", "r1", "r2", "far"}

// A cable is a veth pair: an addressed interface on one side, and the other host's interface or switch port on the other.
type cable struct {
	from, to end
	mtu      int
}

// An end is one interface; a switch port has no addresses.
type end struct {
	host, dev string
	v4, v6    string // prefixes
}

var cables = []cable{
	{end{"h1", "eth0", "192.0.2.11/24", "2001:db8:1::11/64"}, end{host: "sw", dev: "h1"}, 1500},
	{end{"h2", "eth0", "192.0.2.12/24", "2001:db8:1::12/64"}, end{host: "sw", dev: "h2"}, 1500},
	{end{"h3", "eth0", "192.0.2.13/24", "2001:db8:1::13/64"}, end{host: "sw", dev: "h3"}, 1500},
	{end{"r1", "eth0", "192.0.2.1/24", "2001:db8:1::1/64"}, end{host: "sw", dev: "r1"}, 1500},
	{end{"r1", "eth1", "198.51.100.1/24", "2001:db8:2::1/64"}, end{"r2", "eth0", "198.51.100.2/24", "2001:db8:2::2/64"}, 1400},
	{end{"r2", "eth1", "203.0.113.1/24", "2001:db8:3::1/64"}, end{"far", "eth0", "203.0.113.14/24", "2001:db8:3::14/64"}, 1500},
}

// A route is "to PREFIX via GATEWAY" in ip's words.
type route struct{ host, prefix, via string }

// Gateways in IPv6 are link-local, as a router would announce them and as redirects need them (RFC 4861 §4.5).
var (
	routes4 = []route{
		{"h1", "default", "192.0.2.1"}, {"h2", "default", "192.0.2.1"}, {"h3", "default", "192.0.2.1"},
		{"r1", "203.0.113.0/24", "198.51.100.2"}, {"r2", "192.0.2.0/24", "198.51.100.1"}, {"far", "default", "203.0.113.1"},
	}
	routes6 = []route{
		{"h1", "::/0", "fe80::c0ff:fe00:201 dev eth0"}, {"h2", "::/0", "fe80::c0ff:fe00:201 dev eth0"}, {"h3", "::/0", "fe80::c0ff:fe00:201 dev eth0"},
		{"r1", "2001:db8:3::/64", "2001:db8:2::2"}, {"r2", "2001:db8:1::/64", "2001:db8:2::1"}, {"far", "::/0", "2001:db8:3::1"},
	}
)

// quiet makes captures repeatable: no address checks, no waiting for routers, no limits on ICMP errors, and nothing inherited from the machine.
var quiet = []string{
	"net.ipv6.conf.default.accept_dad=0",
	"net.ipv6.conf.default.accept_ra=0",
	"net.ipv6.conf.default.router_solicitations=0",
	"net.ipv6.conf.default.mldv1_unsolicited_report_interval=1",
	"net.ipv6.conf.default.mldv2_unsolicited_report_interval=1",
	"net.ipv6.icmp.ratelimit=0",
	"net.ipv4.icmp_ratelimit=0",
	"net.ipv4.conf.all.rp_filter=0",
	"net.ipv4.conf.default.rp_filter=0",
	"net.ipv4.conf.all.accept_redirects=1",
	"net.ipv4.conf.default.accept_redirects=1",
}

var (
	noIPv6     = []string{"net.ipv6.conf.default.disable_ipv6=1", "net.ipv6.conf.all.disable_ipv6=1"}
	forwarding = []string{"net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"}
)

// mac is the address of an interface, derived from its IPv4 address so that captures can be read without a table.
func (e end) mac() (string, error) {
	p, err := netip.ParsePrefix(e.v4)
	if err != nil {
		return "", fmt.Errorf("address of %s: %w", e.dev, err)
	}
	a := p.Addr().As4()
	return fmt.Sprintf("02:00:%02x:%02x:%02x:%02x", a[0], a[1], a[2], a[3]), nil
}

// script writes the `ip -batch` commands which, run on host, make its cables and addresses. Namespaces are named by path.
func script(host string, path func(host string) string, ipv6 bool) (string, error) {
	var b strings.Builder
	if host == "sw" {
		// No snooping: multicast, and so neighbour discovery, reaches every port.
		b.WriteString("link add br0 address 02:00:00:00:00:01 type bridge mcast_snooping 0\nlink set br0 up\n")
	}
	b.WriteString("link set lo up\n")
	for _, c := range cables {
		switch host {
		case c.from.host:
			mac, err := c.from.mac()
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&b, "link add %s address %s mtu %d type veth peer name %s mtu %d netns %s\n",
				c.from.dev, mac, c.mtu, c.to.dev, c.mtu, path(c.to.host))
			c.from.configure(&b, "", ipv6)
		case c.to.host:
			if c.to.v4 == "" {
				fmt.Fprintf(&b, "link set %s master br0\nlink set %s up\n", c.to.dev, c.to.dev)
				continue
			}
			mac, err := c.to.mac()
			if err != nil {
				return "", err
			}
			c.to.configure(&b, mac, ipv6)
		}
	}
	return b.String(), nil
}

func (e end) configure(b *strings.Builder, mac string, ipv6 bool) {
	if mac != "" {
		fmt.Fprintf(b, "link set %s address %s\n", e.dev, mac)
	}
	fmt.Fprintf(b, "addr add %s brd + dev %s\n", e.v4, e.dev)
	fmt.Fprintf(b, "link set %s up\n", e.dev)
	if ipv6 {
		fmt.Fprintf(b, "addr add %s dev %s nodad\n", e.v6, e.dev)
	}
}

func routeScript(host string, ipv6 bool) string {
	var b strings.Builder
	for _, r := range routes4 {
		if r.host == host {
			fmt.Fprintf(&b, "route add %s via %s\n", r.prefix, r.via)
		}
	}
	for _, r := range routes6 {
		if ipv6 && r.host == host {
			fmt.Fprintf(&b, "route add %s via %s\n", r.prefix, r.via)
		}
	}
	return b.String()
}
