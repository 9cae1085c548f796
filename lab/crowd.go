package lab

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// crowdNames are the hosts of a crowd, beside those of the package comment: c1 to c12 on the switch, with the addresses
// 192.0.2.101 to .112, and 2001:db8:1::101 to ::112 where they boot with IPv6.
var crowdNames = []string{"c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12"}

// crowd puts a crowd onto the switch, its interfaces down.
func (n *Net) crowd(options Options) error {
	ctx, cancel := context.WithTimeout(context.Background(), buildTimeout)
	defer cancel()
	var ports strings.Builder
	for i, name := range crowdNames {
		ns, err := newNamespace(name)
		if err != nil {
			return fmt.Errorf("namespace of %s: %w", name, err)
		}
		h := &Host{name: name, ns: ns}
		n.hosts[name] = h
		if err := h.tune(name, options); err != nil {
			return err
		}
		address := end{v4: fmt.Sprintf("192.0.2.%d/24", 101+i)}
		mac, err := address.mac()
		if err != nil {
			return err
		}
		if err := h.ip(ctx, fmt.Sprintf("link set lo up\nlink add eth0 address %s type veth peer name %s netns %s\naddr add %s brd + dev eth0\n",
			mac, name, n.Host("sw").ns.path(), address.v4)); err != nil {
			return err
		}
		fmt.Fprintf(&ports, "link set %s master br0\nlink set %s up\n", name, name)
	}
	return n.Host("sw").ip(ctx, ports.String())
}

// awake has a crowd come up before the capture begins, with kernel parameters.
func awake(settings ...string) Cable {
	return Cable{Lay: func(n *Net) error {
		_, err := boot(false, settings...)(n)
		return err
	}}
}

// boot brings the interfaces of a crowd up, all at once, as after a power cut, after setting kernel parameters.
func boot(ipv6 bool, settings ...string) func(*Net) (string, error) {
	return func(n *Net) (string, error) {
		ctx, cancel := context.WithTimeout(context.Background(), buildTimeout)
		defer cancel()
		err := n.everyone(func(i int, h *Host) error {
			for _, s := range settings {
				key, value, _ := strings.Cut(s, "=")
				if err := h.Sysctl(key, value); err != nil {
					return err
				}
			}
			script := "link set eth0 up\nroute add default via 192.0.2.1\n"
			if ipv6 {
				script += fmt.Sprintf("addr add 2001:db8:1::%d/64 dev eth0\n", 101+i)
			}
			return h.ip(ctx, script)
		})
		return "$ boot c1 to c12\n", errors.Join(err, n.awaitLinksOf(ctx, crowdNames))
	}
}

// together has everyone in a crowd run a command at the same time. What it prints is forgotten.
func together(name string, args ...string) func(*Net) (string, error) {
	return func(n *Net) (string, error) {
		ctx, cancel := context.WithTimeout(context.Background(), buildTimeout)
		defer cancel()
		err := n.everyone(func(_ int, h *Host) error {
			cmd := h.Command(ctx, name, args...)
			if err := cmd.Start(); err != nil {
				return err
			}
			_ = cmd.Wait() // its status tells of answers, and none is one, too
			return nil
		})
		return fmt.Sprintf("$ %s %s  # on each of c1 to c12\n", name, strings.Join(args, " ")), err
	}
}

// everyone calls f for every host of a crowd at the same time.
func (n *Net) everyone(f func(i int, h *Host) error) error {
	errs := make([]error, len(crowdNames))
	var all sync.WaitGroup
	for i, name := range crowdNames {
		all.Go(func() {
			if err := f(i, n.Host(name)); err != nil {
				errs[i] = fmt.Errorf("%s: %w", name, err)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
