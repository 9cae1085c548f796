package field

import "github.com/icmpsniff/icmpsniff/decode"

// The user plane of GTP (3GPP TS 29.281 §5.1) and its extension headers (§5.2). Elements of messages that carry no packet are not read.
var gtpFields = in("gtp", kindSet(decode.GTPU),
	u8("gtp.flags", "Flags", 0).hex(),
	bits(u8("gtp.flags.version", "Version", 0), 0xe0).named([]Name{{1, "GTP release 99 version"}}),
	bits(u8("gtp.flags.payload", "Protocol type", 0), 0x10).named([]Name{{0, "GTP'"}, {1, "GTP"}}),
	bits(u8("gtp.flags.reserved", "Reserved", 0), 0x08),
	bits(u8("gtp.flags.e", "Is Next Extension Header present?", 0), gtpExtended).flag(yesOrNo),
	bits(u8("gtp.flags.s", "Is Sequence Number present?", 0), gtpSequenced).flag(yesOrNo),
	bits(u8("gtp.flags.pn", "Is N-PDU number present?", 0), gtpNumbered).flag(yesOrNo),
	u8("gtp.message", "Message Type", 1).hex().named(gtpMessageNames),
	u16("gtp.length", "Length", 2),
	u32("gtp.teid", "TEID", 4).base(HexDec),
	u16("gtp.seq_number", "Sequence number", 8).base(HexDec).when(flagged(gtpSequenced)),
	u8("gtp.npdu_number", "N-PDU Number", 10).hex().when(flagged(gtpNumbered)),
	u8("gtp.ext_hdr.next", "Next extension header type", 11).hex().named(gtpExtensionNames).when(flagged(gtpExtended)),
	read("gtp.ext_hdr", "Extension header", None, there).each(gtpExtensions),
	u8("gtp.ext_hdr.length", "Extension Header Length", 1).each(gtpExtensions),
	u16("gtp.ext_hdr.udp_port", "UDP Port", 2).each(gtpExtensions).part(first(gtpUDPPort)),
	octets("gtp.ext_hdr.ran_cont", "RAN Container", 2, 0).each(gtpExtensions).part(first(gtpRAN)),
	bits(u8("gtp.ext_hdr.pdu_ses_con.pdu_type", "PDU Type", 2), 0xf0).named(pduTypeNames).each(gtpExtensions).part(first(gtpSession)),
	bits(u8("gtp.spare.h1", "Spare", 2), 0x0f).hex().each(gtpExtensions).part(first(gtpSession)),
	bits(u8("gtp.ext_hdr.pdu_ses_cont.ppp", "Paging Policy Presence (PPP)", 3), 0x80).flag(presentNot).each(gtpExtensions).part(downlink),
	bits(u8("gtp.ext_hdr.pdu_ses_cont.rqi", "Reflective QoS Indicator (RQI)", 3), 0x40).flag(presentNot).each(gtpExtensions).part(downlink),
	bits(u8("gtp.spare.b7b6", "Spare", 3), 0xc0).hex().each(gtpExtensions).part(uplink),
	bits(u8("gtp.ext_hdr.pdu_ses_con.qos_flow_id", "QoS Flow Identifier (QFI)", 3), 0x3f).each(gtpExtensions).part(session),
	bits(u8("gtp.ext_hdr.pdu_ses_cont.ppi", "Paging Policy Indicator (PPI)", 4), 0xe0).each(gtpExtensions).part(paged),
	bits(u8("gtp.spare.b4b0", "Spare", 4), 0x1f).hex().each(gtpExtensions).part(paged),
	u16("gtp.ext_hdr.pdcp_sn", "PDCP Sequence Number", 2).each(gtpExtensions).part(first(gtpPDCP)),
	read("gtp.ext_hdr.next", "Next extension header type", Uint8, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		return append(dst, Value{Uint: uint64(b[len(b)-1])})
	}).hex().named(gtpExtensionNames).each(gtpExtensions),
)

// The flags of optional fields, which are there together if one is, and have a meaning each if theirs is.
const gtpExtended, gtpSequenced, gtpNumbered = 0x04, 0x02, 0x01

// Types of extension headers that are read (TS 29.281 §5.2.1).
const gtpUDPPort, gtpRAN, gtpSession, gtpPDCP byte = 0x40, 0x81, 0x85, 0xc0

// flagged returns a condition on the first byte: that a bit of it is set.
func flagged(flag byte) func(b []byte) bool {
	return func(b []byte) bool { return len(b) > 0 && b[0]&flag != 0 }
}

// gtpExtensions are the extension headers, each with the byte before it, which is its type. Its last byte is the type of the next.
var gtpExtensions = &parts{
	start: func(b []byte) []byte {
		if len(b) < 12 || b[0]&gtpExtended == 0 {
			return nil
		}
		return b[11:]
	},
	next: func(b []byte) (part, rest []byte) {
		const none = 0
		if len(b) < 2 || b[0] == none || b[1] == 0 {
			return nil, nil
		}
		n := 4 * int(b[1])
		if len(b) <= n {
			return nil, nil
		}
		return b[: n+1 : n+1], b[n:]
	},
}

// session, downlink, uplink and paged are conditions on a PDU session container (3GPP TS 38.415 §5.5.2).
func session(b []byte) bool { return b[0] == gtpSession && b[2]>>4 <= 1 }

func downlink(b []byte) bool { return b[0] == gtpSession && b[2]>>4 == 0 }
func uplink(b []byte) bool   { return b[0] == gtpSession && b[2]>>4 == 1 }
func paged(b []byte) bool    { return downlink(b) && b[3]&0x80 != 0 }

// part limits the field to some of the parts.
func (f *Field) part(cond func(b []byte) bool) *Field {
	f.partCond = cond
	return f
}

var (
	gtpMessageNames = []Name{
		{1, "Echo request"}, {2, "Echo response"}, {26, "Error indication"}, {31, "Supported extension header notification"}, {254, "End Marker"}, {255, "T-PDU"},
	}
	gtpExtensionNames = []Name{
		{0x00, "No more extension headers"}, {0x03, "Long PDCP PDU Number"}, {0x20, "Service Class Indicator"}, {uint64(gtpUDPPort), "UDP Port number"},
		{uint64(gtpRAN), "RAN container"}, {0x82, "Long PDCP PDU number"}, {0x83, "Xw RAN container"}, {0x84, "NR RAN container"},
		{uint64(gtpSession), "PDU Session container"}, {uint64(gtpPDCP), "PDCP PDU number"},
	}
	pduTypeNames = []Name{{0, "DL PDU SESSION INFORMATION"}, {1, "UL PDU SESSION INFORMATION"}}
)
