package lab

import (
	"context"
	"fmt"
	"time"
)

// Line replaces the switch between h1 and h2 by a cable of our own, from h1's port to h2's: the only hosts that then meet.
// there shapes what h1 sends, back what h2 sends; nil passes everything at once.
func (n *Net) Line(there, back Shape) error {
	if err := n.unplug(""); err != nil {
		return err
	}
	return n.join("h1", "h2", there, back, true)
}

// Trunk puts a cable between h1 and h2 on which every frame is wrapped, and from which the hosts get them unwrapped.
// Its two ends are sw's interfaces trunk0 (towards h1) and trunk1 (towards h2); that is where to capture. Behind trunk1, there shapes
// what h1 sent and back what h2 sends; nil passes everything at once.
func (n *Net) Trunk(e Encapsulation, there, back Shape) error {
	if err := n.unplug("link add trunk0 type veth peer name trunk1\nlink set trunk0 up\nlink set trunk1 up\n"); err != nil {
		return err
	}
	push, pop := transform(e.Push), transform(e.Pop)
	if err := n.join("h1", "trunk0", push, pop, false); err != nil {
		return err
	}
	return n.join("trunk1", "h2", pop.then(there), back.then(push), there != nil || back != nil)
}

// unplug takes the ports of h1 and h2 out of the bridge.
func (n *Net) unplug(andThen string) error {
	ctx, cancel := context.WithTimeout(context.Background(), buildTimeout)
	defer cancel()
	return n.Host("sw").ip(ctx, "link set h1 nomaster\nlink set h2 nomaster\n"+andThen)
}

// A line carries frames between two of sw's interfaces, both ways.
type line struct {
	a, b *packetSocket
	account
}

// join makes a line between two of sw's interfaces. If accounted, the transcript will say what it did.
func (n *Net) join(a, b string, there, back Shape, accounted bool) error {
	sw := n.Host("sw")
	sa, err := openPacketSocket(sw, a)
	if err != nil {
		return err
	}
	sb, err := openPacketSocket(sw, b)
	if err != nil {
		_ = sa.file.Close()
		return err
	}
	l := &line{a: sa, b: sb, account: account{title: fmt.Sprintf("cable from %s to %s  # on sw", a, b)}}
	n.lines = append(n.lines, l)
	if accounted {
		n.accounts = append(n.accounts, &l.account)
	}
	go l.carry(l.a, l.b, there)
	go l.carry(l.b, l.a, back)
	return nil
}

// carry runs until its source is closed. A frame that cannot be sent is lost, as on any cable.
func (l *line) carry(from, to *packetSocket, shape Shape) {
	for {
		frame, err := from.read()
		if err != nil {
			return
		}
		leaving := shape.of(frame)
		p := l.came(frame, leaving, time.Now())
		for _, d := range leaving {
			leave := func() { l.leave(p, func() error { return to.write(d.Frame) }) }
			if d.After == 0 {
				leave()
				continue
			}
			time.AfterFunc(d.After, leave)
		}
	}
}

// Close ends both directions.
func (l *line) Close() error {
	_ = l.a.file.Close()
	return l.b.file.Close()
}
