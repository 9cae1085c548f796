package decode

// extensions marks the extension structure of an ICMP message (RFC 4884 §7), if s is not empty, and checks those of its objects that
// are lists of fields:
//
//	| version 4 bits | 12 | checksum 2 |  | length 2 | class 1 | type 1 | … |  | length 2 | …
func (d *Decoder) extensions(s span) {
	const header, version2, interfaceInformation = 4, 2, 2
	const interfaceIdentification, byName = 3, 1 // RFC 8335 §2.1
	if s.length() == 0 {
		return
	}
	d.add(ICMPExtension, s, header)
	if !d.has(s, s.length()) || s.length() < header || d.bytes(s)[0]>>4 != version2 {
		return
	}
	for s = s.from(header); s.length() >= header; {
		b := d.bytes(s)
		n := int32(be16(b))
		if n < header || n > s.length() {
			if n > s.length() && b[2] == interfaceIdentification && b[3] == byName { // a name is as long as its object
				d.verdict(Malformed)
			}
			return
		}
		if b[2] == interfaceInformation {
			d.interfaceObject(b[3], s.from(header), n-header)
		}
		s = s.from(n)
	}
}

// interfaceObject checks the fields of an interface information object (RFC 5837 §4), which its type says are there, in s, the message
// from the object's body of n bytes on. As tshark has it, a field is malformed that the message has no room for, not one that only its
// object has none for; of an address that begins behind the object nothing is expected.
func (d *Decoder) interfaceObject(fields byte, s span, n int32) {
	const index, address, name, mtu = 0x08, 0x04, 0x02, 0x01
	if fields&index != 0 {
		if !d.has(s, 4) {
			return
		}
		s, n = s.from(4), n-4
	}
	if fields&address != 0 && n >= 4 {
		if !d.has(s, 4) {
			return
		}
		var size int32
		switch be16(d.bytes(s)) { // IANA's address family numbers
		case 1:
			size = 4
		case 2:
			size = addressSize
		default: // of no length that one could tell
			d.verdict(Malformed)
			return
		}
		if s = s.from(4); !d.has(s, size) {
			return
		}
		s = s.from(size)
	}
	if fields&name != 0 {
		if !d.has(s, 1) || !d.has(s, int32(d.bytes(s)[0])) {
			return
		}
		s = s.from(int32(d.bytes(s)[0]))
	}
	if fields&mtu != 0 {
		d.has(s, 4)
	}
}
