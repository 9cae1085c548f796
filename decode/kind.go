package decode

// Kind names the protocol of a Layer.
type Kind uint8

// The protocols that the decoder tells apart.
const (
	None Kind = iota
	Ethernet
	Dot1Q
	MACsec
	VNTag
	ETag
	Loop
	LLC
	SNAP
	LinuxSLL
	LinuxSLL2
	Null
	RawIP
	PPP
	PPPoE
	CHDLC
	MPLS
	ARCNET
	IPNet
	IPoIB
	RadioTap
	Dot11
	ARP
	IPv4
	IPv6
	IPv6HopByHop
	IPv6Routing
	IPv6Fragment
	IPv6DestOpts
	AH
	ICMPv4
	ICMPv6
	ICMPExtension
	IGMP
	DVMRP
	RGMP
	IGAP
	PIM
	NHRP
	UDP
	TCP
	DNS
	GRE
	ERSPAN
	VXLAN
	Geneve
	Teredo
	GTPU
	EtherIP
	LISP
	L2TP
	CiscoMetaData
	BridgedPPP
	PWACH
	TRILL
	PBB
	NSH
	RTag
	HSR
	Data
	kinds
)

// kindNames holds each kind's abbreviation in tshark's frame.protocols; "" where tshark lists none.
var kindNames = [kinds]string{
	Ethernet: "eth", Dot1Q: "vlan", MACsec: "macsec", VNTag: "vntag", ETag: "etag", Loop: "loop", LLC: "llc", LinuxSLL: "sll", LinuxSLL2: "sll", Null: "null", RawIP: "raw",
	PPP: "ppp", PPPoE: "pppoes", CHDLC: "chdlc", MPLS: "mpls", ARCNET: "arcnet", IPNet: "ipnet", IPoIB: "infiniband",
	RadioTap: "radiotap", Dot11: "wlan", ARP: "arp", IPv4: "ip", IPv6: "ipv6", IPv6HopByHop: "ipv6.hopopts",
	IPv6Routing: "ipv6.routing", IPv6Fragment: "ipv6.fraghdr", IPv6DestOpts: "ipv6.dstopts", AH: "ah", ICMPv4: "icmp",
	ICMPv6: "icmpv6", IGMP: "igmp", DVMRP: "dvmrp", RGMP: "rgmp", IGAP: "igap", PIM: "pim", NHRP: "nhrp", UDP: "udp", TCP: "tcp", DNS: "dns", GRE: "gre", ERSPAN: "erspan",
	VXLAN: "vxlan", Geneve: "geneve", Teredo: "teredo", GTPU: "gtp", EtherIP: "etherip", LISP: "lisp-data", L2TP: "l2tp", CiscoMetaData: "cmd",
	BridgedPPP: "bcp_bpdu", PWACH: "pwach", TRILL: "trill", PBB: "ieee8021ah", NSH: "nsh", RTag: "ieee8021cb", HSR: "hsr", Data: "data",
}

// String returns the protocol's abbreviation as Wireshark's display filters spell it.
func (k Kind) String() string {
	if k < kinds {
		return kindNames[k]
	}
	return ""
}
