package decode

import (
	"math/bits"

	"github.com/google/gopacket/layers"
)

// linkTypes says how frames of each LINKTYPE_ value of the tcpdump.org registry begin. To add one: write the function
// that decodes its header, and name it here.
var linkTypes map[uint16]func(*Decoder, span)

func init() { // not in the declaration, as PPI's header names a link type in turn
	linkTypes = map[uint16]func(*Decoder, span){
		0:   (*Decoder).nullHeader, // NULL
		1:   (*Decoder).ethernet,
		6:   (*Decoder).tokenRing,
		7:   (*Decoder).arcnet,
		9:   (*Decoder).pppFramed,
		10:  (*Decoder).fddi,
		12:  (*Decoder).raw,       // DLT_RAW on most systems
		14:  (*Decoder).raw,       // DLT_RAW on OpenBSD
		19:  (*Decoder).ip,        // ATM_CLIP, RFC 2225 as Linux hands it over
		50:  (*Decoder).pppFramed, // PPP_HDLC
		51:  (*Decoder).pppoe,
		100: (*Decoder).llcFrame, // ATM_RFC1483
		101: (*Decoder).raw,
		104: (*Decoder).chdlc,
		105: (*Decoder).dot11,
		106: (*Decoder).ip, // ATM_CLIP
		107: (*Decoder).frameRelay,
		108: (*Decoder).nullHeader,   // LOOP
		109: skip(12, (*Decoder).ip), // ENC
		113: (*Decoder).linuxSLL,
		117: (*Decoder).pflog,
		119: skip(144, (*Decoder).dot11),   // IEEE802_11_PRISM
		122: skip(16, (*Decoder).llcFrame), // IP_OVER_FC
		123: (*Decoder).sunATM,
		127: (*Decoder).radioTap,
		129: (*Decoder).arcnetLinux,
		138: (*Decoder).appleIEEE1394,
		149: (*Decoder).pktap,
		163: (*Decoder).avs,
		166: skip(1, (*Decoder).pppFramed), // PPP_PPPD
		178: juniper((*Decoder).ethernet),
		181: juniper((*Decoder).chdlc),
		192: (*Decoder).ppi,
		204: skip(1, (*Decoder).pppFramed),  // PPP_WITH_DIR
		205: skip(1, (*Decoder).chdlc),      // C_HDLC_WITH_DIR
		206: skip(1, (*Decoder).frameRelay), // FRELAY_WITH_DIR
		226: (*Decoder).ipNet,
		228: (*Decoder).rawIPv4,
		229: (*Decoder).rawIPv6,
		239: (*Decoder).nflog,
		240: skip(4, (*Decoder).ethernet),  // NETANALYZER
		241: skip(12, (*Decoder).ethernet), // NETANALYZER_TRANSPARENT: 4 bytes, preamble, delimiter
		242: (*Decoder).ipoIB,
		258: (*Decoder).pktap,
		276: (*Decoder).linuxSLL2,
	}
}

// KnownLink reports whether frames of a LINKTYPE_ value are decoded.
func KnownLink(link uint16) bool { return linkTypes[link] != nil }

// frame decodes a frame by its link type.
func (d *Decoder) frame(link uint16, s span) {
	if link == uint16(layers.LinkTypeEthernet) {
		d.ethernet(s)
	} else if f := linkTypes[link]; f != nil {
		f(d, s)
	} else {
		d.data(s)
	}
}

// skip returns a decoder that passes over a header of n bytes in which nothing is of interest.
func skip(n int32, f func(*Decoder, span)) func(*Decoder, span) {
	return func(d *Decoder, s span) {
		if d.has(s, n) {
			f(d, s.from(n))
		}
	}
}

// raw decodes a frame that starts with its IP header.
func (d *Decoder) raw(s span) {
	d.add(RawIP, s, 0)
	d.ip(s)
}

func (d *Decoder) rawIPv4(s span) {
	d.add(RawIP, s, 0)
	d.ip(s)
}

func (d *Decoder) rawIPv6(s span) {
	d.add(RawIP, s, 0)
	d.ipv6(s)
}

// chdlc decodes Cisco's HDLC: address, control, and a protocol that is an EtherType for what is decoded here.
func (d *Decoder) chdlc(s span) {
	d.show(CHDLC, s, 4)
	if !d.has(s, 4) || d.full() {
		return
	}
	switch t, rest := be16(d.bytes(s)[2:]), s.from(4); layers.EthernetType(t) {
	case layers.EthernetTypeIPv4:
		d.ip(rest)
	case layers.EthernetTypeIPv6:
		d.ipv6(rest)
	case layers.EthernetTypeMPLSUnicast, layers.EthernetTypeMPLSMulticast:
		d.mpls(rest)
	case layers.EthernetTypeTransparentEthernetBridging:
		d.ethernet(rest)
	default:
		d.data(rest)
	}
}

// ipNet decodes Solaris' header of packets seen by its IP filter (LINKTYPE_IPNET), 24 bytes that start with
//
//	| version 1 | family 1 | hook 2 | length of the packet 4 |
func (d *Decoder) ipNet(s span) {
	const family4, family6 = 2, 26
	d.show(IPNet, s, 24)
	if !d.has(s, 24) {
		return
	}
	b, rest := d.bytes(s), s.from(24)
	if n := be32(b[4:]); n > uint32(rest.length()) || !d.has(rest, int32(n)) {
		d.verdict(Malformed)
		return
	}
	switch b[1] {
	case family4:
		d.ipv4(rest)
	case family6:
		d.ipv6(rest)
	default:
		d.data(rest)
	}
}

// ipoIB decodes IP over InfiniBand (RFC 4391 §6) as captured with its 40 bytes of destination and source before.
func (d *Decoder) ipoIB(s span) {
	d.show(IPoIB, s, 44)
	if d.has(s, 44) {
		d.etherType(be16(d.bytes(s)[40:]), s.from(44))
	}
}

// fddi decodes FDDI: frame control, destination, source, then 802.2. The addresses are captured as they were sent, each
// byte's first bit last.
func (d *Decoder) fddi(s span) {
	if d.has(s, 13) {
		b := d.bytes(s)
		for i := range d.swapped {
			d.swapped[i] = bits.Reverse8(b[1+i])
		}
		d.addresses(MAC, d.swapped[6:], d.swapped[:6])
		d.llcFrame(s.from(13))
	}
}

// tokenRing decodes IEEE 802.5: access and frame control, addresses, source routes where the source's first bit is set,
// then 802.2.
func (d *Decoder) tokenRing(s span) {
	if !d.has(s, 14) {
		return
	}
	b := d.bytes(s)
	n := int32(14)
	copy(d.swapped[:], b[2:14])
	d.swapped[6] &^= 0x80
	d.addresses(MAC, d.swapped[6:], d.swapped[:6])
	if b[8]&0x80 != 0 && d.has(s, 15) {
		n += int32(b[14] & 0x1f)
	}
	if b[1]>>6 == 1 {
		d.llcFrame(s.from(n))
	}
}

// sunATM decodes Sun's ATM header, direction and kind of traffic, path 1, channel 2, where the traffic is RFC 2684's.
func (d *Decoder) sunATM(s span) {
	const llcMultiplexed = 2
	if d.has(s, 4) && d.bytes(s)[0]&0x0f == llcMultiplexed {
		d.llcFrame(s.from(4))
	}
}

// frameRelay decodes RFC 2427: an address of two to four bytes, the last of which is marked, then control, padding, and a network
// layer protocol identifier; or, as Cisco has it, an EtherType.
func (d *Decoder) frameRelay(s span) {
	const last, control, snap = 0x01, 3, 0x80
	if !d.has(s, 4) {
		return
	}
	b, n := d.bytes(s), int32(2)
	for n < 4 && b[n-1]&last == 0 {
		n++
	}
	if !d.has(s, n+2) {
		return
	}
	if b[n] != control {
		d.etherType(be16(b[n:]), s.from(n+2))
		return
	}
	if n++; b[n] == 0 {
		n++
	}
	if !d.has(s, n+1) {
		return
	}
	if rest := s.from(n + 1); b[n] == snap {
		d.snapHeader(rest, 0)
	} else {
		d.networkProtocol(b[n], rest, rest)
	}
}

// appleIEEE1394 decodes Apple's IP over IEEE 1394: two 8-byte addresses and an EtherType.
func (d *Decoder) appleIEEE1394(s span) {
	if d.has(s, 18) {
		b := d.bytes(s)
		d.addresses(MAC, b[8:16], b[:8])
		d.etherType(be16(b[16:]), s.from(18))
	}
}

// avs passes the AVS header of 802.11 captures, whose length is its second word.
func (d *Decoder) avs(s span) {
	if d.has(s, 8) {
		if n := be32(d.bytes(s)[4:]); n <= 1024 && d.has(s, int32(n)) {
			d.dot11(s.from(int32(n)))
		}
	}
}
