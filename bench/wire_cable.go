package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"time"

	"golang.org/x/sys/unix"

	"github.com/icmpsniff/icmpsniff/lab"
)

// wire is a cable whose both ends are on one host of the lab, so that no other host answers what is sent on it.
type wire struct {
	host      *lab.Host
	near, far string // interfaces; frames are sent on near and heard on far
	socket    int
}

func newWire(h *lab.Host) (*wire, error) {
	w := &wire{host: h, near: "wire0", far: "wire1", socket: -1}
	for _, words := range [][]string{
		{"link", "add", w.near, "type", "veth", "peer", "name", w.far},
		{"link", "set", w.near, "up", "arp", "off"},
		{"link", "set", w.far, "up", "arp", "off"},
	} {
		if text, err := h.Command(context.Background(), "ip", words...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("ip %v: %w: %s", words, err, text)
		}
	}
	return w, h.Do(w.open)
}

// open makes a packet socket that bypasses the queue of the interface, which would drop what comes too fast and not say so.
func (w *wire) open() error {
	near, err := net.InterfaceByName(w.near)
	if err != nil {
		return err
	}
	// Protocol 0: it hears nothing.
	if w.socket, err = unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0); err != nil {
		return fmt.Errorf("packet socket: %w", err)
	}
	return errors.Join(
		unix.SetsockoptInt(w.socket, unix.SOL_PACKET, unix.PACKET_QDISC_BYPASS, 1),
		unix.Bind(w.socket, &unix.SockaddrLinklayer{Ifindex: near.Index}),
	)
}

func (w *wire) close() error { return unix.Close(w.socket) }

// behind is how far the sender may fall behind its rate and catch up: what the machine does to it longer than that is not made good by
// a burst, which would be another rate.
const behind = time.Millisecond

// send sends frames, each an echo request from a source of its own in 10.0.0.0/8 to a host that is not there, rate of them a second. It calls
// after, which may be nil, with how many were sent, and returns how many that were and how long it took.
func (w *wire) send(rate, frames int, after func(sent int) error) (sent int, took time.Duration, err error) {
	g := &generator{random: rand.New(rand.NewPCG(1, 2))} // of frames that are not written anywhere
	start := time.Now()
	each := time.Second / time.Duration(rate)
	due := start // of the next frame
	for ; sent < frames; due = due.Add(each) {
		now := time.Now()
		for now.Before(due) { // to sleep is to come back late, and on a busy machine very late
			now = time.Now()
		}
		if late := now.Add(-behind); due.Before(late) {
			due = late
		}
		n := g.echo(8, 10<<24|g.random.Uint32()>>8, 0xc0000263, uint16(sent), uint16(sent>>16)) // 192.0.2.99
		if err := w.put(g.frame[:n]); err != nil {
			return sent, time.Since(start), err
		}
		if after != nil {
			if err := after(sent + 1); err != nil {
				return sent, time.Since(start), err
			}
		}
		sent++
	}
	return sent, time.Since(start), nil
}

// put sends a frame, as often as it takes.
func (w *wire) put(frame []byte) error {
	for {
		_, err := unix.Write(w.socket, frame)
		if !errors.Is(err, unix.ENOBUFS) && !errors.Is(err, unix.EAGAIN) && !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}
