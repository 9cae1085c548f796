package field

import "github.com/icmpsniff/icmpsniff/decode"

// Extensions of ICMP router advertisements by mobility agents (RFC 5944 §2.1), after the addresses: one byte of type and
// one of length, but for padding.
var icmpMobilityFields = in("icmp", kindSet(decode.ICMPv4),
	u8("icmp.mip.type", "Extension Type", 0).named(agentNames).each(agentExtensions),
	u8("icmp.mip.length", "Length", 1).each(agentExtensions).agent(mobilityAgent, prefixLengths, challenge),
	u16("icmp.mip.seq", "Sequence Number", 2).each(agentExtensions).agent(mobilityAgent),
	u16("icmp.mip.life", "Registration Lifetime", 4).each(agentExtensions).agent(mobilityAgent),
	u16("icmp.mip.flags", "Flags", 6).hex().each(agentExtensions).agent(mobilityAgent),
	agentFlag("icmp.mip.r", "Registration Required", 0x8000),
	agentFlag("icmp.mip.b", "Busy", 0x4000),
	agentFlag("icmp.mip.h", "Home Agent", 0x2000),
	agentFlag("icmp.mip.f", "Foreign Agent", 0x1000),
	agentFlag("icmp.mip.m", "Minimal Encapsulation", 0x0800),
	agentFlag("icmp.mip.g", "GRE", 0x0400),
	agentFlag("icmp.mip.v", "VJ Comp", 0x0200),
	agentFlag("icmp.mip.rt", "Reverse tunneling", 0x0100),
	agentFlag("icmp.mip.u", "UDP tunneling", 0x0080),
	agentFlag("icmp.mip.x", "Revocation support", 0x0040),
	bits(u16("icmp.mip.reserved", "Reserved", 6), 0x003f).hex().each(agentExtensions).agent(mobilityAgent),
	read("icmp.mip.coa", "Care-Of-Address", IPv4, careOfAddresses).each(agentExtensions).agent(mobilityAgent),
	u8("icmp.mip.prefixlength", "Prefix Length", 2).each(agentExtensions).agent(prefixLengths),
	octets("icmp.mip.challenge", "Challenge", 2, 0).each(agentExtensions).agent(challenge),
)

// Types of extensions (IANA's mobile IP extensions to ICMP router advertisements).
const (
	agentPadding  = 0
	mobilityAgent = 16
	prefixLengths = 19
	challenge     = 24
)

var agentExtensions = &parts{
	start: func(b []byte) []byte {
		if len(b) < 8 || b[0] != routerAdvertisement {
			return nil
		}
		return b[min(len(b), 8+int(b[4])*int(b[5])*4):]
	},
	next: func(b []byte) (part, rest []byte) {
		if b[0] == agentPadding {
			return b[:1], b[1:]
		}
		if len(b) < 2 || len(b) < 2+int(b[1]) {
			return nil, nil
		}
		n := 2 + int(b[1])
		return b[:n], b[n:]
	},
}

// agent limits a field to extensions of some types.
func (f *Field) agent(types ...byte) *Field {
	f.partCond = first(types...)
	return f
}

func agentFlag(name, label string, mask uint64) *Field {
	return bits(u16(name, label, 6), mask).flag(trueFalse).each(agentExtensions).agent(mobilityAgent)
}

func careOfAddresses(_ *Subject, _ int, b []byte, dst []Value) []Value {
	for at := 8; at+4 <= len(b); at += 4 {
		dst = append(dst, Value{Bytes: b[at : at+4]})
	}
	return dst
}

var agentNames = []Name{
	{0, "One byte padding extension"}, {16, "Mobility Agent Advertisement Extension"},
	{19, "Prefix Lengths Extension"}, {24, "Challenge Extension"},
}
