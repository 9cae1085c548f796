package field

import "github.com/icmpsniff/icmpsniff/decode"

// What a frame says that completes a fragmented datagram, of the header (IPv6: fragment header) of layer i.

func completes(s *Subject, i int, _ []byte) bool {
	return s.layer(i).Flags&decode.Reassembled != 0 && i+1 < len(s.Packet.Layers)
}

// reassembled is the whole payload: the layer that it starts with spans it.
func reassembled(s *Subject, i int, b []byte, dst []Value) []Value {
	if !completes(s, i, b) {
		return dst
	}
	return append(dst, Value{Bytes: s.Packet.Bytes(s.layer(i + 1))})
}

func reassembledLength(s *Subject, i int, b []byte, dst []Value) []Value {
	if !completes(s, i, b) {
		return dst
	}
	return append(dst, Value{Uint: uint64(s.layer(i + 1).StatedLength())})
}
