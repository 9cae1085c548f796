package field

import "github.com/icmpsniff/icmpsniff/decode"

// ICMPv6 message types (IANA's registry).
const (
	unreachable6, tooBig6, timeExceeded6, parameterProblem6 = 1, 2, 3, 4
	echoRequest6, echoReply6                                = 128, 129
	listenerQuery, listenerReport, listenerDone             = 130, 131, 132
	routerSolicitation6, routerAdvertisement6               = 133, 134
	neighborSolicitation, neighborAdvertisement, redirect6  = 135, 136, 137
	routerRenumbering                                       = 138
	nodeInformationQuery, nodeInformationReply              = 139, 140
	inverseSolicitation, inverseAdvertisement               = 141, 142
	listenerReport2                                         = 143
	homeAgentRequest, homeAgentReply                        = 144, 145
	mobilePrefixSolicitation, mobilePrefixAdvertisement     = 146, 147
	rplControl                                              = 155
	extendedEchoRequest6, extendedEchoReply6                = 160, 161
)

var (
	echoes6   = first(echoRequest6, echoReply6)
	extended6 = first(extendedEchoRequest6)
)

// ICMPv6 (RFC 4443, RFC 8335, RFC 6275 §6.5). Neighbor discovery, listener discovery and others have files of their own.
var icmpv6Fields = in("icmpv6", kindSet(decode.ICMPv6),
	u8("icmpv6.type", "Type", 0).named(icmpv6Names),
	u8("icmpv6.code", "Code", 1),
	u16("icmpv6.checksum", "Checksum", 2).hex(),
	read("icmpv6.checksum.status", "Checksum Status", Uint8, checksumState).base(NoBase).named(checksumNames),
	mark("icmpv6.checksum_bad.expert", "Bad checksum", checksumBad),
	read("icmpv6.reserved", "Reserved", Bytes, reserved6),
	u32("icmpv6.mtu", "MTU", 4).when(first(tooBig6)),
	u32("icmpv6.pointer", "Pointer", 4).when(first(parameterProblem6)),
	u16("icmpv6.echo.identifier", "Identifier", 4).hex().when(first(echoRequest6, echoReply6, extendedEchoRequest6, extendedEchoReply6)),
	u16("icmpv6.echo.sequence_number", "Sequence", 6).when(echoes6),
	unread("icmpv6.nonce", "Nonce", Bytes),
	u8("icmpv6.ext.echo.seq", "Sequence number", 6).base(DecHex).when(first(extendedEchoRequest6, extendedEchoReply6)),
	bits(u8("icmpv6.ext.echo.req.res", "Reserved", 7), 0xfe).hex().when(extended6),
	bits(u8("icmpv6.ext.echo.req.local", "Local bit", 7), 0x01).flag(setNotSet).when(extended6),
	bits(u8("icmpv6.ext.echo.rsp.state", "State", 7), 0xe0).named(neighborStateNames).when(first(extendedEchoReply6)),
	bits(u8("icmpv6.ext.echo.rsp.res", "Reserved", 7), 0x18).hex().when(first(extendedEchoReply6)),
	bits(u8("icmpv6.ext.echo.rsp.active", "Active bit", 7), 0x04).flag(setNotSet).when(first(extendedEchoReply6)),
	bits(u8("icmpv6.ext.echo.rsp.ipv4", "IPv4 bit", 7), 0x02).flag(setNotSet).when(first(extendedEchoReply6)),
	bits(u8("icmpv6.ext.echo.rsp.ipv6", "IPv6 bit", 7), 0x01).flag(setNotSet).when(first(extendedEchoReply6)),
	u16("icmpv6.mip6.identifier", "Identifier", 4).base(DecHex).when(first(homeAgentRequest, homeAgentReply, mobilePrefixSolicitation, mobilePrefixAdvertisement)),
	mark("icmpv6.undecoded.type", "Undecoded type", func(_ *Subject, _ int, b []byte) bool { return len(b) > 4 && unknown6(b) }),
	octets("icmpv6.data", "Data", 4, 0).when(unknown6),
)

// unknown6 reports whether a message is of a type that has no layout: unassigned, reserved, or for private experiments.
func unknown6(b []byte) bool {
	return len(b) > 0 && (b[0] == 0 || b[0] > parameterProblem6 && b[0] < echoRequest6 || b[0] > extendedEchoReply6)
}

// reservedBytes says where each message has bytes that must be zero.
var reservedBytes = [256][]struct{ offset, length int }{
	unreachable6:             {{4, 4}},
	timeExceeded6:            {{4, 4}},
	listenerQuery:            {{6, 2}},
	listenerReport:           {{6, 2}},
	listenerDone:             {{6, 2}},
	routerSolicitation6:      {{4, 4}},
	neighborSolicitation:     {{4, 4}},
	redirect6:                {{4, 4}},
	routerRenumbering:        {{12, 4}, {22, 2}},
	inverseSolicitation:      {{4, 4}},
	inverseAdvertisement:     {{4, 4}},
	listenerReport2:          {{4, 2}},
	homeAgentRequest:         {{6, 2}},
	homeAgentReply:           {{6, 2}},
	mobilePrefixSolicitation: {{6, 2}},
}

func reserved6(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if len(b) < 4 {
		return dst
	}
	if (b[0] == unreachable6 || b[0] == timeExceeded6) && len(b) >= 8 && b[4] != 0 { // the first of them is a length, RFC 4884 §4.5
		return append(dst, Value{Bytes: b[5:8]})
	}
	for _, r := range reservedBytes[b[0]] {
		if len(b) >= r.offset+r.length {
			dst = append(dst, Value{Bytes: b[r.offset : r.offset+r.length]})
		}
	}
	if isAdvertisementObject(b) && len(b) >= 7 {
		dst = append(dst, Value{Bytes: b[6:7]})
	}
	return dst
}

// icmpv6Names are the types that have a name.
var icmpv6Names = func() (names []Name) {
	for t := range 256 {
		if name := decode.ICMPv6TypeName(uint8(t)); name != "" {
			names = append(names, Name{uint64(t), name})
		}
	}
	return names
}()
