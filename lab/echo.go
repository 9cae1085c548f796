package lab

import (
	"encoding/binary"
	"net/netip"
)

// An echoFlow is what one ping sends: requests from asker to target with one identifier, and the replies to them.
type echoFlow struct {
	asker, target netip.Addr
	id            uint16
}

// echoMessage is an echo request or a reply to one, of either family (RFC 792, RFC 4443 §4).
type echoMessage struct {
	echoFlow
	seq   uint16
	reply bool
}

// readEcho reads one from an Ethernet frame with any number of VLAN tags. It returns false for all else, and for IP options,
// extension headers and fragments, none of which an echo of the lab's has where a line looks for it.
func readEcho(frame []byte) (m echoMessage, ok bool) {
	const macs, tag, ipv4, ipv6, message = 12, 4, 20, 40, 8
	b := frame
	if len(b) < macs+2 {
		return m, false
	}
	for b = b[macs:]; len(b) >= tag && isTag(binary.BigEndian.Uint16(b)); b = b[tag:] {
	}
	if len(b) < 2 {
		return m, false
	}
	etherType, ip := binary.BigEndian.Uint16(b), b[2:]
	var request, reply byte
	switch {
	case etherType == etherIPv4 && len(ip) >= ipv4+message && ip[0] == 0x45 && ip[9] == 1 && binary.BigEndian.Uint16(ip[6:])&0x3fff == 0:
		request, reply, b = 8, 0, ip[ipv4:]
		m.asker, m.target = netip.AddrFrom4([4]byte(ip[12:16])), netip.AddrFrom4([4]byte(ip[16:20]))
	case etherType == etherIPv6 && len(ip) >= ipv6+message && ip[6] == 58:
		request, reply, b = 128, 129, ip[ipv6:]
		m.asker, m.target = netip.AddrFrom16([16]byte(ip[8:24])), netip.AddrFrom16([16]byte(ip[24:40]))
	default:
		return m, false
	}
	switch b[0] {
	case request:
	case reply:
		m.reply, m.asker, m.target = true, m.target, m.asker
	default:
		return m, false
	}
	m.id, m.seq = binary.BigEndian.Uint16(b[4:]), binary.BigEndian.Uint16(b[6:])
	return m, true
}

func isTag(etherType uint16) bool { return etherType == etherQ || etherType == etherAD }
