package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Tags and small headers between Ethernet and what it carries: VN-Tag (IEEE 802.1Qbh), E-Tag (IEEE 802.1BR §7.5), Cisco's security group
// tag, and EtherIP (RFC 3378 §3).
var tagFields = slices.Concat(
	in("vntag", kindSet(decode.VNTag),
		bits(u32("vntag.dir", "Direction", 0), 0x80000000).flag(yesNo("From Bridge", "To Bridge")),
		bits(u32("vntag.ptr", "Pointer", 0), 0x40000000).flag(yesNo("vif_list_id", "vif_id")),
		bits(u32("vntag.dst", "Destination", 0), 0x3fff0000),
		bits(u32("vntag.looped", "Looped", 0), 0x00008000).flag(yesOrNo),
		bits(u32("vntag.r", "Reserved", 0), 0x00004000),
		bits(u32("vntag.version", "Version", 0), 0x00003000),
		bits(u32("vntag.src", "Source", 0), 0x00000fff),
		u16("vntag.etype", "Type", 4).hex().named(etherTypeNames),
	),
	in("etag", kindSet(decode.ETag),
		bits(u16("etag.pcp", "E-PCP", 0), 0xe000).named(portPriorityNames),
		bits(u16("etag.dei", "E-DEI", 0), 0x1000),
		bits(u16("etag.iecid_base", "Ingress_E-CID_base", 0), 0x0fff).hex(),
		bits(u16("etag.resv", "Reserved", 2), 0xc000),
		bits(u16("etag.group", "GRP", 2), 0x3000).named([]Name{{0, "Point-to-point"}, {1, "Point-to-multipoint"}, {2, "Point-to-multipoint"}, {3, "Point-to-multipoint"}}),
		bits(u16("etag.ecid_base", "E-CID_base", 2), 0x0fff).hex(),
		u8("etag.iecid_ext", "Ingress_E-CID_ext", 4).hex(),
		u8("etag.ecid_ext", "E-CID_ext", 5).hex(),
		u16("etag.etype", "Type", 6).hex().named(etherTypeNames),
	),
	inPlace("cmd", kindSet(decode.CiscoMetaData), inGRE, append([]*Field{u16("cmd.type", "Type", 0).hex().named(etherTypeNames)}, securityGroup(2)...)...),
	inPlace("cmd", kindSet(decode.CiscoMetaData), outsideGRE, append(securityGroup(0), u16("cmd.type", "Type", 6).hex().named(etherTypeNames))...),
	in("etherip", kindSet(decode.EtherIP),
		bits(u16("etherip.ver", "Version", 0), 0xf000),
		bits(u16("etherip.reserved", "Reserved", 0), 0x0fff).hex(),
	),
)

// portPriorityNames are the traffic types of IEEE 802.1D-2004 Annex G, which are not those of priorityNames.
var portPriorityNames = []Name{
	{0, "Best Effort (default)"}, {1, "Background"}, {2, "Spare"}, {3, "Excellent Effort"}, {4, "Controlled Load"},
	{5, "Video, < 100ms latency and jitter"}, {6, "Voice, < 10ms latency and jitter"}, {7, "Network Control"},
}

// securityGroup are the fields of Cisco's tag at an offset: in GRE, they come after the EtherType.
func securityGroup(at int) []*Field {
	return []*Field{
		u8("cmd.version", "Version", at), u8("cmd.length", "Length", at+1),
		u16("cmd.options", "Options", at+2).hex(), u16("cmd.sgt", "SGT", at+4),
	}
}

func inGRE(s *Subject, i int) bool      { return s.kind(i-1) == decode.GRE }
func outsideGRE(s *Subject, i int) bool { return !inGRE(s, i) }
