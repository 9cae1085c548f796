package field

import "github.com/icmpsniff/icmpsniff/decode"

// TCP options (RFC 9293 §3.2), of the segments that are not quoted.
var tcpOptionFields = in("tcp", kindSet(decode.TCP),
	read("tcp.options", "TCP Options", Bytes, func(s *Subject, i int, _ []byte, dst []Value) []Value {
		if b := s.Packet.Header(s.layer(i)); len(b) > 20 {
			dst = append(dst, Value{Bytes: b[20:]})
		}
		return dst
	}),
	u8("tcp.option_kind", "Kind", 0).each(tcpOptions),
	u16("tcp.options.mss_val", "MSS Value", 2).tcpOption(2),
	u8("tcp.options.wscale.shift", "Shift count", 2).tcpOption(3),
	u32("tcp.options.timestamp.tsval", "Timestamp value", 2).tcpOption(8),
	u32("tcp.options.timestamp.tsecr", "Timestamp echo reply", 6).tcpOption(8),
)

// tcpOption limits a field to options of a kind.
func (f *Field) tcpOption(kind byte) *Field {
	f.parts, f.partCond = tcpOptions, first(kind)
	return f
}

var tcpOptions = &parts{
	start: func(b []byte) []byte {
		if len(b) < 20 {
			return nil
		}
		return b[20:max(20, min(len(b), int(b[12]>>4)*4))]
	},
	next: func(b []byte) (part, rest []byte) {
		const noOperation = 1 // 0 ends the list, and then pads it
		switch {
		case b[0] <= noOperation:
			return b[:1], b[1:]
		case len(b) < 2 || b[1] < 2 || int(b[1]) > len(b):
			return nil, nil
		}
		return b[:b[1]], b[b[1]:]
	},
}
