package lab

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Splice replaces the cable between r2 and far by one of ours, which goes through sw's interfaces r2 and far: what is disturbed
// there, every host and both routers see. there shapes what r2 sends, back what far sends; nil passes everything at once.
func (n *Net) Splice(there, back Shape) error {
	ctx, cancel := context.WithTimeout(context.Background(), buildTimeout)
	defer cancel()
	cable := cables[len(cables)-1]
	err := n.Host("far").ip(ctx, "link set "+cable.to.dev+" netns "+n.Host("sw").ns.path()+" name r2\n")
	if err != nil {
		return err
	}
	err = errors.Join(
		n.Host("sw").ip(ctx, "link set r2 up\n"),
		n.plug(ctx, cable.to, "far", cable.mtu),
		n.Host("far").ip(ctx, routeScript("far", n.ipv6)),
		n.awaitLinks(ctx),
	)
	if err != nil {
		return err
	}
	return n.join("r2", "far", there, back, true)
}

// A second path between the routers has addresses for tests of networks (RFC 2544 §C.2.2), as those for documents are taken.
var (
	secondLeft  = end{"r1", "eth2", "198.18.0.1/24", "2001:db8:4::1/64"}
	secondRight = end{"r2", "eth2", "198.18.0.2/24", "2001:db8:4::2/64"}
)

// SecondPath joins r1 and r2 by a cable of ours beside their own, eth2 on both. there shapes what r1 sends over it, back what r2
// sends. Which packets take it is for the routers' routes to say, so that there is no account of it.
func (n *Net) SecondPath(there, back Shape) error {
	ctx, cancel := context.WithTimeout(context.Background(), buildTimeout)
	defer cancel()
	err := errors.Join(
		n.plug(ctx, secondLeft, "r1b", 1500),
		n.plug(ctx, secondRight, "r2b", 1500),
		n.awaitLinks(ctx),
	)
	if err != nil {
		return err
	}
	return n.join("r1b", "r2b", there, back, false)
}

// plug adds an interface to a host, and an interface of sw at the other end of its cable.
func (n *Net) plug(ctx context.Context, e end, port string, mtu int) error {
	mac, err := e.mac()
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "link add %s address %s mtu %d type veth peer name %s mtu %d netns %s\n",
		e.dev, mac, mtu, port, mtu, n.Host("sw").ns.path())
	e.configure(&b, "", n.ipv6)
	if err := n.Host(e.host).ip(ctx, b.String()); err != nil {
		return err
	}
	return n.Host("sw").ip(ctx, "link set "+port+" up\n")
}
