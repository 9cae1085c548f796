package report

import (
	"strconv"
	"unicode/utf8"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// Lines writes one-line summaries as tshark does: number, time, source, destination, protocol, length and information.
type Lines struct {
	Time    TimeFormat
	Names   Names // how addresses are shown
	TwoPass bool  // requests know their replies, and fragments where they were reassembled
	Paired  bool  // all that is paired says so; without it only echo does, as in tshark

	scratch []byte
}

// Append appends the summary of a packet to dst, without the line's end. It allocates nothing but what dst needs to grow.
func (l *Lines) Append(dst []byte, s *field.Subject) []byte {
	p := s.Packet
	dst = l.appendStart(dst, s)
	l.scratch = l.Names.appendAddress(l.scratch[:0], p.Source)
	dst = appendRight(dst, l.scratch, 12)
	dst = append(dst, " → "...)
	start := len(dst)
	dst = l.Names.appendAddress(dst, p.Destination)
	for width := utf8.RuneCount(dst[start:]); width < 12; width++ {
		dst = append(dst, ' ')
	}
	dst = append(dst, ' ')
	dst = appendProtocol(dst, p)
	dst = append(dst, ' ')
	dst = strconv.AppendInt(dst, int64(p.Length), 10)
	return l.appendEnd(append(dst, ' '), s)
}

// AppendShort appends what a line says beside addresses, protocol and length: for where those are known and there is little room.
func (l *Lines) AppendShort(dst []byte, s *field.Subject) []byte {
	return l.appendEnd(l.appendStart(dst, s), s)
}

// appendStart appends number and time.
func (l *Lines) appendStart(dst []byte, s *field.Subject) []byte {
	dst = appendRight(dst, strconv.AppendUint(l.scratch[:0], s.Packet.Number, 10), 5)
	dst = append(dst, ' ')
	l.scratch = l.Time.Append(l.scratch[:0], s)
	dst = appendRight(dst, l.scratch, 10)
	return append(dst, ' ')
}

// appendEnd appends the information.
func (l *Lines) appendEnd(dst []byte, s *field.Subject) []byte {
	dst = l.appendInformation(dst, s.Packet, s.Relation)
	if l.Paired {
		dst = l.appendPairing(dst, s.Packet, s.Relation)
	}
	return dst
}

// appendPairing appends to the line of anything but an echo what it is to its other side, in the form of tshark's notes.
func (l *Lines) appendPairing(dst []byte, p *decode.Packet, r *track.Relation) []byte {
	switch {
	case r == nil || isEcho(p):
		return dst
	case r.Role == track.ErrorMessage:
		return appendCause(dst, r)
	case r.Role == track.Request && r.Peer == 0:
		if l.TwoPass && r.Has(track.Lost) { // others are probes, or wait still
			dst = append(dst, noResponse...)
		}
		return dst
	}
	return l.appendRelation(dst, p, r)
}

// isEcho reports whether the packet is an echo request or reply.
func isEcho(p *decode.Packet) bool {
	top := p.Summary()
	if top == nil {
		return false
	}
	b := p.Bytes(top)
	return len(b) > 0 && (top.Kind == decode.ICMPv4 && (b[0] == 0 || b[0] == 8) || top.Kind == decode.ICMPv6 && (b[0] == 128 || b[0] == 129))
}

// appendCause appends the frame that an ICMP error is about, in the form of tshark's notes.
func appendCause(dst []byte, r *track.Relation) []byte {
	if r.Peer == 0 {
		return dst
	}
	dst = appendUint(append(dst, " (error for "...), r.Peer)
	if r.Has(track.Changed) {
		dst = append(dst, ", translated"...)
	}
	return append(dst, ')')
}

// appendInformation appends the last column: what the packet says, and what is wrong with it.
func (l *Lines) appendInformation(dst []byte, p *decode.Packet, r *track.Relation) []byte {
	start := len(dst)
	dst = cutText(l.appendInfo(dst, p, r), start+maxInfo)
	switch p.Verdict {
	case decode.Malformed:
		dst = append(dst, "[Malformed Packet]"...)
	case decode.Limited:
		dst = append(dst, "[Packet size limited during capture]"...)
	case decode.Unreassembled:
		dst = append(dst, "[BoundErrorUnreassembled Packet]"...)
	}
	return dst
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

// appendRight appends text with blanks before it, up to the width.
func appendRight(dst, text []byte, width int) []byte {
	for n := len(text); n < width; n++ {
		dst = append(dst, ' ')
	}
	return append(dst, text...)
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
func (l *Lines) appendInfo(dst []byte, p *decode.Packet, r *track.Relation) []byte {
	top := p.Summary()
	if top == nil {
		return dst
	}
	switch top.Kind {
	case decode.ICMPv4:
		return l.appendICMPv4(dst, p, top, r)
	case decode.ICMPv6:
		return l.appendICMPv6(dst, p, top, r)
	case decode.ARP:
		return appendARP(dst, p.Bytes(top), r)
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
