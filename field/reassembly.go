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

// pieces is a field with a value for each fragment of the datagram that a frame completes.
func pieces(value func(p *decode.Piece) (u uint64, ok bool)) func(s *Subject, i int, b []byte, dst []Value) []Value {
	return func(s *Subject, i int, b []byte, dst []Value) []Value {
		if !completes(s, i, b) {
			return dst
		}
		for j := range s.Packet.Pieces {
			if u, ok := value(&s.Packet.Pieces[j]); ok {
				dst = append(dst, Value{Uint: u})
			}
		}
		return dst
	}
}

func pieceFrame(p *decode.Piece) (uint64, bool) { return p.Frame, true }

func pieceOverlaps(p *decode.Piece) (uint64, bool) { return 1, p.Overlaps }

func pieceConflicts(p *decode.Piece) (uint64, bool) { return 1, p.Conflicts }

func pieceCount(s *Subject, i int, b []byte, dst []Value) []Value {
	if n := len(s.Packet.Pieces); n > 0 && completes(s, i, b) {
		dst = append(dst, Value{Uint: uint64(n)})
	}
	return dst
}
