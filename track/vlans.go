package track

// stackDepth is the number of VLAN tags, from the outermost, that tell one stack from another. Provider bridging
// (IEEE 802.1ad) uses two.
const stackDepth = 4

// stacks numbers VLAN stacks, so that a row needs two bytes for its own. Number 0 is the untagged one.
type stacks struct {
	numbers map[vlanStack]uint16
	list    []vlanStack
	last    uint16 // number of the stack of the latest packet: mostly the next one's too
}

type vlanStack struct {
	tags  [stackDepth]uint16
	depth uint16
}

// set takes the VLAN identifiers of a packet, outermost first.
func (v *vlanStack) set(vlans []uint16) {
	*v = vlanStack{}
	v.depth = uint16(copy(v.tags[:], vlans))
}

func newStacks() stacks {
	return stacks{numbers: map[vlanStack]uint16{{}: 0}, list: []vlanStack{{}}}
}

// of returns the number of the stack of a packet's VLAN identifiers.
func (s *stacks) of(vlans []uint16) uint16 {
	var v vlanStack
	v.set(vlans)
	return s.number(&v)
}

// number returns the number of a stack. Stacks beyond maxStacks share one.
func (s *stacks) number(v *vlanStack) uint16 {
	if v.depth == 0 {
		return 0
	}
	if s.list[s.last] == *v {
		return s.last
	}
	n, ok := s.numbers[*v]
	if !ok {
		if len(s.list) == maxStacks {
			return maxStacks - 1
		}
		n = uint16(len(s.list))
		s.list = append(s.list, *v)
		s.numbers[*v] = n
	}
	s.last = n
	return n
}

// vlans returns the VLAN identifiers of a stack, nil if it is untagged. The slice stays valid.
func (s *stacks) vlans(n uint16) []uint16 {
	v := &s.list[n]
	if v.depth == 0 {
		return nil
	}
	return v.tags[:v.depth]
}

// innermost returns the innermost VLAN identifier of a stack, 0 if it is untagged.
func (s *stacks) innermost(n uint16) uint16 {
	v := &s.list[n]
	if v.depth == 0 {
		return 0
	}
	return v.tags[v.depth-1]
}
