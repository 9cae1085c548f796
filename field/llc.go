package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// IEEE 802.2 §3, with control fields of one byte for unnumbered frames and of two, least significant first, for others (§5.2), and
// SNAP (IEEE 802 §9.2), whose organisations number protocols each for themselves.
var llcFields = slices.Concat(
	in("llc", kindSet(decode.LLC),
		u8("llc.dsap", "DSAP", 0).hex().named(accessPointNames),
		bits(u8("llc.dsap.sap", "SAP", 0), 0xfe).base(NoBase).named(halved(accessPointNames)),
		bits(u8("llc.dsap.ig", "IG Bit", 0), 0x01).flag(yesNo("Group", "Individual")),
		u8("llc.ssap", "SSAP", 1).hex().named(accessPointNames),
		bits(u8("llc.ssap.sap", "SAP", 1), 0xfe).base(NoBase).named(halved(accessPointNames)),
		bits(u8("llc.ssap.cr", "CR Bit", 1), 0x01).flag(yesNo("Response", "Command")),
		read("llc.control", "Control", Uint16, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
			if len(b) < 3 || !unnumbered(b) && len(b) < 4 {
				return dst
			}
			return append(dst, Value{Uint: controlOf(b)})
		}).hex(),
		bits(u16("llc.control.n_r", "N(R)", 2), 0xfe00).le().when(func(b []byte) bool { return !unnumbered(b) }),
		bits(u16("llc.control.n_s", "N(S)", 2), 0x00fe).le().when(func(b []byte) bool { return len(b) > 2 && b[2]&1 == 0 }),
		read("llc.control.p", "Poll", Boolean, finalBit(false)).named(setNotSet).masked(0x10),
		read("llc.control.f", "Final", Boolean, finalBit(true)).named(setNotSet).masked(0x10),
		bits(u16("llc.control.s_ftype", "Supervisory frame type", 2), 0x000c).le().hex().named(supervisoryNames).when(supervisory),
		bits(u8("llc.control.u_modifier_cmd", "Command", 2), 0xec).hex().named(commandNames).when(func(b []byte) bool { return unnumbered(b) && !answering(b) }),
		bits(u8("llc.control.u_modifier_resp", "Response", 2), 0xec).hex().named(responseNames).when(func(b []byte) bool { return unnumbered(b) && answering(b) }),
		bits(u8("llc.control.ftype", "Frame type", 2), 0x03).as(Uint16).hex().digits(1).named(formatNames).when(unnumbered),
		bits(u8("llc.control.ftype", "Frame type", 2), 0x03).as(Uint16).hex().named(formatNames).when(supervisory),
		bits(u8("llc.control.ftype", "Frame type", 2), 0x01).as(Uint16).hex().named(formatNames).when(func(b []byte) bool { return len(b) > 2 && b[2]&1 == 0 }),
	),
	inPlace("llc", kindSet(decode.SNAP), afterLLC,
		u24("llc.oui", "Organization Code", 0).base(OUI),
		u16("llc.type", "Type", 3).hex().named(etherTypeNames).when(byEtherType),
		organised("llc.cisco_pid", 0x00000c).named(ciscoNames),
		organised("llc.nortel_pid", 0x000081).named([]Name{{0x01a1, "NDP flatnet hello"}, {0x01a2, "NDP segment hello"}, {0x01a3, "NDP bridge hello"}}),
		organised("llc.apple_atalk_pid", 0x080007),
		organised("llc.apple_awdl_pid", 0x0017f2),
		organised("llc.extreme_pid", 0x00e02b),
		organised("llc.foundry_pid", 0x00e052),
		organised("llc.force10_pid", 0x0001e8),
		organised("llc.iana_pid", 0x00005e),
		organised("llc.cimetrics_pid", 0x001090),
		organised("llc.bluetooth_pid", 0x001958),
		organised("llc.wlccp_pid", 0x004096),
		organised("llc.hpteam_pid", 0x00805f),
		u16("llc.pid", "Protocol ID", 3).hex().when(func(b []byte) bool {
			return len(b) >= 5 && !byEtherType(b) && !slices.Contains(numbering, organisation(b))
		}),
	),
)

// numbering are the organisations whose protocols have a field of their own.
var numbering []uint32

// organised is the protocol number of one organisation.
func organised(name string, oui uint32) *Field {
	numbering = append(numbering, oui)
	return u16(name, "PID", 3).hex().when(func(b []byte) bool { return len(b) >= 5 && organisation(b) == oui })
}

func organisation(b []byte) uint32 { return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2]) }

// byEtherType reports whether a SNAP header has an EtherType: RFC 1042's, and bridge tunnels' (IEEE 802.1H).
func byEtherType(b []byte) bool {
	return len(b) >= 5 && (organisation(b) == 0 || organisation(b) == 0x0000f8)
}

func afterLLC(s *Subject, i int) bool { return s.kind(i-1) == decode.LLC }

func unnumbered(b []byte) bool  { return len(b) > 2 && b[2]&3 == 3 }
func supervisory(b []byte) bool { return len(b) > 2 && b[2]&3 == 1 }
func answering(b []byte) bool   { return len(b) > 1 && b[1]&1 != 0 }

// controlOf is the control field of an 802.2 header of at least three bytes, or four.
func controlOf(b []byte) uint64 {
	if unnumbered(b) {
		return uint64(b[2])
	}
	return uint64(b[3])<<8 | uint64(b[2])
}

// finalBit makes the value of the bit that is called poll in commands and in frames with information, final in responses, if it is set.
func finalBit(final bool) func(*Subject, int, []byte, []Value) []Value {
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if len(b) < 3 || !unnumbered(b) && len(b) < 4 {
			return dst
		}
		set := b[2]&0x10 != 0
		if !unnumbered(b) {
			set = b[3]&1 != 0
		}
		if set && final == (answering(b) && b[2]&1 != 0) {
			dst = append(dst, Value{Uint: 1})
		}
		return dst
	}
}

// accessPointNames are of the IEEE Registration Authority's "LLC addresses".
var accessPointNames = []Name{
	{0x00, "NULL LSAP"}, {0x02, "LLC Sub-Layer Management"}, {0x04, "SNA Path Control"}, {0x06, "TCP/IP"}, {0x08, "SNA"}, {0x0c, "SNA"},
	{0x42, "Spanning Tree BPDU"}, {0x7e, "ISO 8208 (X.25 over 802.2)"}, {0x80, "XNS"}, {0x82, "BACnet"}, {0x98, "ARP"}, {0xaa, "SNAP"},
	{0xba, "Banyan Vines"}, {0xbc, "Banyan Vines"}, {0xe0, "NetWare"}, {0xf0, "NetBIOS"}, {0xf4, "IBM Net Management"}, {0xf8, "HP Extended LLC"},
	{0xfc, "Remote Program Load"}, {0xfe, "ISO Network Layer"}, {0x01, "NULL LSAP"}, {0xff, "Global LSAP"},
}

// halved are the names of values without their last bit.
func halved(names []Name) (list []Name) {
	for _, n := range names {
		if n.Value&1 == 0 {
			list = append(list, Name{n.Value >> 1, n.Name})
		}
	}
	return list
}

// The names of formats and functions (IEEE 802.2 §5.3, §5.4), and of protocols of Cisco's.
var (
	formatNames      = []Name{{0, "Information frame"}, {1, "Supervisory frame"}, {3, "Unnumbered frame"}}
	supervisoryNames = []Name{{0, "Receiver ready"}, {1, "Receiver not ready"}, {2, "Reject"}, {3, "Selective reject"}}
	commandNames     = []Name{
		{0x00, "Unnumbered Information"}, {0x08, "Unnumbered Poll"}, {0x10, "Disconnect"}, {0x18, "Unnumbered Acknowledge"}, {0x20, "Set Normal Response Mode"},
		{0x38, "Test"}, {0x01, "Set Initialization Mode"}, {0x21, "Frame reject"}, {0x03, "Set Asynchronous Response Mode"},
		{0x0b, "Set Asynchronous Balanced Mode"}, {0x1b, "Set Asynchronous Balanced Mode Extended"}, {0x23, "Reset"}, {0x2b, "Exchange identification"},
	}
	responseNames = []Name{
		{0x00, "Unnumbered Information"}, {0x10, "Request Disconnect"}, {0x18, "Unnumbered Acknowledge"}, {0x38, "Test"}, {0x01, "Request Initialization Mode"},
		{0x21, "Frame reject"}, {0x03, "Disconnected mode"}, {0x2b, "Exchange identification"},
	}
	ciscoNames = []Name{
		{0x0102, "DRIP"}, {0x0104, "PAgP"}, {0x0108, "RLQ BPDUs (request)"}, {0x0109, "RLQ BPDUs (response)"}, {0x010b, "PVSTP+"}, {0x010c, "VLAN Bridge"},
		{0x0111, "UDLD"}, {0x2000, "CDP"}, {0x2001, "CGMP"}, {0x2003, "VTP"}, {0x2004, "DTP"}, {0x200a, "STP Uplink Fast"},
	}
)
