package decode

import (
	"slices"
	"testing"
)

// The fuzzers of this file begin where a protocol is announced, so that what they change is the protocol's own header and not
// the ones before it. FuzzDecode begins with the link type.

// decodedAlike decodes a frame by a Decoder that has seen nothing and by one that has seen another frame before. It looks for
// bytes reached beyond the frame, and for differences.
func decodedAlike(t *testing.T, link uint16, missing int, data []byte) {
	t.Helper()
	data = slices.Clip(data)
	frame := Frame{Number: 2, Link: link, Data: data, Length: len(data) + missing}
	fresh := Packet{Frame: frame}
	New().Decode(&fresh)
	inBounds(t, &fresh)

	before := ether(typeVLAN, vlan(7, typeIPv4), ipv4With("01 01 01 01", 0, 1, icmp, unreachable4(0, ipv4(tcp, tcpHeader()))))
	used := Packet{Frame: Frame{Number: 1, Link: 1, Data: before, Length: len(before)}}
	d := New()
	d.Decode(&used)
	used.Frame = frame
	d.Decode(&used)
	inBounds(t, &used)
	if a, b := describe(&fresh), describe(&used); a != b {
		t.Errorf("decoded differently\n at first %s\nlater     %s", a, b)
	}
}

// FuzzEtherType protects what an EtherType announces: in Ethernet, behind a tag, and in GRE.
//
//	go test ./decode -run '^$' -fuzz FuzzEtherType -fuzztime 5m
func FuzzEtherType(f *testing.F) {
	for _, etherType := range []uint16{
		typeIPv4, typeIPv6, typeARP, typeRARP, typeVLAN, typeQinQ, typeMPLS, typePPPoE, typeTEB, 0x0026,
		0x2001, 0x88be, 0x22eb, 0x880b, 0x8909, 0x9100, 0x88e5,
	} {
		f.Add(etherType, arp())
		f.Add(etherType, bytesOf(64))
		f.Add(etherType, join(hexBytes("0000 0800 0000 0000"), ipv4(icmp, echo4(nil))))
		f.Add(etherType, join(hexBytes("11 00 0007 0016 0021"), ipv4(icmp, echo4(nil))))
	}
	f.Fuzz(func(t *testing.T, etherType uint16, data []byte) {
		decodedAlike(t, 1, 0, ether(etherType, data))
		decodedAlike(t, 1, 0, ether(typeQinQ, vlan(1, etherType), data))
		decodedAlike(t, 1, 100, ether(typeIPv4, ipv4(gre, be(0x3000), be(etherType), bytesOf(8), data[:min(len(data), 1000)])))
	})
}

// FuzzIPProtocol protects what an IP header announces: in IPv4, in IPv6 behind an extension header, and quoted by an ICMP error.
//
//	go test ./decode -run '^$' -fuzz FuzzIPProtocol -fuzztime 5m
func FuzzIPProtocol(f *testing.F) {
	for _, protocol := range []uint8{hopByHop, icmp, igmp2, ipip, tcp, udp, sixInFour, routing, fragment6, gre, icmp6, noNext, destination,
		50, 51, 54, 97, 103, 112, 135, 137, 143, 255} {
		f.Add(protocol, bytesOf(48))
		f.Add(protocol, ipv4(icmp, echo4(nil)))
		f.Add(protocol, ipv6(icmp6, solicitation6()))
		f.Add(protocol, hexBytes("3a 02 0000 00000001 00000001 0102030405060708090a0b0c"))
	}
	for kind := range 256 {
		f.Add(uint8(icmp), join([]byte{byte(kind), 0}, bytesOf(30)))
		f.Add(uint8(icmp6), join([]byte{byte(kind), 0}, bytesOf(30)))
	}
	f.Fuzz(func(t *testing.T, protocol uint8, data []byte) {
		data = data[:min(len(data), 2000)]
		decodedAlike(t, 101, 0, ipv4(protocol, data))
		decodedAlike(t, 101, 0, ipv6(destination, extension(protocol, "01 04 00000000"), data))
		decodedAlike(t, 101, 0, ipv4(icmp, unreachable4(0, ipv4(protocol, data))))
		decodedAlike(t, 101, 9, ipv6(icmp6, unreachable6(byte(len(data)), ipv6(protocol, data))))
	})
}

// FuzzUDPPort protects what a port announces, of UDP and, where one is looked at, of TCP.
//
//	go test ./decode -run '^$' -fuzz FuzzUDPPort -fuzztime 5m
func FuzzUDPPort(f *testing.F) {
	ping, ping6 := ipv4(icmp, echo4(nil)), ipv6(icmp6, echo6(nil))
	for _, port := range []uint16{portDNS, portL2TP, portGTPU, portTeredo, portLISP, portLISPControl, portVXLAN, portVXLANGPE, portMDNS,
		portLLMNR, portGeneve, portMPLSinUDP, portOTV} {
		for _, data := range [][]byte{
			bytesOf(48), ping, ping6,
			join(hexBytes("00 00 0800 000001 00"), ether(typeIPv4, ping)),                // VXLAN, LISP, Geneve
			join(hexBytes("34 ff 0024 00000007 0000 00 85 01 0000 c0 01 0000 00"), ping), // GTP-U
			join(hexBytes("0001 01 02 aa bbcc 0000000000000000 00"), ping6),              // Teredo
			join(hexBytes("4a02 0030 0001 0002 0003 0004 0002 0000 0021"), ping),         // L2TP
			join(hexBytes("00010140 00000000"), ether(typeIPv4, ping)),                   // MPLS
			hexBytes("0001 8180 0001 0001 0000 0000 01 61 c00c 0001 0001 c00c 0001 0001 00000000 0004 c0000201"),
		} {
			f.Add(port, data)
		}
	}
	f.Fuzz(func(t *testing.T, port uint16, data []byte) {
		data = data[:min(len(data), 2000)]
		decodedAlike(t, 101, 0, ipv4(udp, udpHeader(40000, port, data)))
		decodedAlike(t, 101, 5, ipv6(udp, udpHeader(port, portGTPU, data)))
		decodedAlike(t, 101, 0, ipv4(tcp, be(port), be(53), hexBytes("00000001 00000001 50 10 ffff 0000 0000"), be(uint16(len(data))), data))
	})
}
