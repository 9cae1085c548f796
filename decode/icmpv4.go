package decode

import "github.com/google/gopacket/layers"

// icmpv4 decodes an ICMP message (RFC 792) and the datagram that an error quotes.
func (d *Decoder) icmpv4(s span) {
	i := d.show(ICMPv4, s, 8)
	least := icmpv4Least[0]
	if b := d.bytes(s); len(b) > 0 {
		least = icmpv4Least[b[0]]
	}
	if s.captured() < 6 {
		d.p.Layers[i].Flags |= Unread
	}
	if !d.has(s, least) || s.captured() < 8 {
		return
	}
	b := d.bytes(s)
	d.icmp4.DecodeFromBytes(b, feedback) //nolint:errcheck // fails only below 8 bytes
	rest := s.from(8)
	switch d.icmp4.TypeCode.Type() {
	case layers.ICMPv4TypeDestinationUnreachable, layers.ICMPv4TypeTimeExceeded, layers.ICMPv4TypeParameterProblem:
		// RFC 4884 §4.5 puts the length of the quoted datagram, in words, into the sixth byte.
		d.quoteExtended(rest, int32(b[5])*4)
	case layers.ICMPv4TypeSourceQuench:
		d.quote(rest)
	case layers.ICMPv4TypeRedirect:
		d.has(rest, 1)
		d.quoteShort(rest)
	case layers.ICMPv4TypeTimestampRequest, layers.ICMPv4TypeTimestampReply:
		d.has(rest, 12)
		d.data(rest.from(12))
	case layers.ICMPv4TypeAddressMaskRequest, layers.ICMPv4TypeAddressMaskReply:
		d.has(rest, 4)
		d.data(rest.from(4))
	case layers.ICMPv4TypeRouterAdvertisement:
		d.routerAdvertisement4(b, rest)
	case icmpv4ExtendedEcho:
		d.extensions(rest) // RFC 8335 §2.1
	default:
		d.data(rest)
	}
}

// icmpv4ExtendedEcho is the type of an extended echo request (RFC 8335 §2), which gopacket does not name.
const icmpv4ExtendedEcho = 42

// icmpv4Least is the least length of a message by its type: 8 for those of the RFCs, 6 for the rest.
var icmpv4Least = func() (least [256]int32) {
	for t := range least {
		least[t] = 6
	}
	for _, t := range [...]uint8{0, 3, 4, 5, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 42, 43} {
		least[t] = 8
	}
	return least
}()

// minQuoted is the least that an ICMP error with extensions quotes (RFC 4884 §4.6).
const minQuoted = 128

// quoteExtended decodes the datagram that s, the body of an ICMP error, quotes, and marks the extension structure behind
// it. stated is the length of the quoted datagram as the message has it, 0 where it states none.
//
// Behind the quotation of a long IPv4 datagram, tshark sees no structure, and so no capture that cut it.
func (d *Decoder) quoteExtended(s span, stated int32) {
	quoted := s.length()
	switch {
	case stated > 0 && stated+4 <= s.length():
		quoted = stated
	case stated == 0 && s.length() > minQuoted+4 && oldExtension(d.bytes(s)):
		quoted = minQuoted
	}
	d.quote(s.upTo(quoted))
	ext := s.from(quoted)
	if ext.captured() < ext.length() && longDatagram(d.bytes(s)) {
		d.add(ICMPExtension, ext, 4)
		return
	}
	d.extensions(ext)
}

// longDatagram reports whether a quoted IPv4 datagram says that it goes on behind the least that an error quotes.
func longDatagram(body []byte) bool {
	return len(body) >= 4 && body[0]>>4 == 4 && be16(body[2:]) > minQuoted
}

// oldExtension reports whether the body of an error that states no length has an extension structure after 128 bytes, where
// routers older than RFC 4884 put it (RFC 4884 §5.4): the quoted datagram says that it ends before, or there is a version 2
// and a right checksum.
func oldExtension(body []byte) bool {
	if len(body) >= 4 && body[0]>>4 == 4 && be16(body[2:]) <= minQuoted {
		return true
	}
	if len(body) < minQuoted+4 {
		return false
	}
	b := body[minQuoted:]
	return b[0]>>4 == 2 && (be16(b[2:]) == 0 || Checksum(b, 0) == 0)
}

// quote decodes the datagram that an ICMP error quotes. It changes neither the packet's addresses nor its summary, and its
// verdict only where the capture left something out.
func (d *Decoder) quote(s span) {
	if s.length() == 0 || d.full() {
		return
	}
	d.quoted++
	d.ip(s)
	d.quoted--
}

// quoteShort decodes the datagram that a redirect quotes, whose header and first 64 bits are all that it is to hold (RFC 792,
// "Redirect Message"), whatever it does hold.
func (d *Decoder) quoteShort(s span) {
	const bits64 = 8
	if b := d.bytes(s); len(b) > 0 {
		s = s.upTo(int32(b[0]&0x0f)*4 + bits64)
	}
	d.quote(s)
}

// routerAdvertisement4 checks the address list of an ICMP router advertisement (RFC 1256 §3.1), and the extensions after
// it (RFC 5944 §1.10): one byte of padding, or a type, a length and as many bytes. Only the codes of RFC 5944 §2.1 have them. Entries of
// another size than RFC 1256's are data.
func (d *Decoder) routerAdvertisement4(header []byte, s span) {
	const words = 2 // of an entry: an address, and how much it is preferred
	if header[5] != words {
		d.data(s)
		return
	}
	n := int32(header[4]) * words * 4
	if !d.has(s, n) {
		return
	}
	const common, noCommonTraffic = 0, 16
	if code := header[1]; code != common && code != noCommonTraffic {
		return
	}
	for s = s.from(n); s.length() > 0; {
		const padding = 0
		if !d.has(s, 1) {
			return
		}
		if d.bytes(s)[0] == padding {
			s = s.from(1)
			continue
		}
		if !d.has(s, 2) || !d.has(s, 2+int32(d.bytes(s)[1])) {
			return
		}
		s = s.from(2 + int32(d.bytes(s)[1]))
	}
}
