package explain

import (
	"encoding/binary"
	"strings"

	"github.com/icmpsniff/icmpsniff/decode"
)

// fragment explains a fragment of a datagram that is not whole yet (RFC 791 §3.2, RFC 8200 §4.5).
func (s *Story) fragment(v *view) *step {
	h := v.p.Header(v.layer)
	var id, offset uint32
	var more bool
	switch {
	case v.layer.Flags&decode.Fragment == 0:
		return nil
	case v.layer.Kind == decode.IPv4 && len(h) >= 20:
		id, offset, more = uint32(binary.BigEndian.Uint16(h[4:])), uint32(binary.BigEndian.Uint16(h[6:])&0x1fff)*8, h[6]&0x20 != 0
	case v.layer.Kind == decode.IPv6Fragment && len(h) >= 8:
		id, offset, more = binary.BigEndian.Uint32(h[4:]), uint32(binary.BigEndian.Uint16(h[2:])&^7), h[3]&1 != 0
	default:
		return nil
	}
	size := len(v.p.Payload(v.layer))
	a := v.ends().with(args{"id": number(uint64(id)), "offset": number(uint64(offset)), "bytes": number(uint64(size)), "end": number(uint64(int(offset) + max(1, size) - 1))})
	st := &step{key: stepKey{kind: "fragment", a: v.from, b: v.to}, title: s.words.say("fragment", a)}
	if s.told[st.key] {
		return st
	}
	st.drawing = s.between(v, s.words.say("fragment.label", a), false)
	key := "fragment.last"
	if more {
		key = "fragment.more"
	}
	st.says(s, key, a)
	s.teaches(st, "fragment.why", a)
	return st
}

// maxPieces is how many fragments of a datagram are told.
const maxPieces = 6

// pieces says of what fragments a packet's datagram was put together.
func (s *Story) pieces(st *step, v *view) {
	n := len(v.p.Pieces)
	if n == 0 {
		return
	}
	var list []string
	for _, f := range v.p.Pieces[:min(n, maxPieces)] {
		list = append(list, s.words.say("piece", args{"frame": number(f.Frame), "from": number(uint64(f.Offset)), "to": number(uint64(f.Offset + f.Length - 1))}))
	}
	if n > maxPieces {
		list = append(list, "..")
	}
	last := v.p.Pieces[n-1]
	st.says(s, "pieces", args{"n": number(uint64(n)), "list": strings.Join(list, ", "), "bytes": number(uint64(last.Offset + last.Length))})
}
