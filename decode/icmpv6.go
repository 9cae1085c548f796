package decode

import "github.com/google/gopacket/layers"

// icmpv6 decodes an ICMPv6 message (RFC 4443), the datagram that an error quotes, and checks the structure of the rest by
// its type's shape.
func (d *Decoder) icmpv6(s span) {
	i := d.show(ICMPv6, s, 4)
	if !d.has(s, 4) {
		return
	}
	b := d.bytes(s)
	d.icmp6.DecodeFromBytes(b, feedback) //nolint:errcheck // fails only below 4 bytes
	shape, rest := &icmpv6Shapes[d.icmp6.TypeCode.Type()], s.from(4)
	d.p.Layers[i].Body = min(rest.start+shape.fixed, rest.stated)
	if !d.has(rest, shape.fixed) {
		return
	}
	if shape.tail != nil {
		shape.tail(d, b, rest.from(shape.fixed))
	}
}

// icmpv6Shape is how a message's body is laid out: so many bytes that must be there, and what follows them.
type icmpv6Shape struct {
	fixed int32
	tail  func(d *Decoder, message []byte, s span)
}

// icmpv6Shapes has the shape of every type (IANA, "ICMPv6 Parameters"); one that is not listed has a byte of anything.
// To add a type: give it its line here, and its name in icmpv6Types.
var icmpv6Shapes [256]icmpv6Shape

func init() { // not in the declaration, as an error quotes what may be ICMPv6 again
	for t := range icmpv6Shapes {
		icmpv6Shapes[t] = icmpv6Shape{1, nil}
	}
	for t, shape := range map[uint8]icmpv6Shape{
		layers.ICMPv6TypeDestinationUnreachable:                {4, (*Decoder).quoteError6},
		layers.ICMPv6TypePacketTooBig:                          {4, (*Decoder).quoteError6},
		layers.ICMPv6TypeTimeExceeded:                          {4, (*Decoder).quoteError6},
		layers.ICMPv6TypeParameterProblem:                      {4, (*Decoder).quoteError6},
		layers.ICMPv6TypeEchoRequest:                           {4, (*Decoder).payload6},
		layers.ICMPv6TypeEchoReply:                             {4, (*Decoder).payload6},
		layers.ICMPv6TypeMLDv1MulticastListenerQueryMessage:    {20, (*Decoder).listenerQuery},
		layers.ICMPv6TypeMLDv1MulticastListenerReportMessage:   {20, nil},
		layers.ICMPv6TypeMLDv1MulticastListenerDoneMessage:     {20, nil},
		layers.ICMPv6TypeRouterSolicitation:                    {4, (*Decoder).ndOptions},
		layers.ICMPv6TypeRouterAdvertisement:                   {12, (*Decoder).ndOptions},
		layers.ICMPv6TypeNeighborSolicitation:                  {20, (*Decoder).ndOptions},
		layers.ICMPv6TypeNeighborAdvertisement:                 {20, (*Decoder).ndOptions},
		layers.ICMPv6TypeRedirect:                              {36, (*Decoder).ndOptions},
		ICMPv6RouterRenumbering:                                {12, (*Decoder).renumbering},
		ICMPv6NodeInfoQuery:                                    {12, (*Decoder).nodeQuery},
		ICMPv6NodeInfoReply:                                    {12, (*Decoder).nodeReply},
		141:                                                    {4, (*Decoder).ndOptions}, // inverse solicitation, RFC 3122 §2.1
		142:                                                    {4, (*Decoder).ndOptions}, // inverse advertisement
		layers.ICMPv6TypeMLDv2MulticastListenerReportMessageV2: {4, (*Decoder).listenerReport},
		144: {4, nil},                   // home agent discovery, RFC 6275 §6.5
		145: {4, (*Decoder).addresses6}, // its reply, §6.6
		146: {4, nil},                   // mobile prefix solicitation, §6.7
		147: {4, (*Decoder).ndOptions},  // mobile prefix advertisement, §6.8
		148: {4, (*Decoder).ndOptions},  // certification path, RFC 3971 §6.4.1
		149: {8, (*Decoder).ndOptions},  // RFC 3971 §6.4.2
		150: {4, (*Decoder).ndOptions},  // Seamoby, RFC 4065
		151: {4, nil},                   // multicast router advertisement, RFC 4286
		152: {0, nil},
		153: {0, nil},
		154: {4, (*Decoder).ndOptions}, // FMIPv6, RFC 5568 §6.1
		155: {0, (*Decoder).rpl},
		156: {4, (*Decoder).locators}, // ILNP, RFC 6743 §2
		157: {28, nil},                // duplicate address request, RFC 6775 §4.4
		158: {28, nil},
		159: {0, (*Decoder).seeds},                                       // MPL, RFC 7731 §6.2
		160: {4, func(d *Decoder, _ []byte, s span) { d.extensions(s) }}, // RFC 8335 §2
		161: {4, nil},
	} {
		icmpv6Shapes[t] = shape
	}
}

// ICMPv6 types that gopacket does not name.
const (
	ICMPv6RouterRenumbering = 138
	ICMPv6NodeInfoQuery     = 139
	ICMPv6NodeInfoReply     = 140
)

func (d *Decoder) payload6(_ []byte, s span) { d.data(s) }

// quoteError6 decodes what an error quotes. RFC 4884 §4.5 puts the quoted length of types 1 and 3 into the fifth byte,
// in 64-bit words; without it there are no extensions, as ICMPv6 had none before.
func (d *Decoder) quoteError6(message []byte, s span) {
	stated := int32(message[4]) * 8
	switch t := message[0]; {
	case !d.has(s, 1):
	case stated > 0 && (t == layers.ICMPv6TypeDestinationUnreachable || t == layers.ICMPv6TypeTimeExceeded):
		d.quoteExtended(s, stated)
		d.has(s, stated)
	default:
		d.quote6(s)
	}
}

// quote6 decodes a quoted datagram, which is data if it is not one of IPv6.
func (d *Decoder) quote6(s span) {
	if b := d.bytes(s); len(b) > 0 && b[0]>>4 != 6 {
		d.data(s)
		return
	}
	d.quote(s)
}

// addresses6 checks a list of addresses.
func (d *Decoder) addresses6(_ []byte, s span) { d.repeated(s, 16) }

// repeated checks that s is a whole number of records.
func (d *Decoder) repeated(s span, size int32) {
	for s.length() > 0 && d.has(s, size) {
		s = s.from(size)
	}
}

// listenerQuery checks what version 2 adds to a multicast listener query (RFC 3810 §5.1).
func (d *Decoder) listenerQuery(_ []byte, s span) {
	if s.captured() < 4 {
		return
	}
	d.has(s.from(4), int32(be16(d.bytes(s)[2:]))*16)
}

// listenerReport checks the records of a version 2 multicast listener report (RFC 3810 §5.2), as many as there are bytes for, whatever
// number it states.
func (d *Decoder) listenerReport(_ []byte, s span) {
	for s.length() > 0 {
		if !d.has(s, 20) {
			return
		}
		b := d.bytes(s)
		size := 20 + int32(be16(b[2:]))*16 + int32(b[1])*4
		if !d.has(s, size) {
			return
		}
		s = s.from(size)
	}
}

// renumbering checks the prefix control operation of a router renumbering command (RFC 2894 §3.2), a prefix to match and prefixes to
// use, or the results of one (§3.3).
func (d *Decoder) renumbering(message []byte, s span) {
	const command, result, match, use, report = 0, 1, 24, 32, 24
	switch message[1] {
	case result:
		d.repeated(s, report)
	case command:
		if s.length() > 0 && d.has(s, match) {
			d.repeated(s.from(match), use)
		}
	}
}

// nodeQuery checks the subject of a node information query (RFC 4620 §4): an address, or a name.
func (d *Decoder) nodeQuery(message []byte, s span) {
	if s.length() == 0 {
		return
	}
	switch message[1] {
	case 0:
		d.has(s, 16)
	case 1:
		d.name(s)
	case 2:
		d.has(s, 4)
	}
}

// nodeReply checks the answer of a node information reply by the type of the question (RFC 4620 §6).
func (d *Decoder) nodeReply(message []byte, s span) {
	const name, ipv6, ipv4 = 2, 3, 4
	if s.length() == 0 {
		return
	}
	switch be16(message[4:]) {
	case name:
		whole := d.has(s, 4)
		for s = s.from(4); whole && s.length() > 0; { // as many names as there are
			s, whole = d.name(s)
		}
	case ipv6:
		d.repeated(s, 20)
	case ipv4:
		d.repeated(s, 8)
	}
}

// name checks that a name in DNS' form (RFC 1035 §3.1) ends within s, by its root or by a pointer (§4.1.4), and returns what follows.
func (d *Decoder) name(s span) (rest span, whole bool) {
	const root, pointer = 0, 0xc0
	for d.has(s, 1) {
		n := int32(d.bytes(s)[0])
		switch {
		case n >= pointer:
			return s.from(2), d.has(s, 2)
		case n == root:
			return s.from(1), true
		}
		s = s.from(1 + n)
	}
	return s, false
}

// rplMessage is the layout of one of RPL's control messages: so many bytes, the flag in the second of them that announces a DODAG's
// address after them, and whether options follow.
type rplMessage struct {
	fixed   int32
	flag    byte
	options bool
}

// rplMessages has the layout by code (RFC 6550 §6, RFC 6997 §8).
var rplMessages = map[uint8]rplMessage{
	0:                   {fixed: 2},                            // solicitation
	1:                   {fixed: 24, options: true},            // information object
	2:                   {fixed: 4, flag: 0x40, options: true}, // destination advertisement
	3:                   {fixed: 4, flag: 0x80},                // its acknowledgement
	4:                   {fixed: 20, options: true},            // discovery reply
	5:                   {fixed: 20},                           // its acknowledgement
	rplConsistencyCheck: {fixed: 24, options: true},
}

// rplSecure is the bit of a code that says that the message is secured, with the section of RFC 6550 §6.1 before it.
const rplSecure, rplConsistencyCheck = 0x80, 0x8a

// rplKey returns how many bytes name the key, by its identifier mode and the level of security: an index of a byte, a source of 8.
func rplKey(security byte) int32 {
	const index, both, encrypted = 0, 2, 0x01
	switch mode := security >> 6; {
	case mode == index:
		return 1
	case mode == both, mode > both && security&encrypted != 0:
		return 9
	}
	return 0
}

// rpl checks RPL's control messages and their options.
func (d *Decoder) rpl(message []byte, s span) {
	const section, id, pad1 = 8, 16, 0
	code := message[1]
	if code >= rplSecure {
		if !d.has(s, section) {
			return
		}
		s = s.from(section + rplKey(d.bytes(s)[2]))
		if code != rplConsistencyCheck {
			code &^= rplSecure
		}
	}
	m, ok := rplMessages[code]
	if !ok || !d.has(s, m.fixed) {
		return
	}
	n := m.fixed
	if m.flag != 0 && d.bytes(s)[1]&m.flag != 0 {
		n += id
	}
	if !d.has(s, n) || !m.options {
		return
	}
	for s = s.from(n); s.length() > 0; {
		if !d.has(s, 1) {
			return
		}
		if d.bytes(s)[0] == pad1 {
			s = s.from(1)
			continue
		}
		if !d.has(s, 2) || !d.has(s, 2+int32(d.bytes(s)[1])) {
			return
		}
		s = s.from(2 + int32(d.bytes(s)[1]))
	}
}

// locators checks the list of an ILNP locator update (RFC 6743 §3): each is a locator of 8 bytes, a preference and a lifetime of 2.
func (d *Decoder) locators(message []byte, s span) { d.has(s, int32(message[4])*12) }

// seeds checks the seeds' sets of an MPL control message (RFC 7731 §6.2), of so many bytes each:
//
//	| least sequence number 1 | bytes of the vector, 6 bits | length of the identifier, 2 bits | identifier | vector |
//
// One that is cut after these ends them, as tshark has it, but makes nothing malformed.
func (d *Decoder) seeds(message []byte, s span) {
	if message[1] != 0 {
		return
	}
	identifier := [4]int32{0, 2, 8, 16}
	for s.length() > 0 && d.has(s, 2) {
		b := d.bytes(s)
		n := 2 + identifier[b[1]&3] + int32(b[1]>>2)
		if s.length() < n {
			return
		}
		s = s.from(n)
	}
}
