package field

import (
	"github.com/google/gopacket/layers"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Names of values that several protocols share, as Wireshark spells them. Message types and the like come from IANA's
// registries.

// yesNo makes the names of a boolean.
func yesNo(yes, no string) []Name { return []Name{{1, yes}, {0, no}} }

// flagNames are those of booleans that Wireshark gives no names of its own.
var (
	trueFalse  = yesNo("True", "False")
	setNotSet  = yesNo("Set", "Not set")
	yesOrNo    = yesNo("Yes", "No")
	presentNot = yesNo("Present", "Not Present")
)

var checksumNames = []Name{{0, "Bad"}, {1, "Good"}, {2, "Unverified"}, {3, "Not present"}, {4, "Illegal"}}

var etherTypeNames = []Name{
	{uint64(layers.EthernetTypeIPv4), "IPv4"},
	{0x0805, "X.25 Layer 3"},
	{uint64(layers.EthernetTypeARP), "ARP"},
	{0x0842, "Wake on LAN"},
	{0x22f3, "Transparent Interconnection of Lots of Links"},
	{0x6558, "Transparent Ethernet bridging"},
	{0x8035, "RARP"},
	{0x809b, "AppleTalk LLAP bridging"},
	{0x80f3, "AARP"},
	{uint64(layers.EthernetTypeDot1Q), "802.1Q Virtual LAN"},
	{0x8137, "Netware IPX/SPX"},
	{uint64(layers.EthernetTypeIPv6), "IPv6"},
	{0x8808, "MAC Control"},
	{0x8809, "Slow Protocols"},
	{uint64(layers.EthernetTypeMPLSUnicast), "MPLS label switched packet"},
	{uint64(layers.EthernetTypeMPLSMulticast), "MPLS multicast label switched packet"},
	{uint64(layers.EthernetTypePPPoEDiscovery), "PPPoE Discovery"},
	{uint64(layers.EthernetTypePPPoESession), "PPPoE Session"},
	{uint64(layers.EthernetTypeEAPOL), "802.1X Authentication"},
	{0x8892, "PROFINET"},
	{0x88a2, "ATA over Ethernet"},
	{0x88a4, "EtherCAT frame"},
	{uint64(layers.EthernetTypeQinQ), "802.1ad Provider Bridge (Q-in-Q)"},
	{0x88cc, "802.1 Link Layer Discovery Protocol (LLDP)"},
	{0x88e5, "802.1AE (MACsec)"},
	{0x88e7, "802.1ah Provider Backbone Bridge (mac-in-mac)"},
	{0x88f7, "PTPv2 over Ethernet (IEEE1588)"},
	{0x8902, "IEEE 802.1ag Connectivity Fault Management (CFM) protocol"},
	{0x8906, "Fibre Channel over Ethernet"},
	{0x9000, "Loopback"},
}

// ipProtocolNames are those of every IP protocol that has one.
var ipProtocolNames = func() (names []Name) {
	for p := range 256 {
		if name := decode.IPProtocolName(uint8(p)); name != "" {
			names = append(names, Name{uint64(p), name})
		}
	}
	return names
}()

// dscpNames are the code points of RFC 2474, 2597, 3246, 5865 and 8622.
var dscpNames = []Name{
	{0, "Default"}, {1, "Lower Effort"},
	{8, "Class Selector 1"}, {16, "Class Selector 2"}, {24, "Class Selector 3"}, {32, "Class Selector 4"},
	{40, "Class Selector 5"}, {48, "Class Selector 6"}, {56, "Class Selector 7"},
	{10, "Assured Forwarding 11"}, {12, "Assured Forwarding 12"}, {14, "Assured Forwarding 13"},
	{18, "Assured Forwarding 21"}, {20, "Assured Forwarding 22"}, {22, "Assured Forwarding 23"},
	{26, "Assured Forwarding 31"}, {28, "Assured Forwarding 32"}, {30, "Assured Forwarding 33"},
	{34, "Assured Forwarding 41"}, {36, "Assured Forwarding 42"}, {38, "Assured Forwarding 43"},
	{44, "Voice Admit"}, {46, "Expedited Forwarding"},
}

// ecnNames are the code points of RFC 3168 §5.
var ecnNames = []Name{
	{0, "Not ECN-Capable Transport"},
	{1, "ECN-Capable Transport codepoint '01'"},
	{2, "ECN-Capable Transport codepoint '10'"},
	{3, "Congestion Experienced"},
}

// afiNames are IANA's address family numbers.
var afiNames = []Name{{0, "Reserved"}, {1, "IPv4"}, {2, "IPv6"}, {3, "NSAP"}, {6, "802 (includes all 802 media plus Ethernet)"}, {16389, "48-bit MAC Address"}, {16390, "64-bit MAC Address"}}
