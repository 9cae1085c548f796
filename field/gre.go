package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// GRE (RFC 2784 §2, RFC 2890 §2), with the source routes of RFC 1701 and what PPTP makes of it (RFC 2637 §4.1), which tshark tells by
// the protocol and not by the version.
var greFields = slices.Concat(
	in("gre", kindSet(decode.GRE),
		u16("gre.flags_and_version", "Flags and Version", 0).hex(),
		bits(u16("gre.flags.checksum", "Checksum Bit", 0), greChecksum).flag(yesOrNo),
		bits(u16("gre.flags.routing", "Routing Bit", 0), greRouting).flag(yesOrNo),
		bits(u16("gre.flags.key", "Key Bit", 0), greKey).flag(yesOrNo),
		bits(u16("gre.flags.sequence_number", "Sequence Number Bit", 0), greSequence).flag(yesOrNo),
		bits(u16("gre.flags.strict_source_route", "Strict Source Route Bit", 0), 0x0800).flag(yesOrNo),
		bits(u16("gre.flags.recursion_control", "Recursion control", 0), 0x0700),
		bits(u16("gre.flags.ack", "Acknowledgment", 0), greAck).flag(yesOrNo).when(grePPTP),
		bits(u16("gre.flags.reserved", "Flags (Reserved)", 0), 0x00f8).when(func(b []byte) bool { return !grePPTP(b) }),
		bits(u16("gre.flags.reserved", "Flags (Reserved)", 0), 0x0078).when(grePPTP),
		bits(u16("gre.flags.version", "Version", 0), 0x0007).named([]Name{{0, "GRE"}, {1, "Enhanced GRE"}}),
		u16("gre.proto", "Protocol Type", 2).hex().named(greProtocolNames),
		read("gre.checksum", "Checksum", Uint16, greNumber(0, 2, greChecksum|greRouting)).hex(),
		mark("gre.checksum.incorrect", "Incorrect GRE Checksum", func(s *Subject, i int, b []byte) bool {
			return greHas(b, 0, 2, greChecksum|greRouting) && s.greChecksumState(i, b) == decode.ChecksumBad
		}),
		read("gre.checksum.status", "Checksum Status", Uint8, func(s *Subject, i int, b []byte, dst []Value) []Value {
			if greHas(b, 0, 2, greChecksum|greRouting) {
				dst = append(dst, Value{Uint: uint64(s.greChecksumState(i, b))})
			}
			return dst
		}).base(NoBase).named(checksumNames),
		read("gre.offset", "Offset", Uint16, greNumber(2, 2, greChecksum|greRouting)),
		read("gre.key", "Key", Uint32, greNumber(4, 4, greKey)).hex().when(func(b []byte) bool { return !grePPTP(b) }),
		read("gre.key.payload_length", "Payload Length", Uint16, greNumber(4, 2, greKey)).when(grePPTP),
		read("gre.key.call_id", "Call ID", Uint16, greNumber(6, 2, greKey)).when(grePPTP),
		read("gre.sequence_number", "Sequence Number", Uint32, greNumber(8, 4, greSequence)),
		read("gre.ack_number", "Acknowledgment Number", Uint32, greNumber(12, 4, greAck)).when(grePPTP),
		read("gre.routing", "Routing", None, there).each(greRoutes),
		u16("gre.routing.address_family", "Address Family", 0).each(greRoutes),
		u8("gre.routing.sre_offset", "SRE Offset", 2).each(greRoutes),
		u8("gre.routing.src_length", "SRE Length", 3).each(greRoutes),
		octets("gre.routing.information", "Routing Information", 4, 0).each(greRoutes),
	),
	in("gre", kindSet(decode.GRE),
		read("gre.wccp.redirect_header", "Redirect Header", None, there).each(redirectHeader),
		bits(u8("gre.wccp.dynamic_service", "Dynamic Service", 0), 0x01).flag(yesNo("Dynamic service", "Well-known service")).each(redirectHeader),
		bits(u8("gre.wccp.alternative_bucket_used", "Alternative bucket used", 0), 0x02).
			flag(yesNo("Alternative bucket used", "Primary bucket used")).each(redirectHeader),
		bits(u8("gre.wccp.redirect_header_valid", "WCCP Redirect header is valid", 0), 0x04).
			flag(yesNo("Header is present, but ignore contents", "Header contents are valid")).each(redirectHeader),
		u8("gre.wccp.service_id", "Service ID", 1).named([]Name{{0, "HTTP"}}).each(redirectHeader),
		u8("gre.wccp.alternative_bucket", "Alternative Bucket", 2).each(redirectHeader),
		u8("gre.wccp.primary_bucket", "Primary Bucket", 3).each(redirectHeader),
	),
)

// The flags that say which of the optional fields there are.
const greChecksum, greRouting, greKey, greSequence, greAck = 0x8000, 0x4000, 0x2000, 0x1000, 0x0080

// Protocol types that change what the header is like.
const grePPP, greWCCP = 0x880b, 0x883e

func greType(b []byte) uint16 {
	if len(b) < 4 {
		return 0
	}
	return first16(b[2:])
}

func grePPTP(b []byte) bool { return greType(b) == grePPP }

// greEnd returns where in the header b the optional fields before the place at end, of sixteen were all there, and where it is.
func greEnd(b []byte, place int) int {
	flags, n := first16(b), 4
	for _, part := range [...]struct {
		at    int
		flags uint16
	}{{0, greChecksum | greRouting}, {4, greKey}, {8, greSequence}, {12, greAck}} {
		if place >= part.at+4 && flags&part.flags != 0 && (part.flags != greAck || grePPTP(b)) {
			n += 4
		}
	}
	return n + place%4
}

// greHas reports whether one of the flags is set and the bytes of the optional field at a place are there.
func greHas(b []byte, place, width int, flags uint16) bool {
	return len(b) >= 4 && first16(b)&flags != 0 && len(b) >= greEnd(b, place)+width
}

// greNumber makes the value of an optional field at a place among the sixteen bytes that they are if all are there.
func greNumber(place, width int, flags uint16) func(*Subject, int, []byte, []Value) []Value {
	f := Field{}
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if !greHas(b, place, width, flags) {
			return dst
		}
		at := greEnd(b, place)
		return append(dst, Value{Uint: f.number(b[at : at+width])})
	}
}

// greChecksumState verifies the checksum of layer i, which covers all that follows (RFC 2784 §2.4), if the bytes are all there.
func (s *Subject) greChecksumState(i int, b []byte) decode.ChecksumState {
	switch {
	case first16(b)&greChecksum == 0, !s.layer(i).Whole():
		return decode.ChecksumUnverified
	case decode.Checksum(b, 0) == 0:
		return decode.ChecksumGood
	}
	return decode.ChecksumBad
}

// greRoutes are the entries of a source route, up to one of no address family and length (RFC 1701 "Routing").
var greRoutes = &parts{
	start: func(b []byte) []byte {
		if len(b) < 4 || first16(b)&greRouting == 0 {
			return nil
		}
		return b[min(len(b), greEnd(b, 16)):]
	},
	next: func(b []byte) (part, rest []byte) {
		if len(b) < 4 {
			return nil, nil
		}
		n := min(len(b), 4+int(b[3]))
		if first16(b) == 0 && b[3] == 0 {
			return b[:n], nil
		}
		return b[:n], b[n:]
	},
}

// redirectHeader is what version 2 of WCCP puts before the datagram, which begins otherwise (draft-wilson-wrec-wccp-v2 §4.12).
var redirectHeader = &parts{
	start: func(b []byte) []byte {
		if greType(b) != greWCCP {
			return nil
		}
		at := greEnd(b, 16)
		if len(b) < at+4 || b[at]>>4 == 4 {
			return nil
		}
		return b[at : at+4]
	},
	next: func(b []byte) (part, rest []byte) { return b, nil },
}

// greProtocolNames are EtherTypes and what else GRE carries.
var greProtocolNames = append([]Name{
	{0, "Possible GRE keepalive packet"}, {grePPP, "PPP"}, {0x0800, "IP"}, {0x00fe, "OSI"}, {greWCCP, "WCCP"}, {0x2000, "CDP (Cisco)"}, {0x2001, "NHRP"},
	{0x88be, "ERSPAN"}, {0x22eb, "ERSPAN III"}, {0x6400, "MIKROTIK EoIP"}, {0x6559, "Frame Relay"}, {0x8137, "IPX"}, {0x8909, "CiscoMetaData"},
	{0x894f, "Network Service Header"},
}, only(etherTypeNames, 0x0806, 0x6558, 0x86dd, 0x8847)...)

// only returns the names of some values.
func only(names []Name, values ...uint64) (some []Name) {
	for _, n := range names {
		if slices.Contains(values, n.Value) {
			some = append(some, n)
		}
	}
	return some
}
