package track

import "github.com/icmpsniff/icmpsniff/decode"

// stackWords is how many words of a stack, from the outermost segment, tell it from another: a VLAN takes one, a virtual network
// two. Provider bridging (IEEE 802.1ad) uses two VLANs, and so may the networks within a virtual one.
const stackWords = 5

// packedStack is a stack of segments in as few bytes as a message has for one. A VLAN n is n+1; of a virtual network the first
// word has networkMark and the identifier's first 8 bits, the second has the others. Zeros fill it up.
type packedStack [stackWords]uint16

const networkMark = 0x8000

// set takes the segments of a packet, outermost first; those for which there is no room are left out.
func (v *packedStack) set(segments []decode.Segment) {
	*v = packedStack{}
	n := 0
	for _, s := range segments {
		switch {
		case n == stackWords, s.Virtual() && n+1 == stackWords:
			return
		case s.Virtual():
			v[n], v[n+1] = networkMark|uint16(s.Number()>>16), uint16(s.Number())
			n += 2
		default:
			v[n] = uint16(s.Number()) + 1
			n++
		}
	}
}

// segments appends what set took.
func (v *packedStack) segments(dst []decode.Segment) []decode.Segment {
	for n := 0; n < stackWords && v[n] != 0; n++ {
		if v[n]&networkMark == 0 {
			dst = append(dst, decode.Segment(v[n]-1))
			continue
		}
		dst = append(dst, decode.VirtualNetwork(uint32(v[n])<<16|uint32(v[n+1])))
		n++
	}
	return dst
}

// hash is a hash of few bits, 0 of an empty stack.
func (v *packedStack) hash() (h uint8) {
	for _, w := range v {
		h = (h*31+uint8(w>>8))*31 + uint8(w)
	}
	return h
}

// stacks numbers stacks of segments, so that a row needs two bytes for its own. Number 0 is the empty one: no VLAN, no virtual
// network.
type stacks struct {
	numbers map[packedStack]uint16
	list    []stackEntry
	last    uint16 // number of the stack of the latest packet: mostly the next one's too
}

type stackEntry struct {
	packed   packedStack
	segments []decode.Segment // nil of the empty stack
}

func newStacks() stacks {
	return stacks{numbers: map[packedStack]uint16{{}: 0}, list: make([]stackEntry, 1)}
}

// of returns the number of the stack of a packet's segments.
func (s *stacks) of(segments []decode.Segment) uint16 {
	if len(segments) == 0 {
		return 0
	}
	var v packedStack
	v.set(segments)
	return s.number(&v)
}

// number returns the number of a stack. Stacks beyond maxStacks share one.
func (s *stacks) number(v *packedStack) uint16 {
	if v[0] == 0 {
		return 0
	}
	if s.list[s.last].packed == *v {
		return s.last
	}
	n, ok := s.numbers[*v]
	if !ok {
		if len(s.list) == maxStacks {
			return maxStacks - 1
		}
		n = uint16(len(s.list))
		s.list = append(s.list, stackEntry{*v, v.segments(nil)})
		s.numbers[*v] = n
	}
	s.last = n
	return n
}

// segments returns the segments of a stack, outermost first, nil if there are none. The slice stays valid.
func (s *stacks) segments(n uint16) []decode.Segment { return s.list[n].segments }

// innermostVLAN returns the innermost VLAN identifier of a stack, 0 if it has none.
func (s *stacks) innermostVLAN(n uint16) (id uint32) {
	for _, g := range s.list[n].segments {
		if !g.Virtual() {
			id = g.Number()
		}
	}
	return id
}
