package decode

// ARP operations (RFC 826, RFC 903, RFC 2390).
const (
	ARPRequest   = 1
	ARPReply     = 2
	RARPRequest  = 3
	RARPReply    = 4
	DRARPRequest = 5
	DRARPReply   = 6
	DRARPError   = 7
	InARPRequest = 8
	InARPReply   = 9
)

// arpPacket decodes ARP and its relatives. RFC 826 draws it so:
//
//	0        2        4   5   6        8           8+hl      8+hl+pl        8+2hl+pl
//	| ar$hrd | ar$pro |hln|pln| ar$op  | sender hw | sender pr | target hw | target pr |
func (d *Decoder) arpPacket(s span) {
	i := d.show(ARP, s, 8)
	if s.captured() < 2 {
		d.p.Layers[i].Flags |= Unread
	}
	if !d.has(s, 8) {
		return
	}
	b := d.bytes(s)
	n := 8 + 2*int32(b[4]) + 2*int32(b[5])
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	if n > s.length() { // whatever was captured of it
		d.verdict(Malformed)
		return
	}
	d.has(s, n)
}

// ARPPacket is an ARP packet's fields, as slices of the frame.
type ARPPacket struct {
	HardwareType, ProtocolType     uint16
	Operation                      uint16
	SenderMAC, SenderIP            []byte // of the lengths that the packet states, "IP" for any protocol
	TargetMAC, TargetIP            []byte
	HardwareLength, ProtocolLength uint8
}

// ReadARP returns the fields of an ARP packet, and false if b ends before they do: then the addresses that are not whole are nil, and
// below 8 bytes there is nothing at all. The lengths are added as int:
// gopacket v1.1.19 adds them as uint8 and reads out of bounds from a hardware length of 128 on, so it is not asked.
func ReadARP(b []byte) (a ARPPacket, ok bool) {
	if len(b) < 8 {
		return a, false
	}
	a = ARPPacket{HardwareType: be16(b), ProtocolType: be16(b[2:]), HardwareLength: b[4], ProtocolLength: b[5], Operation: be16(b[6:])}
	hl, pl := int(b[4]), int(b[5])
	b = b[8:]
	for _, f := range [...]struct {
		address *[]byte
		size    int
	}{{&a.SenderMAC, hl}, {&a.SenderIP, pl}, {&a.TargetMAC, hl}, {&a.TargetIP, pl}} {
		if len(b) < f.size {
			return a, false
		}
		*f.address, b = b[:f.size], b[f.size:]
	}
	return a, true
}

// ForEthernetIPv4 reports whether the packet resolves IPv4 addresses on a network with 6-byte addresses of Ethernet's
// kind (hardware type 1, or IEEE 802's 6).
func (a *ARPPacket) ForEthernetIPv4() bool {
	return (a.HardwareType == 1 || a.HardwareType == 6) && a.ProtocolType == 0x0800 && a.HardwareLength == 6 && a.ProtocolLength == 4
}
