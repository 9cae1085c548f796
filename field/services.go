package field

import "github.com/icmpsniff/icmpsniff/decode"

// service is a port of UDP or TCP.
type service struct {
	transport decode.Kind
	port      uint16
}

// services are the protocols that Wireshark reads on registered ports (IANA, "Service Name and Transport Protocol Port Number
// Registry") and on a few that custom has given away. One that has an entry in looks is read only where it looks like itself.
var services = byPort(map[string]portLists{
	"a11":         {udp: to(699)},
	"agentx":      {tcp: to(705)},
	"ajp13":       {tcp: to(8009)},
	"amqp":        {tcp: to(5672)},
	"aodv":        {udp: to(654)},
	"asap":        {udp: to(3863), tcp: to(3863)},
	"auto_rp":     {udp: to(496)},
	"babel":       {udp: to(6696)},
	"bfd":         {udp: to(3784, 4784, 6784, 7784)},
	"bfd_echo":    {udp: to(3785)},
	"bgp":         {tcp: to(179)},
	"bittorrent":  {tcp: through(6881, 6889)},
	"bvlc":        {udp: to(47808)},
	"capwap":      {udp: to(5246)},
	"capwap.data": {udp: to(5247)},
	"cflow":       {udp: to(2055, 4739, 9996), tcp: to(4739)},
	"chargen":     {udp: to(19), tcp: to(19)},
	"cldap":       {udp: to(389)},
	"coap":        {udp: to(5683), tcp: to(5683)},
	"cups":        {udp: to(631)},
	"daytime":     {udp: to(13), tcp: to(13)},
	"db-lsp":      {tcp: to(17500)},
	"db-lsp-disc": {udp: to(17500)},
	"dhcp":        {udp: to(67, 68)},
	"dhcpv6":      {udp: to(546, 547), tcp: to(547)},
	"diameter":    {tcp: to(3868)},
	"dis":         {udp: to(3000)},
	"dnp3":        {udp: to(20000), tcp: to(20000)},
	"dns":         {tcp: to(53, 5353)},
	"dtls":        {udp: to(853, 5684)},
	"echo":        {udp: to(7), tcp: to(7)},
	"edonkey":     {udp: to(4665, 4672), tcp: to(4661, 4662, 4663)},
	"enip":        {udp: to(44818), tcp: to(44818)},
	"finger":      {tcp: to(79)},
	"ftp":         {tcp: to(21)},
	"ftp-data":    {tcp: to(20)},
	"git":         {tcp: to(9418)},
	"glbp":        {udp: to(3222)},
	"gopher":      {tcp: to(70)},
	"gsmtap":      {udp: to(4729)},
	"gtp":         {udp: to(2123, 2152), tcp: to(2123, 2152)},
	"gtpprime":    {udp: to(3386), tcp: to(3386)},
	"h225":        {udp: to(1718, 1719)},
	"hsrp":        {udp: to(1985, 2029)},
	"http":        {tcp: to(80, 631, 1900, 2869, 3128, 3689, 5985, 8080, 8088, 11371)},
	"iapp":        {udp: to(2313)},
	"iax2":        {udp: to(4569)},
	"icp":         {udp: to(3130)},
	"imap":        {tcp: to(143)},
	"irc":         {tcp: to(6667)},
	"isakmp":      {udp: to(500), tcp: to(500)},
	"kerberos":    {udp: to(88), tcp: to(88)},
	"kink":        {udp: to(910)},
	"kpasswd":     {udp: to(464), tcp: to(464)},
	"ldap":        {tcp: to(389, 3268)},
	"ldp":         {udp: to(646), tcp: to(646)},
	"lisp":        {udp: to(4342)},
	"lmp":         {udp: to(701)},
	"lpd":         {tcp: to(515)},
	"mbtcp":       {tcp: to(502)},
	"megaco":      {udp: to(2944), tcp: to(2944)},
	"memcache":    {udp: to(11211), tcp: to(11211)},
	"mgcp":        {udp: to(2427, 2727), tcp: to(2427, 2727)},
	"mip":         {udp: to(434)},
	"mpls-echo":   {udp: to(3503)},
	"mqtt":        {tcp: to(1883)},
	"msdp":        {tcp: to(639)},
	"mysql":       {tcp: to(3306)},
	"nbdgm":       {udp: to(138)},
	"nbns":        {udp: to(137)},
	"nbss":        {tcp: to(139, 445)},
	"nntp":        {tcp: to(119)},
	"ntp":         {udp: to(123), tcp: to(123)},
	"olsr":        {udp: to(698)},
	"openflow":    {tcp: to(6653)},
	"openvpn":     {udp: to(1194), tcp: to(1194)},
	"pgsql":       {tcp: to(5432)},
	"pop":         {tcp: to(110)},
	"pptp":        {tcp: to(1723)},
	"ptp":         {udp: to(319, 320)},
	"radius":      {udp: to(1645, 1646, 1812, 1813, 3799)},
	"resp":        {tcp: to(6379)},
	"rip":         {udp: to(520)},
	"ripng":       {udp: to(521)},
	"rlogin":      {tcp: to(513)},
	"rmcp":        {udp: to(623)},
	"rpc":         {udp: to(111), tcp: to(111)},
	"rpkirtr":     {tcp: to(323)},
	"rsh":         {tcp: to(514)},
	"rsvp":        {udp: to(3455)},
	"rsync":       {tcp: to(873)},
	"rtsp":        {tcp: to(554, 8554)},
	"sap":         {udp: to(9875)},
	"sflow":       {udp: to(6343)},
	"sip":         {udp: to(5060), tcp: to(5060)},
	"smtp":        {tcp: to(25, 587)},
	"snmp":        {udp: to(161, 162), tcp: to(161, 162)},
	"socks":       {tcp: to(1080)},
	"srvloc":      {udp: to(427), tcp: to(427)},
	"ssdp":        {udp: to(1900)},
	"ssh":         {tcp: to(22)},
	"stun":        {udp: to(3478), tcp: to(3478)},
	"syslog":      {udp: to(514)},
	"tacacs":      {udp: to(49)},
	"tacplus":     {tcp: to(49)},
	"tds":         {tcp: to(1433, 2433)},
	"telnet":      {tcp: to(23)},
	"tftp":        {udp: to(69)},
	"time":        {udp: to(37), tcp: to(37)},
	"tls":         {tcp: to(443, 465, 636, 853, 993, 995, 5061, 5671, 8883)},
	"tns":         {tcp: to(1521)},
	"tpkt":        {tcp: to(102, 3389)},
	"udpencap":    {udp: to(4500)},
	"vnc":         {tcp: to(5500, 5501, 5900, 5901)},
	"wccp":        {udp: to(2048)},
	"who":         {udp: to(513)},
	"whois":       {tcp: to(43)},
	"x11":         {tcp: through(6000, 6063)},
	"xdmcp":       {udp: to(177)},
	"xmpp":        {tcp: to(5222)},
	"zebra":       {tcp: to(2600)},
})

// portLists are a protocol's ports.
type portLists struct{ udp, tcp []uint16 }

func to(list ...uint16) []uint16 { return list }

// through are the ports from first to last.
func through(first, last uint16) (list []uint16) {
	for p := first; p <= last; p++ {
		list = append(list, p)
	}
	return list
}

func byPort(names map[string]portLists) map[service]string {
	by := map[service]string{}
	for name, p := range names {
		for _, port := range p.udp {
			by[service{decode.UDP, port}] = name
		}
		for _, port := range p.tcp {
			by[service{decode.TCP, port}] = name
		}
	}
	return by
}

// served returns the protocol of the lower of a header's ports that has one, or else of the higher, for which b looks like it.
func served(k decode.Kind, header, b []byte) (name string, ok bool) {
	if len(header) < 4 {
		return "", false
	}
	from, to := first16(header), first16(header[2:])
	for _, port := range [2]uint16{min(from, to), max(from, to)} {
		if name, ok = services[service{k, port}]; ok {
			if like := looks[name]; like == nil || like(b) {
				return name, true
			}
		}
	}
	return "", false
}
