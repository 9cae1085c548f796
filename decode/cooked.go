package decode

import "github.com/google/gopacket/layers"

// nullHeader decodes BSD's loopback header, an address family in the byte order of the host that captured.
func (d *Decoder) nullHeader(s span) {
	d.show(Null, s, 4)
	if !d.has(s, 4) {
		return
	}
	b, rest := d.bytes(s), s.from(4)
	var family byte
	switch {
	case b[0]|b[1]|b[2] == 0:
		family = b[3]
	case b[1]|b[2]|b[3] == 0:
		family = b[0]
	case b[0]|b[1] == 0: // some writers put an EtherType there
		d.etherType(be16(b[2:]), rest)
		return
	}
	switch layers.ProtocolFamily(family) {
	case layers.ProtocolFamilyIPv4:
		d.ip(rest)
	case layers.ProtocolFamilyIPv6BSD, layers.ProtocolFamilyIPv6FreeBSD, layers.ProtocolFamilyIPv6Darwin, layers.ProtocolFamilyIPv6Linux:
		d.ipv6(rest)
	default:
		d.data(rest)
	}
}

// linuxSLL decodes the "cooked" header of a capture on all interfaces (LINKTYPE_LINUX_SLL):
//
//	| packet type 2 | ARPHRD 2 | address length 2 | address 8 | protocol 2 |
func (d *Decoder) linuxSLL(s span) {
	i := d.show(LinuxSLL, s, 16)
	if !d.has(s, 16) {
		return
	}
	b := d.bytes(s)
	length := be16(b[4:])
	if length <= 8 { // gopacket slices by it, unchecked
		d.sll.DecodeFromBytes(b, feedback) //nolint:errcheck // fails only below 16 bytes
		if length == 6 && d.quoted == 0 {
			d.p.link = int32(i)
			d.p.Source = Address{MAC, d.sll.Addr}
		}
	}
	d.cooked(be16(b[2:]), be16(b[14:]), s.from(16))
}

// linuxSLL2 decodes version 2 of the "cooked" header (LINKTYPE_LINUX_SLL2):
//
//	| protocol 2 | reserved 2 | interface 4 | ARPHRD 2 | packet type 1 | address length 1 | address 8 |
func (d *Decoder) linuxSLL2(s span) {
	i := d.show(LinuxSLL2, s, 20)
	if !d.has(s, 20) {
		return
	}
	b := d.bytes(s)
	if b[11] == 6 && d.quoted == 0 {
		d.p.link = int32(i)
		d.p.Source = Address{MAC, b[12:18]}
	}
	d.cooked(be16(b[8:]), be16(b), s.from(20))
}

// cooked decodes what a "cooked" header announces: an EtherType, or one of Linux's own numbers below them; on GRE and
// netlink devices (ARPHRD 778, 824) the number means something else.
func (d *Decoder) cooked(arphrd, protocol uint16, s span) {
	const linux8022, arphrdGRE, arphrdNetlink = 0x0004, 778, 824
	switch {
	case arphrd == arphrdNetlink:
		d.data(s)
	case protocol == linux8022:
		d.llcFrame(s)
	case arphrd == arphrdGRE && protocol < minEtherType:
		d.data(s)
	default:
		d.etherType(protocol, s)
	}
}
