package report

import (
	"unicode/utf8"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// Lines writes one-line summaries as tshark does: number, time, source, destination, protocol, length and information.
type Lines struct {
	Time    TimeFormat
	Names   Names // how addresses are shown
	TwoPass bool  // requests know their replies, and fragments where they were reassembled
	Paired  bool  // all that is paired says so; without it only echo does, as in tshark
}

// Append appends the summary of a packet to dst, without the line's end. It allocates nothing but what dst needs to grow.
func (l *Lines) Append(dst []byte, s *field.Subject) []byte {
	dst, d := l.Draft(dst, s)
	return l.Finish(dst, d, s.Relation)
}

// Draft appends as much of the summary as the packet itself tells. [Lines.Finish] appends the rest, on another goroutine if need be.
func (l *Lines) Draft(dst []byte, s *field.Subject) ([]byte, Draft) {
	p := s.Packet
	dst = l.appendStart(dst, s)
	start := len(dst)
	dst = alignRight(l.Names.appendAddress(dst, p.Source), start, 12)
	dst = append(dst, " → "...)
	start = len(dst)
	dst = l.Names.appendAddress(dst, p.Destination)
	for width := utf8.RuneCount(dst[start:]); width < 12; width++ {
		dst = append(dst, ' ')
	}
	dst = append(dst, ' ')
	dst = appendProtocol(dst, p)
	dst = append(dst, ' ')
	dst = appendUint(dst, uint64(p.Length))
	return l.draftInformation(append(dst, ' '), p)
}

// AppendShort appends what a line says beside addresses, protocol and length: for where those are known and there is little room.
func (l *Lines) AppendShort(dst []byte, s *field.Subject) []byte {
	dst, d := l.draftInformation(l.appendStart(dst, s), s.Packet)
	return l.Finish(dst, d, s.Relation)
}

// appendStart appends number and time.
func (l *Lines) appendStart(dst []byte, s *field.Subject) []byte {
	start := len(dst)
	dst = append(alignRight(appendUint(dst, s.Packet.Number), start, 5), ' ')
	start = len(dst)
	return append(alignRight(l.Time.Append(dst, s), start, 10), ' ')
}

// appendInformation appends the last column: what the packet says and is to others, and what is wrong with it.
func (l *Lines) appendInformation(dst []byte, s *field.Subject) []byte {
	dst, d := l.draftInformation(dst, s.Packet)
	return l.finishInformation(dst, d, s.Relation)
}

// draftInformation appends of the last column what the packet says.
func (l *Lines) draftInformation(dst []byte, p *decode.Packet) ([]byte, Draft) {
	start := len(dst)
	dst = cutText(l.appendInfo(dst, p), start+maxInfo)
	d := Draft{verdict: p.Verdict, echo: isEcho(p)}
	if l.TwoPass && d.echo {
		d.silence = silenceAfter(p)
	}
	return dst, d
}

// maxInfo is how many bytes of what a packet says fit onto its line, as tshark has it (COL_MAX_INFO_LEN, less its NUL).
const maxInfo = 4095

// cutText cuts a text to n bytes, or up to three fewer so that its last character is whole.
func cutText(b []byte, n int) []byte {
	if len(b) <= n {
		return b
	}
	for n > 0 && !utf8.RuneStart(b[n]) {
		n--
	}
	return b[:n]
}

// alignRight puts as many blanks before the text that begins at start as it has bytes less than width, which is 12 at most.
func alignRight(dst []byte, start, width int) []byte {
	const blanks = "            "
	missing := width - (len(dst) - start)
	if missing <= 0 {
		return dst
	}
	dst = append(dst, blanks[:missing]...)
	copy(dst[start+missing:], dst[start:])
	copy(dst[start:], blanks[:missing])
	return dst
}

// appendProtocol appends the name of the protocol that the summary speaks of, as tshark's Protocol column has it.
func appendProtocol(dst []byte, p *decode.Packet) []byte {
	top := p.Summary()
	if top == nil {
		return append(dst, "Data"...)
	}
	for i := range p.Layers[:p.Top] {
		if p.Layers[i].Kind == decode.GTPU && p.Verdict == decode.Good {
			dst = append(dst, "GTP <"...)
			return append(appendKind(dst, p, top), '>')
		}
	}
	return appendKind(dst, p, top)
}

// protocolNames are the names in tshark's Protocol column of those protocols whose bytes do not change it.
var protocolNames = map[decode.Kind]string{
	decode.Dot1Q: "VLAN", decode.MACsec: "MACSEC", decode.LLC: "LLC", decode.SNAP: "LLC", decode.LinuxSLL: "SLL",
	decode.LinuxSLL2: "SLL", decode.Null: "Null", decode.PPP: "PPP", decode.PPPoE: "PPPoE", decode.DVMRP: "DVMRP", decode.CHDLC: "CHDLC",
	decode.MPLS: "MPLS", decode.ARCNET: "ARCNET", decode.IPNet: "IPNET", decode.IPoIB: "InfiniBand", decode.RadioTap: "802.11",
	decode.Dot11: "802.11", decode.IPv4: "IPv4", decode.IPv6: "IPv6", decode.IPv6Fragment: "IPv6", decode.AH: "AH",
	decode.ICMPv4: "ICMP", decode.ICMPv6: "ICMPv6", decode.UDP: "UDP", decode.TCP: "TCP", decode.GRE: "GRE",
	decode.ERSPAN: "ERSPAN", decode.VXLAN: "VXLAN", decode.Geneve: "Geneve", decode.Teredo: "Teredo", decode.GTPU: "GTP",
	decode.NHRP: "NHRP", decode.EtherIP: "ETHERIP", decode.LISP: "LISP", decode.L2TP: "L2TP", decode.CiscoMetaData: "CMD",
}

func appendKind(dst []byte, p *decode.Packet, top *decode.Layer) []byte {
	switch top.Kind {
	case decode.ICMPv4:
		return append(dst, "ICMP"...)
	case decode.ARP:
		return append(dst, arpProtocol(p, top)...)
	case decode.IGMP:
		return append(dst, igmpProtocol(p.Bytes(top), top.StatedLength())...)
	case decode.DNS:
		return append(dst, dnsProtocol(p)...)
	case decode.PIM:
		return append(dst, pimProtocol(p.Bytes(top))...)
	case decode.Ethernet:
		return appendEthernetProtocol(dst, p.Bytes(top))
	}
	return append(dst, protocolNames[top.Kind]...)
}

// appendInfo appends what the innermost protocol has to say.
func (l *Lines) appendInfo(dst []byte, p *decode.Packet) []byte {
	top := p.Summary()
	if top == nil {
		return dst
	}
	switch top.Kind {
	case decode.ICMPv4:
		return appendICMPv4(dst, p, top)
	case decode.ICMPv6:
		return appendICMPv6(dst, p, top)
	case decode.ARP:
		return appendARP(dst, p.Bytes(top))
	case decode.IGMP:
		return appendIGMP(dst, p.Bytes(top), top.StatedLength())
	case decode.IPv4:
		return l.appendIPv4(dst, p, top)
	case decode.IPv6:
		return l.appendIPv6(dst, p, top)
	case decode.IPv6Fragment:
		return l.appendIPv6Fragment(dst, p, top)
	case decode.UDP:
		return appendUDP(dst, p, top)
	case decode.TCP:
		return appendTCP(dst, p, top)
	case decode.DNS:
		return appendDNS(dst, p.Bytes(top))
	case decode.PIM:
		return appendPIM(dst, p.Bytes(top))
	case decode.NHRP:
		return appendNHRP(dst, p.Bytes(top))
	case decode.Ethernet:
		if len(p.Bytes(top)) < 14 {
			return dst
		}
		return append(dst, "Ethernet II"...)
	}
	return dst
}

// appendEthernetProtocol appends the EtherType of a frame whose payload is not decoded.
func appendEthernetProtocol(dst, b []byte) []byte {
	if len(b) < 14 {
		return append(dst, "Ethernet"...)
	}
	return appendHex(append(dst, "0x"...), b[12:14])
}
