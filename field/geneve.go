package field

import "github.com/icmpsniff/icmpsniff/decode"

// Geneve (RFC 8926 §3.4) and its options (§3.5), whose lengths do not count their first four bytes.
var geneveFields = in("geneve", kindSet(decode.Geneve),
	read("geneve.version", "Version", Uint8, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if len(b) == 0 {
			return dst
		}
		return append(dst, Value{Uint: uint64(b[0] >> 6)})
	}),
	read("geneve.option.length", "Length", Uint8, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if len(b) == 0 {
			return dst
		}
		return append(dst, Value{Uint: uint64(b[0]&0x3f) * 4})
	}),
	u8("geneve.flags", "Flags", 1).hex(),
	bits(u8("geneve.flags.oam", "Operations, Administration and Management Frame", 1), 0x80).flag(trueFalse),
	bits(u8("geneve.flags.critical", "Critical Options Present", 1), 0x40).flag(trueFalse),
	bits(u8("geneve.flags.reserved", "Reserved", 1), 0x3f).flag(trueFalse),
	u16("geneve.proto_type", "Protocol Type", 2).hex().named(etherTypeNames),
	u24("geneve.vni", "Virtual Network Identifier (VNI)", 4).base(HexDec),
	u8("geneve.reserved", "Reserved", 7).hex(),
	read("geneve.options", "Geneve Options", Bytes, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if b = geneveOptions.start(b); len(b) == 0 {
			return dst
		}
		return append(dst, Value{Bytes: b})
	}),
	octets("geneve.option", "Option", 0, 0).each(geneveOptions),
	u16("geneve.option.class", "Class", 0).hex().named(optionClasses).each(geneveOptions),
	u8("geneve.option.type", "Type", 2).hex().each(geneveOptions),
	bits(u8("geneve.option.type.critical", "Critical Option", 2), 0x80).flag(trueFalse).each(geneveOptions),
	read("geneve.option.flags", "Flags", Uint8, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		return append(dst, Value{Uint: uint64(b[3] >> 5)})
	}).hex().each(geneveOptions),
	bits(u8("geneve.option.flags.reserved", "Reserved", 3), 0xe0).flag(trueFalse).each(geneveOptions),
	read("geneve.option.length", "Length", Uint8, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		return append(dst, Value{Uint: uint64(len(b))})
	}).each(geneveOptions),
	read("geneve.option.unknown.data", "Unknown Option Data", Bytes, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		return append(dst, Value{Bytes: b[4:]})
	}).each(geneveOptions),
	read("geneve.option.length.invalid", "Invalid length for option", None, there).each(geneveBroken),
)

// geneveOptions are those options that are all there.
var geneveOptions = &parts{
	start: func(b []byte) []byte {
		if len(b) < 8 {
			return nil
		}
		return b[8:min(len(b), 8+4*int(b[0]&0x3f))]
	},
	next: func(b []byte) (part, rest []byte) {
		if len(b) < 4 || len(b) < 4+4*int(b[3]&0x1f) {
			return nil, nil
		}
		n := 4 + 4*int(b[3]&0x1f)
		return b[:n:n], b[n:]
	},
}

// geneveBroken is the option that is longer than what is left.
var geneveBroken = &parts{
	start: func(b []byte) []byte {
		b = geneveOptions.start(b)
		for len(b) > 0 {
			part, rest := geneveOptions.next(b)
			if part == nil {
				break
			}
			b = rest
		}
		if len(b) < 4 {
			return nil
		}
		return b
	},
	next: func(b []byte) (part, rest []byte) { return b, nil },
}

// optionClasses are those of IANA's registry of Geneve option classes that are of software in use.
var optionClasses = []Name{
	{0x0000, "Standard"}, {0x0100, "Linux"}, {0x0101, "Open vSwitch"}, {0x0102, "Open Virtual Networking (OVN)"},
	{0x0103, "In-band Network Telemetry (INT)"}, {0x0104, "VMware"}, {0x0105, "Amazon.com, Inc."}, {0x0106, "Cisco Systems, Inc."},
	{0x0107, "Oracle Corporation"}, {0x0108, "Amazon.com, Inc."}, {0x0130, "Cisco Systems, Inc."}, {0x0131, "Cisco Systems, Inc."},
	{0x0132, "Google LLC"}, {0x0133, "Google LLC"}, {0x0134, "Google LLC"}, {0x0135, "Google LLC"}, {0xffff, "Experimental"},
}
