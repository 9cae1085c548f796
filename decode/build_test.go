package decode

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
)

// The frames of the tests are put together here, header by header: each function returns one header and, where the header
// states a length or a checksum over what follows, takes what follows. hexBytes spells out the rest.

// EtherTypes, IP protocols and next headers, by the names that the tests use.
const (
	typeIPv4, typeIPv6, typeARP, typeRARP, typeVLAN, typeQinQ, typeMPLS, typePPPoE, typeTEB = 0x0800, 0x86dd, 0x0806, 0x8035, 0x8100, 0x88a8, 0x8847, 0x8864, 0x6558

	hopByHop, icmp, igmp2, ipip, tcp, udp, sixInFour, routing, fragment6, gre, icmp6, noNext, destination = 0, 1, 2, 4, 6, 17, 41, 43, 44, 47, 58, 59, 60
)

// hexBytes returns the bytes that s spells in hexadecimal; white space is for the reader.
func hexBytes(s string) []byte {
	b, err := hex.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		panic(err)
	}
	return b
}

func join(parts ...[]byte) []byte { return slices.Concat(parts...) }

// bytesOf returns n bytes that count up, so that a byte out of place shows.
func bytesOf(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i)
	}
	return b
}

// ether returns a frame from 02:…:01 to 02:…:02.
func ether(etherType uint16, rest ...[]byte) []byte {
	return join(hexBytes("020000000002 020000000001"), be(etherType), join(rest...))
}

// ether8023 returns a frame whose type field is the length of what follows.
func ether8023(rest ...[]byte) []byte { return ether(uint16(len(join(rest...))), rest...) }

func be(v uint16) []byte { return binary.BigEndian.AppendUint16(nil, v) }

func vlan(id, etherType uint16) []byte { return join(be(id), be(etherType)) }

// arp returns who-has 192.0.2.2 tell 192.0.2.1.
func arp() []byte {
	return hexBytes("0001 0800 06 04 0001  020000000001 c0000201  000000000000 c0000202")
}

// ipv4 returns a datagram from 192.0.2.1 to 192.0.2.2.
func ipv4(proto uint8, rest ...[]byte) []byte { return ipv4With("", 0, 0x1234, proto, rest...) }

// ipv4With returns one with options in hexadecimal, the flags and fragment offset field, and an identification.
func ipv4With(options string, fragment, id uint16, proto uint8, rest ...[]byte) []byte {
	o, body := hexBytes(options), join(rest...)
	header := join([]byte{0x45 + byte(len(o)/4), 0}, be(uint16(20+len(o)+len(body))), be(id), be(fragment),
		[]byte{64, proto, 0, 0}, hexBytes("c0000201 c0000202"), o)
	binary.BigEndian.PutUint16(header[10:], Checksum(header, 0))
	return join(header, body)
}

// ipv6 returns a datagram from 2001:db8::1 to 2001:db8::2.
func ipv6(next uint8, rest ...[]byte) []byte {
	body := join(rest...)
	return join(hexBytes("60000000"), be(uint16(len(body))), []byte{next, 64},
		hexBytes("20010db8 00000000 00000000 00000001  20010db8 00000000 00000000 00000002"), body)
}

// extension returns an IPv6 options or routing header whose body, after the length, is given in hexadecimal.
func extension(next uint8, body string) []byte {
	b := join([]byte{next, 0}, hexBytes(body))
	b[1] = byte(len(b)/8 - 1)
	return b
}

// fragmentHeader returns an IPv6 fragment header; offset in bytes.
func fragmentHeader(next uint8, offset uint16, more bool, id uint16) []byte {
	if more {
		offset |= 1
	}
	return join([]byte{next, 0}, be(offset), be(0), be(id))
}

// icmpMessage returns a message with its ICMP checksum.
func icmpMessage(rest ...[]byte) []byte {
	b := join(rest...)
	binary.BigEndian.PutUint16(b[2:], Checksum(b, 0))
	return b
}

// icmp6Message returns a message with its checksum for the addresses of ipv6.
func icmp6Message(rest ...[]byte) []byte {
	b := join(rest...)
	a := ipv6(icmp6)
	binary.BigEndian.PutUint16(b[2:], Checksum(b, PseudoHeaderSum(a[8:24], a[24:40], icmp6, len(b))))
	return b
}

func echo4(payload []byte) []byte { return icmpMessage(hexBytes("08 00 0000 0007 0001"), payload) }
func echo6(payload []byte) []byte { return icmp6Message(hexBytes("80 00 0000 0007 0001"), payload) }

// unreachable4 returns port unreachable; words is RFC 4884's length field.
func unreachable4(words uint8, quoted ...[]byte) []byte {
	return icmpMessage(hexBytes("03 03 0000 00"), []byte{words}, hexBytes("0000"), join(quoted...))
}

// unreachable6 returns port unreachable; words is RFC 4884's length field.
func unreachable6(words uint8, quoted ...[]byte) []byte {
	return icmp6Message(hexBytes("01 04 0000"), []byte{words}, hexBytes("000000"), join(quoted...))
}

// solicitation6 returns who has 2001:db8::2, with the source's link address.
func solicitation6() []byte {
	return icmp6Message(hexBytes("87 00 0000 00000000  20010db8 00000000 00000000 00000002  01 01 020000000001"))
}

// listenerReport6 returns a version 2 report of one group without sources.
func listenerReport6() []byte {
	return icmp6Message(hexBytes("8f 00 0000 0000 0001  04 00 0000  ff020000 00000000 00000000 00000016"))
}

func udpHeader(from, to uint16, rest ...[]byte) []byte {
	body := join(rest...)
	return join(be(from), be(to), be(uint16(8+len(body))), be(0), body)
}

func tcpHeader() []byte { return hexBytes("8000 0050 00000001 00000001 50 10 ffff 0000 0000") }
