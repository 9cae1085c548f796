package field

import "github.com/icmpsniff/icmpsniff/decode"

// IGMP message types (RFC 1112, RFC 2236, RFC 3376).
const (
	membershipQuery, report1, report2, leaveGroup, report3 = 0x11, 0x12, 0x16, 0x17, 0x22
)

// IGMP: versions 1 (RFC 1112), 2 (RFC 2236) and 3 (RFC 3376).
var igmpFields = in("igmp", kindSet(decode.IGMP),
	read("igmp.version", "IGMP Version", Uint8, igmpVersion),
	u8("igmp.type", "Type", 0).hex().named(igmpNames),
	read("igmp.reserved", "Reserved", Bytes, igmpReserved),
	read("igmp.max_resp", "Max Resp Time", Uint8, responseTime).when(first(membershipQuery, report2, leaveGroup)),
	bits(u8("igmp.max_resp.exp", "Exponent", 1), 0x70).hex().when(floatingTime),
	bits(u8("igmp.max_resp.mant", "Mantissa", 1), 0x0f).hex().when(floatingTime),
	u16("igmp.checksum", "Checksum", 2).hex().when(igmpNamed),
	read("igmp.checksum.status", "Checksum Status", Uint8, checksumState).base(NoBase).named(checksumNames).when(igmpNamed),
	octets("igmp.data", "Data", 1, 0).when(func(b []byte) bool { return !igmpNamed(b) }),
	ip4("igmp.maddr", "Multicast Address", 4).when(first(membershipQuery, report1, report2, leaveGroup)),
	bits(u8("igmp.s", "S", 8), 0x08).flag(yesNo("SUPPRESS router side processing", "Do not suppress router side processing")).when(query3),
	bits(u8("igmp.qrv", "QRV", 8), 0x07).when(query3),
	u8("igmp.qqic", "QQIC", 9).when(query3),
	u16("igmp.num_src", "Num Src", 10).when(query3),
	u16("igmp.num_grp_recs", "Num Group Records", 6).when(first(report3)),
	u8("igmp.record_type", "Record Type", 0).named(recordNames).each(groupRecords),
	u8("igmp.aux_data_len", "Aux Data Len", 1).each(groupRecords),
	u16("igmp.num_src", "Num Src", 2).each(groupRecords),
	ip4("igmp.maddr", "Multicast Address", 4).each(groupRecords),
	read("igmp.saddr", "Source Address", IPv4, sources4(12, 10)).when(query3),
	read("igmp.saddr", "Source Address", IPv4, sources4(8, 2)).each(groupRecords),
)

// sources4 makes the values of a list of addresses at one offset, whose number is the integer at another.
func sources4(at, number int) func(*Subject, int, []byte, []Value) []Value {
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if len(b) < number+2 {
			return dst
		}
		for i := range int(b[number])<<8 | int(b[number+1]) {
			from := at + 4*i
			if from+4 > len(b) {
				break
			}
			dst = append(dst, Value{Bytes: b[from : from+4]})
		}
		return dst
	}
}

// igmpNamed reports whether a message is of a type with a name: others are a type and data. Types below 0x10 are of version 0.
func igmpNamed(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	for i := range igmpNames {
		if igmpNames[i].Value == uint64(b[0]) {
			return true
		}
	}
	return b[0] < 0x10
}

// query3 reports whether a message is a query of version 3: it has 12 bytes or more (RFC 3376 §7.1).
func query3(b []byte) bool { return len(b) >= 12 && b[0] == membershipQuery }

// responseTime reads the tenths of a second within which hosts are to answer: as a floating point, of which the value is made, as tshark
// makes it.
func responseTime(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if len(b) < 2 {
		return dst
	}
	code := uint64(b[1])
	if query3(b) {
		code = floating(code, 4)
	}
	return append(dst, Value{Uint: code})
}

// floatingTime reports whether a query gives its time as a floating point (RFC 3376 §4.1.1).
func floatingTime(b []byte) bool { return query3(b) && b[1] >= 128 }

func igmpVersion(s *Subject, i int, b []byte, dst []Value) []Value {
	if len(b) == 0 || b[0] == membershipQuery && len(b) < 2 {
		return dst
	}
	version := uint64(0)
	switch {
	case b[0] == report3, b[0] == membershipQuery && s.layer(i).StatedLength() >= 12:
		version = 3
	case b[0] == membershipQuery && b[1] == 0, b[0] == report1:
		version = 1
	case b[0] == membershipQuery, b[0] == report2, b[0] == leaveGroup:
		version = 2
	case b[0] < 0x10: // RFC 988
	default:
		return dst
	}
	return append(dst, Value{Uint: version})
}

func igmpReserved(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if len(b) >= 8 && b[0] == report3 {
		dst = append(dst, Value{Bytes: b[1:2]}, Value{Bytes: b[4:6]})
	}
	return dst
}

// groupRecords are those of a version 3 report (RFC 3376 §4.2.4).
var groupRecords = &parts{
	start: func(b []byte) []byte {
		if len(b) < 8 || b[0] != report3 {
			return nil
		}
		return b[8:]
	},
	next: func(b []byte) (part, rest []byte) {
		if len(b) < 8 {
			return nil, nil
		}
		n := 8 + (int(b[2])<<8|int(b[3]))*4 + int(b[1])*4
		if n > len(b) {
			return b, nil
		}
		return b[:n], b[n:]
	},
}

var igmpNames = []Name{
	{0x11, "Membership Query"}, {0x12, "Membership Report"}, {0x13, "DVMRP Protocol"}, {0x14, "PIM Routing Message"},
	{0x16, "Membership Report"}, {0x17, "Leave Group"}, {0x1e, "Traceroute Response"}, {0x1f, "Traceroute Query or Request"},
	{0x22, "Membership Report"},
}

var recordNames = []Name{
	{1, "Mode Is Include"}, {2, "Mode Is Exclude"}, {3, "Change To Include Mode"}, {4, "Change To Exclude Mode"},
	{5, "Allow New Sources"}, {6, "Block Old Sources"},
}
