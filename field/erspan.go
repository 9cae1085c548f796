package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// ERSPAN (draft-foschiano-erspan §4): type I is no header at all, types II and III are told by the version in theirs. A subheader of
// type III has what the platform that made it puts there (§4.4).
var erspanFields = inPlace("erspan", kindSet(decode.ERSPAN), erspanHeaded,
	bits(u16("erspan.version", "Version", 0), 0xf000).named([]Name{{1, "Type II"}, {2, "Type III"}}),
	bits(u16("erspan.version", "Version", 0), 0xf000).when(func(b []byte) bool { return !erspanTyped(b) }), // tshark shows it twice
	mark("erspan.version.unknown", "Unknown version, please report or test to use fake ERSPAN preference", func(_ *Subject, _ int, b []byte) bool {
		return len(b) > 0 && !erspanTyped(b)
	}),
	bits(u16("erspan.vlan", "Vlan", 0), 0x0fff).when(erspanTyped),
	bits(u16("erspan.cos", "COS", 2), 0xe000).when(erspanTyped),
	bits(u16("erspan.encap", "Encap", 2), 0x1800).named(taggingNames).when(erspanII),
	bits(u16("erspan.bso", "Bad/Short/Oversized", 2), 0x1800).named(integrityNames).when(erspanIII),
	bits(u16("erspan.truncated", "Truncated", 2), 0x0400).named([]Name{{0, "Not truncated"}, {1, "Truncated"}}).when(erspanTyped),
	bits(u16("erspan.spanid", "SpanID", 2), 0x03ff).when(erspanTyped),
	bits(u32("erspan.reserved", "Reserved", 4), 0xfff00000).when(erspanII),
	bits(u32("erspan.index", "Index", 4), 0x000fffff).when(erspanII),
	bits(u32("erspan.timestamp", "Timestamp", 4), 0xffffffff).when(erspanIII),
	bits(u16("erspan.sgt", "Security Group Tag", 8), 0xffff).when(erspanIII),
	bits(u16("erspan.p", "Has Ethernet PDU", 10), 0x8000).when(erspanIII),
	bits(u16("erspan.ft", "Frame Type", 10), 0x7c00).named([]Name{{0, "Ethernet"}, {2, "IP"}}).when(erspanIII),
	bits(u16("erspan.hw", "Hardware ID", 10), 0x03f0).when(erspanIII),
	bits(u16("erspan.direction", "Direction", 10), 0x0008).flag(yesNo("Egress", "Ingress")).when(erspanIII),
	bits(u16("erspan.gra", "Timestamp granularity", 10), 0x0006).named(granularityNames).when(erspanIII),
	bits(u16("erspan.o", "Optional Sub headers", 10), 0x0001).when(erspanIII),
	bits(u32("erspan.platid", "Platform ID", 12), 0xfc000000).when(platform()),
	bits(u32("erspan.pid1.rsvd1", "Reserved", 12), 0x03fff000).when(platform(1)),
	bits(u32("erspan.pid1.vsmid", "VSM Domain ID", 12), 0x00000fff).when(platform(1)),
	bits(u32("erspan.pid1.port_index", "Port ID/Index", 16), 0xffffffff).when(platform(1)),
	bits(u32("erspan.pid3.rsvd1", "Reserved", 12), 0x03ffc000).when(platform(3)),
	bits(u32("erspan.pid3.port_index", "Port ID/Index", 12), 0x00003fff).when(platform(3)),
	bits(u32("erspan.pid3.timestamp", "Upper 32-bit Timestamp", 16), 0xffffffff).when(platform(3)),
	bits(u32("erspan.pid4.rsvd1", "Reserved", 12), 0x03ffc000).when(platform(4)),
	bits(u32("erspan.pid4.rsvd2", "Reserved", 12), 0x00003fff).when(platform(4)),
	bits(u32("erspan.pid4.rsvd3", "Reserved", 16), 0xffffffff).when(platform(4)),
	bits(u32("erspan.pid5.switchid", "Switch ID", 12), 0x03ff0000).when(platform(5, 6)),
	bits(u32("erspan.pid5.port_index", "Port ID/Index", 12), 0x0000ffff).when(platform(5, 6)),
	bits(u32("erspan.pid5.timestamp", "Timestamp (seconds)", 16), 0xffffffff).when(platform(5, 6)),
	bits(u32("erspan.pid7.rsvd1", "Reserved", 12), 0x03f00000).when(platform(0, 7)),
	bits(u32("erspan.pid7.source_index", "Source Index", 12), 0x000fffff).when(platform(0, 7)),
	bits(u32("erspan.pid7.timestamp", "Upper 32-bit Timestamp", 16), 0xffffffff).when(platform(0, 7)),
)

var (
	taggingNames     = []Name{{0, "Originally without VLAN tag"}, {1, "Originally ISL encapsulated"}, {2, "Originally 802.1Q encapsulated"}, {3, "VLAN tag preserved in frame"}}
	integrityNames   = []Name{{0, "Good or unknown integrity"}, {1, "Short frame"}, {2, "Oversized frame"}, {3, "CRC or alignment error"}}
	granularityNames = []Name{{0, "100 microseconds"}, {1, "100 nanoseconds"}, {2, "IEEE 1588"}, {3, "Custom granularity"}}
)

// erspanHeaded reports whether layer i has a header: type I has none.
func erspanHeaded(s *Subject, i int) bool { return s.layer(i).Body > s.layer(i).Start }

func erspanII(b []byte) bool    { return len(b) > 0 && b[0]>>4 == 1 }
func erspanIII(b []byte) bool   { return len(b) > 0 && b[0]>>4 == 2 }
func erspanTyped(b []byte) bool { return erspanII(b) || erspanIII(b) }

// platform returns a condition: that there is a subheader, of one of the platforms; of any, if none is named.
func platform(list ...byte) func(b []byte) bool {
	return func(b []byte) bool {
		return erspanIII(b) && len(b) >= 16 && b[11]&1 != 0 && (len(list) == 0 || slices.Contains(list, b[12]>>2))
	}
}
