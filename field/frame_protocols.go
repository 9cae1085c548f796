package field

import (
	"strings"

	"github.com/icmpsniff/icmpsniff/decode"
)

// protocolNames builds tshark's list of the protocols in a frame: outermost first, colons between, with the pseudo-protocol
// that reads an EtherType after each header that has one.
func protocolNames(s *Subject, dst []Value) []Value {
	n := len(s.text)
	s.text = append(s.text, s.linkName()...)
	for i := range s.Packet.Layers {
		name := s.protocolName(i)
		if name == "" {
			continue
		}
		if len(s.text) > n {
			s.text = append(s.text, ':')
		}
		s.text = append(s.text, name...)
		if s.typed(i) {
			s.text = append(s.text, ":ethertype"...)
		}
	}
	if len(s.text) == n {
		s.text = append(s.text, "data"...)
	}
	return append(dst, Value{Bytes: s.written(n)})
}

// linkNames has tshark's names of what comes before the first layer, by LINKTYPE_ value: headers that are passed over.
var linkNames = map[uint16]string{
	6: "tr", 10: "fddi", 19: "clip", 106: "clip", 107: "fr", 109: "enc", 117: "pflog", 119: "prism", 122: "ipfc", 123: "atm", 138: "ap1394",
	149: "user_dlt:pktap:pcap_pktdata", 163: "wlancap", 178: "juniper", 181: "juniper", 192: "ppi:pcap_pktdata", 239: "nflog",
	258: "pktap:pcap_pktdata",
}

// linkName returns the name of what comes before the first layer, "" for nothing.
func (s *Subject) linkName() string {
	const hdlc, ppi = 50, 192
	switch link := s.Packet.Link; {
	case link == hdlc && s.kind(0) == decode.CHDLC: // PPP's dissector tells them apart
		return "ppp"
	case link == ppi && s.kind(0) == decode.Dot11:
		return "ppi"
	default:
		return linkNames[link]
	}
}

// measured are the links whose headers tell of the radio.
var measured = map[uint16]bool{119: true, 127: true, 163: true, 192: true}

// protocolName returns layer i's name in the list, "" for none.
func (s *Subject) protocolName(i int) string {
	k := s.layer(i).Kind
	if s.layer(i).Flags&decode.Aside != 0 {
		return ""
	}
	if name := listed[k]; name != nil {
		return name(s, i)
	}
	return k.String()
}

// listed has the names in the list of those kinds whose layers do not all have the same.
var listed = map[decode.Kind]func(s *Subject, i int) string{
	decode.Dot1Q: func(s *Subject, i int) string {
		switch {
		case !serviceTag(s, i):
			return "vlan"
		case i+1 < len(s.Packet.Layers) && s.layer(i+1).Kind == decode.Dot1Q && serviceTag(s, i+1): // two service tags are one
			return ""
		}
		return "ieee8021ad"
	},
	decode.IPoIB: func(*Subject, int) string { return "ipoib" },
	decode.Dot11: func(s *Subject, _ int) string {
		if measured[s.Packet.Link] {
			return "wlan_radio:wlan"
		}
		return "wlan"
	},
	decode.LLC: func(s *Subject, i int) string {
		const iso = 0xfe
		if b := s.Packet.Header(s.layer(i)); len(b) > 0 && b[0] == iso {
			switch s.kind(i + 1) {
			case decode.IPv4, decode.IPv6, decode.PPP:
				return "llc:osi"
			}
		}
		return "llc"
	},
	decode.Ethernet: func(s *Subject, i int) string {
		if s.kind(i-1) == decode.PBB { // whose header has the addresses
			return ""
		}
		return "eth"
	},
	decode.MPLS: func(s *Subject, i int) string {
		name := "mpls"
		if s.kind(i-1) == decode.MPLS { // a stack of labels is one
			name = ""
		}
		if s.kind(i+1) == decode.Ethernet {
			name = strings.TrimPrefix(name+s.pseudowire(i), ":")
		}
		return name
	},
	decode.RawIP: func(s *Subject, _ int) string {
		if l := s.Packet.Link; l != 101 && l != 12 && l != 14 {
			return ""
		}
		return "raw"
	},
	decode.IPv6: func(s *Subject, i int) string {
		if s.layer(i).Flags&decode.Bad != 0 { // its bytes are data
			return ""
		}
		return "ipv6"
	},
	decode.ICMPv6: func(s *Subject, i int) string {
		if extended6(s.Packet.Bytes(s.layer(i))) { // its object is ICMP's
			return "icmpv6:icmp"
		}
		return "icmpv6"
	},
	decode.IGMP: func(s *Subject, i int) string {
		if igmpNamed(s.Packet.Bytes(s.layer(i))) { // one dissector hands over to another of its name
			return "igmp:igmp"
		}
		return "igmp"
	},
	decode.ICMPExtension: func(s *Subject, i int) string { // of an error of ICMPv6, it is ICMP's, too
		message := s.Packet.First(decode.ICMPv6)
		switch b := s.Packet.Bytes(s.layer(i)); {
		case message == nil || extended6(s.Packet.Bytes(message)) || len(b) == 0:
			return ""
		case extensionReadable(b):
			return "icmp"
		}
		return "data"
	},
	decode.DVMRP: func(*Subject, int) string { return "igmp:dvmrp" },
	decode.RGMP:  func(*Subject, int) string { return "igmp:rgmp" },
	decode.IGAP:  func(*Subject, int) string { return "igmp:igap" },
	decode.PIM: func(s *Subject, i int) string {
		if b := s.Packet.Bytes(s.layer(i)); len(b) > 0 && b[0] == pimInIGMP {
			return "igmp:pim"
		}
		return "pim"
	},
	decode.TCP: func(s *Subject, i int) string {
		if multipath(s.Packet.Header(s.layer(i))) {
			return "tcp:mptcp"
		}
		return "tcp"
	},
	decode.LISP: func(s *Subject, i int) string {
		const control = 4342
		if b := s.Packet.Header(s.layer(max(0, i-1))); first16(b) == control || len(b) >= 4 && first16(b[2:]) == control {
			return "lisp"
		}
		return "lisp-data"
	},
	decode.DNS: func(s *Subject, i int) string {
		switch {
		case s.repeats(i - 1):
			return ""
		case onPort(5353)(s, i):
			return "mdns"
		case onPort(5355)(s, i):
			return "llmnr"
		}
		return "dns"
	},
	decode.Data: func(s *Subject, i int) string {
		name, ok := dissected(s, i)
		if !ok && undissected(s, i) {
			return "data"
		}
		return name
	},
}

// pimInIGMP is the IGMP type of PIM version 1.
const pimInIGMP = 0x14

// kind returns the kind of layer i, None if there is no such layer.
func (s *Subject) kind(i int) decode.Kind {
	if i < 0 || i >= len(s.Packet.Layers) {
		return decode.None
	}
	return s.layer(i).Kind
}

// pseudowire names the label i before an Ethernet frame by whether a control word (RFC 4385 §3) lies between them.
func (s *Subject) pseudowire(i int) string {
	if s.layer(i+1).Start > s.layer(i).Body {
		return ":pwethheuristic:pwethcw"
	}
	return ":pwethheuristic:pwethnocw"
}

// multipath reports whether a TCP header has an option of multipath TCP (RFC 8684 §3).
func multipath(header []byte) bool {
	const end, noOperation, mptcp = 0, 1, 30
	for b := header[min(20, len(header)):]; len(b) > 0; {
		switch {
		case b[0] == mptcp:
			return true
		case b[0] == end:
			return false
		case b[0] == noOperation:
			b = b[1:]
			continue
		case len(b) < 2 || b[1] < 2 || int(b[1]) > len(b):
			return false
		}
		b = b[b[1]:]
	}
	return false
}

// typed reports whether a header says by an EtherType what follows it.
func (s *Subject) typed(i int) bool {
	const lastLength = 1500
	b := s.Packet.Header(s.layer(i))
	switch s.layer(i).Kind {
	case decode.Ethernet:
		return len(b) == 14 && b[12] >= 6
	case decode.Dot1Q:
		return len(b) == 4 && last16(b) > lastLength
	case decode.LinuxSLL:
		return cookedType(b)
	case decode.LinuxSLL2:
		return cookedType2(b)
	case decode.VNTag, decode.ETag, decode.RTag:
		return len(b) >= 6
	case decode.PBB:
		return s.kind(i+1) == decode.Ethernet && s.typed(i+1)
	case decode.CiscoMetaData:
		return len(b) == 8 && s.kind(i-1) != decode.GRE
	case decode.MACsec:
		return s.kind(i+1) != decode.None
	}
	return false
}
