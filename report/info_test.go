package report

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// TestInfo protects protocol and information of packets that captures of the lab do not have. They begin with their IP header.
func TestInfo(t *testing.T) {
	const (
		address      = "20010db8 00000000 00000000 00000002"
		solicitation = "87 00 0000 00000000" + address
		source       = " 01 01 020000000001"
		target       = " 02 01 020000000002"
		ping6        = " 60000000 0008 3a 40" + address + address + "80 00 0000 0007 0001"
		long         = " 01 02 0011223344556677 000000000000" // of IEEE 802.15.4
	)
	for _, c := range []struct {
		name          string
		proto         byte
		message, want string
	}{
		{"solicitation by a long address", 58, solicitation + long, "ICMPv6 Neighbor Solicitation for 2001:db8::2 from 00:11:22:33:44:55:66:77"},
		{"solicitation by an address of neither length", 58, solicitation + " 01 03" + strings.Repeat("00", 22), "ICMPv6 Neighbor Solicitation for 2001:db8::2"},
		{"solicitation with both addresses, the target's first", 58, solicitation + target + source, "ICMPv6 Neighbor Solicitation for 2001:db8::2 is at 02:00:00:00:00:02 from 02:00:00:00:00:01"},
		{"advertisement with the sender's address", 58, "88 00 0000 60000000" + address + source, "ICMPv6 Neighbor Advertisement 2001:db8::2 (sol, ovr) from 02:00:00:00:00:01"},
		{"mobile prefix advertisement", 58, "93 00 0000 0007 0000" + source, "ICMPv6 Mobile Prefix Advertisement from 02:00:00:00:00:01"},
		{"solicitation with an option of length 0", 58, solicitation + source + " 05 00 000000000000", "ICMPv6 Neighbor Solicitation for 2001:db8::2 from 02:00:00:00:00:01"},
		{"ICMP of five bytes", 1, "08 00 0000 00", "ICMP "},
		{"ICMP of six bytes", 1, "63 00 0000 0000", "ICMP Unknown ICMP (obsolete or malformed?)"},
		{"traceroute response of one block", 2, "1e 01 0000" + strings.Repeat("00", 20+32), "IGMP Traceroute Response, 1 block"},
		{"traceroute response of no block", 2, "1e 01 0000" + strings.Repeat("00", 20), "IGMP Traceroute Response, 0 blocks"},
		{"authenticated membership", 2, "40 00 0000 ef010101" + strings.Repeat("00", 24), "IGAP Membership Report (Join)"},
		{"Teredo's test of a path", 17, "c350 0dd8 0038 0000" + ping6, "Teredo Direct IPv6 Connectivity Test id=0x0007, seq=1, hop limit=64"},
		{"the answer to Teredo's test", 17, "0dd8 c350 0038 0000" + ping6, "ICMPv6 Echo (ping) request id=0x0007, seq=1, hop limit=64"},
	} {
		t.Run(c.name, func(t *testing.T) {
			message, err := hex.DecodeString(strings.ReplaceAll(c.message, " ", ""))
			if err != nil {
				t.Fatal(err)
			}
			frame := rawIPv6(c.proto, message)
			if c.proto != 58 {
				frame = rawIPv4(c.proto, message)
			}
			p := decode.Packet{Frame: decode.Frame{Number: 1, Data: frame, Length: len(frame), Link: 101}}
			decode.New().Decode(&p)
			var l Lines
			if got := string(l.appendPacket(append(appendProtocol(nil, &p), ' '), &p)); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

// TestARPInfo protects what ARP says by its lengths and numbers.
func TestARPInfo(t *testing.T) {
	const who, same = "0001 0800 06 02 0001 020000000001 ", "0102 000000000000 0102"
	for _, c := range []struct{ name, packet, want string }{
		{"announcement of two bytes", who + same, "ARP Announcement for 0102"},
		{"probe of two bytes", who + "0000 000000000000 0102", "Who has 0102? (ARP Probe)"},
		{"question of two bytes", who + "0103 000000000000 0102", "Who has 0102? Tell 0103"},
		{"gratuitous reply of two bytes", "0001 0800 06 02 0002 020000000001 " + same, "Gratuitous ARP for 0102 (Reply)"},
		{"the same of another protocol", "0001 86dd 06 02 0001 020000000001 " + same, "Who has 0102? Tell 0102"},
		{"no addresses of the protocol", "0001 0800 06 00 0001 020000000001 000000000000", "Who has <No address>? (ARP Probe)"},
		{"a reply without addresses of the protocol", "0001 0800 06 00 0002 020000000001 000000000000", "<No address> is at 02:00:00:00:00:01"},
		{"the last number", "0001 0800 06 02 ffff 020000000001 " + same, "Reserved opcode 65535"},
	} {
		t.Run(c.name, func(t *testing.T) {
			frame, err := hex.DecodeString("020000000002" + "020000000001" + "0806" + strings.ReplaceAll(c.packet, " ", ""))
			if err != nil {
				t.Fatal(err)
			}
			p := decode.Packet{Frame: decode.Frame{Number: 1, Data: frame, Length: len(frame), Link: 1}}
			decode.New().Decode(&p)
			if got := string(appendARP(nil, &p, p.Summary())); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

// TestFilteredInfo protects what a line says of the packet filter that logged a packet, and lines from the names that it logs.
func TestFilteredInfo(t *testing.T) {
	ping := rawIPv4(1, []byte{8, 0, 0, 0, 0, 7, 0, 1})
	for _, c := range []struct {
		name   string
		action byte
		ifname string
		cut    int
		want   string
	}{
		{"passed", 0, "em0", 0, "[pass em0/7] Echo (ping) request  id=0x0007, seq=1/256, ttl=64"},
		{"blocked, the longest name", 1, "0123456789abcdef", 0, "[block 0123456789abcdef/7] Echo (ping) request  id=0x0007, seq=1/256, ttl=64"},
		{"a name that moves the cursor", 1, "\x1b[2J", 0, `[block \x1b[2J/7] Echo (ping) request  id=0x0007, seq=1/256, ttl=64`},
		{"unknown action", 200, "em0", 0, "Echo (ping) request  id=0x0007, seq=1/256, ttl=64"},
		{"header cut", 0, "em0", 39, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			frame := make([]byte, 64)
			frame[0], frame[1], frame[2], frame[39] = 61, 2, c.action, 7
			copy(frame[4:20], c.ifname)
			frame = append(frame, ping...)
			p := decode.Packet{Frame: decode.Frame{Number: 1, Data: frame, Length: len(frame), Link: linkPFLOG}}
			if c.cut > 0 {
				p.Data = frame[:c.cut]
			}
			decode.New().Decode(&p)
			var l Lines
			if got := string(l.appendPacket(nil, &p)); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

// rawIPv6 is an IPv6 packet with a payload of a protocol.
func rawIPv6(next byte, payload []byte) []byte {
	header := make([]byte, 40)
	header[0], header[4], header[5], header[6], header[7] = 0x60, byte(len(payload)>>8), byte(len(payload)), next, 255
	return append(header, payload...)
}
