package field

import "github.com/icmpsniff/icmpsniff/decode"

// BSD's loopback header: an address family in the byte order of the host that captured, or an EtherType from some writers.
var nullFields = in("null", kindSet(decode.Null),
	read("null.family", "Family", Uint32, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if family, etherType, ok := loopbackFamily(b); ok && !etherType {
			dst = append(dst, Value{Uint: family})
		}
		return dst
	}).named(familyNames),
	read("null.type", "Type", Uint16, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if family, etherType, ok := loopbackFamily(b); ok && etherType {
			dst = append(dst, Value{Uint: family})
		}
		return dst
	}).hex().named(etherTypeNames),
)

// loopbackFamily returns the family, or the EtherType, that one of the orders of bytes makes small.
func loopbackFamily(b []byte) (number uint64, etherType, ok bool) {
	if len(b) < 4 {
		return 0, false, false
	}
	switch {
	case b[0]|b[1]|b[2] == 0:
		return uint64(b[3]), false, true
	case b[1]|b[2]|b[3] == 0:
		return uint64(b[0]), false, true
	case b[0]|b[1] == 0:
		return uint64(first16(b[2:])), true, true
	case b[2]|b[3] == 0:
		return uint64(b[1])<<8 | uint64(b[0]), true, true
	}
	return uint64(b[0])<<24 | uint64(b[1])<<16 | uint64(b[2])<<8 | uint64(b[3]), false, true
}

// familyNames are the address families of the systems that have this header.
var familyNames = []Name{{2, "IP"}, {7, "OSI"}, {16, "Appletalk"}, {23, "Netware IPX/SPX"}, {24, "IPv6"}, {28, "IPv6"}, {30, "IPv6"}}
