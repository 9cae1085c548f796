package decode

// IPv4 options whose fields are of some length at least (IANA, "IP Option Numbers").
const (
	optionEnd         = 0
	optionNone        = 1
	optionLooseRoute  = 131
	optionStrictRoute = 137
)

// optionLeast has the least length, in bytes, of those options that have fields.
var optionLeast = [256]int{
	optionLooseRoute:  3,
	optionStrictRoute: 3,
	7:                 3,  // record route, RFC 791 §3.1
	68:                4,  // time stamps, RFC 791 §3.1
	82:                12, // traceroute, RFC 1393 §2.2
	130:               3,  // security, RFC 1108 §2.1
	133:               3,  // extended security, RFC 1108 §3.1
	134:               6,  // commercial security, draft-ietf-cipso-ipsecurity §3.1
	136:               4,  // stream identifier, RFC 791 §3.1
	148:               4,  // router alert, RFC 2113 §2.1
}

// readOptions returns the destination that a source route among the options still leads to, the last of its addresses (RFC 791
// §3.1), nil if there is none, or the route is at its end; and false if an option is shorter than its fields. One that is longer
// than the header, or that has no room for its own length, hides the others.
func readOptions(options []byte) (final []byte, whole bool) {
	for b := options; len(b) > 0; {
		switch b[0] {
		case optionEnd:
			return final, true
		case optionNone:
			b = b[1:]
			continue
		}
		if len(b) < 2 || b[1] < 2 || int(b[1]) > len(b) {
			return final, true
		}
		n := int(b[1])
		if n < optionLeast[b[0]] {
			return final, false
		}
		if (b[0] == optionLooseRoute || b[0] == optionStrictRoute) && final == nil && n >= 7 {
			if at := int(b[2]); at >= 4 && at%4 == 0 && at <= n-3 {
				final = b[n-4 : n]
			}
		}
		b = b[n:]
	}
	return final, true
}
