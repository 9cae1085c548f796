package decode

import "testing"

// TestARP protects against the lengths that an ARP packet states, and against gopacket's 8-bit sum of them.
func TestARP(t *testing.T) {
	checkEthernet(t, []frameCase{
		{name: "request", frame: ether(typeARP, arp()), want: "eth:14 arp:28 | arp 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "request in a padded frame", frame: ether(typeARP, arp(), make([]byte, 18)), want: "eth:14 arp:28 | arp 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "RARP", frame: ether(typeRARP, arp()), want: "eth:14 arp:28 | arp 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "hardware length 128", frame: ether(typeARP, hexBytes("0001 0800 80 04 0001"), make([]byte, 264)), want: "eth:14 arp:272 | arp 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "hardware length 128 in 28 bytes", frame: ether(typeARP, hexBytes("0001 0800 80 04 0001"), make([]byte, 20)), want: "eth:14 arp:28 | arp 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "lengths 255", frame: ether(typeARP, hexBytes("0001 0800 ff ff 0001"), make([]byte, 1020)), want: "eth:14 arp:1028 | arp 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "lengths 0", frame: ether(typeARP, hexBytes("0001 0800 00 00 0001")), want: "eth:14 arp:8 | arp 02:00:00:00:00:01>02:00:00:00:00:02"},
		{name: "one byte short", frame: ether(typeARP, arp()[:27]), want: "eth:14 arp:27 | arp 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "fixed part cut", frame: ether(typeARP, arp()[:5]), want: "eth:14 arp:5 | arp 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "one byte", frame: ether(typeARP, arp()[:1]), want: "eth:14 arp:1+unread | arp 02:00:00:00:00:01>02:00:00:00:00:02 | malformed"},
		{name: "cut by the capture", frame: ether(typeARP, arp()), cut: 30, want: "eth:14 arp:28 | arp 02:00:00:00:00:01>02:00:00:00:00:02 | limited"},
	})
}

// TestReadARP protects the fields' places, which depend on two lengths.
func TestReadARP(t *testing.T) {
	for _, c := range []struct {
		name             string
		packet           []byte
		whole, ethernet4 bool
		senderIP, target string
	}{
		{name: "Ethernet and IPv4", packet: arp(), whole: true, ethernet4: true, senderIP: "c0000201", target: "c0000202"},
		{name: "one byte of hardware address", packet: hexBytes("0007 0800 01 04 0001 01 c0000201 00 c0000202"), whole: true, senderIP: "c0000201", target: "c0000202"},
		{name: "hardware length 128", packet: join(hexBytes("0001 0800 80 04 0001"), make([]byte, 128), hexBytes("c0000201"), make([]byte, 128), hexBytes("c0000202")), whole: true, senderIP: "c0000201", target: "c0000202"},
		{name: "no addresses", packet: hexBytes("0001 0800 00 00 0001"), whole: true},
		{name: "one byte short", packet: arp()[:27], senderIP: "c0000201"},
		{name: "one byte of the sender short", packet: arp()[:17]},
		{name: "seven bytes", packet: arp()[:7]},
		{name: "nothing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, whole := ReadARP(c.packet)
			if whole != c.whole || whole && a.ForEthernetIPv4() != c.ethernet4 {
				t.Fatalf("whole %v, of Ethernet and IPv4 %v, want %v, %v", whole, a.ForEthernetIPv4(), c.whole, c.ethernet4)
			}
			if string(a.SenderIP) != string(hexBytes(c.senderIP)) || string(a.TargetIP) != string(hexBytes(c.target)) {
				t.Errorf("sender %x, target %x, want %s, %s", a.SenderIP, a.TargetIP, c.senderIP, c.target)
			}
		})
	}
}
