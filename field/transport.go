package field

import "github.com/icmpsniff/icmpsniff/decode"

// UDP (RFC 768).
var udpFields = in("udp", kindSet(decode.UDP),
	u16("udp.srcport", "Source Port", 0),
	u16("udp.dstport", "Destination Port", 2),
	read("udp.port", "Source or Destination Port", Uint16, ports),
	u16("udp.length", "Length", 4),
	u16("udp.checksum", "Checksum", 6).hex(),
	read("udp.checksum.status", "Checksum Status", Uint8, transportChecksum(6, true)).base(NoBase).named(checksumNames),
	octets("udp.payload", "Payload", 8, 0),
)

// TCP (RFC 9293 §3.1). What needs the stream (relative sequence numbers, window scaling) is not known here.
var tcpFields = in("tcp", kindSet(decode.TCP),
	u16("tcp.srcport", "Source Port", 0),
	u16("tcp.dstport", "Destination Port", 2),
	read("tcp.port", "Source or Destination Port", Uint16, ports),
	read("tcp.len", "TCP Segment Len", Uint32, segmentLength).at(own),
	u32("tcp.seq_raw", "Sequence Number (raw)", 4).at(own),
	u32("tcp.ack_raw", "Acknowledgment number (raw)", 8),
	bits(u8("tcp.hdr_len", "Header Length", 12), 0xf0).times(4),
	bits(u16("tcp.flags", "Flags", 12), 0x0fff).hex(),
	bits(u16("tcp.flags.res", "Reserved", 12), 0x0e00).flag(setNotSet),
	bits(u16("tcp.flags.ae", "Accurate ECN", 12), 0x100).flag(setNotSet),
	bits(u16("tcp.flags.cwr", "Congestion Window Reduced", 12), 0x080).flag(setNotSet),
	bits(u16("tcp.flags.ece", "ECN-Echo", 12), 0x040).flag(setNotSet),
	bits(u16("tcp.flags.urg", "Urgent", 12), 0x020).flag(setNotSet),
	bits(u16("tcp.flags.ack", "Acknowledgment", 12), 0x010).flag(setNotSet),
	bits(u16("tcp.flags.push", "Push", 12), 0x008).flag(setNotSet),
	bits(u16("tcp.flags.reset", "Reset", 12), 0x004).flag(setNotSet),
	bits(u16("tcp.flags.syn", "Syn", 12), 0x002).flag(setNotSet),
	bits(u16("tcp.flags.fin", "Fin", 12), 0x001).flag(setNotSet),
	u16("tcp.window_size_value", "Window", 14),
	u16("tcp.checksum", "Checksum", 16).hex(),
	read("tcp.checksum.status", "Checksum Status", Uint8, transportChecksum(16, false)).base(NoBase).named(checksumNames),
	u16("tcp.urgent_pointer", "Urgent Pointer", 18),
	read("tcp.payload", "TCP payload", Bytes, payload),
)

// transportChecksum makes the state of a checksum at an offset, which is not verified unless Wireshark is told to; where it may be
// absent, 0 says that it is (RFC 768).
func transportChecksum(at int, optional bool) func(*Subject, int, []byte, []Value) []Value {
	const absent = 3
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		switch {
		case len(b) < at+2:
			return dst
		case optional && first16(b[at:]) == 0:
			return append(dst, Value{Uint: absent})
		}
		return append(dst, Value{Uint: uint64(decode.ChecksumUnverified)})
	}
}

// own reports whether a layer is not of a quoted datagram.
func own(s *Subject, i int) bool { return s.layer(i).Quoted == 0 }

// ports makes the values of both ports, which UDP and TCP have at one place.
func ports(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if len(b) < 4 {
		return dst
	}
	f := Field{}
	return append(dst, Value{Uint: f.number(b[:2])}, Value{Uint: f.number(b[2:4])})
}

// segmentLength is what the IP header says there is after TCP's, whether captured or not.
func segmentLength(s *Subject, i int, b []byte, dst []Value) []Value {
	if len(b) < 20 {
		return dst
	}
	l := s.layer(i)
	return append(dst, Value{Uint: uint64(max(0, l.Stated-l.Body))})
}

func payload(s *Subject, i int, _ []byte, dst []Value) []Value {
	if b := s.Packet.Payload(s.layer(i)); len(b) > 0 {
		dst = append(dst, Value{Bytes: b})
	}
	return dst
}
