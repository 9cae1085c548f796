package lab

import (
	"encoding/binary"
	"slices"
)

// An Encapsulation wraps frames for a trunk and unwraps them behind it. Pop returns nil for what Push did not make.
type Encapsulation struct {
	Push, Pop func(frame []byte) []byte
}

const (
	etherIPv4 = 0x0800
	etherIPv6 = 0x86dd
	etherQ    = 0x8100 // IEEE 802.1Q
	etherAD   = 0x88a8 // IEEE 802.1ad, the service tag
	etherGRE  = 0x6558 // transparent Ethernet bridging, in GRE (RFC 1701)
)

// vlan tags with one 802.1Q tag: priority (PCP) in the upper three bits of tci.
func vlan(tci uint16) Encapsulation {
	return Encapsulation{
		Push: func(f []byte) []byte { return pushTag(f, etherQ, tci) },
		Pop:  func(f []byte) []byte { return popTag(f, etherQ) },
	}
}

// stacked puts outer around inner.
func stacked(outer, inner Encapsulation) Encapsulation {
	return Encapsulation{
		Push: func(f []byte) []byte { return outer.Push(inner.Push(f)) },
		Pop: func(f []byte) []byte {
			if f = outer.Pop(f); f == nil {
				return nil
			}
			return inner.Pop(f)
		},
	}
}

// serviceTag is the outer tag of a provider (802.1ad).
func serviceTag(tci uint16) Encapsulation {
	return Encapsulation{
		Push: func(f []byte) []byte { return pushTag(f, etherAD, tci) },
		Pop:  func(f []byte) []byte { return popTag(f, etherAD) },
	}
}

func pushTag(frame []byte, tpid, tci uint16) []byte {
	tag := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, tpid), tci)
	return slices.Concat(frame[:12], tag, frame[12:])
}

func popTag(frame []byte, tpid uint16) []byte {
	if len(frame) < 18 || binary.BigEndian.Uint16(frame[12:]) != tpid {
		return nil
	}
	return slices.Concat(frame[:12], frame[16:])
}

// ipTunnel carries IP packets (of EtherType inner) directly in IPv4 as the given protocol: 4 is IP in IP (RFC 2003), 41 is 6in4 (RFC 4213).
// Frames of other types, ARP above all, cross the trunk as they are: the tunnel's ends still have to find each other.
func ipTunnel(protocol byte, inner uint16) Encapsulation {
	return Encapsulation{
		Push: func(f []byte) []byte {
			if binary.BigEndian.Uint16(f[12:]) != inner {
				return f
			}
			return slices.Concat(f[:12], []byte{etherIPv4 >> 8, 0}, outerHeader(protocol, len(f)-14), f[14:])
		},
		Pop: func(f []byte) []byte {
			if len(f) < 34 || binary.BigEndian.Uint16(f[12:]) != etherIPv4 || f[23] != protocol {
				return f
			}
			return slices.Concat(f[:12], binary.BigEndian.AppendUint16(nil, inner), f[34:])
		},
	}
}

// greEthernet carries whole frames in GRE (RFC 2784), with the tunnel's own Ethernet header around.
func greEthernet() Encapsulation {
	gre := []byte{0, 0, etherGRE >> 8, etherGRE & 0xff}
	return Encapsulation{
		Push: func(f []byte) []byte {
			ethernet := []byte{2, 0, 0xc6, 0x33, 0x64, 2, 2, 0, 0xc6, 0x33, 0x64, 1, etherIPv4 >> 8, 0}
			return slices.Concat(ethernet, outerHeader(47, len(gre)+len(f)), gre, f)
		},
		Pop: func(f []byte) []byte {
			if len(f) < 38+14 || f[23] != 47 {
				return nil
			}
			return f[38:]
		},
	}
}

// outerHeader is an IPv4 header (RFC 791) between the tunnel's ends, for a payload of size bytes.
func outerHeader(protocol byte, size int) []byte {
	h := []byte{
		0x45, 0, 0, 0, // version, header length, DSCP; total length below
		0, 0, 0x40, 0, // identification, don't fragment
		64, protocol, 0, 0, // TTL; checksum below
		198, 51, 100, 1,
		198, 51, 100, 2,
	}
	binary.BigEndian.PutUint16(h[2:], uint16(len(h)+size))
	binary.BigEndian.PutUint16(h[10:], internetChecksum(h))
	return h
}
