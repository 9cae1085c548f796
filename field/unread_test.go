package field

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// bytesIn returns the bytes of hexadecimal digits.
func bytesIn(digits string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(digits, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// inEthernet returns a frame with an EtherType, or a length, and a payload.
func inEthernet(t uint16, payload []byte) []byte {
	return append(binary.BigEndian.AppendUint16(bytesIn("020000000002 020000000001"), t), payload...)
}

// inIPv4 returns a frame with an IPv4 datagram.
func inIPv4(protocol byte, payload []byte) []byte {
	h := bytesIn("45 00 0000 0001 0000 40 00 0000 0a000001 0a000002")
	binary.BigEndian.PutUint16(h[2:], uint16(20+len(payload)))
	h[9] = protocol
	return inEthernet(0x0800, append(h, payload...))
}

// inUDP returns a frame with a UDP datagram.
func inUDP(from, to uint16, payload string) []byte {
	b := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, from), to)
	b = binary.BigEndian.AppendUint16(b, uint16(8+len(payload)))
	return inIPv4(17, append(append(b, 0, 0), payload...))
}

// inTCP returns a frame with a TCP segment.
func inTCP(from, to uint16, seq uint32, flags byte, payload string) []byte {
	b := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, from), to)
	b = append(binary.BigEndian.AppendUint32(b, seq), 0, 0, 0, 1, 0x50, flags, 4, 0, 0, 0, 0, 0)
	return inIPv4(6, append(b, payload...))
}

// TestUnread pins what Wireshark has a dissector for, and what it calls data: the answers are tshark's.
func TestUnread(t *testing.T) {
	const text = "abcdefghijklmnopqrstuvwabcdefghi" // what no dissector takes for its own
	tests := []struct {
		name, protocols, length string
		frame                   []byte
	}{
		{"EtherType without a dissector", "eth:ethertype:data", "32", inEthernet(0x1234, []byte(text))},
		{"EtherType with one", "eth:ethertype:lldp", "", inEthernet(0x88cc, []byte(text))},
		{"PPP is no EtherType outside GRE", "eth:ethertype:data", "32", inEthernet(0x880b, []byte(text))},
		{"a VLAN tag is no protocol of GRE", "eth:ethertype:ip:gre:data", "32", inIPv4(47, append(bytesIn("0000 8100"), text...))},
		{"CDP is one", "eth:ethertype:ip:gre:cdp", "", inIPv4(47, append(bytesIn("0000 2000"), text...))},
		{"802.2 of spanning tree", "eth:llc:stp", "", inEthernet(35, append(bytesIn("42 42 03"), text...))},
		{"802.2 of nobody", "eth:llc:data", "32", inEthernet(35, append(bytesIn("0a 0a 03"), text...))},
		{"802.2 of IS-IS", "eth:llc:osi:isis:isis.lsp", "", inEthernet(11, bytesIn("fe fe 03 83 1b 01 00 14 01 00 00"))},
		{"SNAP of Cisco", "eth:llc:cdp", "", inEthernet(40, append(bytesIn("aa aa 03 00000c 2000"), text...))},
		{"SNAP of Cisco, unknown", "eth:llc:data", "32", inEthernet(40, append(bytesIn("aa aa 03 00000c 9999"), text...))},
		{"IPX without 802.2", "eth:ipx", "", inEthernet(34, append(bytesIn("ffff"), text...))},
		{"configuration test", "eth:ethertype:loop:data", "4", inEthernet(0x9000, bytesIn("0000 0100 0700 61626364"))},
		{"configuration test, forwarded", "eth:ethertype:loop:data", "2", inEthernet(0x9000, bytesIn("0000 0200 020000000003 0100 0700 6162"))},
		{"IPv4 by its nibble in IPv6", "eth:ethertype:data", "32", inEthernet(0x86dd, append([]byte("E"), text[1:]...))},
		{"protocol of IP without a dissector", "eth:ethertype:ip:data", "32", inIPv4(99, []byte(text))},
		{"protocol of IP with one", "eth:ethertype:ip:ospf", "", inIPv4(89, []byte(text))},

		{"port of nobody", "eth:ethertype:ip:udp:data", "32", inUDP(40000, 33434, text)},
		{"port with a dissector", "eth:ethertype:ip:udp:ntp", "", inUDP(40000, 123, text)},
		{"the other port has one", "eth:ethertype:ip:udp:ntp", "", inUDP(123, 33434, text)},
		{"port whose dissector refuses", "eth:ethertype:ip:udp:data", "32", inUDP(40000, 161, text)},
		{"port whose dissector accepts", "eth:ethertype:ip:udp:snmp", "", inUDP(40000, 161, "\x30\x1e"+text)},
		{"a range of ports", "eth:ethertype:ip:tcp:x11", "", inTCP(40000, 6005, 1, 0x18, text)},
		{"the port after the range", "eth:ethertype:ip:tcp:data", "32", inTCP(40000, 6064, 1, 0x18, text)},
		{"STUN on any port", "eth:ethertype:ip:udp:stun", "", inUDP(40000, 40001, "\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl")},
		{"nearly STUN", "eth:ethertype:ip:udp:data", "20", inUDP(40000, 40001, "\x00\x01\x00\x04\x21\x12\xa4\x42abcdefghijkl")},
		{"RTCP on any port", "eth:ethertype:ip:udp:rtcp", "", inUDP(40000, 40001, "\x80\xc9\x00\x01\x00\x00\x00\x01")},
		{"nearly RTCP", "eth:ethertype:ip:udp:data", "8", inUDP(40000, 40001, "\x80\xca\x00\x01\x00\x00\x00\x01")},
		{"TLS on any port", "eth:ethertype:ip:tcp:tls", "", inTCP(40000, 40001, 1, 0x18, "\x15\x03\x03\x00\x02\x02\x28")},
		{"half a record of TLS", "eth:ethertype:ip:tcp", "", inTCP(40000, 40001, 1, 0x18, "\x16\x03\x01\x04\x00abc")},
		{"no TLS on its port", "eth:ethertype:ip:tcp:data", "32", inTCP(40000, 443, 1, 0x18, text)},
		{"HTTP on any port", "eth:ethertype:ip:tcp:http", "", inTCP(40000, 40001, 1, 0x18, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")},
		{"ESP in UDP", "eth:ethertype:ip:udp:udpencap:esp", "", inUDP(4500, 4500, text)},
		{"IKE in UDP", "eth:ethertype:ip:udp:udpencap:isakmp", "", inUDP(4500, 4500, "\x00\x00\x00\x00"+text)},

		{"unassigned ICMP", "eth:ethertype:ip:icmp", "", inIPv4(1, append(bytesIn("2c 00 0000 00000000"), text...))},
		{"fragment", "eth:ethertype:ip:data", "8", inEthernet(0x0800, bytesIn("45 00 001c 0001 2000 40 11 0000 0a000001 0a000002 6162636465666768"))},
		{"ping whose payload is a time", "eth:ethertype:ip:icmp", "", inIPv4(1, bytesIn("08 00 0000 0001 0001 6553f100 00000000"))},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := subjectOf(test.frame)
			if got := textsOf(t, s, "frame.protocols"); got != test.protocols {
				t.Errorf("frame.protocols is %s, want %s", got, test.protocols)
			}
			if got := textsOf(t, s, "data.len"); got != test.length {
				t.Errorf("data.len is %q, want %q", got, test.length)
			}
			if f, _ := Lookup("data"); (len(f.Values(s, nil)) > 0) != (test.length != "") {
				t.Errorf("data is there: %v, want %v", test.length == "", test.length != "")
			}
		})
	}
}

// TestStreams protects what a segment is taken for by those before it: bytes seen before are not looked into again, and a conversation
// goes on as it began.
func TestStreams(t *testing.T) {
	const syn, push, a, b = 0x02, 0x18, 40000, 7777
	text := strings.Repeat("x", 40)
	back := func(frame []byte) []byte { // from the other host
		copy(frame[26:], bytesIn("0a000002 0a000001"))
		return frame
	}
	quoting := func(frame []byte) []byte { return inIPv4(1, append(bytesIn("03 01 0000 00000000"), frame[14:]...)) }
	gquic := "\x0d\x48\x4a\x3d\x55\xc4\x39\xcd\x13Q050" + text
	for _, test := range []struct {
		name   string
		frames [][]byte
		want   string // whether each has data
	}{
		{"in order", [][]byte{inTCP(a, b, 1000, push, text), inTCP(a, b, 1040, push, text)}, "yes yes"},
		{"sent again", [][]byte{inTCP(a, b, 1000, push, text), inTCP(a, b, 1000, push, text)}, "yes no"},
		{"partly new", [][]byte{inTCP(a, b, 1000, push, text), inTCP(a, b, 1020, push, text), inTCP(a, b, 1060, push, text)}, "yes no yes"},
		{"a gap, filled late", [][]byte{inTCP(a, b, 1000, push, text), inTCP(a, b, 1080, push, text), inTCP(a, b, 1040, push, text)}, "yes yes no"},
		{"the other direction", [][]byte{inTCP(a, b, 1000, push, text), back(inTCP(b, a, 1000, push, text))}, "yes yes"},
		{"another port", [][]byte{inTCP(a, b, 1000, push, text), inTCP(a+1, b, 1000, push, text)}, "yes yes"},
		{"keep-alive", [][]byte{inTCP(a, b, 1000, push, text), inTCP(a, b, 1039, push, "x")}, "yes yes"},
		{"the number wraps", [][]byte{inTCP(a, b, 0xfffffff0, push, text), inTCP(a, b, 24, push, text), inTCP(a, b, 0xfffffff0, push, text)}, "yes yes no"},
		{"the port is used again", [][]byte{inTCP(a, b, 9000, push, text), inTCP(a, b, 99, syn, ""), inTCP(a, b, 100, push, text)}, "yes no yes"},
		{"the SYN is sent again", [][]byte{inTCP(a, b, 99, syn, ""), inTCP(a, b, 100, push, text), inTCP(a, b, 99, syn, ""), inTCP(a, b, 100, push, text)}, "no yes no no"},
		{"quoted by an error", [][]byte{inTCP(a, b, 1000, push, text), quoting(inTCP(a, b, 1000, push, text)), inTCP(a, b, 1040, push, text)}, "yes yes yes"},
		{"TLS that began earlier", [][]byte{inTCP(a, b, 1000, push, "\x16\x03\x01\x00\x60"+text), inTCP(a, b, 1045, push, text)}, "no no"},
		{"QUIC that began earlier", [][]byte{inUDP(a, 443, gquic), back(inUDP(443, a, text)), back(inUDP(443, a+1, text))}, "no no yes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, d := &Subject{Follow: true}, decode.New()
			data, _ := Lookup("data")
			var got []string
			for i, frame := range test.frames {
				p := &decode.Packet{Frame: decode.Frame{Number: uint64(i + 1), Link: 1, Length: len(frame), Data: frame}}
				d.Decode(p)
				s.Set(p, nil)
				got = append(got, map[bool]string{true: "yes", false: "no"}[len(data.Values(s, nil)) > 0])
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("data: %s, want %s", got, test.want)
			}
		})
	}
}

// TestCutHeaders protects that a header that was cut has the fields that are there, in the order in which they are read.
func TestCutHeaders(t *testing.T) {
	udp, v6 := inUDP(1000, 53, "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"), bytesOf(t, "neighbor solicitation")
	for _, test := range []struct {
		name     string
		frame    []byte
		captured int
		want     string // of these fields, those that are there
		fields   string
	}{
		{"Ethernet", udp, 13, "", "eth eth.dst eth.src"},
		{"IPv4, nothing", udp, 14, "", "ip ip.version"},
		{"IPv4, a byte", udp, 15, "ip ip.version ip.hdr_len", "ip ip.version ip.hdr_len ip.dsfield ip.len"},
		{"IPv4, half the flags", udp, 21, "ip ip.id", "ip ip.id ip.flags ip.ttl"},
		{"IPv4, one address", udp, 30, "ip ip.src ip.addr", "ip ip.src ip.dst ip.addr"},
		{"IPv6, nothing", v6, 14, "ipv6", "ipv6 ipv6.version"},
		{"IPv6, one address", v6, 38, "ipv6 ipv6.nxt ipv6.src", "ipv6 ipv6.nxt ipv6.src ipv6.dst"},
		{"UDP, a port", udp, 36, "", "udp udp.srcport"},
		{"UDP, ports", udp, 39, "udp udp.srcport", "udp udp.srcport udp.length"},
		{"DNS, half", udp, 48, "udp dns dns.id dns.count.queries", "udp dns dns.id dns.count.queries dns.count.answers"},
		{"VLAN tag, half", bytesOf(t, "echo request in a VLAN"), 16, "vlan vlan.id", "vlan vlan.id vlan.etype ip"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &decode.Packet{Frame: decode.Frame{Number: 1, Link: 1, Length: len(test.frame), Data: test.frame[:test.captured]}}
			decode.New().Decode(p)
			s := new(Subject)
			s.Set(p, nil)
			var got []string
			for _, name := range strings.Fields(test.fields) {
				f, ok := Lookup(name)
				if !ok {
					t.Fatalf("no field %s", name)
				}
				if len(f.Values(s, nil)) > 0 {
					got = append(got, name)
				}
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("there are %q, want %q", got, test.want)
			}
		})
	}
}

// TestTrailers protects how the bytes after a frame's payload are divided.
func TestTrailers(t *testing.T) {
	arp := bytesIn("0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002")
	zeros := func(b []byte, n int) []byte { return append(append([]byte(nil), b...), make([]byte, n)...) }
	ones := func(b []byte, n int) []byte { return append(append([]byte(nil), b...), strings.Repeat("\x01", n)...) }
	tagged := append(bytesIn("0064 0806"), arp...)
	for _, test := range []struct {
		name                           string
		frame                          []byte
		padding, trailer, check, doubt string
		vlan                           string
	}{
		{name: "padded", frame: inEthernet(0x0806, zeros(arp, 18)), padding: strings.Repeat("00", 18)},
		{name: "padded with something", frame: inEthernet(0x0806, ones(arp, 18)), trailer: strings.Repeat("01", 18), doubt: "1"},
		{name: "shorter than a frame may be", frame: inEthernet(0x0806, zeros(arp, 14)), trailer: strings.Repeat("00", 14)},
		{name: "with a check sequence", frame: inEthernet(0x0806, zeros(arp, 22)), padding: strings.Repeat("00", 18), check: "0x00000000"},
		{name: "in a VLAN", frame: inEthernet(0x8100, zeros(tagged, 18)), padding: strings.Repeat("00", 14), vlan: "00000000"},
		{name: "in a tunnel", frame: inIPv4(47, append(bytesIn("0000 6558"), inEthernet(0x0806, zeros(arp, 18))...)), trailer: strings.Repeat("00", 18)},
		{name: "EAPOL", frame: inEthernet(0x888e, zeros(bytesIn("01 00 0005 0101000501"), 37)), padding: strings.Repeat("00", 37)},
		{name: "nobody says where it ends", frame: inEthernet(0x1234, zeros(arp, 18))},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := subjectOf(test.frame)
			for name, want := range map[string]string{
				"eth.padding": test.padding, "eth.trailer": test.trailer, "eth.fcs": test.check, "eth.padding_bad": test.doubt, "vlan.trailer": test.vlan,
			} {
				if got := textsOf(t, s, name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
		})
	}
}
