package report

import (
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// igmpForms are the versions and the words of the message types that always have the same.
var igmpForms = map[byte]struct{ protocol, info string }{
	1: {"IGMPv0", "Create Group Request"}, 2: {"IGMPv0", "Create Group Reply"}, 3: {"IGMPv0", "Join Group Request"},
	4: {"IGMPv0", "Join Group Reply"}, 5: {"IGMPv0", "Leave Group Request"}, 6: {"IGMPv0", "Leave Group Reply"},
	7: {"IGMPv0", "Confirm Group Request"}, 8: {"IGMPv0", "Confirm Group Reply"},
	decode.IGMPQuery:              {"IGMPv1", "Membership Query"},
	decode.IGMPReportV1:           {"IGMPv1", "Membership Report"},
	decode.IGMPReportV2:           {"IGMPv2", "Membership Report"},
	decode.IGMPLeave:              {"IGMPv2", "Leave Group"},
	decode.IGMPReportV3:           {"IGMPv3", "Membership Report"},
	decode.IGMPTracerouteResponse: {"IGMP", "Traceroute Response, "},
	decode.IGMPTracerouteRequest:  {"IGMP", "Traceroute Request"},
}

// igmpProtocol returns the version of IGMP that a message of n bytes belongs to (RFC 3376 §7.1, RFC 2236 §3).
func igmpProtocol(b []byte, n int) string {
	switch {
	case len(b) == 0:
		return "IGMP"
	case b[0] == decode.IGMPQuery && n >= 12:
		return "IGMPv3"
	case b[0] == decode.IGMPQuery && len(b) > 1 && b[1] != 0:
		return "IGMPv2"
	case b[0] < 0x10:
		return "IGMPv0"
	}
	if form, ok := igmpForms[b[0]]; ok {
		return form.protocol
	}
	return "IGMP"
}

// appendIGMP appends what an IGMP message of n bytes asks or tells, as far as it was captured.
func appendIGMP(dst, b []byte, n int) []byte {
	if len(b) == 0 || b[0] == decode.IGMPQuery && len(b) < 2 && n < 12 {
		return dst
	}
	form, ok := igmpForms[b[0]]
	if !ok {
		return appendHex(append(dst, "Unknown Type:0x"...), b[:1])
	}
	dst = append(dst, form.info...)
	switch t := b[0]; {
	case t == decode.IGMPTracerouteResponse:
		blocks := uint64(max(0, n-24) / 32)
		if dst = append(appendUint(dst, blocks), " block"...); blocks != 1 {
			dst = append(dst, 's')
		}
		return dst
	case t == decode.IGMPTracerouteRequest && n == 24:
		return append(dst[:len(dst)-len("Request")], "Query"...)
	case len(b) < 8:
	case t == decode.IGMPQuery:
		return appendIGMPQuery(dst, b, n)
	case (t == decode.IGMPReportV2 || t == decode.IGMPLeave) && isZero(b[4:8]):
		return append(dst, ", general"...)
	case t == decode.IGMPReportV2:
		return appendIPv4Address(append(dst, " group "...), b[4:8])
	case t == decode.IGMPLeave:
		return appendIPv4Address(append(dst, ' '), b[4:8])
	case t == decode.IGMPReportV3:
		return appendIGMPReport(dst, b)
	}
	return dst
}

func appendIGMPQuery(dst, b []byte, n int) []byte {
	group := b[4:8]
	switch {
	case n < 12 && b[1] == 0: // version 1 asks for all groups
		return dst
	case n >= 12 && len(b) < 12:
		return dst
	case isZero(group):
		dst = append(dst, ", general"...)
	default:
		dst = appendIPv4Address(append(dst, ", specific for group "...), group)
	}
	if n < 12 {
		return dst
	}
	return appendSources(dst, b[12:], int(binary.BigEndian.Uint16(b[10:])), ", source", ", sources")
}

// recordWords are the words for the group records of a version 3 report (RFC 3376 §4.2.12), by how many sources a
// record lists.
type recordWords struct{ before, none, one, more string }

var (
	toInclude   = recordWords{" / Join group ", "", " for source", " for sources in"}
	toExclude   = recordWords{" / Join group ", " for any sources", ", for source not", ", for sources not in"}
	allow       = recordWords{" / Group ", ", ALLOW_NEW_SOURCES but no source specified (?)", ", new source", ", new sources"}
	block       = recordWords{" / Group ", ", BLOCK_OLD_SOURCES but no source specified (?)", ", block source", ", block sources"}
	unknownKind = recordWords{" / Group ", ", unknown record type (?)", ", unknown record type (?), sources", ", unknown record type (?), sources"}
)

func wordsOf(kind byte) *recordWords {
	switch kind {
	case 1, 3:
		return &toInclude
	case 2, 4:
		return &toExclude
	case 5:
		return &allow
	case 6:
		return &block
	}
	return &unknownKind
}

// appendIGMPReport appends the group records of a version 3 report (RFC 3376 §4.2.4), the last as far as it was captured.
func appendIGMPReport(dst, b []byte) []byte {
	n := binary.BigEndian.Uint16(b[6:])
	if n == 0 {
		return append(dst, " - General query"...)
	}
	for b = b[8:]; n > 0 && len(b) >= 8; n-- {
		words, sources := wordsOf(b[0]), int(binary.BigEndian.Uint16(b[2:]))
		if words == &toInclude && sources == 0 { // to include nobody is to leave
			dst = append(dst, " / Leave group "...)
		} else {
			dst = append(dst, words.before...)
		}
		dst = appendIPv4Address(dst, b[4:8])
		if sources == 0 {
			dst = append(dst, words.none...)
		} else {
			dst = appendSources(dst, b[8:], sources, words.one, words.more)
		}
		b = b[min(len(b), 8+sources*4+int(b[1])*4):]
	}
	return dst
}

// appendSources appends n source addresses in braces, after one of two words, as far as they were captured; nothing if
// there are none.
func appendSources(dst, b []byte, n int, one, more string) []byte {
	switch n {
	case 0:
		return dst
	case 1:
		dst = append(dst, one...)
	default:
		dst = append(dst, more...)
	}
	dst = append(dst, " {"...)
	for i := range n {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		if len(b) < 4 {
			return dst
		}
		dst = appendIPv4Address(dst, b[:4])
		b = b[4:]
	}
	return append(dst, '}')
}

// withinIGMP says what a message of IGAP or RGMP (RFC 3488 §3) is, by its type.
var withinIGMP = [256]string{
	0x40: "Membership Report (Join)", 0x41: "Membership Query", 0x42: "Leave Group",
	0xfc: "Leave", 0xfd: "Join", 0xfe: "Bye", 0xff: "Hello",
}

// appendWithinIGMP appends what a message of IGAP or RGMP is.
func appendWithinIGMP(dst, b []byte) []byte {
	if len(b) == 0 {
		return dst
	}
	return append(dst, withinIGMP[b[0]]...)
}
