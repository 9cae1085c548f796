package report

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// Error messages in words: for the table, for JSON, and for the sentence between the lines.

// Types of ICMP that are more than their code's name says.
const parameterProblem4, parameterProblem6 = 12, 4

// errorName names an error as tshark does: by its code, or by its type if the code has no name.
func errorName(e *track.Error) string {
	typeName, codeName, coded := decode.ICMPv4TypeName(e.Type), "", false
	if e.Family == 4 {
		codeName, coded = decode.ICMPv4CodeName(e.Type, e.Code)
	} else {
		typeName = decode.ICMPv6TypeName(e.Type)
		codeName, coded = decode.ICMPv6CodeName(e.Type, e.Code)
	}
	switch problem := e.Family == 4 && e.Type == parameterProblem4 || e.Family == 6 && e.Type == parameterProblem6; {
	case codeName == "" && coded:
		return typeName + ", code " + strconv.Itoa(int(e.Code))
	case codeName == "":
		return typeName
	case problem:
		return typeName + ": " + lowered(codeName)
	}
	return strings.ToUpper(codeName[:1]) + codeName[1:]
}

// lowered writes the words of a name small, but for abbreviations.
func lowered(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if rest := w[1:]; rest == strings.ToLower(rest) {
			words[i] = strings.ToLower(w)
		}
	}
	return strings.Join(words, " ")
}

// protocolWords are the names of IP's protocols (IANA) that errors are usually about.
var protocolWords = [256]string{
	1: "icmp", 2: "igmp", 4: "ipip", 6: "tcp", 17: "udp", 33: "dccp", 41: "ipv6", 47: "gre", 50: "esp", 51: "ah", 58: "icmpv6", 59: "none",
	88: "eigrp", 89: "ospf", 103: "pim", 112: "vrrp", 115: "l2tp", 132: "sctp", 136: "udplite",
}

// protocolWord names a protocol, by its number if it has no word; "" if nothing is quoted.
func protocolWord(q *track.Quote) string {
	switch w := protocolWords[q.Protocol]; {
	case !q.Source.IsValid():
		return ""
	case w == "":
		return strconv.Itoa(int(q.Protocol))
	default:
		return w
	}
}

// ends says which of the datagrams of a protocol it was: by identifier and sequence number, or ports.
func ends(q *track.Quote) string {
	switch {
	case q.Query:
		return string(appendQuery(nil, q))
	case q.Ports:
		return strconv.Itoa(int(q.SourcePort)) + " → " + strconv.Itoa(int(q.DestinationPort))
	}
	return ""
}

func appendQuery(dst []byte, q *track.Quote) []byte {
	dst = appendHex16(append(dst, "id=0x"...), q.ID)
	return strconv.AppendUint(append(dst, ", seq="...), uint64(q.Seq), 10)
}

// mplsLabels lists MPLS labels, the outermost first: 16001/24005.
func mplsLabels(labels []track.Label) string {
	var b []byte
	for i, l := range labels {
		if i > 0 {
			b = append(b, '/')
		}
		b = strconv.AppendUint(b, uint64(l.Label), 10)
	}
	return string(b)
}

// roleWords are what an interface was to the datagram (RFC 5837 §4.1).
var roleWords = [...]string{track.Incoming: "in", track.IncomingSub: "in (part)", track.Outgoing: "out", track.NextHop: "next hop"}

// interfaceWords lists interfaces with all that is known of them: "in eth0 192.0.2.1 index 3 MTU 1500".
func interfaceWords(interfaces []track.Interface) string {
	words := make([]string, len(interfaces))
	for i := range interfaces {
		n := &interfaces[i]
		b := append([]byte(nil), roleWords[n.Role]...)
		if n.Name != "" {
			b = AppendEscaped(append(b, ' '), []byte(n.Name))
		}
		if n.Address.IsValid() {
			b = n.Address.AppendTo(append(b, ' '))
		}
		if n.Index != 0 {
			b = strconv.AppendUint(append(b, " index "...), uint64(n.Index), 10)
		}
		if n.MTU != 0 {
			b = strconv.AppendUint(append(b, " MTU "...), uint64(n.MTU), 10)
		}
		words[i] = string(b)
	}
	return strings.Join(words, "; ")
}

// appendReported appends what an error says that its line does not:
//
//	ICMP: 192.0.2.1 says host unreachable about frame 9 (UDP 192.0.2.11:40000 → 192.0.2.99:9)
func appendReported(dst []byte, event *track.Event) []byte {
	e := event.Error
	if e.Family == 6 {
		dst = append(dst, "ICMPv6: "...)
	} else {
		dst = append(dst, "ICMP: "...)
	}
	dst = append(appendIP(dst, e.Reporter), " says "...)
	dst = append(dst, lowered(errorName(e))...)
	if e.MTU != 0 {
		dst = strconv.AppendUint(append(dst, " (MTU "...), uint64(e.MTU), 10)
		dst = append(dst, ')')
	}
	switch {
	case !e.About.Quoted():
	case e.AboutFrame != 0:
		dst = strconv.AppendUint(append(dst, " about frame "...), e.AboutFrame, 10)
		if e.Translated {
			dst = append(dst, ", which a NAT changed"...)
		}
	default:
		dst = append(dst, " about what was not captured"...)
	}
	if e.About.Quoted() {
		dst = append(appendQuote(append(dst, " ("...), &e.About), ')')
	}
	if e.Gateway.IsValid() {
		dst = appendIP(append(dst, ": send to "...), e.Gateway)
	}
	if len(e.Labels) > 0 {
		dst = append(append(dst, "; MPLS "...), mplsLabels(e.Labels)...)
	}
	if len(e.Interfaces) > 0 {
		dst = append(append(dst, "; interface "...), interfaceWords(e.Interfaces)...)
	}
	return dst
}

// appendQuote appends a datagram as an error quotes it.
func appendQuote(dst []byte, q *track.Quote) []byte {
	if !q.Source.IsValid() {
		return appendIP(append(dst, "to "...), q.Destination)
	}
	word := protocolWord(q)
	if protocolWords[q.Protocol] == "" {
		dst = append(dst, "protocol "...)
	}
	dst = append(append(dst, strings.Replace(strings.ToUpper(word), "V6", "v6", 1)...), ' ')
	if q.Ports {
		dst = netip.AddrPortFrom(q.Source, q.SourcePort).AppendTo(dst)
		return netip.AddrPortFrom(q.Destination, q.DestinationPort).AppendTo(append(dst, " → "...))
	}
	dst = appendIP(append(appendIP(dst, q.Source), " → "...), q.Destination)
	if q.Query {
		dst = appendQuery(append(dst, ", "...), q)
	}
	return dst
}
