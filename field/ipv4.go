package field

import "github.com/icmpsniff/icmpsniff/decode"

// IPv4 (RFC 791 §3.1).
var ipv4Fields = in("ip", kindSet(decode.IPv4),
	bits(u8("ip.version", "Version", 0), 0xf0).only(decode.IPv4, decode.IPv6),
	bits(u8("ip.hdr_len", "Header Length", 0), 0x0f).times(4).when(func(b []byte) bool { return len(b) > 0 && b[0]>>4 == 4 }),
	u8("ip.dsfield", "Differentiated Services Field", 1).hex().when(readable4),
	bits(u8("ip.dsfield.dscp", "Differentiated Services Codepoint", 1), 0xfc).named(dscpNames).when(readable4),
	bits(u8("ip.dsfield.ecn", "Explicit Congestion Notification", 1), 0x03).named(ecnNames).when(readable4),
	read("ip.len", "Total Length", Uint16, totalLength).when(readable4),
	u16("ip.id", "Identification", 4).base(HexDec).when(sound4),
	bits(u8("ip.flags", "Flags", 6), 0xe0).hex().when(flagged4),
	bits(u8("ip.flags.rb", "Reserved bit", 6), 0x80).flag(setNotSet).when(flagged4),
	bits(u8("ip.flags.df", "Don't fragment", 6), 0x40).flag(setNotSet).when(flagged4),
	bits(u8("ip.flags.mf", "More fragments", 6), 0x20).flag(setNotSet).when(flagged4),
	bits(u16("ip.frag_offset", "Fragment Offset", 6), 0x1fff).when(sound4),
	u8("ip.ttl", "Time to Live", 8).when(sound4),
	mark("ip.ttl.lncb", "Time To Live", ttlBeyondLink),
	mark("ip.ttl.too_small", "Time To Live", ttlSmall),
	u8("ip.proto", "Protocol", 9).named(ipProtocolNames).when(sound4),
	u16("ip.checksum", "Header Checksum", 10).hex().when(sound4),
	read("ip.checksum.status", "Header checksum status", Uint8, unverified).base(NoBase).named(checksumNames).when(sound4),
	ip4("ip.src", "Source Address", 12).when(sound4),
	read("ip.src_host", "Source Host", String, addressTexts(4, 12)).when(sound4),
	read("ip.dst", "Destination Address", IPv4, ends4(false)).when(sound4),
	read("ip.dst_host", "Destination Host", String, textOf(ends4(false))).when(sound4),
	read("ip.addr", "Source or Destination Address", IPv4, ends4(true)).when(sound4),
	read("ip.host", "Source or Destination Host", String, textOf(ends4(true))).when(sound4),
	mark("ip.bogus_ip_length", "Bogus IP length", bogusLength),
	mark("ip.bogus_ip_version", "Bogus IP version", func(_ *Subject, _ int, b []byte) bool { return len(b) > 0 && b[0]>>4 != 4 }),
	read("ip.fragments", "IPv4 Fragments", Bytes, reassembled),
	read("ip.fragment", "IPv4 Fragment", FrameNum, pieces(pieceFrame)),
	read("ip.fragment.count", "Fragment count", Uint32, pieceCount),
	read("ip.reassembled.length", "Reassembled IPv4 length", Uint32, reassembledLength),
	read("ip.reassembled.data", "Reassembled IPv4 data", Bytes, reassembled),
)

// readable4 reports whether the header's version and length allow reading on.
func readable4(b []byte) bool { return len(b) > 0 && b[0]>>4 == 4 && b[0]&0x0f >= 5 }

// sound4 reports whether the total length allows reading on, too: it is at least the header's, or 0, as captures see of
// what the network card will cut into segments.
func sound4(b []byte) bool {
	if !readable4(b) || len(b) < 4 {
		return false
	}
	total := int(b[2])<<8 | int(b[3])
	return total == 0 || total >= int(b[0]&0x0f)*4
}

// flagged4 reports whether there are flags, which are read with the fragment's offset.
func flagged4(b []byte) bool { return len(b) >= 8 && sound4(b) }

// totalLength is what the header states, or, where it states none, all that there is.
func totalLength(s *Subject, i int, b []byte, dst []Value) []Value {
	if len(b) < 4 {
		return dst
	}
	n := uint64(b[2])<<8 | uint64(b[3])
	if n == 0 {
		n = uint64(s.layer(i).StatedLength())
	}
	return append(dst, Value{Uint: n})
}

// bogusLength: the total length is less than the header's, or more than what the layer before carries.
func bogusLength(s *Subject, i int, b []byte) bool {
	if !readable4(b) || len(b) < 4 {
		return false
	}
	total := int(b[2])<<8 | int(b[3])
	return !sound4(b) || s.layer(i).Quoted == 0 && total > s.layer(i).StatedLength()
}

// ends4 makes the values of the addresses: the destination alone, or with the source before it. A source route (RFC 791
// §3.1) that is not at its end has the destination as its last address.
func ends4(both bool) func(*Subject, int, []byte, []Value) []Value {
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if both && len(b) >= 16 {
			dst = append(dst, Value{Bytes: b[12:16]})
		}
		if len(b) < 20 {
			return dst
		}
		if last := routeEnd(b); last != nil {
			return append(dst, Value{Bytes: last})
		}
		return append(dst, Value{Bytes: b[16:20]})
	}
}

// textOf makes the values of addresses, as text.
func textOf(addresses func(*Subject, int, []byte, []Value) []Value) func(*Subject, int, []byte, []Value) []Value {
	return func(s *Subject, i int, b []byte, dst []Value) []Value {
		from := len(dst)
		dst = addresses(s, i, b, dst)
		for j := from; j < len(dst); j++ {
			n := len(s.text)
			s.text = appendIP(s.text, dst[j].Bytes)
			dst[j].Bytes = s.written(n)
		}
		return dst
	}
}

// unverified is the state of IPv4's header checksum, which Wireshark does not verify unless told to: network cards fill it
// in after the capture.
func unverified(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if len(b) < 12 {
		return dst
	}
	return append(dst, Value{Uint: uint64(decode.ChecksumUnverified)})
}

// ttlBeyondLink: the TTL of a packet to the local network control block 224.0.0.0/24 is to be 1 (RFC 3171 §3), or what the protocol
// asks for that has the group.
func ttlBeyondLink(_ *Subject, _ int, b []byte) bool {
	const igmp = 2
	if !sound4(b) || len(b) < 20 || b[16] != 224 || b[17] != 0 || b[18] != 0 {
		return false
	}
	want, ok := groupTTL[b[19]]
	if !ok || b[9] == igmp {
		want = 1
	}
	return want != 0 && b[8] != want
}

// groupTTL are the TTLs of groups in the local network control block, by their last byte, that are not 1; 0 for any.
var groupTTL = map[byte]byte{
	18:  255, // VRRP, RFC 9568 §5.1.1.3
	102: 255, // GLBP
	251: 255, // multicast DNS, RFC 6762 §11
	252: 0,   // LLMNR, RFC 4795 §2.5
}

// ttlSmall: a packet to an address that is no group's, which will not go far.
func ttlSmall(_ *Subject, _ int, b []byte) bool {
	const pim = 103
	return sound4(b) && len(b) >= 20 && b[16]>>4 != 0xe && b[8] < 5 && b[9] != pim
}

// addressTexts makes the values of the addresses of size bytes at some offsets, as text: names are not looked up.
func addressTexts(size int, offsets ...int) func(*Subject, int, []byte, []Value) []Value {
	return func(s *Subject, _ int, b []byte, dst []Value) []Value {
		for _, at := range offsets {
			if len(b) >= at+size {
				n := len(s.text)
				s.text = appendIP(s.text, b[at:at+size])
				dst = append(dst, Value{Bytes: s.written(n)})
			}
		}
		return dst
	}
}
