package decode

import "testing"

// BenchmarkDecode is the time for one frame of each of the kinds that captures are full of.
func BenchmarkDecode(b *testing.B) {
	payload := make([]byte, 56)
	frames := []struct {
		name  string
		frame []byte
	}{
		{"ping", ether(typeIPv4, ipv4(icmp, echo4(payload)))},
		{"ping6", ether(typeIPv6, ipv6(icmp6, echo6(payload)))},
		{"arp", ether(typeARP, arp())},
		{"error", ether(typeIPv4, ipv4(icmp, unreachable4(0, ipv4(udp, udpHeader(33000, 33434, payload)))))},
		{"neighbor", ether(typeIPv6, ipv6(icmp6, solicitation6()))},
		{"report", ether(typeIPv6, ipv6(hopByHop, extension(icmp6, "0502 0000 0100"), listenerReport6()))},
		{"vlan", ether(typeVLAN, vlan(5, typeIPv4), ipv4(icmp, echo4(payload)))},
		{"tcp", ether(typeIPv4, ipv4(tcp, tcpHeader(), make([]byte, 1400)))},
	}
	for _, f := range frames {
		b.Run(f.name, func(b *testing.B) {
			d, p := New(), Packet{Frame: Frame{Link: 1, Data: f.frame, Length: len(f.frame)}}
			b.ReportAllocs()
			for b.Loop() {
				d.Decode(&p)
			}
			if p.Verdict != Good {
				b.Fatal("the frame is not good")
			}
		})
	}
}
