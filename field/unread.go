package field

import "github.com/icmpsniff/icmpsniff/decode"

// Bytes that no decoder here reads are data, unless Wireshark has a dissector for them: then they are that protocol's, and
// all we know of it is its name, "" where that is not known either.

// service is a port of UDP or TCP.
type service struct {
	transport decode.Kind
	port      uint16
}

var services = map[service]string{
	{decode.UDP, 67}: "dhcp", {decode.UDP, 68}: "dhcp", {decode.UDP, 69}: "tftp", {decode.UDP, 123}: "ntp",
	{decode.UDP, 137}: "nbns", {decode.UDP, 138}: "nbdgm", {decode.UDP, 161}: "snmp", {decode.UDP, 162}: "snmp",
	{decode.UDP, 443}: "quic", {decode.UDP, 500}: "isakmp", {decode.UDP, 514}: "syslog", {decode.UDP, 520}: "rip", {decode.UDP, 521}: "ripng",
	{decode.UDP, 546}: "dhcpv6", {decode.UDP, 547}: "dhcpv6", {decode.UDP, 623}: "rmcp", {decode.UDP, 646}: "ldp", {decode.UDP, 1812}: "radius",
	{decode.UDP, 1813}: "radius", {decode.UDP, 1900}: "ssdp", {decode.UDP, 1985}: "hsrp", {decode.UDP, 2123}: "gtp", {decode.UDP, 3702}: "xml",
	{decode.UDP, 3784}: "bfd", {decode.UDP, 4342}: "lisp", {decode.UDP, 4500}: "udpencap", {decode.UDP, 5060}: "sip",
	{decode.UDP, 17500}: "db-lsp-disc", {decode.UDP, 51820}: "wg",
	{decode.TCP, 20}: "ftp-data", {decode.TCP, 21}: "ftp", {decode.TCP, 22}: "ssh", {decode.TCP, 23}: "telnet", {decode.TCP, 25}: "smtp", {decode.TCP, 53}: "dns",
	{decode.TCP, 80}: "http", {decode.TCP, 110}: "pop", {decode.TCP, 139}: "nbss", {decode.TCP, 143}: "imap", {decode.TCP, 179}: "bgp",
	{decode.TCP, 389}: "ldap", {decode.TCP, 443}: "tls", {decode.TCP, 445}: "nbss", {decode.TCP, 502}: "mbtcp", {decode.TCP, 631}: "ipp",
	{decode.TCP, 646}: "ldp", {decode.TCP, 853}: "tls", {decode.TCP, 993}: "tls", {decode.TCP, 995}: "tls", {decode.TCP, 1433}: "tds", {decode.TCP, 1723}: "pptp",
	{decode.TCP, 1883}: "mqtt", {decode.TCP, 3306}: "mysql", {decode.TCP, 3389}: "tpkt", {decode.TCP, 5060}: "sip",
	{decode.TCP, 5432}: "pgsql", {decode.TCP, 6000}: "x11", {decode.TCP, 8080}: "http",
}

// carried are the protocols of IP that are read no further here.
var carried = map[uint8]string{
	27: "rudp", 33: "dccp", 46: "rsvp", 50: "esp", 54: "nhrp", 55: "minipinip", 88: "eigrp", 89: "ospf", 108: "ipcomp", 112: "vrrp", 115: "l2tp",
	124: "", 132: "sctp", 133: "fc", 135: "mipv6", 136: "udplite", 138: "packetbb", 139: "hip", 140: "shim6",
}

// linked are the protocols with EtherTypes that are read no further here.
var linked = map[uint16]string{
	0x0842: "wol", 0x2000: "cdp", 0x8035: "arp", 0x809b: "llap", 0x80f3: "aarp", 0x8137: "ipx", 0x8808: "macc", 0x8809: "slow", 0x8863: "pppoed",
	0x888e: "eapol", 0x8892: "pn_rt", 0x88a2: "aoe", 0x88a4: "ecatf", 0x88ca: "tipc", 0x88cc: "lldp", 0x88e5: "", 0x88f7: "ptp", 0x8902: "cfm",
	0x8906: "fcoe", 0x8940: "ecp", 0x9000: "loop",
}

// longHeader are the first bits of the QUIC packets that begin a connection (RFC 9000 §17.2).
const longHeader = 0xc0

// dissected returns the protocol that Wireshark finds in the Data layer i, and whether it finds one.
func dissected(s *Subject, i int) (name string, ok bool) {
	if i == 0 {
		return "", false
	}
	before := s.layer(i - 1)
	b := s.Packet.Header(before)
	switch k := before.Kind; k {
	case decode.UDP, decode.TCP:
		if len(b) < 4 {
			return "", false
		}
		from, to := uint16(b[0])<<8|uint16(b[1]), uint16(b[2])<<8|uint16(b[3])
		if name, ok = services[service{k, min(from, to)}]; !ok {
			name, ok = services[service{k, max(from, to)}]
		}
		if payload := s.Packet.Bytes(s.layer(i)); name == "quic" && (len(payload) == 0 || payload[0]&longHeader != longHeader) {
			return "", false // of a connection whose beginning was not seen
		}
	case decode.IPv4:
		if len(b) >= 20 && before.Flags&decode.Fragment == 0 {
			name, ok = carried[b[9]]
		}
	case decode.IPv6:
		if len(b) >= 40 {
			name, ok = carried[b[6]]
		}
	case decode.AH, decode.IPv6HopByHop, decode.IPv6DestOpts, decode.IPv6Routing:
		if len(b) > 0 {
			name, ok = carried[b[0]]
		}
	case decode.GRE:
		if len(b) >= 4 {
			name, ok = linked[uint16(b[2])<<8|uint16(b[3])]
		}
	case decode.Ethernet, decode.Dot1Q, decode.CHDLC:
		if len(b) >= 2 {
			name, ok = linked[uint16(b[len(b)-2])<<8|uint16(b[len(b)-1])]
			ok = ok || k == decode.CHDLC
		}
	case decode.LLC, decode.SNAP, decode.PPP:
		ok = true
	case decode.ICMPv4:
		ok = len(b) > 0 && (b[0] == extendedEcho || b[0] == extendedEchoReply)
	}
	return name, ok
}

// undissected is a condition on Data layers: that they are data to Wireshark, too.
func undissected(s *Subject, i int) bool {
	_, ok := dissected(s, i)
	return !ok
}
