package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// VLAN tags (IEEE 802.1Q §9.6): customer tags, and the service tags of provider bridges, which tshark takes for another
// protocol.
var vlanFields = slices.Concat(
	inPlace("vlan", kindSet(decode.Dot1Q), customerTag, append(tag("vlan"),
		bits(u16("vlan.dei", "DEI", 0), 0x1000).flag(yesNo("Eligible", "Ineligible")),
		u16("vlan.etype", "Type", 2).hex().named(etherTypeNames).when(func(b []byte) bool { return len(b) >= 4 && b[2] >= 6 }),
		u16("vlan.len", "Length", 2).when(func(b []byte) bool { return len(b) >= 4 && b[2] < 6 }),
		read("vlan.trailer", "Trailer", Bytes, trailing(func(t trailer) []byte { return t.rest })),
	)...),
	inPlace("ieee8021ad", kindSet(decode.Dot1Q), serviceTag, append(tag("ieee8021ad"),
		bits(u16("ieee8021ad.dei", "DEI", 0), 0x1000),
	)...),
)

// tag returns the fields that tags of both kinds have.
func tag(name string) []*Field {
	return []*Field{
		bits(u16(name+".priority", "Priority", 0), 0xe000).named(priorityNames),
		bits(u16(name+".id", "ID", 0), 0x0fff),
	}
}

func customerTag(s *Subject, i int) bool { return !serviceTag(s, i) }

// serviceTag reports whether the EtherType before a tag announces a service tag (IEEE 802.1Q §9.5).
func serviceTag(s *Subject, i int) bool {
	if i == 0 {
		return false
	}
	b := s.Packet.Header(s.layer(i - 1))
	return len(b) >= 2 && b[len(b)-2] == 0x88 && b[len(b)-1] == 0xa8
}

// priorityNames are the traffic types of IEEE 802.1Q-2005 Annex G.
var priorityNames = []Name{
	{0, "Best Effort (default)"}, {1, "Background"}, {2, "Excellent Effort"}, {3, "Critical Applications"},
	{4, "Video, < 100ms latency and jitter"}, {5, "Voice, < 10ms latency and jitter"}, {6, "Internetwork Control"},
	{7, "Network Control"},
}
