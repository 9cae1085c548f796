package lab

import (
	"encoding/binary"
	"errors"
	"net"
	"net/netip"

	"golang.org/x/net/icmp"
	"golang.org/x/net/ipv4"
)

// A responder answers the ICMP questions that Linux leaves unanswered, on one of the hosts.
type responder struct {
	host, network, address string // as icmp.ListenPacket has the last two; a link-local address with its zone
	group                  string // of IPv4, to hear too, or ""
	// answer returns the reply to a message and whom it goes to, or nil; its checksum is filled in. request is not kept.
	answer func(request []byte, from net.Addr) (reply []byte, to net.Addr)
}

// answering lets responders answer for as long as the network is there.
func answering(responders ...responder) Cable {
	return Cable{Lay: func(n *Net) error {
		for _, r := range responders {
			if err := n.respond(r); err != nil {
				return err
			}
		}
		return nil
	}}
}

func (n *Net) respond(r responder) error {
	return n.Host(r.host).Do(func() error {
		conn, err := icmp.ListenPacket(r.network, r.address)
		if err != nil {
			return err
		}
		n.lines = append(n.lines, conn)
		if p := conn.IPv6PacketConn(); p != nil {
			err = p.SetMulticastHopLimit(255) // RFC 4861 §6.1.2
		} else if r.group != "" {
			err = join(conn.IPv4PacketConn(), net.ParseIP(r.group))
		}
		go r.serve(conn)
		return err
	})
}

// join makes a connection hear a group on eth0, and speak to groups there.
func join(conn *ipv4.PacketConn, group net.IP) error {
	eth0, err := net.InterfaceByName("eth0")
	if err != nil {
		return err
	}
	return errors.Join(conn.JoinGroup(eth0, &net.IPAddr{IP: group}), conn.SetMulticastInterface(eth0))
}

// serve runs until its connection is closed.
func (r responder) serve(conn *icmp.PacketConn) {
	for buffer := make([]byte, 1500); ; {
		size, from, err := conn.ReadFrom(buffer)
		if err != nil {
			return
		}
		reply, to := r.answer(buffer[:size], from)
		if reply == nil {
			continue
		}
		if conn.IPv4PacketConn() != nil { // the kernel fills in that of ICMPv6
			binary.BigEndian.PutUint16(reply[2:], internetChecksum(reply))
		}
		_, _ = conn.WriteTo(reply, to) // a reply that cannot be sent is lost, as on any host
	}
}

// replyTo returns a copy of a request as a reply of another type with more bytes at its end, and nil for other messages.
func replyTo(request []byte, asks, answers byte, keep int, more ...byte) []byte {
	if len(request) < keep || request[0] != asks {
		return nil
	}
	reply := append([]byte{answers, 0, 0, 0}, request[4:keep]...)
	return append(reply, more...)
}

// Types of messages, ICMP's and ICMPv6's.
const (
	routerAdvertisement, routerSolicitation   = 9, 10
	informationRequest, informationReply      = 15, 16
	maskRequest, maskReply                    = 17, 18
	routerSolicitation6, routerAdvertisement6 = 133, 134
	nodeQuery, nodeResponse                   = 139, 140
)

// inform answers information requests (RFC 792), which give nothing but the identifier and sequence number back.
func inform(request []byte, from net.Addr) ([]byte, net.Addr) {
	return replyTo(request, informationRequest, informationReply, 8), from
}

// mask answers address mask requests (RFC 950) with 255.255.255.0.
func mask(request []byte, from net.Addr) ([]byte, net.Addr) {
	return replyTo(request, maskRequest, maskReply, 8, 255, 255, 255, 0), from
}

// nodeAddresses answers a query for a node's IPv6 addresses (RFC 4620 §6.3) with one: its time to live, 0, goes before it.
func nodeAddresses(address string) func(request []byte, from net.Addr) ([]byte, net.Addr) {
	return func(request []byte, from net.Addr) ([]byte, net.Addr) {
		const header = 16 // with the nonce
		entry := append(make([]byte, 4), netip.MustParseAddr(address).AsSlice()...)
		return replyTo(request, nodeQuery, nodeResponse, header, entry...), from
	}
}

// advertise answers router solicitations (RFC 1256) with an advertisement of one address to all hosts.
func advertise(address string) func(request []byte, from net.Addr) ([]byte, net.Addr) {
	return func(request []byte, _ net.Addr) ([]byte, net.Addr) {
		const addresses, words, lifetime = 1, 2, 60
		reply := replyTo(request, routerSolicitation, routerAdvertisement, 4, addresses, words, 0, lifetime)
		if reply == nil {
			return nil, nil
		}
		reply = append(reply, netip.MustParseAddr(address).AsSlice()...)
		return append(reply, 0, 0, 0, 0), &net.IPAddr{IP: net.IPv4allsys} // preference 0
	}
}

// advertise6 answers router solicitations (RFC 4861 §4.1) with an advertisement to all nodes: hop limit 64, router for 60 s.
func advertise6(request []byte, from net.Addr) ([]byte, net.Addr) {
	const hopLimit, lifetime = 64, 60
	times := make([]byte, 8) // reachable and retransmission time: not said
	return replyTo(request, routerSolicitation6, routerAdvertisement6, 4, append([]byte{hopLimit, 0, 0, lifetime}, times...)...),
		&net.IPAddr{IP: net.IPv6linklocalallnodes, Zone: from.(*net.IPAddr).Zone}
}
