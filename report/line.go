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
	var d Draft
	l.draft(&d, s)
	p := s.Packet
	dst = l.appendAddresses(l.appendStart(dst, &d), p.Source, p.Destination)
	return l.appendEnd(l.appendMiddle(dst, p), &d, s.Relation)
}

// AppendShort appends what a line says beside addresses, protocol and length: for where those are known and there is little room.
func (l *Lines) AppendShort(dst []byte, s *field.Subject) []byte {
	var d Draft
	l.draft(&d, s)
	return l.appendEnd(l.appendPacket(l.appendStart(dst, &d), s.Packet), &d, s.Relation)
}

// appendStart appends number and time.
func (l *Lines) appendStart(dst []byte, d *Draft) []byte {
	n := decimals(d.number)
	dst = append(appendDigits(appendBlanks(dst, 5-n), d.number, n), ' ')
	if d.timed {
		dst = l.Time.append(dst, d.time, d.digits, 10)
	} else {
		dst = appendBlanks(dst, 10)
	}
	return append(dst, ' ')
}

// appendAddresses appends whom the packet is from, and to.
func (l *Lines) appendAddresses(dst []byte, source, destination decode.Address) []byte {
	dst = append(l.Names.appendAddressRight(dst, source, 12), " → "...)
	return append(l.Names.appendAddressLeft(dst, destination, 12), ' ')
}

// appendMiddle appends what is between the addresses and what a packet is to others.
func (l *Lines) appendMiddle(dst []byte, p *decode.Packet) []byte {
	dst = appendProtocol(dst, p)
	dst = append(dst, ' ')
	dst = appendUint(dst, uint64(p.Length))
	return l.appendPacket(append(dst, ' '), p)
}

// appendInformation appends the last column: what the packet says and is to others, and what is wrong with it.
func (l *Lines) appendInformation(dst []byte, s *field.Subject) []byte {
	var d Draft
	l.draft(&d, s)
	return l.appendRest(l.appendPacket(dst, s.Packet), &d, s.Relation)
}

// appendPacket appends of the last column what the packet says.
func (l *Lines) appendPacket(dst []byte, p *decode.Packet) []byte {
	start := len(dst)
	return cutText(l.appendInfo(appendFiltered(dst, p), p), start+maxInfo)
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

// blanks are as many as any column is wide.
const blanks = "                    "

// appendBlanks appends so many blanks, 20 at most, and none for a number below 0.
func appendBlanks(dst []byte, n int) []byte { return append(dst, blanks...)[:len(dst)+max(n, 0)] }

// alignRight puts as many blanks before the text that begins at start as it has bytes less than width, which is 20 at most.
func alignRight(dst []byte, start, width int) []byte {
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
var protocolNames = [1 << 8]string{
	decode.Dot1Q: "VLAN", decode.MACsec: "MACSEC", decode.LLC: "LLC", decode.SNAP: "LLC", decode.LinuxSLL: "SLL",
	decode.LinuxSLL2: "SLL", decode.Null: "Null", decode.PPP: "PPP", decode.PPPoE: "PPPoE", decode.DVMRP: "DVMRP", decode.RGMP: "RGMP", decode.IGAP: "IGAP", decode.CHDLC: "CHDLC",
	decode.MPLS: "MPLS", decode.ARCNET: "ARCNET", decode.IPNet: "IPNET", decode.IPoIB: "InfiniBand", decode.RadioTap: "802.11",
	decode.Dot11: "802.11", decode.IPv4: "IPv4", decode.IPv6: "IPv6", decode.IPv6Fragment: "IPv6", decode.AH: "AH",
	decode.ICMPv4: "ICMP", decode.ICMPv6: "ICMPv6", decode.UDP: "UDP", decode.TCP: "TCP", decode.GRE: "GRE",
	decode.ERSPAN: "ERSPAN", decode.VXLAN: "VXLAN", decode.Geneve: "Geneve", decode.Teredo: "Teredo", decode.GTPU: "GTP",
	decode.NHRP: "NHRP", decode.EtherIP: "ETHERIP", decode.LISP: "LISP", decode.L2TP: "L2TP", decode.CiscoMetaData: "CMD",
	decode.BridgedPPP: "PPP BCP", decode.TRILL: "TRILL", decode.PBB: "802.1ah", decode.NSH: "NSH", decode.RTag: "R-TAG", decode.HSR: "HSR",
}

func appendKind(dst []byte, p *decode.Packet, top *decode.Layer) []byte {
	switch top.Kind {
	case decode.ICMPv4:
		return append(dst, "ICMP"...)
	case decode.ICMPv6:
		if connectivityTest(p) {
			return append(dst, "Teredo"...)
		}
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
		return appendARP(dst, p, top)
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
	case decode.AH:
		return appendAH(dst, p.Bytes(top))
	case decode.RGMP, decode.IGAP:
		return appendWithinIGMP(dst, p.Bytes(top))
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
