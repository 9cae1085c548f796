package field

import "github.com/icmpsniff/icmpsniff/decode"

// RPL's destination advertisements and their acknowledgements (RFC 6550 §6.4, §6.5), with the options after them (§6.7).
var rplFields = in("icmpv6", kindSet(decode.ICMPv6),
	u8("icmpv6.rpl.dao.instance", "RPLInstanceID", 4).when(isAdvertisementObject),
	u8("icmpv6.rpl.dao.flag", "Flags", 5).hex().when(isAdvertisementObject),
	bits(u8("icmpv6.rpl.dao.flag.k", "DAO-ACK Request (K)", 5), 0x80).flag(trueFalse).when(isAdvertisementObject),
	bits(u8("icmpv6.rpl.dao.flag.d", "DODAGID Present (D)", 5), 0x40).flag(trueFalse).when(isAdvertisementObject),
	bits(u8("icmpv6.rpl.dao.flag.rsv", "Reserved", 5), 0x3f).when(isAdvertisementObject),
	u8("icmpv6.rpl.dao.sequence", "DAO Sequence", 7).when(isAdvertisementObject),
	ip6("icmpv6.rpl.dao.dodagid", "DODAGID", 8).when(rootedObject),
	u8("icmpv6.rpl.daoack.instance", "RPLInstanceID", 4).when(isAcknowledgement),
	u8("icmpv6.rpl.daoack.flag", "Flag", 5).hex().when(isAcknowledgement),
	bits(u8("icmpv6.rpl.daoack.flag.d", "DODAGID Present (D)", 5), 0x80).flag(trueFalse).when(isAcknowledgement),
	bits(u8("icmpv6.rpl.daoack.flag.rsv", "Reserved", 5), 0x7f).when(isAcknowledgement),
	u8("icmpv6.rpl.daoack.sequence", "DAO-ACK Sequence", 6).when(isAcknowledgement),
	u8("icmpv6.rpl.daoack.status", "Status", 7).when(isAcknowledgement),
	ip6("icmpv6.rpl.daoack.dodagid", "DODAGID", 8).when(rootedAcknowledgement),

	read("icmpv6.opt", "ICMPv6 Option", None, there).each(rplOptions),
	u8("icmpv6.rpl.opt.type", "Type", 0).named(rplOptionNames).each(rplOptions),
	u8("icmpv6.rpl.opt.length", "Length", 1).each(rplOptions),
	read("icmpv6.rpl.opt.target.flag", "Reserved", None, there).each(rplOptions).rpl(target),
	u8("icmpv6.rpl.opt.target.prefix_length", "Target Length", 3).each(rplOptions).rpl(target),
	octets("icmpv6.data", "Data", 2, 0).each(rplOptions).except(rplOptionNames),
	mark("icmpv6.undecoded.rpl_option", "Undecoded RPL Option", func(_ *Subject, _ int, b []byte) bool { return len(b) >= 2 }).
		each(rplOptions).except(rplOptionNames),
	unread("icmpv6.unknown_data", "Unknown Data", Bytes),
	unread("icmpv6.unknown_data.expert", "Unknown Data (not interpreted)", None),
)

// Codes of RPL messages, and an option type (IANA's RPL registries).
const advertisementObject, acknowledgement, target = 2, 3, 5

func isAdvertisementObject(b []byte) bool {
	return len(b) >= 2 && b[0] == rplControl && b[1] == advertisementObject
}
func isAcknowledgement(b []byte) bool {
	return len(b) >= 2 && b[0] == rplControl && b[1] == acknowledgement
}

// rootedObject and rootedAcknowledgement: a flag says that the message names the root of its graph.
func rootedObject(b []byte) bool { return isAdvertisementObject(b) && len(b) >= 24 && b[5]&0x40 != 0 }
func rootedAcknowledgement(b []byte) bool {
	return isAcknowledgement(b) && len(b) >= 24 && b[5]&0x80 != 0
}

var rplOptions = &parts{
	start: func(b []byte) []byte {
		switch {
		case rootedObject(b), rootedAcknowledgement(b):
			return b[24:]
		case isAdvertisementObject(b), isAcknowledgement(b):
			return b[min(8, len(b)):]
		}
		return nil
	},
	next: func(b []byte) (part, rest []byte) {
		const pad = 0
		switch {
		case b[0] == pad:
			return b[:1], b[1:]
		case len(b) < 2 || len(b) < 2+int(b[1]):
			return b, nil
		}
		n := 2 + int(b[1])
		return b[:n], b[n:]
	},
}

// rpl limits a field to options of a type.
func (f *Field) rpl(kind byte) *Field {
	f.partCond = first(kind)
	return f
}

// except limits a field to parts whose first byte has no name.
func (f *Field) except(names []Name) *Field {
	f.partCond = func(b []byte) bool {
		for _, n := range names {
			if n.Value == uint64(b[0]) {
				return false
			}
		}
		return true
	}
	return f
}

var rplOptionNames = []Name{
	{0, "1-byte padding"}, {1, "n-byte padding"}, {2, "DAG Metric container"}, {3, "Routing Information"}, {4, "DODAG configuration"},
	{5, "RPL Target"}, {6, "Transit Information"}, {7, "Solicited Information"}, {8, "Prefix Information"},
	{9, "RPL Target Descriptor"}, {10, "P2P Route Discovery"},
}
