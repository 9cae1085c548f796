package decode

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
)

// frameCase is a frame and what the decoder makes of it, in describe's words.
type frameCase struct {
	name  string
	link  uint16
	frame []byte
	cut   int // bytes that the capture kept, 0 for all
	want  string
}

// check decodes each frame with a Decoder of its own.
func check(t *testing.T, cases []frameCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := Packet{Frame: Frame{Number: 1, Link: c.link, Data: c.frame, Length: len(c.frame)}}
			if c.cut > 0 {
				p.Data = c.frame[:c.cut:c.cut]
			}
			New().Decode(&p)
			inBounds(t, &p)
			if got := describe(&p); got != c.want {
				t.Errorf("decoded\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// checkEthernet is check for frames of Ethernet.
func checkEthernet(t *testing.T, cases []frameCase) {
	t.Helper()
	for i := range cases {
		cases[i].link = 1
	}
	check(t, cases)
}

// describe says what was decoded, in one line: the layers with the lengths of their headers (of data: of its bytes), with
// flags behind and a > before for each level of quoting; the layer of the summary and its addresses; VLANs and virtual networks; the verdict.
func describe(p *Packet) string {
	var s strings.Builder
	for i := range p.Layers {
		l := &p.Layers[i]
		n := l.Body - l.Start
		if l.Kind == Data {
			n = int32(len(p.Payload(l)))
		}
		fmt.Fprintf(&s, "%s%s:%d", strings.Repeat(">", int(l.Quoted)), kindName(l.Kind), n)
		for bit, word := range [...]string{"+fragment", "+reassembled", "+bad", "+unread", "+cut", "+aside"} {
			if l.Flags&(1<<bit) != 0 {
				s.WriteString(word)
			}
		}
		s.WriteString(" ")
	}
	top := "nothing"
	if l := p.Summary(); l != nil {
		top = kindName(l.Kind)
	}
	fmt.Fprintf(&s, "| %s %s>%s", top, addressText(p.Source), addressText(p.Destination))
	if len(p.Segments) > 0 {
		fmt.Fprintf(&s, " | on %v", p.Segments)
	}
	if p.Verdict != Good {
		s.WriteString(" | " + [...]string{Limited: "limited", Malformed: "malformed", Unreassembled: "unreassembled"}[p.Verdict])
	}
	return s.String()
}

// kindName is Kind.String with words for the kinds that tshark does not list.
func kindName(k Kind) string {
	switch k {
	case SNAP:
		return "snap"
	case ICMPExtension:
		return "extension"
	}
	return k.String()
}

func addressText(a Address) string {
	switch a.Kind {
	case MAC:
		return net.HardwareAddr(a.Bytes).String()
	case IPv4Address, IPv6Address:
		return a.IP().String()
	case ARCNETAddress:
		return fmt.Sprintf("%02x", a.Bytes)
	}
	return "-"
}

// inBounds fails the test if p does not keep what a Packet promises whatever the bytes were.
func inBounds(t *testing.T, p *Packet) {
	if err := outOfBounds(p); err != nil {
		t.Helper()
		t.Error(err)
	}
}

func outOfBounds(p *Packet) error {
	if len(p.Layers) > maxLayers+8 {
		return fmt.Errorf("%d layers", len(p.Layers))
	}
	if p.Top < -1 || p.Top >= len(p.Layers) {
		return fmt.Errorf("top %d of %d layers", p.Top, len(p.Layers))
	}
	for _, a := range []Address{p.Source, p.Destination} {
		lengths := [...][]int{NoAddress: {0}, MAC: {6, 8}, IPv4Address: {4}, IPv6Address: {16}, ARCNETAddress: {1}} // EUI-64 on IEEE 1394
		if !slices.Contains(lengths[a.Kind], len(a.Bytes)) {
			return fmt.Errorf("an address of kind %d has %d bytes", a.Kind, len(a.Bytes))
		}
	}
	for i := range p.Layers {
		l := &p.Layers[i]
		if l.Start < 0 || l.Start > l.Body || l.Start > l.End || l.Body > l.Stated || l.End > l.Stated || l.Stated > maxLength {
			return fmt.Errorf("layer %d, %v: start %d, body %d, end %d, stated %d", i, l.Kind, l.Start, l.Body, l.End, l.Stated)
		}
		if all, parts := len(p.Bytes(l)), len(p.Header(l))+len(p.Payload(l)); all != parts {
			return fmt.Errorf("layer %d, %v: %d bytes, but %d in header and payload", i, l.Kind, all, parts)
		}
		p.ChecksumState(i)
		switch l.Kind {
		case ARP:
			ReadARP(p.Bytes(l))
		case ICMPv6:
			for range NDOptions(NDOptionsOf(p.Bytes(l))) {
			}
		}
	}
	for _, l := range []*Layer{p.Summary(), p.LinkLayer(), p.Network(), p.Quoted()} {
		if l != nil {
			p.Bytes(l)
		}
	}
	return nil
}
