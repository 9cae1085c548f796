package field

import (
	"bytes"
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// ICMP extensions (RFC 4884 §7): a header of four bytes, then objects of a length, a class, a sub-type and a payload:
// MPLS labels (RFC 4950), the interface that a datagram came in by (RFC 5837), the interface that is asked for (RFC 8335).
var icmpExtensionFields = slices.Concat(in("icmp", kindSet(decode.ICMPExtension),
	read("icmp.ext", "ICMP Extensions", None, there),
	bits(u8("icmp.ext.version", "Version", 0), 0xf0),
	bits(u16("icmp.ext.res", "Reserved", 0), 0x0fff).hex(),
), inPlace("icmp", kindSet(decode.ICMPExtension), wholeLayer, // what was cut by the capture has no more
	u16("icmp.ext.checksum", "Checksum", 2).hex(),
	read("icmp.ext.checksum.status", "Checksum Status", Uint8, extensionChecksum).base(NoBase).named(checksumNames),
	mark("icmp.ext.checksum_bad", "Bad checksum", func(_ *Subject, _ int, b []byte) bool {
		return len(b) >= 4 && extensionState(b) == decode.ChecksumBad
	}),
	u16("icmp.ext.length", "Length", 0).each(objects),
	u8("icmp.ext.class", "Class", 2).named(objectClassNames).each(objects),
	u8("icmp.ext.ctype", "C-Type", 3).each(objects),
	read("icmp.ext.data", "Data", Bytes, unknownObject).each(objects),

	bits(u24("icmp.mpls.label", "Label", 0), 0xfffff0).each(labels),
	bits(u24("icmp.mpls.exp", "Experimental", 0), 0x00000e).each(labels),
	bits(u24("icmp.mpls.s", "Stack bit", 0), 0x000001).flag(setNotSet).each(labels),
	u8("icmp.mpls.ttl", "Time to live", 3).each(labels),

	bits(u8("icmp.int_info.role", "Interface Role", 3), 0xc0).named(roleNames).each(objects).of(interfaceInformation),
	bits(u8("icmp.int_info.reserved", "Reserved", 3), 0x30).each(objects).of(interfaceInformation),
	bits(u8("icmp.int_info.ifindex", "ifIndex", 3), hasIndex).flag(trueFalse).each(objects).of(interfaceInformation),
	bits(u8("icmp.int_info.ipaddr", "IP Address", 3), hasAddress).flag(presentNot).each(objects).of(interfaceInformation),
	bits(u8("icmp.int_info.name_present", "Interface Name", 3), hasName).flag(presentNot).each(objects).of(interfaceInformation),
	bits(u8("icmp.int_info.mtu_present", "MTU", 3), hasMTU).flag(presentNot).each(objects).of(interfaceInformation),
	informed("icmp.int_info.index", "Interface Index", Uint32, func(i information) []byte { return i.index }),
	informed("icmp.int_info.afi", "Address Family Identifier", Uint16, func(i information) []byte { return i.family }).named(afiNames),
	informed("icmp.reserved", "Reserved", Bytes, func(i information) []byte { return i.reserved }),
	informed("icmp.int_info.ipv4", "Source", IPv4, func(i information) []byte { return i.address }),
	informed("icmp.int_info.name_length", "Name Length", Uint8, func(i information) []byte { return i.nameLength }),
	informed("icmp.int_info.name", "Name", String, func(i information) []byte { return i.name }),

	read("icmp.int_ident.name", "Name", String, interfaceIdentified).each(objects).of(interfaceIdentification, 1),
	u32("icmp.int_ident.index", "Interface Index", 4).each(objects).of(interfaceIdentification, 2),
	u16("icmp.int_ident.afi", "Address Family Identifier", 4).named(afiNames).each(objects).of(interfaceIdentification, 3),
	u8("icmp.int_ident.addr_length", "Address Length", 6).each(objects).of(interfaceIdentification, 3),
	octets("icmp.int_ident.reserved", "Reserved", 7, 1).each(objects).of(interfaceIdentification, 3),
	ip4("icmp.int_ident.ipv4", "Address", 8).each(objects).of(interfaceIdentification, 3),
))

// wholeLayer reports whether all of a layer was captured.
func wholeLayer(s *Subject, i int) bool { return s.layer(i).Whole() }

// Classes of objects (IANA's ICMP extension object classes).
const (
	mplsStack               = 1
	interfaceInformation    = 2
	interfaceIdentification = 3
)

// Bits of an interface information object's sub-type (RFC 5837 §4.1).
const (
	hasIndex   = 0x08
	hasAddress = 0x04
	hasName    = 0x02
	hasMTU     = 0x01
)

// extensionReadable reports whether an extension is of version 2, or 1, as early ones were.
func extensionReadable(b []byte) bool { return b[0]>>4 == 1 || b[0]>>4 == 2 }

// objects are those that lie within the extension; one that does not ends them, and is shown as far as it goes.
var objects = &parts{
	start: func(b []byte) []byte {
		if len(b) < 4 || !extensionReadable(b) {
			return nil
		}
		return b[4:]
	},
	next: func(b []byte) (part, rest []byte) {
		if len(b) < 4 {
			return nil, nil
		}
		n := int(b[0])<<8 | int(b[1])
		if n < 4 || n > len(b) {
			return b, nil
		}
		return b[:n], b[n:]
	},
}

// labels are the entries of every MPLS label stack object.
var labels = &parts{
	start: func(b []byte) []byte {
		for b = objects.start(b); len(b) > 0; {
			var object []byte
			if object, b = objects.next(b); len(object) > 4 && object[2] == mplsStack {
				return object[4:]
			}
		}
		return nil
	},
	next: func(b []byte) (part, rest []byte) {
		if len(b) < 4 {
			return nil, nil
		}
		return b[:4], b[4:]
	},
}

// of limits a field to objects of a class and, if given, a sub-type.
func (f *Field) of(class uint8, subType ...uint8) *Field {
	f.partCond = func(b []byte) bool {
		return len(b) >= 4 && b[2] == class && (len(subType) == 0 || b[3] == subType[0])
	}
	return f
}

// extensionState compares an extension structure with its checksum, which may be left out (RFC 4884 §7).
func extensionState(b []byte) decode.ChecksumState {
	if b[2] == 0 && b[3] == 0 || decode.Checksum(b, 0) == 0 {
		return decode.ChecksumGood
	}
	return decode.ChecksumBad
}

func extensionChecksum(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if len(b) < 4 {
		return dst
	}
	if b[2] == 0 && b[3] == 0 {
		const notPresent = 3
		return append(dst, Value{Uint: notPresent})
	}
	return append(dst, Value{Uint: uint64(extensionState(b))})
}

// unknownObject is the payload of an object of another class.
func unknownObject(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if len(b) <= 4 || b[2] >= mplsStack && b[2] <= interfaceIdentification {
		return dst
	}
	return append(dst, Value{Bytes: b[4:]})
}

// interfaceIdentified is the name in an interface identification object, without the zeros that fill its last word.
func interfaceIdentified(_ *Subject, _ int, b []byte, dst []Value) []Value {
	return append(dst, Value{Bytes: bytes.TrimRight(b[4:], "\x00")})
}

// information is an interface information object, taken apart (RFC 5837 §4).
type information struct {
	index, family, reserved, address, nameLength, name []byte
}

func readInformation(b []byte) (i information) {
	have, b := b[3], b[4:]
	take := func(n int) (field []byte) {
		n = min(n, len(b))
		field, b = b[:n], b[n:]
		return field
	}
	if have&hasIndex != 0 {
		i.index = take(4)
	}
	if have&hasAddress != 0 {
		const v4 = 1
		i.family, i.reserved = take(2), take(2)
		if len(i.family) == 2 && i.family[0] == 0 && i.family[1] == v4 {
			i.address = take(4)
		} else {
			take(16)
		}
	}
	if have&hasName != 0 {
		i.nameLength = take(1)
		if len(i.nameLength) == 1 && i.nameLength[0] > 0 {
			i.name = take(int(i.nameLength[0]) - 1)
		}
	}
	return i
}

// informed is a piece of an interface information object.
func informed(name, label string, t Type, piece func(information) []byte) *Field {
	f := Field{}
	return read(name, label, t, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		p := piece(readInformation(b))
		if len(p) == 0 || t.Size() > len(p) {
			return dst
		}
		if t.Unsigned() {
			return append(dst, Value{Uint: f.number(p)})
		}
		return append(dst, Value{Bytes: p})
	}).each(objects).of(interfaceInformation)
}

var objectClassNames = []Name{{1, "MPLS Label Stack Class"}, {2, "Interface Information Object"}, {3, "Interface Identification Object"}}

var roleNames = []Name{
	{0, "IP interface upon which datagram arrived"}, {1, "sub-IP component of an IP interface upon which datagram arrived"},
	{2, "IP interface through which datagram would be forwarded"}, {3, "IP next-hop to which datagram would be forwarded"},
}
