package field

import "github.com/icmpsniff/icmpsniff/decode"

// trailer is what follows the payload of an Ethernet or "cooked" frame. Nothing in the frame says which of it is what, so this guesses
// as Wireshark does: a frame in a tunnel has neither padding nor a check sequence.
type trailer struct {
	padding []byte // zeros that fill the frame up to 60 bytes (IEEE 802.3 §3.2.8)
	rest    []byte // what neither fills nor checks
	check   []byte // the frame check sequence, nil if none is taken to be there
	doubt   bool   // there are bytes where padding would be that are not zeros
}

// minFrame is the least length of a frame without its check sequence (IEEE 802.3 §4.2.3.3); checkLength is of that.
const minFrame, checkLength = 60, 4

// trailerOf returns what follows the payload of layer i, a link header or the last of the VLAN tags after one. Lengths count from the
// link header.
func (s *Subject) trailerOf(i int) (t trailer) {
	link := i
	for link > 0 && s.layer(link).Kind == decode.Dot1Q {
		link--
	}
	l := s.layer(link)
	b, end := s.Packet.Bytes(l), s.payloadEnd(i)-int(l.Start)
	if end < 0 || end >= l.StatedLength() {
		return t
	}
	stated := l.StatedLength()
	captured := min(len(b), stated)
	rest := b[min(end, captured):captured]
	if link > 0 {
		t.rest = rest
		return t
	}
	// A frame of 64 bytes or more needs no padding: four bytes at its end are its check sequence.
	if s.layer(i).Kind == decode.Ethernet && stated-end >= checkLength && stated >= minFrame+checkLength {
		if n := stated - checkLength - end; n < len(rest) {
			rest, t.check = rest[:n], rest[n:]
		}
	}
	if end < minFrame && stated >= minFrame {
		n := min(minFrame-end, len(rest))
		if zeros(rest[:n]) {
			t.padding, rest = rest[:n], rest[n:]
		} else {
			t.doubt = true
		}
	}
	t.rest = rest
	return t
}

// payloadEnd returns the offset at which what a link header or a VLAN tag carries says that it ends, -1 if it does not say.
func (s *Subject) payloadEnd(i int) int {
	if i+1 == len(s.Packet.Layers) {
		return -1
	}
	switch l := s.layer(i + 1); l.Kind {
	case decode.ARP:
		if notATM(s, i+1) {
			return int(l.Body)
		}
	case decode.IPv4, decode.IPv6, decode.LLC:
		return int(l.Stated)
	case decode.MPLS:
		return s.payloadEnd(i + 1)
	case decode.Data:
		name, _ := announced(s, i)
		if length := lengths[name]; length != nil {
			if n := length(s.Packet.Bytes(l)); n >= 0 {
				return int(l.Start) + n
			}
		}
	}
	return -1
}

// lengths tell how long a packet is of those protocols that are not decoded and say so themselves, -1 if it does not make sense.
var lengths = map[string]func(b []byte) int{
	"eapol": func(b []byte) int { // IEEE 802.1X §11.3
		if len(b) < 4 {
			return -1
		}
		return 4 + int(first16(b[2:]))
	},
	"lldp": func(b []byte) int { // IEEE 802.1AB §8.4: types of 7 bits and lengths of 9, up to type 0
		for at := 0; at+2 <= len(b); {
			head := first16(b[at:])
			at += 2 + int(head&0x1ff)
			if head>>9 == 0 {
				return at
			}
		}
		return -1
	},
}

// trailing makes the value of a part of the trailer, if it is there.
func trailing(part func(trailer) []byte) func(*Subject, int, []byte, []Value) []Value {
	return func(s *Subject, i int, _ []byte, dst []Value) []Value {
		if b := part(s.trailerOf(i)); len(b) > 0 {
			dst = append(dst, Value{Bytes: b})
		}
		return dst
	}
}

func checkSequence(s *Subject, i int, _ []byte, dst []Value) []Value {
	f := Field{}
	if b := s.trailerOf(i).check; len(b) == checkLength {
		dst = append(dst, Value{Uint: f.number(b)})
	}
	return dst
}

// checkSequenceStatus is always unverified, as tshark's is unless asked: what was captured seldom has a real one.
func checkSequenceStatus(s *Subject, i int, _ []byte, dst []Value) []Value {
	if s.trailerOf(i).check != nil {
		dst = append(dst, Value{Uint: uint64(decode.ChecksumUnverified)})
	}
	return dst
}

func paddingDoubtful(s *Subject, i int, _ []byte) bool { return s.trailerOf(i).doubt }
