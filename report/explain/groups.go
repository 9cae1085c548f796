package explain

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
)

// igmp explains a message of IGMP (RFC 1112, RFC 2236, RFC 3376).
func (s *Story) igmp(v *view) *step {
	if len(v.b) < 8 {
		return nil
	}
	group, _ := netip.AddrFromSlice(v.b[4:8])
	kind := "igmp." + number(uint64(v.b[0]))
	a := v.ends().with(args{"group": group.String(), "type": number(uint64(v.b[0]))})
	switch {
	case v.b[0] == decode.IGMPQuery && group.IsUnspecified():
		kind = "igmp.17.general"
	case v.b[0] == decode.IGMPReportV3:
		a["n"] = number(uint64(v.b[6])<<8 | uint64(v.b[7]))
	case !s.words.has(kind):
		kind = "igmp.other"
	}
	st := &step{key: stepKey{kind: kind, a: v.from, b: group}, title: s.words.say(kind, a)}
	if s.told[st.key] {
		return st
	}
	st.drawing = s.between(v, s.words.say(kind+".name", a), false)
	s.teaches(st, kind+".means", a)
	return st
}
