package report

import "github.com/icmpsniff/icmpsniff/decode"

// Paint colours lines for a terminal. The zero Paint leaves them as they are.
type Paint struct {
	request, reply, failure, resolution, group, note, end string // escape sequences (ECMA-48 §8.3.117)
}

// Colors paints questions, answers, errors, address resolution and multicast each in a colour of their own, none of them
// black or white, so that they show on both.
var Colors = Paint{
	request: "\x1b[36m", reply: "\x1b[32m", failure: "\x1b[31m", resolution: "\x1b[33m", group: "\x1b[35m", note: "\x1b[1;31m",
	end: "\x1b[0m",
}

// Start appends what comes before a packet's line.
func (c *Paint) Start(dst []byte, p *decode.Packet) []byte { return append(dst, c.of(p)...) }

// StartNote appends what comes before a note between the lines.
func (c *Paint) StartNote(dst []byte) []byte { return append(dst, c.note...) }

// End appends what comes after a line.
func (c *Paint) End(dst []byte) []byte { return append(dst, c.end...) }

func (c *Paint) of(p *decode.Packet) string {
	top := p.Summary()
	if top == nil {
		return ""
	}
	b := p.Bytes(top)
	switch {
	case p.Verdict == decode.Malformed:
		return c.failure
	case top.Kind == decode.ARP:
		return c.resolution
	case top.Kind == decode.IGMP:
		return c.group
	case len(b) == 0:
		return ""
	case top.Kind == decode.ICMPv4:
		switch b[0] {
		case 3, 4, 5, 11, 12:
			return c.failure
		case 0, 14, 16, 18, 43:
			return c.reply
		}
		return c.request
	case top.Kind == decode.ICMPv6:
		switch t := b[0]; {
		case t < 128 || t == 137:
			return c.failure
		case t == 129 || t == 140 || t == 161:
			return c.reply
		case t >= 133 && t <= 136:
			return c.resolution
		case t >= 130 && t <= 132 || t == 143:
			return c.group
		}
		return c.request
	}
	return ""
}
