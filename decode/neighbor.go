package decode

// Neighbor discovery options (IANA, RFC 4861 §4.6, RFC 3971, RFC 8106, RFC 8781).
const (
	NDOptSourceLinkAddress = 1
	NDOptTargetLinkAddress = 2
	NDOptPrefix            = 3
	NDOptRedirectedHeader  = 4
	NDOptMTU               = 5
	ndOptSourceList        = 9 // RFC 3122 §3.1
	ndOptTargetList        = 10
	NDOptNonce             = 14
	NDOptRouteInfo         = 24
	NDOptRDNSS             = 25
	NDOptDNSSL             = 31
	NDOptPREF64            = 38
)

// ndOptionLeast has the least length, in bytes, of those options whose fields would not be whole in fewer.
var ndOptionLeast = [256]int32{
	NDOptPrefix: 32,
	12:          20, // RSA signature, RFC 3971 §5.2
	13:          16, // timestamp, RFC 3971 §5.3.1
	17:          24, // IP address or prefix, RFC 5568 §6.4.1
	18:          24, // new router prefix, RFC 4068 §6.4.2
	23:          24, // mobility anchor point, RFC 5380 §4
	32:          24, // proxy signature, RFC 6496 §5.1
	33:          16, // address registration, RFC 6775 §4.1
	35:          24, // authoritative border router, RFC 6775 §4.3
	NDOptPREF64: 16,
}

// ndOptions checks the options of neighbor discovery (RFC 4861 §4.6). One of length 0 ends them: a host discards such a message
// (§7.1), but nothing of it is missing.
func (d *Decoder) ndOptions(_ []byte, s span) {
	for s.length() > 0 {
		if !d.has(s, 2) {
			return
		}
		b := d.bytes(s)
		n := int32(b[1]) * 8
		if n == 0 {
			return
		}
		option := s.upTo(n)
		if b[0] == NDOptRedirectedHeader {
			d.quote6(option.from(8))
		}
		if !d.has(s, n) || !d.has(option, ndOptionLeast[b[0]]) {
			return
		}
		switch b[0] {
		case ndOptSourceList, ndOptTargetList, NDOptRDNSS:
			if n%16 != 8 { // addresses, behind 8 bytes
				d.verdict(Malformed)
				return
			}
		}
		s = s.from(n)
	}
}

// NDOptions calls yield with the type and the whole bytes of each neighbor discovery option in b, until one is not whole.
func NDOptions(b []byte) func(yield func(kind uint8, option []byte) bool) {
	return func(yield func(uint8, []byte) bool) {
		for len(b) >= 2 {
			n := int(b[1]) * 8
			if n == 0 || n > len(b) {
				return
			}
			if !yield(b[0], b[:n]) {
				return
			}
			b = b[n:]
		}
	}
}

// NDOptionsOf returns the bytes of an ICMPv6 message, from its type on, that hold neighbor discovery options; nil where
// the message has none.
func NDOptionsOf(message []byte) []byte {
	if len(message) < 4 {
		return nil
	}
	switch message[0] {
	case 133, 134, 135, 136, 137, 141, 142, 147, 148, 149, 150, 154:
		if at := 4 + int(icmpv6Shapes[message[0]].fixed); at <= len(message) {
			return message[at:]
		}
	}
	return nil
}
