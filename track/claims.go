package track

import "github.com/icmpsniff/icmpsniff/decode"

// arpClaims reads what an ARP packet claims: its sender's address, unless it is a probe. RFC 826 has every receiver take
// that in, whatever the packet asks or answers.
func (t *Tracker) arpClaims(p *decode.Packet, a decode.ARPPacket) {
	if a.Operation == decode.ARPRequest && [4]byte(a.SenderIP) == [4]byte{} {
		key := ipv4Key(a.TargetIP)
		t.probed(p, &key, [6]byte(a.SenderMAC))
		return
	}
	c := claim{key: ipv4Key(a.SenderIP), mac: [6]byte(a.SenderMAC)}
	switch {
	case [4]byte(a.SenderIP) == [4]byte(a.TargetIP):
		c.how = toAll
	case a.Operation == decode.ARPReply && unicast([6]byte(a.TargetMAC)) && !groupFrame(p):
		c.how = inReply
	}
	t.claimed(p, &c)
}

// reverseClaims reads what a reply of reverse ARP claims, the server's address and the one it assigns (RFC 903), and what
// inverse ARP does, the sender's address (RFC 2390).
func (t *Tracker) reverseClaims(p *decode.Packet, a decode.ARPPacket) {
	c := claim{key: ipv4Key(a.SenderIP), mac: [6]byte(a.SenderMAC)}
	switch a.Operation {
	case decode.RARPReply:
		t.claimed(p, &claim{key: ipv4Key(a.TargetIP), mac: [6]byte(a.TargetMAC)})
	case decode.InARPReply:
		c.how = inReply
	}
	t.claimed(p, &c)
}

func ipv4Key(ip []byte) (k neighborKey) {
	k.length = 4
	copy(k.address[:4], ip)
	return k
}

// groupFrame reports whether the frame went to a broadcast or multicast MAC address.
func groupFrame(p *decode.Packet) bool {
	d := p.Destination
	return d.Kind == decode.MAC && d.Bytes[0]&1 != 0
}

// ndClaims says where the options of a message of neighbor discovery begin, one of which may claim an address for the
// message's source (RFC 4861 §4.1 to §4.3), and what kind of claim that is.
var ndClaims = [256]struct {
	options int
	how     manner
}{
	133: {8, 0},         // router solicitation
	134: {16, byRouter}, // router advertisement
	135: {ndOptions, 0}, // neighbor solicitation
}

// neighborClaims reads what a message of neighbor discovery claims. One that a router has forwarded is not valid: its hop
// limit is less than 255 (RFC 4861 §7.1).
func (t *Tracker) neighborClaims(p *decode.Packet, b []byte) {
	const advertisement = 136
	if network := p.Network(); network == nil || network.Kind != decode.IPv6 {
		return
	} else if h := p.Header(network); len(h) < 40 || h[7] != 255 || b[1] != 0 {
		return
	}
	of := &ndClaims[b[0]]
	switch {
	case b[0] == advertisement && len(b) >= ndOptions:
		t.advertisementClaims(p, b)
	case of.options == 0 || len(b) < of.options:
	case [16]byte(p.Source.Bytes) == [16]byte{}:
		if of.options == ndOptions {
			t.probed(p, &neighborKey{[16]byte(b[ndTarget:ndOptions]), 16}, linkAddress(p, b, decode.NDOptSourceLinkAddress))
		}
	default:
		if mac, ok := optionalMAC(b[of.options:], decode.NDOptSourceLinkAddress); ok {
			t.claimed(p, &claim{key: neighborKey{[16]byte(p.Source.Bytes), 16}, mac: mac, from: claimedByND, how: of.how})
		}
	}
}

// advertisementClaims reads a neighbor advertisement (RFC 4861 §4.4, §7.2.5).
func (t *Tracker) advertisementClaims(p *decode.Packet, b []byte) {
	const router, solicited, override = 0x80, 0x40, 0x20
	c := claim{key: neighborKey{[16]byte(b[ndTarget:ndOptions]), 16}, from: claimedByND}
	flags, group := b[4], p.Destination.Bytes[0] == 0xff
	switch {
	case flags&solicited != 0 && group: // not valid (§7.1.2)
		return
	case flags&solicited != 0:
		c.how |= inReply
	case group:
		c.how |= toAll
	}
	if flags&override == 0 {
		c.how |= forAnother
	}
	if flags&router != 0 {
		c.how |= byRouter
	}
	var ok bool
	if c.mac, ok = optionalMAC(b[ndOptions:], decode.NDOptTargetLinkAddress); !ok {
		c.mac = linkAddress(p, b, decode.NDOptTargetLinkAddress)
		c.how |= silent
	}
	t.claimed(p, &c)
}

// optionalMAC returns the MAC address in an option of neighbor discovery, and false if it is not there.
func optionalMAC(options []byte, option byte) (mac [6]byte, ok bool) {
	for kind, o := range decode.NDOptions(options) {
		if kind == option && len(o) == 8 {
			return [6]byte(o[2:8]), true
		}
	}
	return mac, false
}
