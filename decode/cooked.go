package decode

import (
	"encoding/binary"

	"github.com/google/gopacket/layers"
)

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
	case b[2]|b[3] == 0:
		d.etherType(binary.LittleEndian.Uint16(b), rest)
		return
	}
	d.family(family, rest)
}

// family decodes what one of BSD's address families announces, of which IPv6 has one for each system.
func (d *Decoder) family(family uint8, s span) {
	switch layers.ProtocolFamily(family) {
	case layers.ProtocolFamilyIPv4:
		d.ip(s)
	case layers.ProtocolFamilyIPv6BSD, layers.ProtocolFamilyIPv6FreeBSD, layers.ProtocolFamilyIPv6Darwin:
		d.ipv6(s)
	default:
		d.data(s)
	}
}

// linuxSLL decodes the "cooked" header of a capture on all interfaces (LINKTYPE_LINUX_SLL):
//
//	| packet type 2 | ARPHRD 2 | address length 2 | address 8 | protocol 2 |
func (d *Decoder) linuxSLL(s span) {
	i := d.show(LinuxSLL, s, 16)
	if !d.has(s, 16) {
		d.short(i, s, 4)
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
		d.short(i, s, 12)
		return
	}
	b := d.bytes(s)
	if b[11] == 6 && d.quoted == 0 {
		d.p.link = int32(i)
		d.p.Source = Address{MAC, b[12:18]}
	}
	d.cooked(be16(b[8:]), be16(b), s.from(20))
}

// cooked decodes what a "cooked" header announces: an EtherType, or one of Linux' own numbers below them. On a GRE device it is
// a protocol type of GRE, on a netlink device a family.
func (d *Decoder) cooked(arphrd, protocol uint16, s span) {
	const arphrdGRE, arphrdNetlink = 778, 824
	const linuxEthernet, linux8022, linuxPPP, linuxLast = 0x0003, 0x0004, 0x0007, 0x0600 // <linux/if_ether.h>
	switch {
	case arphrd == arphrdNetlink:
		d.data(s)
	case arphrd == arphrdGRE:
		d.greProtocol(protocol, s, false)
	case protocol > linuxLast:
		d.etherType(protocol, s)
	case d.full():
		d.verdict(Malformed)
	case protocol == linuxEthernet:
		d.ethernet(s)
	case protocol == linux8022:
		d.llcFrame(s)
	case protocol == linuxPPP:
		d.pppFramed(s)
	default:
		d.data(s)
	}
}
