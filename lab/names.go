package lab

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// names are what the lab's name server knows; all else does not exist. They are of RFC 2606's domain for examples.
var names = map[string][4]byte{
	"h2.example.":  {192, 0, 2, 12},
	"r1.example.":  {192, 0, 2, 1},
	"far.example.": {203, 0, 113, 14},
}

// nameServer answers questions for IPv4 addresses on a host (RFC 1035), over UDP.
func nameServer(host string) Cable {
	return Cable{Lay: func(n *Net) error {
		return n.Host(host).Do(func() error {
			conn, err := net.ListenUDP("udp4", &net.UDPAddr{Port: 53})
			if err != nil {
				return err
			}
			n.lines = append(n.lines, conn)
			go serveNames(conn)
			return nil
		})
	}}
}

// serveNames runs until its connection is closed.
func serveNames(conn *net.UDPConn) {
	for buffer := make([]byte, 512); ; { // the most that a query over UDP has (RFC 1035 §2.3.4)
		size, from, err := conn.ReadFromUDP(buffer)
		if err != nil {
			return
		}
		if reply, err := answerName(buffer[:size]); err == nil {
			_, _ = conn.WriteToUDP(reply, from) // a reply that cannot be sent is lost, as on any host
		}
	}
}

// answerName answers a query with one question for an address.
func answerName(query []byte) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(query); err != nil {
		return nil, err
	}
	if len(m.Questions) != 1 {
		return nil, errors.New("a query without a question, or with several")
	}
	m.Response, m.Authoritative = true, true
	q := m.Questions[0]
	address, known := names[q.Name.String()]
	switch {
	case !known:
		m.RCode = dnsmessage.RCodeNameError
	case q.Type == dnsmessage.TypeA:
		m.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 60},
			Body:   &dnsmessage.AResource{A: address},
		}}
	}
	return m.Pack()
}

// lookUp has h1 ask a name server for the address of a name, and returns the answer as a transcript has it.
func lookUp(n *Net, server, name string) (said string, err error) {
	var conn *net.UDPConn
	err = n.Host("h1").Do(func() (err error) {
		conn, err = net.DialUDP("udp4", nil, &net.UDPAddr{IP: net.ParseIP(server), Port: 53})
		return err
	})
	if err != nil {
		return "", err
	}
	defer conn.Close()
	asked, err := dnsmessage.NewName(name)
	if err != nil {
		return "", err
	}
	query := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: 0x1d5, RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: asked, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET}},
	}
	packet, err := query.Pack()
	if err != nil {
		return "", err
	}
	if _, err := conn.Write(packet); err != nil {
		return "", err
	}
	if err := conn.SetReadDeadline(time.Now().Add(2 * time.Second)); err != nil {
		return "", err
	}
	buffer := make([]byte, 512)
	size, err := conn.Read(buffer)
	if err != nil {
		return "", err
	}
	var reply dnsmessage.Message
	if err := reply.Unpack(buffer[:size]); err != nil {
		return "", err
	}
	said = fmt.Sprintf("$ lookup %s at %s\n", name, server)
	if reply.RCode != dnsmessage.RCodeSuccess {
		said += "no such name\n"
	}
	for _, a := range reply.Answers {
		if body, ok := a.Body.(*dnsmessage.AResource); ok {
			said += fmt.Sprintf("%s has address %s\n", name, net.IP(body.A[:]))
		}
	}
	return said, nil
}

// byName has h1 look a name up and then ping the address that it knows to be that name's.
func byName(name, address string) func(n *Net) (string, error) {
	return func(n *Net) (string, error) {
		said, err := lookUp(n, "192.0.2.12", name)
		if err != nil {
			return said, fmt.Errorf("look up %s: %w", name, err)
		}
		if address == "" {
			return said, nil
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		pinged, err := n.transcript(ctx, []string{"h1: ping -n -c 4 -i 0.05 " + address})
		return said + pinged, err
	}
}
