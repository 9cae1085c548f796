package field

import "github.com/icmpsniff/icmpsniff/decode"

// Data: what belongs to no protocol that is known, here or to Wireshark.
var dataFields = inPlace("data", kindSet(decode.Data), undissected,
	read("data.data", "Data", Bytes, func(s *Subject, i int, b []byte, dst []Value) []Value {
		return append(dst, Value{Bytes: s.remaining(i, b)})
	}),
	read("data.len", "Length", Int32, func(s *Subject, i int, b []byte, dst []Value) []Value {
		return append(dst, Value{Uint: uint64(len(s.remaining(i, b)))})
	}),
)

// remaining returns the data of layer i without the time that a ping wrote at its start, which is a field of its own.
func (s *Subject) remaining(i int, b []byte) []byte {
	if i > 0 && s.layer(i-1).Kind == decode.ICMPv4 && len(b) >= 8 {
		if _, ok := sentAt(s, s.Packet.Bytes(s.layer(i-1))); ok {
			return b[8:]
		}
	}
	return b
}
