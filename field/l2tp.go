package field

import "github.com/icmpsniff/icmpsniff/decode"

// L2TP version 2 (RFC 2661 §3.1). What control messages say in attributes is not read.
var l2tpFields = in("l2tp", kindSet(decode.L2TP),
	u16("l2tp.flags", "Flags", 0).hex(),
	bits(u16("l2tp.type", "Type", 0), l2tpControl).named([]Name{{0, "Data Message"}, {1, "Control Message"}}),
	bits(u16("l2tp.length_bit", "Length Bit", 0), l2tpLength).flag(yesNo("Length field is present", "Length field is not present")),
	bits(u16("l2tp.seq_bit", "Sequence Bit", 0), l2tpSequence).flag(yesNo("Ns and Nr fields are present", "Ns and Nr fields are not present")),
	bits(u16("l2tp.offset_bit", "Offset bit", 0), l2tpOffset).flag(yesNo("Offset Size field is present", "Offset size field is not present")),
	bits(u16("l2tp.priority", "Priority", 0), 0x0100).flag(yesNo("This data message has priority", "No priority")),
	bits(u16("l2tp.version", "Version", 0), 0x000f),
	read("l2tp.length", "Length", Uint16, l2tpNumber(0, l2tpLength)),
	read("l2tp.tunnel", "Tunnel ID", Uint16, l2tpNumber(2, 0)),
	read("l2tp.session", "Session ID", Uint16, l2tpNumber(4, 0)),
	read("l2tp.Ns", "Ns", Uint16, l2tpNumber(6, l2tpSequence)),
	read("l2tp.Nr", "Nr", Uint16, l2tpNumber(8, l2tpSequence)),
	read("l2tp.offset", "Offset", Uint16, l2tpNumber(10, l2tpOffset)),
	mark("l2tp.offset_padding", "Offset Padding", func(_ *Subject, _ int, b []byte) bool {
		at := l2tpEnd(b, 10)
		return len(b) >= at+2 && first16(b)&l2tpOffset != 0 && first16(b[at:]) > 0
	}),
	mark("l2tp.zero_length_body_message", "Zero Length Body message", func(s *Subject, i int, b []byte) bool {
		return len(b) >= 2 && first16(b)&l2tpControl != 0 && s.layer(i).StatedLength() == l2tpEnd(b, 10)
	}),
)

// The flags, of which three say which of the optional fields there are.
const l2tpControl, l2tpLength, l2tpSequence, l2tpOffset = 0x8000, 0x4000, 0x0800, 0x0200

// l2tpEnd returns where in the header b the field at a place is, of which twelve bytes after the flags were all there.
func l2tpEnd(b []byte, place int) int {
	flags, n := first16(b), 2+place
	if place >= 2 && flags&l2tpLength == 0 {
		n -= 2
	}
	if place >= 10 && flags&l2tpSequence == 0 {
		n -= 4
	}
	return n
}

// l2tpNumber makes the value of a field at a place, if one of the flags says that it is there; 0 is for what always is.
func l2tpNumber(place int, flags uint16) func(*Subject, int, []byte, []Value) []Value {
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		at := l2tpEnd(b, place)
		if len(b) < at+2 || flags != 0 && first16(b)&flags == 0 {
			return dst
		}
		return append(dst, Value{Uint: uint64(first16(b[at:]))})
	}
}
