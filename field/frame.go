package field

var frameFields = in("frame", 0,
	whole("frame.number", "Frame Number", Uint32, count(func(s *Subject) uint64 { return s.Packet.Number })),
	whole("frame.len", "Frame length on the wire", Uint32, count(func(s *Subject) uint64 { return uint64(s.Packet.Length) })),
	whole("frame.cap_len", "Frame length stored into the capture file", Uint32, count(func(s *Subject) uint64 { return uint64(len(s.Packet.Data)) })),
	whole("frame.time", "Arrival Time", AbsoluteTime, timed(func(s *Subject) int64 { return s.Packet.Time })),
	whole("frame.time_epoch", "Epoch Time", RelativeTime, timed(func(s *Subject) int64 { return s.Packet.Time })),
	whole("frame.offset_shift", "Time shift for this packet", RelativeTime, timed(func(*Subject) int64 { return 0 })),
	whole("frame.time_delta", "Time delta from previous captured frame", RelativeTime, timed((*Subject).SincePrevious)),
	whole("frame.time_delta_displayed", "Time delta from previous displayed frame", RelativeTime, timed((*Subject).SinceDisplayed)).known(Replied),
	whole("frame.time_relative", "Time since reference or first frame", RelativeTime, timed((*Subject).SinceFirst)),
	whole("frame.protocols", "Protocols in frame", String, protocolNames),
	whole("frame.interface_id", "Interface id", Uint32, captured(func(s *Subject) uint64 { return uint64(s.Packet.Interface) })),
	whole("frame.interface_name", "Interface name", String, interfaceName),
	whole("frame.section_number", "Section number", Uint32, section(func(s *Subject) uint64 { return uint64(s.Packet.Section) })),
	whole("frame.encap_type", "Encapsulation type", Int16, encapsulation).named(encapsulationNames),
	whole("frame.marked", "Frame is marked", Boolean, count(zero)).named(trueFalse),
	whole("frame.ignored", "Frame is ignored", Boolean, count(zero)).named(trueFalse),
)

func zero(*Subject) uint64 { return 0 }

// count makes the values of a number that every frame has.
func count(number func(*Subject) uint64) func(*Subject, []Value) []Value {
	return func(s *Subject, dst []Value) []Value { return append(dst, Value{Uint: number(s)}) }
}

// timed makes the values of a time that every frame has whose capture kept its time.
func timed(ns func(*Subject) int64) func(*Subject, []Value) []Value {
	return func(s *Subject, dst []Value) []Value {
		if !s.Packet.HasTime {
			return dst
		}
		return append(dst, Value{Uint: uint64(ns(s))})
	}
}

// section makes the values of what only files with sections tell.
func section(number func(*Subject) uint64) func(*Subject, []Value) []Value {
	return func(s *Subject, dst []Value) []Value {
		if s.Packet.Section == 0 {
			return dst
		}
		return append(dst, Value{Uint: number(s)})
	}
}

// linkNone is the link type of a block that is no packet, yet counts as a frame (capture.LinkNone).
const linkNone = 0xffff

// captured makes the values of what files with sections tell of packets.
func captured(number func(*Subject) uint64) func(*Subject, []Value) []Value {
	of := section(number)
	return func(s *Subject, dst []Value) []Value {
		if s.Packet.Link == linkNone {
			return dst
		}
		return of(s, dst)
	}
}

func interfaceName(s *Subject, dst []Value) []Value {
	if s.InterfaceName == "" || s.Packet.Link == linkNone {
		return dst
	}
	n := len(s.text)
	s.text = append(s.text, s.InterfaceName...)
	return append(dst, Value{Bytes: s.written(n)})
}

// encapsulation translates the link type of the tcpdump.org registry to Wireshark's own numbers.
func encapsulation(s *Subject, dst []Value) []Value {
	if s.Packet.Link == linkNone {
		return dst
	}
	for _, e := range encapsulations {
		if e.link == s.Packet.Link {
			return append(dst, Value{Uint: e.number})
		}
	}
	return append(dst, Value{})
}

var encapsulations = []struct {
	link   uint16
	number uint64
	name   string
}{
	{1, 1, "Ethernet"},
	{6, 2, "Token Ring"},
	{8, 3, "SLIP"},
	{9, 4, "PPP"},
	{10, 5, "FDDI"},
	{101, 7, "Raw IP"},
	{12, 7, "Raw IP"},
	{14, 7, "Raw IP"},
	{7, 8, "ARCNET"},
	{129, 9, "Linux ARCNET"},
	{100, 10, "RFC 1483 ATM"},
	{0, 15, "NULL/Loopback"},
	{108, 15, "NULL/Loopback"},
	{122, 18, "RFC 2625 IP-over-Fibre Channel"},
	{204, 19, "PPP with Directional Info"},
	{105, 20, "IEEE 802.11 Wireless LAN"},
	{119, 21, "IEEE 802.11 plus Prism II monitor mode radio header"},
	{127, 23, "IEEE 802.11 plus radiotap radio header"},
	{163, 24, "IEEE 802.11 plus AVS radio header"},
	{113, 25, "Linux cooked-mode capture v1"},
	{107, 26, "Frame Relay"},
	{206, 27, "Frame Relay with Directional Info"},
	{104, 28, "Cisco HDLC"},
	{109, 38, "OpenBSD enc(4) encapsulating interface"},
	{117, 39, "OpenBSD PF Firewall logs"},
	{205, 40, "Cisco HDLC with Directional Info"},
	{138, 62, "Apple IP-over-IEEE 1394"},
	{192, 97, "Per-Packet Information header"},
	{226, 124, "Solaris IPNET"},
	{228, 129, "Raw IPv4"},
	{229, 130, "Raw IPv6"},
	{240, 135, "Hilscher netANALYZER"},
	{241, 136, "Hilscher netANALYZER-Transparent"},
	{242, 180, "IP over IB"},
	{51, 139, "PPP-over-Ethernet session"},
	{276, 210, "Linux cooked-mode capture v2"},
}

var encapsulationNames = func() (names []Name) {
	for _, e := range encapsulations {
		names = append(names, Name{e.number, e.name})
	}
	return names
}()
