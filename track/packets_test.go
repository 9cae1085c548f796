package track

import (
	"encoding/binary"
	"net/netip"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Times of tests, in nanoseconds.
const (
	ms     = int64(1e6)
	second = int64(1e9)
)

// Hosts of the tests, one MAC address each: 02:00:00:00:00:NN.
const (
	alice = 0x0a
	bob   = 0x0b
	carol = 0x0c
	all   = 0xff // ff:ff:ff:ff:ff:ff as a MAC address
)

// packet is an IP packet or an ARP packet in the making; zero fields take what a test need not say.
type packet struct {
	at       int64 // capture time
	segments []decode.Segment
	from, to byte // MAC addresses
	src, dst string
	body     []byte
	ttl      byte   // 64 if 0
	ipID     uint16 // frame number if 0
	raw      []byte // the frame, if it is not to be made of the rest
	proto    byte   // of IP; ICMP, whose checksum is filled in, if 0
	fragment uint16 // flags and offset, of IPv4
}

// frame returns the packet as an Ethernet frame.
func (k packet) frame(number uint64) []byte {
	if k.raw != nil {
		return k.raw
	}
	if k.src == "" {
		return k.ethernet(k.segments, append([]byte{0x08, 0x06}, k.body...)) // ARP
	}
	if k.ttl == 0 {
		k.ttl = 64
	}
	if k.ipID == 0 {
		k.ipID = uint16(number)
	}
	etherType := uint16(0x0800)
	if netip.MustParseAddr(k.src).Is6() {
		etherType = 0x86dd
	}
	return k.ethernet(k.segments, append(binary.BigEndian.AppendUint16(nil, etherType), k.datagram()...))
}

// ethernet returns an Ethernet frame on a stack of segments, which ends with an EtherType and what that announces.
func (k packet) ethernet(segments []decode.Segment, end []byte) []byte {
	b := append(mac(k.to), mac(k.from)...)
	for i, s := range segments {
		if s.Virtual() {
			tunnel := inVXLAN(s, k.ethernet(segments[i+1:], end))
			return append(append(b, 0x08, 0x00), tunnel.datagram()...)
		}
		b = append(b, 0x81, 0x00, byte(s>>8), byte(s)) // IEEE 802.1Q tag
	}
	return append(b, end...)
}

// inVXLAN returns the datagram that carries a frame in VXLAN (RFC 7348 §5).
func inVXLAN(s decode.Segment, frame []byte) packet {
	vni := s.Number()
	body := []byte{0xc0, 0, 0x12, 0xb5, 0, 0, 0, 0, 0x08, 0, 0, 0, byte(vni >> 16), byte(vni >> 8), byte(vni), 0}
	binary.BigEndian.PutUint16(body[4:], uint16(len(body)+len(frame)))
	return packet{src: "192.0.2.1", dst: "192.0.2.2", ttl: 64, proto: 17, body: append(body, frame...)}
}

// datagram returns the packet from its IP header on, with ICMP's checksum.
func (k packet) datagram() []byte {
	src, dst := netip.MustParseAddr(k.src), netip.MustParseAddr(k.dst)
	body := append([]byte(nil), k.body...)
	summed := k.proto == 0 && body[2] == 0 && body[3] == 0
	if src.Is6() {
		if k.proto == 0 {
			k.proto = 58
		}
		if summed {
			sum := decode.PseudoHeaderSum(src.AsSlice(), dst.AsSlice(), 58, len(body))
			binary.BigEndian.PutUint16(body[2:], decode.Checksum(body, sum))
		}
		b := []byte{0x60, 0, 0, 0, byte(len(body) >> 8), byte(len(body)), k.proto, k.ttl}
		b = append(append(b, src.AsSlice()...), dst.AsSlice()...)
		return append(b, body...)
	}
	if k.proto == 0 {
		k.proto = 1
	}
	if summed {
		binary.BigEndian.PutUint16(body[2:], decode.Checksum(body, 0))
	}
	b := []byte{0x45, 0, byte((20 + len(body)) >> 8), byte(20 + len(body)), byte(k.ipID >> 8), byte(k.ipID), byte(k.fragment >> 8), byte(k.fragment), k.ttl, k.proto, 0, 0}
	b = append(append(b, src.AsSlice()...), dst.AsSlice()...)
	binary.BigEndian.PutUint16(b[10:], decode.Checksum(b, 0))
	return append(b, body...)
}

func mac(host byte) []byte {
	if host == all {
		return []byte{255, 255, 255, 255, 255, 255}
	}
	return []byte{2, 0, 0, 0, 0, host}
}

// echoBody returns an ICMP echo message with a payload, its checksum left to be filled in.
func echoBody(messageType byte, id, seq uint16, payload string) []byte {
	b := []byte{messageType, 0, 0, 0, byte(id >> 8), byte(id), byte(seq >> 8), byte(seq)}
	return append(b, payload...)
}

const usualPayload = "abcdefgh"

// ping and pong are an echo request from alice to bob, and bob's reply.
func ping(at int64, seq uint16) packet {
	return packet{at: at, from: alice, to: bob, src: "10.0.0.10", dst: "10.0.0.11", body: echoBody(8, 1, seq, usualPayload)}
}

func pong(at int64, seq uint16) packet {
	return packet{at: at, from: bob, to: alice, src: "10.0.0.11", dst: "10.0.0.10", body: echoBody(0, 1, seq, usualPayload)}
}

func ping6(at int64, seq uint16) packet {
	return packet{at: at, from: alice, to: bob, src: "2001:db8::a", dst: "2001:db8::b", body: echoBody(128, 1, seq, usualPayload)}
}

func pong6(at int64, seq uint16) packet {
	return packet{at: at, from: bob, to: alice, src: "2001:db8::b", dst: "2001:db8::a", body: echoBody(129, 1, seq, usualPayload)}
}

// icmpError returns an ICMP error from a router to the source of the packet it quotes.
func icmpError(at int64, router string, messageType, code byte, about packet) packet {
	body := append([]byte{messageType, code, 0, 0, 0, 0, 0, 0}, about.datagram()...)
	return packet{at: at, from: carol, to: about.from, src: router, dst: about.src, body: body}
}

// who returns the ARP request "who has target, tell asker".
func who(at int64, from byte, asker, target string) packet {
	return arp(at, 1, from, all, asker, 0, target)
}

// isAt returns the ARP reply "address is at from" to a host.
func isAt(at int64, from byte, address string, to byte, toAddress string) packet {
	return arp(at, 2, from, to, address, to, toAddress)
}

// arp returns any ARP packet: operation, frame, and the addresses it carries.
func arp(at int64, operation, from, to byte, sender string, targetMAC byte, target string) packet {
	body := []byte{0, 1, 8, 0, 6, 4, 0, operation} // Ethernet, IPv4
	body = append(append(body, mac(from)...), netip.MustParseAddr(sender).AsSlice()...)
	body = append(append(body, mac(targetMAC)...), netip.MustParseAddr(target).AsSlice()...)
	return packet{at: at, from: from, to: to, body: body}
}

// solicit returns a neighbor solicitation with its source link-layer address, unless it is a probe.
func solicit(at int64, from byte, src, dst, target string) packet {
	body := append([]byte{135, 0, 0, 0, 0, 0, 0, 0}, netip.MustParseAddr(target).AsSlice()...)
	if src != "::" {
		body = append(append(body, 1, 1), mac(from)...)
	}
	return packet{at: at, from: from, to: all, src: src, dst: dst, body: body, ttl: 255}
}

// advertise returns a neighbor advertisement with its target link-layer address.
func advertise(at int64, from byte, dst, target string) packet {
	body := append([]byte{136, 0, 0, 0, 0x60, 0, 0, 0}, netip.MustParseAddr(target).AsSlice()...)
	body = append(append(body, 2, 1), mac(from)...)
	return packet{at: at, from: from, to: alice, src: target, dst: dst, body: body, ttl: 255}
}

// on returns the packet on a stack of segments.
func (k packet) on(segments ...decode.Segment) packet { k.segments = segments; return k }

// later returns the packet at another time.
func (k packet) later(by int64) packet { k.at += by; return k }

// id returns the packet with an IP identification.
func (k packet) id(id uint16) packet { k.ipID = id; return k }

// with returns the packet with its body changed.
func (k packet) with(change func(body []byte)) packet {
	k.body = append([]byte(nil), k.body...)
	change(k.body)
	return k
}

// hop returns the packet after a router: one less to live, other MAC addresses.
func (k packet) hop() packet {
	k.ttl = 63
	k.from, k.to = carol, carol
	return k
}

// seen is what a tracker said of a sequence of packets.
type seen struct {
	relations []Relation // by frame; [0] is unused
	events    []Event    // but for notes
	notes     []Event
	tracker   *Tracker
}

// watch shows packets to a tracker, at their times, in order; frames are numbered from 1.
func watch(t *testing.T, o Options, packets ...packet) seen {
	t.Helper()
	s := seen{relations: make([]Relation, 1), tracker: New(o)}
	s.tracker.Remember()
	d := decode.New()
	var p decode.Packet
	for i, k := range packets {
		s.feed(d, &p, k, uint64(i+1))
	}
	s.keep(s.tracker.Finish(packets[len(packets)-1].at))
	return s
}

func (s *seen) feed(d *decode.Decoder, p *decode.Packet, k packet, number uint64) {
	load(p, k, number)
	s.keep(s.tracker.Advance(p.Time))
	d.Decode(p)
	var r Relation
	s.tracker.Packet(p, &r)
	s.relations = append(s.relations, r)
}

// keep tells notes from what timed out.
func (s *seen) keep(events []Event) {
	for _, e := range events {
		if e.Kind == Noted {
			s.notes = append(s.notes, e)
		} else {
			s.events = append(s.events, e)
		}
	}
}

func load(p *decode.Packet, k packet, number uint64) {
	b := k.frame(number)
	p.Frame = decode.Frame{Number: number, Time: k.at, Length: len(b), Data: b, Link: 1, Digits: 9, HasTime: true}
}
