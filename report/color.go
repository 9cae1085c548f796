package report

import "github.com/icmpsniff/icmpsniff/decode"

// Paint colours lines for a terminal. The zero Paint leaves them as they are.
type Paint struct {
	shades [shades]string // escape sequences (ECMA-48 §8.3.117)
	end    string
}

// shade is what lines of a colour have in common.
type shade uint8

const (
	unpainted shade = iota
	question
	answer
	failure
	resolution
	group
	noted
	shades int = iota
)

// Colors paints questions, answers, errors, address resolution and multicast each in a colour of their own, none of them
// black or white, so that they show on both.
var Colors = Paint{
	shades: [shades]string{question: "\x1b[36m", answer: "\x1b[32m", failure: "\x1b[31m", resolution: "\x1b[33m", group: "\x1b[35m",
		noted: "\x1b[1;31m"},
	end: "\x1b[0m",
}

// Start appends what comes before a packet's line.
func (c *Paint) Start(dst []byte, p *decode.Packet) []byte { return c.start(dst, shadeOf(p)) }

// StartNote appends what comes before a note between the lines.
func (c *Paint) StartNote(dst []byte) []byte { return c.start(dst, noted) }

func (c *Paint) start(dst []byte, s shade) []byte { return append(dst, c.shades[s]...) }

// End appends what comes after a line.
func (c *Paint) End(dst []byte) []byte { return append(dst, c.end...) }

// shadeOf returns the shade of a packet's line.
func shadeOf(p *decode.Packet) shade {
	top := p.Summary()
	if top == nil {
		return unpainted
	}
	b := p.Bytes(top)
	switch {
	case p.Verdict == decode.Malformed:
		return failure
	case top.Kind == decode.ARP:
		return resolution
	case top.Kind == decode.IGMP:
		return group
	case len(b) == 0:
		return unpainted
	case top.Kind == decode.ICMPv4:
		switch b[0] {
		case 3, 4, 5, 11, 12:
			return failure
		case 0, 14, 16, 18, 43:
			return answer
		}
		return question
	case top.Kind == decode.ICMPv6:
		switch t := b[0]; {
		case t < 128 || t == 137:
			return failure
		case t == 129 || t == 140 || t == 161:
			return answer
		case t >= 133 && t <= 136:
			return resolution
		case t >= 130 && t <= 132 || t == 143:
			return group
		}
		return question
	}
	return unpainted
}
