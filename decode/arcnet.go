package decode

// arcnet decodes ARCNET: source and destination of one byte, protocol, and for RFC 1201's a split flag and a sequence
// number of two bytes, with an exception packet before them where the flag is 0xff.
func (d *Decoder) arcnet(s span) { d.arcnetAt(s, 2, true) }

// arcnetLinux decodes ARCNET as Linux hands it over, with a two-byte offset after the addresses, and without exceptions.
func (d *Decoder) arcnetLinux(s span) { d.arcnetAt(s, 4, false) }

func (d *Decoder) arcnetAt(s span, at int32, exceptions bool) {
	const ip1051, arp1051, ip1201, arp1201, rarp1201, ipv6 = 240, 241, 212, 213, 214, 196
	i := d.show(ARCNET, s, at+1)
	if !d.has(s, at+1) {
		return
	}
	b := d.bytes(s)
	if d.quoted == 0 {
		d.p.link = int32(i)
	}
	d.addresses(ARCNETAddress, b[0:1], b[1:2])
	proto := b[at]
	n := at + 1
	switch proto {
	case ip1051, arp1051:
	default:
		if !d.has(s, n+1) {
			return
		}
		if exceptions && b[n] == 0xff {
			n += 4
		}
		n += 3
	}
	d.p.Layers[i].Body = min(s.start+n, s.stated)
	rest := s.from(n)
	switch proto {
	case ip1051, ip1201:
		d.ip(rest)
	case ipv6: // RFC 2497 §2
		d.ipv6(rest)
	case arp1051, arp1201, rarp1201:
		d.arpPacket(rest)
	default:
		d.data(rest)
	}
}
