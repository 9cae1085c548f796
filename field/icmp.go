package field

import "github.com/icmpsniff/icmpsniff/decode"

// ICMP message types (IANA's registry).
const (
	echoReply, unreachable, sourceQuench, redirect, echo = 0, 3, 4, 5, 8
	routerAdvertisement, routerSolicitation              = 9, 10
	timeExceeded, parameterProblem                       = 11, 12
	timestampRequest, timestampReply                     = 13, 14
	informationRequest, informationReply                 = 15, 16
	maskRequest, maskReply                               = 17, 18
	extendedEcho, extendedEchoReply                      = 42, 43
)

// The messages that have an identifier, a sequence number, and times since midnight.
var (
	identified = first(echoReply, echo, timestampRequest, timestampReply, informationRequest, informationReply, maskRequest, maskReply, extendedEcho, extendedEchoReply)
	numbered   = first(echoReply, echo, timestampRequest, timestampReply, informationRequest, informationReply, maskRequest, maskReply)
	stamped    = first(timestampRequest, timestampReply)
	masks      = first(maskRequest, maskReply)
	advertised = first(routerAdvertisement)
)

// ICMP (RFC 792, RFC 950, RFC 1191, RFC 1256, RFC 4884, RFC 8335).
var icmpFields = in("icmp", kindSet(decode.ICMPv4),
	u8("icmp.type", "Type", 0),
	u8("icmp.code", "Code", 1),
	u16("icmp.checksum", "Checksum", 2).hex(),
	read("icmp.checksum.status", "Checksum Status", Uint8, checksumState).base(NoBase).named(checksumNames),
	mark("icmp.checksum_bad", "Bad checksum", checksumBad),
	u16("icmp.ident", "Identifier (BE)", 4).base(DecHex).when(identified),
	u16("icmp.ident_le", "Identifier (LE)", 4).base(DecHex).le().when(identified),
	u16("icmp.seq", "Sequence Number (BE)", 6).base(DecHex).when(numbered),
	u16("icmp.seq_le", "Sequence Number (LE)", 6).base(DecHex).le().when(numbered),
	u8("icmp.ext.echo.seq", "Sequence Number", 6).base(DecHex).when(first(extendedEcho, extendedEchoReply)),
	bits(u8("icmp.ext.echo.req.res", "Reserved", 7), 0xfe).hex().when(first(extendedEcho)),
	bits(u8("icmp.ext.echo.req.local", "Local bit", 7), 0x01).flag(setNotSet).when(first(extendedEcho)),
	bits(u8("icmp.ext.echo.rsp.state", "State", 7), 0xe0).named(neighborStateNames).when(first(extendedEchoReply)),
	bits(u8("icmp.ext.echo.rsp.res", "Reserved", 7), 0x18).hex().when(first(extendedEchoReply)),
	bits(u8("icmp.ext.echo.rsp.active", "Active bit", 7), 0x04).flag(setNotSet).when(first(extendedEchoReply)),
	bits(u8("icmp.ext.echo.rsp.ipv4", "IPv4 bit", 7), 0x02).flag(setNotSet).when(first(extendedEchoReply)),
	bits(u8("icmp.ext.echo.rsp.ipv6", "IPv6 bit", 7), 0x01).flag(setNotSet).when(first(extendedEchoReply)),
	u8("icmp.pointer", "Pointer", 4).as(Uint32).when(first(parameterProblem)),
	read("icmp.unused", "Unused", Bytes, unusedBytes),
	u8("icmp.length", "Length", 5).when(quotesLength),
	u8("icmp.length.original_datagram", "Length of original datagram", 5).times(4).when(quotesLength),
	u16("icmp.mtu", "MTU of next hop", 6).when(needsFragmentation),
	ip4("icmp.redir_gw", "Gateway Address", 4).when(first(redirect)),
	u32("icmp.originate_timestamp", "Originate Timestamp", 8).when(stamped),
	u32("icmp.receive_timestamp", "Receive Timestamp", 12).when(stamped),
	u32("icmp.transmit_timestamp", "Transmit Timestamp", 16).when(stamped),
	ip4("icmp.address_mask", "Address Mask", 8).when(masks),
	u8("icmp.num_addrs", "Number of addresses", 4).when(advertised),
	u8("icmp.addr_entry_size", "Address entry size", 5).when(advertised),
	u16("icmp.lifetime", "Lifetime", 6).when(advertised),
	ip4("icmp.router_address", "Router address", 0).each(routerAddresses).when(advertised),
	i32("icmp.pref_level", "Preference level", 4).each(routerAddresses).when(advertised),
	read("icmp.data_time", "Timestamp from icmp data", AbsoluteTime, payloadTime),
	read("icmp.data_time_relative", "Timestamp from icmp data (relative)", RelativeTime, payloadAge),
)

// messageChecksum compares a message with its checksum. Those of quoted datagrams are not verified: they were cut, or
// rewritten on their way.
func messageChecksum(s *Subject, i int) decode.ChecksumState {
	if s.layer(i).Quoted > 0 {
		return decode.ChecksumUnverified
	}
	return s.Packet.ChecksumState(i)
}

func checksumState(s *Subject, i int, b []byte, dst []Value) []Value {
	if len(b) < 4 {
		return dst
	}
	return append(dst, Value{Uint: uint64(messageChecksum(s, i))})
}

func checksumBad(s *Subject, i int, b []byte) bool {
	return len(b) >= 4 && messageChecksum(s, i) == decode.ChecksumBad
}

// quotesLength reports whether an error says how long the datagram is that it quotes (RFC 4884 §4).
func quotesLength(b []byte) bool {
	return len(b) >= 8 && (b[0] == unreachable || b[0] == timeExceeded || b[0] == parameterProblem) && b[5] != 0
}

func needsFragmentation(b []byte) bool {
	const code = 4
	return len(b) >= 8 && b[0] == unreachable && b[1] == code
}

// unusedBytes are those of an error's second word that have no meaning.
func unusedBytes(_ *Subject, _ int, b []byte, dst []Value) []Value {
	switch {
	case len(b) >= 6 && needsFragmentation(b) && b[5] == 0:
		return append(dst, Value{Bytes: b[4:6]})
	case len(b) < 8:
		return dst
	case b[0] == parameterProblem && b[5] == 0:
		return append(dst, Value{Bytes: b[5:8]})
	case quotesLength(b):
		if b[0] != parameterProblem {
			dst = append(dst, Value{Bytes: b[4:5]})
		}
		if !needsFragmentation(b) {
			dst = append(dst, Value{Bytes: b[6:8]})
		}
		return dst
	case b[0] == unreachable, b[0] == timeExceeded:
		return append(dst, Value{Bytes: b[4:8]})
	}
	return dst
}

// routerAddresses are the entries of a router advertisement (RFC 1256 §3.1): an address and its preference.
var routerAddresses = &parts{
	start: func(b []byte) []byte {
		const words = 2
		if len(b) < 8 || b[5] != words {
			return nil
		}
		return b[8:min(len(b), 8+int(b[4])*words*4)]
	},
	next: func(b []byte) (part, rest []byte) {
		if len(b) < 8 {
			return nil, nil
		}
		return b[:8], b[8:]
	},
}

// neighborStateNames are of RFC 8335 §3.
var neighborStateNames = []Name{{0, "Reserved"}, {1, "Incomplete"}, {2, "Reachable"}, {3, "Stale"}, {4, "Delay"}, {5, "Probe"}, {6, "Failed"}}
