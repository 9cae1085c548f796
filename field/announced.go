package field

import "github.com/icmpsniff/icmpsniff/decode"

// Numbers that announce a protocol which Wireshark reads and package decode does not. The names are those of frame.protocols.

// carried are protocols of IP (IANA, "Assigned Internet Protocol Numbers").
var carried = map[uint16]string{
	9: "igrp", 33: "dccp", 36: "xtp", 46: "rsvp", 48: "dsr", 50: "esp", 53: "swipe", 54: "nhrp", 62: "mipv6", 80: "osi", 88: "eigrp", 89: "ospf",
	93: "ax25", 108: "ipcomp", 112: "vrrp", 113: "pgm", 115: "l2tp", 132: "sctp", 134: "rsvp", 135: "mipv6", 136: "udplite", 139: "hip", 140: "shim6",
}

// linked are EtherTypes (IEEE Registration Authority, "EtherType").
var linked = map[uint16]string{
	0x0600: "idp", 0x0842: "wol", 0x0bad: "vines_ip", 0x2001: "cgmp", 0x22ea: "mrp-msrp", 0x22f0: "ieee1722", 0x22f3: "trill", 0x22f4: "osi", 0x6003: "dec_dna",
	0x6004: "lat", 0x8038: "dec_stp", 0x809b: "llap", 0x80e1: "dlr", 0x80f3: "aarp", 0x8102: "bofl", 0x8137: "ipx", 0x8181: "stp", 0x872d: "wlccp",
	0x8808: "macc", 0x8809: "slow", 0x8863: "pppoed", 0x886f: "msnlb", 0x887b: "homeplug", 0x888e: "eapol", 0x8892: "pn_rt", 0x8899: "realtek", 0x88a2: "aoe",
	0x88a4: "ecatf", 0x88ab: "epl", 0x88b4: "wai", 0x88b7: "ieee802a", 0x88b8: "goose", 0x88ba: "sv", 0x88c7: "eapol", 0x88ca: "tipc", 0x88cc: "lldp", 0x88cd: "siii",
	0x88d9: "lltd", 0x88dc: "wsmp", 0x88e1: "homeplug-av", 0x88e3: "pn_mrp", 0x88e7: "ieee8021ah", 0x88ee: "elmi", 0x88f5: "mrp-mvrp",
	0x88f6: "mrp-mmrp", 0x88f7: "ptp", 0x88f8: "ncsi", 0x88fb: "hsr_prp_supervision", 0x8902: "cfm", 0x8906: "fcoe", 0x890d: "wlan", 0x8914: "fip",
	0x891d: "tte_pcf", 0x892f: "hsr", 0x893a: "ieee1905", 0x8940: "ecp", 0x8942: "lldp", 0x8947: "gnw", 0x894f: "nsh", 0xcafe: "llt",
}

// tunnelled are protocol types of GRE.
var tunnelled = map[uint16]string{0x00fe: "osi", 0x0101: "grebonding", 0x2000: "cdp", 0x6559: "fr", 0x8137: "ipx", 0x88d2: "ppp", 0x894f: "nsh", 0xb7ea: "grebonding"}

// dialled are protocols of PPP (IANA, "PPP DLL Protocol Numbers").
var dialled = map[uint16]string{
	0x0023: "osi", 0x0027: "dec_dna", 0x0029: "ddp", 0x002b: "ipx", 0x002d: "vjc", 0x002f: "vjc", 0x0031: "bcp_bpdu", 0x0035: "vines_ip", 0x003d: "mp", 0x004b: "llc",
	0x004d: "sna", 0x0059: "pppmux", 0x005b: "vsnp", 0x00fd: "comp_data", 0x0205: "dec_stp", 0x0207: "cdp", 0x8021: "ipcp", 0x8023: "osinlcp", 0x8031: "bcp_ncp",
	0x8057: "ipv6cp", 0x8059: "pppmuxcp", 0x805b: "vsncp", 0x80fd: "ccp", 0x8207: "cdpcp", 0x8281: "mplscp", 0xc021: "lcp", 0xc023: "pap", 0xc029: "cbcp",
	0xc02b: "bacp", 0xc02d: "bap", 0xc223: "chap", 0xc227: "eap",
}

// keptAlive are protocols of Cisco's HDLC.
var keptAlive = map[uint16]string{
	0x0111: "udld", 0x2000: "cdp", 0x4242: "stp", 0x6003: "dec_dna", 0x8035: "slarp", 0x8038: "dec_stp", 0x80f3: "aarp", 0x809b: "ddp", 0x8137: "ipx", 0xfefe: "osi",
}

// grouped are service access points of 802.2, without the bit that tells a group.
var grouped = map[uint16]string{
	0x04: "sna", 0x08: "sna", 0x0c: "sna", 0x10: "ipx", 0x14: "osi", 0x20: "osi", 0x34: "osi", 0x40: "sna", 0x42: "stp", 0x54: "osi", 0x7e: "x25", 0x80: "3comxns",
	0x82: "bacnet", 0xbc: "vines_llc", 0xc8: "sna", 0xe0: "ipx", 0xf0: "netbios", 0xf8: "hpext", 0xfc: "rpl", 0xfe: "osi",
}

// vendors are protocols of SNAP by organisation and number.
var vendors = map[uint64]string{
	0x00000c_0104: "pagp", 0x00000c_0108: "stp", 0x00000c_0109: "stp", 0x00000c_010b: "stp", 0x00000c_010c: "stp", 0x00000c_0111: "udld", 0x00000c_0139: "mcp",
	0x00000c_2000: "cdp", 0x00000c_2001: "cgmp", 0x00000c_2003: "vtp", 0x00000c_2004: "dtp", 0x000081_01a1: "ndp", 0x000081_01a2: "ndp", 0x00e02b_00bb: "edp",
	0x00e052_2000: "fdp", 0x080007_809b: "ddp",
}

// cooked are Linux' own numbers in "cooked" headers.
var cooked = map[uint16]string{1: "ipx", 0x0c: "can", 0x0d: "canfd", 0x17: "irlap", 0xf6: "wpan"}

// announced returns the protocol that layer i announces, and whether it announces one that is in these tables.
func announced(s *Subject, i int) (name string, ok bool) {
	l := s.layer(i)
	b := s.Packet.Header(l)
	switch l.Kind {
	case decode.IPv4:
		if len(b) >= 20 {
			name, ok = carried[uint16(b[9])]
		}
	case decode.IPv6:
		if len(b) >= 40 {
			name, ok = carried[uint16(b[6])]
		}
	case decode.AH, decode.IPv6HopByHop, decode.IPv6DestOpts, decode.IPv6Routing, decode.IPv6Fragment:
		if len(b) > 0 {
			name, ok = carried[uint16(b[0])]
		}
	case decode.Ethernet:
		if name, ok = linked[last16(b)]; !ok && len(b) == 14 && last16(b) <= 1500 { // without 802.2: Novell's
			name, ok = "ipx", true
		}
	case decode.Dot1Q, decode.VNTag, decode.ETag, decode.RTag, decode.HSR:
		name, ok = linked[last16(b)]
	case decode.LinuxSLL:
		name, ok = inCooked(last16(b))
	case decode.LinuxSLL2:
		name, ok = inCooked(first16(b))
	case decode.Geneve:
		if len(b) >= 4 {
			name, ok = linked[first16(b[2:])]
		}
	case decode.CiscoMetaData:
		if inGRE(s, i) {
			name, ok = linked[first16(b)]
		} else {
			name, ok = linked[last16(b)]
		}
	case decode.GRE:
		if len(b) >= 4 {
			name, ok = tunnelled[first16(b[2:])]
		}
	case decode.PPP:
		name, ok = dialled[pppProtocol(b)]
	case decode.CHDLC:
		name, ok = keptAlive[last16(b)]
	case decode.LLC:
		if len(b) > 0 {
			name, ok = grouped[uint16(b[0]&^1)]
		}
	case decode.SNAP:
		if len(b) >= 5 {
			name, ok = inSNAP(uint64(b[0])<<32|uint64(b[1])<<24|uint64(b[2])<<16|uint64(b[3])<<8|uint64(b[4]), last16(b))
		}
	}
	if name == "osi" {
		name = network(s.Packet.Payload(l))
	}
	return name, ok
}

func inCooked(protocol uint16) (string, bool) {
	if name, ok := cooked[protocol]; ok {
		return name, true
	}
	name, ok := linked[protocol]
	return name, ok && protocol > lastOfLinux
}

// inSNAP looks a SNAP header up by organisation and number; organisations 0 and 0000f8 number by EtherType.
func inSNAP(identifier uint64, number uint16) (string, bool) {
	if o := identifier >> 16; o == 0 || o == 0x0000f8 {
		name, ok := linked[number]
		return name, ok
	}
	name, ok := vendors[identifier]
	return name, ok
}

// network returns the OSI protocol that its first byte, the network layer protocol identifier of ISO/IEC TR 9577, tells.
func network(b []byte) string {
	if len(b) == 0 {
		return "osi"
	}
	switch b[0] {
	case 0x81:
		return "osi:clnp"
	case 0x82:
		return "osi:esis"
	case 0x83:
		return "osi:isis" + isis(b)
	}
	return "osi"
}

// isis returns the name of the kind of an IS-IS packet (ISO/IEC 10589 §9), whose type is the fifth byte's lower half.
func isis(b []byte) string {
	if len(b) < 5 {
		return ""
	}
	switch b[4] & 0x1f {
	case 15, 16, 17:
		return ":isis.hello"
	case 18, 20:
		return ":isis.lsp"
	case 24, 25:
		return ":isis.csnp"
	case 26, 27:
		return ":isis.psnp"
	}
	return ""
}

// pppProtocol is the last one or two bytes of a PPP header: the first of two is even (RFC 1661 §2).
func pppProtocol(b []byte) uint16 {
	if n := len(b); n == 1 || n == 3 {
		return uint16(b[n-1])
	}
	return last16(b)
}

// first16 and last16 return the integer of two bytes at either end of b, 0 if there is none.
func first16(b []byte) uint16 {
	if len(b) < 2 {
		return 0
	}
	return uint16(b[0])<<8 | uint16(b[1])
}

func last16(b []byte) uint16 { return first16(b[max(0, len(b)-2):]) }
