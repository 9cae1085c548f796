package field

import "github.com/icmpsniff/icmpsniff/decode"

// Multicast listener discovery: version 1 (RFC 2710 §3) and 2 (RFC 3810 §5).
var listenerFields = in("icmpv6", kindSet(decode.ICMPv6),
	u16("icmpv6.mld.maximum_response_delay", "Maximum Response Delay [ms]", 4).when(listener1),
	read("icmpv6.mld.maximum_response_code", "Maximum Response Code", Uint16, responseCode).when(listenerQuery2),
	ip6("icmpv6.mld.multicast_address", "Multicast Address", 8).when(first(listenerQuery, listenerReport, listenerDone)),
	u8("icmpv6.mld.flag", "Flags", 24).hex().when(listenerQuery2),
	bits(u8("icmpv6.mld.flag.s", "Suppress Router-Side Processing", 24), 0x08).flag(trueFalse).when(listenerQuery2),
	bits(u8("icmpv6.mld.flag.qrv", "QRV (Querier's Robustness Variable)", 24), 0x07).when(listenerQuery2),
	bits(u8("icmpv6.mld.flag.reserved", "Reserved", 24), 0xf0).when(listenerQuery2),
	read("icmpv6.mld.qqi", "QQIC (Querier's Query Interval Code)", Uint8, intervalCode).when(listenerQuery2),
	u16("icmpv6.mld.nb_sources", "Number of Sources", 26).when(listenerQuery2),
	read("icmpv6.mld.source_address", "Source Address", IPv6, querySources).when(listenerQuery2),
	u16("icmpv6.mldr.nb_mcast_records", "Number of Multicast Address Records", 6).when(first(listenerReport2)),
	read("icmpv6.mldr.mar", "Multicast Address Record", None, there).each(addressRecords),
	u8("icmpv6.mldr.mar.record_type", "Record Type", 0).named(listenerRecordNames).each(addressRecords),
	u8("icmpv6.mldr.mar.aux_data_len", "Aux Data Len", 1).each(addressRecords),
	u16("icmpv6.mldr.mar.nb_sources", "Number of Sources", 2).each(addressRecords),
	ip6("icmpv6.mldr.mar.multicast_address", "Multicast Address", 4).each(addressRecords),
	read("icmpv6.mldr.mar.source_address", "Source Address", IPv6, recordSources).each(addressRecords),
	read("icmpv6.mldr.mar.auxiliary_data", "Auxiliary Data", Bytes, recordAuxiliary).each(addressRecords),
)

// listenerQuery2 tells a query of version 2 by its length (RFC 3810 §8.1).
func listenerQuery2(b []byte) bool { return len(b) >= 28 && b[0] == listenerQuery }

// floating returns what a code of a query stands for: itself, or, from where its first bit is set, a floating point, with an exponent of
// 3 bits and a mantissa of so many behind an implied 1 (RFC 3376 §4.1.1, RFC 3810 §5.1.3 and §5.1.9).
func floating(code uint64, mantissa int) uint64 {
	one := uint64(1) << mantissa
	if code < one<<3 {
		return code
	}
	return (code&(one-1) | one) << (code>>mantissa&7 + 3)
}

// responseCode reads how many milliseconds a query gives for answers: from 32,768 on a floating point, of which the value is made, as tshark
// makes it (RFC 3810 §5.1.3).
func responseCode(_ *Subject, _ int, b []byte, dst []Value) []Value {
	return append(dst, Value{Uint: floating(uint64(b[4])<<8|uint64(b[5]), 12)})
}

// intervalCode reads the seconds between two queries: a floating point from 128 on (RFC 3810 §5.1.9).
func intervalCode(_ *Subject, _ int, b []byte, dst []Value) []Value {
	return append(dst, Value{Uint: floating(uint64(b[25]), 4)})
}

// querySources are the sources that a query asks about (RFC 3810 §5.1.11).
func querySources(_ *Subject, _ int, b []byte, dst []Value) []Value {
	for at, n := 28, int(b[26])<<8|int(b[27]); n > 0 && at+16 <= len(b); at, n = at+16, n-1 {
		dst = append(dst, Value{Bytes: b[at : at+16]})
	}
	return dst
}

func listener1(b []byte) bool {
	return len(b) > 0 && b[0] >= listenerQuery && b[0] <= listenerDone && !listenerQuery2(b)
}

// addressRecords are those of a version 2 report (RFC 3810 §5.2).
var addressRecords = &parts{
	start: func(b []byte) []byte {
		if len(b) < 8 || b[0] != listenerReport2 {
			return nil
		}
		return b[8:]
	},
	next: func(b []byte) (part, rest []byte) {
		if len(b) < 4 {
			return nil, nil
		}
		n := auxiliaryAt(b) + int(b[1])*4
		if n > len(b) {
			return b, nil
		}
		return b[:n], b[n:]
	},
}

// auxiliaryAt returns the offset in a record of what follows its sources.
func auxiliaryAt(b []byte) int { return 20 + (int(b[2])<<8|int(b[3]))*16 }

func recordSources(_ *Subject, _ int, b []byte, dst []Value) []Value {
	for at := 20; at+16 <= len(b) && at < auxiliaryAt(b); at += 16 {
		dst = append(dst, Value{Bytes: b[at : at+16]})
	}
	return dst
}

func recordAuxiliary(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if at := auxiliaryAt(b); at < len(b) {
		dst = append(dst, Value{Bytes: b[at:]})
	}
	return dst
}

var listenerRecordNames = []Name{
	{1, "Include"}, {2, "Exclude"}, {3, "Changed to include"}, {4, "Changed to exclude"}, {5, "Allow new sources"}, {6, "Block old sources"},
}
