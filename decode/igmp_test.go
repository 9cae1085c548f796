package decode

import (
	"encoding/binary"
	"testing"
)

// TestIGMP protects how the versions of IGMP are told apart, by type and by length, and the lists that they state.
func TestIGMP(t *testing.T) {
	v4 := func(message string) []byte { return ether(typeIPv4, ipv4(igmp2, hexBytes(message))) }
	checkEthernet(t, []frameCase{
		{name: "query", frame: v4("11 64 ee9b 00000000"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "query, version 3", frame: v4("11 64 ec1e 00000000 02 7d 0001 c0000201"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "query, version 3, 65535 sources stated", frame: v4("11 64 ec1e 00000000 02 7d ffff c0000201"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "query of one byte", frame: v4("11"), want: "eth:14 ip:20 igmp:1+unread | ip 192.0.2.1>192.0.2.2 | malformed"},
		{name: "report, version 1", frame: v4("12 00 0000 ef010203"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "report, version 2", frame: v4("16 00 0000 ef010203"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "report, version 2, cut", frame: v4("16 00 0000 ef01"), want: "eth:14 ip:20 igmp:6 | igmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "leave", frame: v4("17 00 0000 ef010203"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "report, version 3", frame: v4("22 00 0000 0000 0002 04 00 0000 ef010203  03 01 0001 ef010204 c0000201 00000000"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "report, version 3, 65535 records stated", frame: v4("22 00 0000 0000 ffff 04 00 0000 ef010203"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "report, version 3, 65535 sources stated", frame: v4("22 00 0000 0000 0001 04 ff ffff ef010203"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2 | malformed"},
		{name: "version 0", frame: v4("02 00 0000 00000001 ef010203 0000000000000000"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "traceroute", frame: v4("1f 10 0000 ef010203 c0000201 c0000202 c0000201 20 000001"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "PIM, version 1", frame: v4("14 00 0000 10000000"), want: "eth:14 ip:20 pim:8 | pim 192.0.2.1>192.0.2.2"},
		{name: "DVMRP", frame: v4("13 01 0000 00000e03"), want: "eth:14 ip:20 dvmrp:8 | dvmrp 192.0.2.1>192.0.2.2"},
		{name: "RGMP", frame: ether(typeIPv4, ipv4To(0xe0000019, igmp2, hexBytes("ff 00 0000 00000000"))), want: "eth:14 ip:20 rgmp:8 | rgmp 192.0.2.1>224.0.0.25"},
		{name: "of a type of RGMP, to another group", frame: v4("ff 00 0000 00000000"), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>192.0.2.2"},
		{name: "a report to the group of RGMP", frame: ether(typeIPv4, ipv4To(0xe0000019, igmp2, hexBytes("16 00 0000 e0000019"))), want: "eth:14 ip:20 igmp:8 | igmp 192.0.2.1>224.0.0.25"},
		{name: "IGAP, cut", frame: v4("41 00 0000 ef010203"), want: "eth:14 ip:20 igap:8 | igap 192.0.2.1>192.0.2.2 | malformed"},
		{name: "unknown type", frame: v4("99 00"), want: "eth:14 ip:20 igmp:2 | igmp 192.0.2.1>192.0.2.2"},
		{name: "nothing", frame: v4(""), want: "eth:14 ip:20 | ip 192.0.2.1>192.0.2.2"},
		{name: "all of it cut by the capture", frame: v4("16 00 0000 ef010203"), cut: 34, want: "eth:14 ip:20 igmp:8+unread | ip 192.0.2.1>192.0.2.2 | limited"},
	})
}

// ipv4To is ipv4 to another address.
func ipv4To(to uint32, proto uint8, rest ...[]byte) []byte {
	b := ipv4(proto, rest...)
	binary.BigEndian.PutUint32(b[16:], to)
	return b
}
