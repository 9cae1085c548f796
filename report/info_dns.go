package report

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// dnsProtocol returns the name of the protocol that a DNS message is, by its port.
func dnsProtocol(p *decode.Packet) string {
	udp := p.Layers[p.Top-1]
	b := p.Header(&udp)
	if len(b) < 4 {
		return "DNS"
	}
	for _, port := range [2]uint16{binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])} {
		switch port {
		case 5353:
			return "MDNS"
		case 5355:
			return "LLMNR"
		}
	}
	return "DNS"
}

// dnsOpcodes and dnsErrors are names from IANA's "DNS OpCodes" and "DNS RCODEs".
var (
	dnsOpcodes = [16]string{0: "Standard query", 1: "Inverse query", 2: "Server status request", 4: "Zone change notification", 5: "Dynamic update"}
	dnsErrors  = [16]string{1: "Format error", 2: "Server failure", 3: "No such name", 4: "Not implemented", 5: "Refused",
		6: "Name exists", 7: "RRset exists", 8: "RRset does not exist", 9: "Not authoritative", 10: "Name out of zone"}
)

// dnsTypes are names of record types (IANA, "Resource Record (RR) TYPEs").
var dnsTypes = map[uint16]string{1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 12: "PTR", 13: "HINFO", 15: "MX", 16: "TXT", 24: "SIG",
	28: "AAAA", 33: "SRV", 35: "NAPTR", 39: "DNAME", 41: "OPT", 43: "DS", 46: "RRSIG", 47: "NSEC", 48: "DNSKEY", 50: "NSEC3",
	64: "SVCB", 65: "HTTPS", 250: "TSIG", 251: "IXFR", 252: "AXFR", 255: "ANY", 257: "CAA"}

const (
	dnsA, dnsNS, dnsCNAME, dnsPTR, dnsMX, dnsTXT, dnsAAAA, dnsSRV, dnsOPT = 1, 2, 5, 12, 15, 16, 28, 33, 41

	maxDNSName   = 255 // bytes of a name, those of its labels' lengths included (RFC 1035 §3.1)
	maxDNSLabels = 128 // a name of so many bytes has fewer
)

// appendDNS appends a DNS message's kind, identifier, questions and records, as far as it is whole, and no more of them than a line
// has room for: a message of 64 KiB can name one name 10,000 times.
func appendDNS(dst, b []byte) []byte {
	if len(b) < 12 {
		return dst
	}
	flags := binary.BigEndian.Uint16(b[2:])
	response := flags&0x8000 != 0
	opcode := flags >> 11 & 15
	if name := dnsOpcodes[opcode]; name != "" {
		dst = append(dst, name...)
	} else {
		dst = append(appendUint(append(dst, "Unknown operation ("...), uint64(opcode)), ')')
	}
	if response {
		dst = append(dst, " response"...)
	}
	dst = appendHex(append(dst, " 0x"...), b[:2])
	if response && flags&15 != 0 {
		dst = append(append(dst, ' '), dnsErrors[flags&15]...)
	}
	at, full := 12, len(dst)+maxInfo
	var ok bool
	for n := binary.BigEndian.Uint16(b[4:]); n > 0 && len(dst) < full; n-- {
		nameAt := at
		if at, ok = skipDNSName(b, at); !ok || at+4 > len(b) {
			return dst
		}
		kind, class := binary.BigEndian.Uint16(b[at:]), binary.BigEndian.Uint16(b[at+2:])
		dst = appendDNSType(append(dst, ' '), kind)
		dst = appendDNSName(append(dst, ' '), b, nameAt)
		if class&0x8000 != 0 {
			dst = append(dst, `, "QU" question`...)
		} else if at4 := class & 0x7fff; at4 == 1 && isMDNSQuestion(b) {
			dst = append(dst, `, "QM" question`...)
		}
		at += 4
	}
	for _, count := range [3]int{6, 8, 10} {
		for n := binary.BigEndian.Uint16(b[count:]); n > 0 && len(dst) < full; n-- {
			if at, ok = skipDNSName(b, at); !ok || at+10 > len(b) {
				return dst
			}
			kind, size := binary.BigEndian.Uint16(b[at:]), int(binary.BigEndian.Uint16(b[at+8:]))
			at += 10
			if at+size > len(b) {
				return dst
			}
			dst = appendDNSType(append(dst, ' '), kind)
			dst = appendDNSRecord(dst, b, kind, at, size)
			at += size
		}
	}
	return dst
}

// isMDNSQuestion is false: the caller does not know the port, and unicast DNS marks no question.
func isMDNSQuestion([]byte) bool { return false }

func appendDNSType(dst []byte, kind uint16) []byte {
	if name := dnsTypes[kind]; name != "" {
		return append(dst, name...)
	}
	return append(appendUint(append(dst, "Unknown ("...), uint64(kind)), ')')
}

// appendDNSRecord appends a record's data where a summary shows it.
func appendDNSRecord(dst, b []byte, kind uint16, at, size int) []byte {
	data := b[at : at+size]
	switch {
	case kind == dnsA && size == 4:
		return appendIPv4Address(append(dst, ' '), data)
	case kind == dnsAAAA && size == 16:
		return appendIPv6Address(append(dst, ' '), data)
	case kind == dnsNS || kind == dnsCNAME || kind == dnsPTR:
		return appendDNSName(append(dst, ' '), b, at)
	case kind == dnsMX && size > 2:
		dst = appendUint(append(dst, ' '), uint64(binary.BigEndian.Uint16(data)))
		return appendDNSName(append(dst, ' '), b, at+2)
	}
	return dst
}

// skipDNSName returns where the name at b[at:] ends.
func skipDNSName(b []byte, at int) (int, bool) {
	for at < len(b) {
		switch n := int(b[at]); {
		case n == 0:
			return at + 1, true
		case n&0xc0 == 0xc0:
			return at + 2, at+2 <= len(b)
		case n&0xc0 != 0:
			return at, false
		default:
			at += 1 + n
		}
	}
	return at, false
}

// appendDNSName appends the name at b[at:], following compression (RFC 1035 §4.1.4) a bounded number of times, with what
// could upset a terminal escaped.
func appendDNSName(dst, b []byte, at int) []byte {
	start, length := len(dst), 1
	for labels := 0; at < len(b) && labels < maxDNSLabels; labels++ {
		n := int(b[at])
		if n&0xc0 == 0 {
			length += 1 + n
		}
		switch {
		case n == 0:
			if len(dst) == start {
				dst = append(dst, "<Root>"...)
			}
			return dst
		case n&0xc0 == 0xc0:
			if at+2 > len(b) {
				return dst
			}
			at = int(binary.BigEndian.Uint16(b[at:]) & 0x3fff)
			continue
		case n&0xc0 != 0 || at+1+n > len(b) || length > maxDNSName:
			return dst
		}
		if len(dst) > start {
			dst = append(dst, '.')
		}
		dst = AppendEscaped(dst, b[at+1:at+1+n])
		at += 1 + n
	}
	return dst
}
