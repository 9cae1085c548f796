package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// IPv6 extension headers (RFC 8200 §4) and the options in them (§4.2): one byte of type and one of length, but for Pad1.
var ipv6ExtensionFields = slices.Concat(
	in("ipv6.hopopts", kindSet(decode.IPv6HopByHop), extension("ipv6.hopopts")...),
	in("ipv6.dstopts", kindSet(decode.IPv6DestOpts), extension("ipv6.dstopts")...),
	in("ipv6", kindSet(decode.IPv6HopByHop, decode.IPv6DestOpts),
		read("ipv6.opt", "IPv6 Option", None, there).each(ipv6Options),
		u8("ipv6.opt.type", "Type", 0).hex().named(ipv6OptionNames).each(ipv6Options),
		bits(u8("ipv6.opt.type.action", "Action", 0), 0xc0).named(optionActionNames).each(ipv6Options).padded(),
		bits(u8("ipv6.opt.type.change", "May Change", 0), 0x20).flag(yesOrNo).each(ipv6Options).padded(),
		bits(u8("ipv6.opt.type.rest", "Low-Order Bits", 0), 0x1f).hex().each(ipv6Options).padded(),
		u8("ipv6.opt.length", "Length", 1).each(ipv6Options),
		read("ipv6.opt.pad1", "Pad1", None, optionOf(func(b []byte, dst []Value) []Value { return append(dst, Value{}) }, pad1)).each(ipv6Options),
		read("ipv6.opt.padn", "PadN", Bytes, optionOf(optionPayload, padN)).each(ipv6Options).empty(),
		read("ipv6.opt.router_alert", "Router Alert", Uint16, optionOf(optionNumber(2), routerAlert6)).named(alertNames).each(ipv6Options),
		read("ipv6.opt.jumbo", "Payload Length", Uint32, optionOf(optionNumber(4), jumboPayload)).each(ipv6Options),
		read("ipv6.opt.unknown", "Unknown Option Payload", Bytes, unknownOption).each(ipv6Options),
		mark("ipv6.opt.unknown_data.expert", "Unknown Data (not interpreted)", func(_ *Subject, _ int, b []byte) bool {
			return len(unknownOption(nil, 0, b, nil)) > 0
		}).each(ipv6Options),
	),
	in("ipv6.routing", kindSet(decode.IPv6Routing), append(extension("ipv6.routing"),
		u8("ipv6.routing.type", "Type", 2).named(routingNames),
		u8("ipv6.routing.segleft", "Segments Left", 3),
		octets("ipv6.routing.src.reserved", "Reserved", 4, 4).when(byteAt(2, sourceRoute)),
		ip6("ipv6.routing.src.addr", "Address", 0).each(routeAddresses).when(byteAt(2, sourceRoute)),
		u8("ipv6.routing.srh.last_entry", "Last Entry", 4).when(byteAt(2, segmentRoute)),
		u8("ipv6.routing.srh.flags", "Flags", 5).hex().when(byteAt(2, segmentRoute)),
		octets("ipv6.routing.srh.tag", "Tag", 6, 2).when(byteAt(2, segmentRoute)),
		ip6("ipv6.routing.srh.addr", "Address", 0).each(routeAddresses).when(byteAt(2, segmentRoute)),
		mark("ipv6.routing.deprecated", "Routing header type is deprecated", func(_ *Subject, _ int, b []byte) bool {
			return len(b) > 2 && (b[2] == sourceRoute || b[2] == nimrod)
		}),
	)...),
	in("ipv6.fraghdr", kindSet(decode.IPv6Fragment),
		u8("ipv6.fraghdr.nxt", "Next header", 0).named(ipProtocolNames),
		u8("ipv6.fraghdr.reserved_octet", "Reserved octet", 1).hex(),
		bits(u16("ipv6.fraghdr.offset", "Offset", 2), 0xfff8),
		bits(u16("ipv6.fraghdr.reserved_bits", "Reserved bits", 2), 0x0006),
		bits(u16("ipv6.fraghdr.more", "More Fragments", 2), 0x0001).flag(yesOrNo),
		u32("ipv6.fraghdr.ident", "Identification", 4).hex(),
	),
	in("ipv6", kindSet(decode.IPv6Fragment),
		mark("ipv6.fragments", "IPv6 Fragments", completes),
		read("ipv6.fragment", "IPv6 Fragment", FrameNum, pieces(pieceFrame)),
		read("ipv6.fragment.overlap", "Fragment overlap", Boolean, pieces(pieceOverlaps)),
		read("ipv6.fragment.overlap.conflict", "Conflicting data in fragment overlap", Boolean, pieces(pieceConflicts)),
		unread("ipv6.fragment.toolongfragment", "Fragment too long", Boolean),
		unread("ipv6.fragment.error", "Defragmentation error", FrameNum),
		read("ipv6.fragment.count", "Fragment count", Uint32, pieceCount),
		read("ipv6.reassembled.length", "Reassembled IPv6 length", Uint32, reassembledLength),
		read("ipv6.reassembled.data", "Reassembled IPv6 data", Bytes, reassembled),
	),
)

// Routing header types (IANA) and options of RFC 8200 §4.2, RFC 2711 and RFC 2675.
const (
	sourceRoute, nimrod, segmentRoute       = 0, 1, 4
	pad1, padN, routerAlert6          uint8 = 0, 1, 5
	jumboPayload                      uint8 = 0xc2
)

// extension returns the fields that every extension header but Fragment begins with.
func extension(name string) []*Field {
	length := u16(name+".len_oct", "Length", 0)
	length.offset, length.width = 1, 1
	length.read = func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if len(b) < 2 {
			return dst
		}
		return append(dst, Value{Uint: (uint64(b[1]) + 1) * 8})
	}
	return []*Field{
		u8(name+".nxt", "Next Header", 0).named(ipProtocolNames),
		u8(name+".len", "Length", 1),
		length,
	}
}

var ipv6Options = &parts{
	start: func(b []byte) []byte {
		if len(b) < 2 {
			return nil
		}
		return b[2:min(len(b), (int(b[1])+1)*8)]
	},
	next: func(b []byte) (part, rest []byte) {
		if b[0] == pad1 {
			return b[:1], b[1:]
		}
		if len(b) < 2 {
			return nil, nil
		}
		if len(b) < 2+int(b[1]) {
			return b[:2], nil
		}
		n := 2 + int(b[1])
		return b[:n], b[n:]
	},
}

// padded limits a field to options that are not Pad1.
func (f *Field) padded() *Field {
	f.partCond = func(b []byte) bool { return b[0] != pad1 }
	return f
}

// routeAddresses are the addresses of a routing header.
var routeAddresses = &parts{
	start: func(b []byte) []byte {
		if len(b) < 8 {
			return nil
		}
		return b[8:min(len(b), (int(b[1])+1)*8)]
	},
	next: sixteen,
}

// sixteen cuts off an IPv6 address.
func sixteen(b []byte) (part, rest []byte) {
	if len(b) < 16 {
		return nil, nil
	}
	return b[:16], b[16:]
}

// there is the value of a field without one, in whatever it is looked for.
func there(_ *Subject, _ int, _ []byte, dst []Value) []Value { return append(dst, Value{}) }

// optionOf limits values to options of one type.
func optionOf(values func(b []byte, dst []Value) []Value, kind uint8) func(*Subject, int, []byte, []Value) []Value {
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if b[0] != kind {
			return dst
		}
		return values(b, dst)
	}
}

func optionPayload(b []byte, dst []Value) []Value {
	if len(b) < 2 {
		return dst
	}
	return append(dst, Value{Bytes: b[2:]})
}

// optionNumber is an integer of size bytes that is all of an option.
func optionNumber(size int) func(b []byte, dst []Value) []Value {
	f := Field{}
	return func(b []byte, dst []Value) []Value {
		if len(b) != 2+size {
			return dst
		}
		return append(dst, Value{Uint: f.number(b[2:])})
	}
}

// unknownOption is the payload of an option whose type has no name.
func unknownOption(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if len(b) <= 2 {
		return dst
	}
	for _, n := range ipv6OptionNames {
		if n.Value == uint64(b[0]) {
			return dst
		}
	}
	return append(dst, Value{Bytes: b[2:]})
}

var ipv6OptionNames = []Name{
	{0, "Pad1"}, {1, "PadN"}, {4, "Tunnel Encapsulation Limit"}, {5, "Router Alert"}, {7, "CALIPSO"}, {8, "SMF_DPD"},
	{15, "Performance and Diagnostic Metrics"}, {30, "Experimental (0x1E)"}, {38, "Quick-Start"}, {48, "Path MTU Option"},
	{49, "IOAM Option"}, {62, "Experimental (0x3E)"}, {65, "Tunnel Payload Forwarding (TPF) Information"},
	{94, "Experimental (0x5E)"}, {99, "RPL Option"}, {109, "MPL Option"}, {126, "Experimental (0x7E)"},
	{138, "Endpoint Identification"}, {139, "ILNP Nonce"}, {140, "Line-Identification Option"},
	{158, "Experimental (0x9E)"}, {190, "Experimental (0xBE)"}, {194, "Jumbo Payload"}, {201, "Home Address"},
	{222, "Experimental (0xDE)"}, {238, "IP_DFF"}, {254, "Experimental (0xFE)"},
}

var optionActionNames = []Name{
	{0, "Skip and continue"}, {1, "Discard"}, {2, "Discard and send ICMP Parameter Problem"}, {3, "Discard and send ICMP if not multicast"},
}

var alertNames = []Name{{0, "MLD"}, {1, "RSVP"}, {2, "Active Network"}}

var routingNames = []Name{
	{0, "Source Route"}, {1, "Nimrod"}, {2, "Type 2 Routing"}, {3, "RPL Source Route"}, {4, "Segment Routing"},
	{5, "Compact Routing Header 16"}, {6, "Compact Routing Header 32"}, {253, "Experiment 1"}, {254, "Experiment 2"},
}
