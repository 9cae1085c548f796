package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

const (
	buildTimeout = 30 * time.Second // of a network, which takes 0.2 to 1.5 s
	linkPoll     = 10 * time.Millisecond
)

// Options choose between the kinds of lab.
type Options struct {
	// IPv6 gives every host an IPv6 address too. Without it IPv6 is off, and captures are free of its housekeeping.
	IPv6 bool
}

// A Net is the network of the package comment, up and running. Its methods may not be called after Close.
type Net struct {
	hosts    map[string]*Host
	lines    []io.Closer // cables of our own, closed before the namespaces they are in
	accounts []*account  // of those whose deeds belong in the transcript
	ipv6     bool
}

// New builds a network, or says what failed; then nothing of it is left. Close it.
func New(options Options) (*Net, error) {
	n := &Net{hosts: make(map[string]*Host), ipv6: options.IPv6}
	if err := n.build(options); err != nil {
		return nil, errors.Join(fmt.Errorf("build lab: %w", err), n.Close())
	}
	return n, nil
}

func (n *Net) build(options Options) error {
	ctx, cancel := context.WithTimeout(context.Background(), buildTimeout)
	defer cancel()
	for _, name := range hostNames {
		ns, err := newNamespace(name)
		if err != nil {
			return fmt.Errorf("namespace of %s: %w", name, err)
		}
		n.hosts[name] = &Host{name: name, ns: ns}
	}
	for _, name := range hostNames {
		if err := n.hosts[name].tune(name, options); err != nil {
			return err
		}
	}
	path := func(host string) string { return n.hosts[host].ns.path() }
	// The switch comes last: each host brings the cable that leads to it.
	for _, name := range []string{"h1", "h2", "h3", "r1", "r2", "far", "sw"} {
		text, err := script(name, path, options.IPv6)
		if err != nil {
			return err
		}
		if err := n.hosts[name].ip(ctx, text+routeScript(name, options.IPv6)); err != nil {
			return err
		}
	}
	return n.awaitLinks(ctx)
}

// awaitLinks waits until every interface is running: the kernel looks at new links only now and then, and a bridge
// forwards nothing through a port before that.
func (n *Net) awaitLinks(ctx context.Context) error {
	for _, name := range hostNames {
		for {
			var down string
			err := n.hosts[name].Do(func() error {
				interfaces, err := net.Interfaces()
				for _, i := range interfaces {
					if i.Flags&net.FlagUp != 0 && i.Flags&net.FlagRunning == 0 {
						down = i.Name
					}
				}
				return err
			})
			if err != nil {
				return err
			}
			if down == "" {
				break
			}
			select {
			case <-time.After(linkPoll):
			case <-ctx.Done():
				return fmt.Errorf("interface %s of %s never came up: %w", down, name, ctx.Err())
			}
		}
	}
	return nil
}

func (h *Host) tune(name string, options Options) error {
	settings := quiet
	if name == "r1" || name == "r2" {
		settings = append(append([]string{}, forwarding...), settings...)
	}
	if !options.IPv6 || name == "sw" {
		settings = append(append([]string{}, settings...), noIPv6...)
	}
	for _, s := range settings {
		key, value, _ := strings.Cut(s, "=")
		if err := h.Sysctl(key, value); err != nil {
			return err
		}
	}
	return nil
}

// Host returns one of h1, h2, h3, sw, r1, r2, far. Any other name is a mistake in the calling program, and panics.
func (n *Net) Host(name string) *Host {
	h := n.hosts[name]
	if h == nil {
		panic(fmt.Sprintf("lab: no host %q", name))
	}
	return h
}

// Close kills what still runs on the hosts and lets go of everything. It may be called twice.
func (n *Net) Close() error {
	var errs []error
	for _, l := range n.lines {
		errs = append(errs, l.Close())
	}
	for _, h := range n.hosts {
		errs = append(errs, h.ns.close())
	}
	n.lines, n.hosts = nil, nil
	return errors.Join(errs...)
}
