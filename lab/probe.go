package lab

import (
	"fmt"
	"net"
	"strings"
	"time"

	"golang.org/x/net/icmp"
	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// probeInterfaces has h1 ask h2 about interfaces by extended echo (RFC 8335), which no common tool sends, and prints what came back.
func probeInterfaces(n *Net) (string, error) {
	var said strings.Builder
	for _, ask := range []struct {
		network, from, to string
		kind              icmp.Type
	}{
		{"ip4:icmp", "192.0.2.11", "192.0.2.12", ipv4.ICMPTypeExtendedEchoRequest},
		{"ip6:ipv6-icmp", "2001:db8:1::11", "2001:db8:1::12", ipv6.ICMPTypeExtendedEchoRequest},
	} {
		for seq, name := range []string{"eth0", "eth9"} {
			fmt.Fprintf(&said, "$ probe -i %s -s %d %s\n", name, seq+1, ask.to)
			code, err := probe(n.Host("h1"), ask.network, ask.from, ask.to, &icmp.Message{Type: ask.kind, Body: &icmp.ExtendedEchoRequest{
				ID: 42, Seq: seq + 1, Local: true,
				Extensions: []icmp.Extension{&icmp.InterfaceIdent{Class: 3, Type: 1, Name: name}},
			}})
			if err != nil {
				return said.String(), fmt.Errorf("probe %s of %s: %w", name, ask.to, err)
			}
			fmt.Fprintf(&said, "reply from %s: seq=%d code=%d\n", ask.to, seq+1, code)
		}
	}
	return said.String(), nil
}

// probe sends one request and returns the code of the extended echo reply.
func probe(h *Host, network, from, to string, request *icmp.Message) (code int, err error) {
	var conn *icmp.PacketConn
	if err := h.Do(func() (err error) { conn, err = icmp.ListenPacket(network, from); return err }); err != nil {
		return 0, err
	}
	defer conn.Close()
	packet, err := request.Marshal(nil)
	if err != nil {
		return 0, err
	}
	if _, err := conn.WriteTo(packet, &net.IPAddr{IP: net.ParseIP(to)}); err != nil {
		return 0, err
	}
	if err := conn.SetReadDeadline(time.Now().Add(2 * time.Second)); err != nil {
		return 0, err
	}
	for buffer := make([]byte, 1500); ; {
		size, _, err := conn.ReadFrom(buffer)
		if err != nil {
			return 0, err
		}
		reply, err := icmp.ParseMessage(request.Type.Protocol(), buffer[:size])
		if err != nil {
			return 0, err
		}
		if reply.Type == ipv4.ICMPTypeExtendedEchoReply || reply.Type == ipv6.ICMPTypeExtendedEchoReply {
			return reply.Code, nil
		}
	}
}
