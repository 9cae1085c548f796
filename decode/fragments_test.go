package decode

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"
)

// piece is one fragment of message, in a frame of its own.
type piece struct {
	from, to int
	at       time.Duration
	id       uint16
	cut      bool // the capture kept half of it
}

// message is the ICMP message that the tests cut into fragments: 64 bytes.
var message = echo4(bytesOf(56))

// fragment4 returns a piece of message in IPv4.
func fragment4(c piece) []byte {
	field := uint16(c.from / 8)
	if c.to < len(message) {
		field |= 0x2000
	}
	return ether(typeIPv4, ipv4With("", field, c.id, icmp, message[c.from:c.to]))
}

// fragment6 returns a piece of message in IPv6, as if its protocol were 1.
func fragment6of(c piece) []byte {
	return ether(typeIPv6, ipv6(fragment6, fragmentHeader(icmp, uint16(c.from), c.to < len(message), c.id), message[c.from:c.to]))
}

// TestReassembly protects which fragments make a datagram whole, and in which frame; for both versions of IP.
func TestReassembly(t *testing.T) {
	late := 61 * time.Second
	for _, c := range []struct {
		name   string
		pieces []piece
		whole  []int // frames that complete a datagram, from 1
	}{
		{"in order", []piece{{from: 0, to: 24}, {from: 24, to: 48}, {from: 48, to: 64}}, []int{3}},
		{"reversed", []piece{{from: 48, to: 64}, {from: 24, to: 48}, {from: 0, to: 24}}, []int{3}},
		{"the middle last", []piece{{from: 0, to: 24}, {from: 48, to: 64}, {from: 24, to: 48}}, []int{3}},
		{"overlapping", []piece{{from: 0, to: 32}, {from: 16, to: 48}, {from: 40, to: 64}}, []int{3}},
		{"one within another", []piece{{from: 0, to: 48}, {from: 8, to: 16}, {from: 48, to: 64}}, []int{3}},
		{"duplicates", []piece{{from: 0, to: 24}, {from: 0, to: 24}, {from: 48, to: 64}, {from: 48, to: 64}, {from: 24, to: 48}}, []int{5}},
		{"a duplicate behind the whole", []piece{{from: 0, to: 32}, {from: 32, to: 64}, {from: 32, to: 64}}, []int{2}},
		{"the same again", []piece{{from: 0, to: 32}, {from: 32, to: 64}, {from: 0, to: 32}, {from: 32, to: 64}}, []int{2, 4}},
		{"the first is missing", []piece{{from: 24, to: 48}, {from: 48, to: 64}}, nil},
		{"one is missing", []piece{{from: 0, to: 24}, {from: 48, to: 64}}, nil},
		{"the last is missing", []piece{{from: 0, to: 24}, {from: 24, to: 48}}, nil},
		{"the last is too late", []piece{{from: 0, to: 32}, {from: 32, to: 64, at: late}}, nil},
		{"too late, and then again", []piece{{from: 0, to: 32}, {from: 32, to: 64, at: late}, {from: 0, to: 32, at: late}}, []int{3}},
		{"the clock goes back", []piece{{from: 0, to: 32, at: late}, {from: 32, to: 64}}, []int{2}},
		{"two at once", []piece{{from: 0, to: 32}, {from: 0, to: 32, id: 2}, {from: 32, to: 64, id: 2}, {from: 32, to: 64}}, []int{3, 4}},
		{"one cut by the capture", []piece{{from: 0, to: 32}, {from: 32, to: 64, cut: true}}, nil},
		{"one cut by the capture, and whole again", []piece{{from: 0, to: 32}, {from: 32, to: 64, cut: true}, {from: 32, to: 64}}, []int{3}},
	} {
		for version, frame := range map[string]func(piece) []byte{"IPv4": fragment4, "IPv6": fragment6of} {
			t.Run(c.name+", "+version, func(t *testing.T) {
				d, p := New(), Packet{}
				var whole []int
				for i, piece := range c.pieces {
					b := frame(piece)
					p.Frame = Frame{Number: uint64(i + 1), Time: int64(piece.at), Link: 1, Data: b, Length: len(b)}
					if piece.cut {
						p.Data = b[:len(b)-(piece.to-piece.from)/2]
					}
					d.Decode(&p)
					inBounds(t, &p)
					if l := p.First(ICMPv4); l != nil && p.Number == p.ReassembledIn {
						whole = append(whole, i+1)
						if got := p.Bytes(l); !bytes.Equal(got, message) {
							t.Errorf("frame %d completes\n%x, want\n%x", i+1, got, message)
						}
						if index := slices.IndexFunc(p.Layers, func(l Layer) bool { return l.Kind == ICMPv4 }); p.ChecksumState(index) != ChecksumGood {
							t.Error("the checksum of the whole is not good")
						}
					}
				}
				if !slices.Equal(whole, c.whole) {
					t.Errorf("datagrams whole in frames %v, want %v", whole, c.whole)
				}
			})
		}
	}
}

// TestContradictions protects what counts where fragments disagree: of bytes and ends what came first, of protocols what is said at
// offset 0.
func TestContradictions(t *testing.T) {
	type part struct {
		offset int32
		more   bool
		bytes  string
		proto  uint8
	}
	for _, c := range []struct {
		name  string
		parts []part
		want  string
	}{
		{"the same place", []part{{0, true, "abcdefgh", icmp}, {0, true, "ABCDEFGH", icmp}, {8, false, "ij", icmp}}, "abcdefghij"},
		{"into the next", []part{{8, false, "ijklmnop", icmp}, {0, true, "ABCDEFGHIJKLMNOP", icmp}}, "ABCDEFGHijklmnop"},
		{"around another", []part{{8, true, "ijklmnop", icmp}, {0, false, "ABCDEFGHIJKLMNOPQRST", icmp}}, "ABCDEFGHijklmnopQRST"},
		{"over a gap", []part{{0, true, "abcdefgh", icmp}, {16, false, "qrst", icmp}, {0, true, "ABCDEFGHIJKLMNOPQRST", icmp}}, "abcdefghIJKLMNOPqrst"},
		{"an end before the end", []part{{8, false, "ij", icmp}, {8, false, "ijklmnop", icmp}, {0, true, "abcdefgh", icmp}}, "abcdefghij"},
		{"more behind the end", []part{{8, true, "ijklmnop", icmp}, {8, false, "ij", icmp}, {0, true, "abcdefgh", icmp}}, "abcdefghij"},
		{"the last of another protocol", []part{{0, true, "abcdefgh", icmp}, {8, false, "ij", udp}}, "abcdefghij"},
		{"the first of another protocol", []part{{8, false, "ij", udp}, {0, true, "abcdefgh", icmp}}, "abcdefghij"},
		{"a second beginning of another protocol", []part{{0, true, "abcdefgh", icmp}, {0, true, "ABCDEFGH", udp}, {8, false, "ij", udp}}, "abcdefghij"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newReassembly()
			for i, p := range c.parts {
				whole, _ := r.add(fragmentKey{id: 1}, p.proto, p.offset, p.more, []byte(p.bytes), uint64(i+1), 0)
				if last := i == len(c.parts)-1; (whole != nil) != last || last && string(whole) != c.want {
					t.Fatalf("fragment %d makes %q, want %q of the last", i+1, whole, c.want)
				}
			}
			if proto := r.last().proto; proto != icmp {
				t.Errorf("the datagram's protocol is %d, want %d", proto, icmp)
			}
		})
	}
}

// TestReassembledFlags protects what the layers say of fragments, and what a second pass knows beforehand.
func TestReassembledFlags(t *testing.T) {
	d := New()
	frames := [][]byte{fragment4(piece{from: 0, to: 32}), fragment4(piece{from: 32, to: 64})}
	pass := func(want ...string) {
		t.Helper()
		for i, b := range frames {
			p := Packet{Frame: Frame{Number: uint64(i + 1), Link: 1, Data: b, Length: len(b)}}
			d.Decode(&p)
			if got := fmt.Sprint(describe(&p), " | in ", p.ReassembledIn); got != want[i] {
				t.Errorf("frame %d\n got %s\nwant %s", i+1, got, want[i])
			}
		}
	}
	whole := "eth:14 ip:20+reassembled icmp:8 data:56 | icmp 192.0.2.1>192.0.2.2 | in 2"
	d.RememberReassembly()
	pass("eth:14 ip:20+fragment data:32 | ip 192.0.2.1>192.0.2.2 | in 0", whole)
	d.Restart()
	pass("eth:14 ip:20+fragment data:32 | ip 192.0.2.1>192.0.2.2 | in 2", whole)
}

// TestFragmentsApart protects against putting together what does not belong together.
func TestFragmentsApart(t *testing.T) {
	first, last := fragment4(piece{from: 0, to: 32}), fragment4(piece{from: 32, to: 64})
	change := func(frame []byte, at int, to byte) []byte {
		b := slices.Clone(frame)
		b[at] = to
		return b
	}
	tagged := func(id uint16, frame []byte) []byte {
		return ether(typeVLAN, vlan(id, typeIPv4), frame[14:])
	}
	in := func(network byte, frame []byte) []byte {
		return ether(typeIPv4, ipv4(udp, udpHeader(50000, 4789, []byte{8, 0, 0, 0, 0, 0, network, 0}, frame)))
	}
	for _, c := range []struct {
		name        string
		first, last []byte
	}{
		{"identification", first, change(last, 14+5, 1)},
		{"protocol", first, change(last, 14+9, udp)},
		{"source", first, change(last, 14+15, 9)},
		{"destination", first, change(last, 14+19, 9)},
		{"VLAN", tagged(5, first), tagged(6, last)},
		{"virtual network", in(5, first), in(6, last)},
		{"version", first, fragment6of(piece{from: 32, to: 64})},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := New()
			for i, b := range [][]byte{c.first, c.last} {
				p := Packet{Frame: Frame{Number: uint64(i + 1), Link: 1, Data: b, Length: len(b)}}
				if d.Decode(&p); p.ReassembledIn != 0 {
					t.Error("fragments of two datagrams made one")
				}
			}
		})
	}
}

// TestNextHeaderOfFragments protects what the datagram of IPv6 fragments is taken for: what its first fragment says (RFC 8200 §4.5),
// extension headers included, whichever comes first.
func TestNextHeaderOfFragments(t *testing.T) {
	options, route := extension(icmp6, "0104 00000000"), extension(icmp6, "0000 00000000")
	for _, c := range []struct {
		name        string
		first, last uint8
		header      []byte
		want        string
	}{
		{"options", destination, destination, options, "ipv6.dstopts:8 icmpv6:8 data:8 | icmpv6"},
		{"routing", routing, routing, route, "ipv6.routing:8 icmpv6:8 data:8 | icmpv6"},
		{"the last says UDP", icmp6, udp, nil, "icmpv6:8 data:8 | icmpv6"},
		{"none", noNext, noNext, nil, "data:16 | ipv6"},
	} {
		datagram := join(c.header, echo6(bytesOf(8)))
		n := len(datagram) - 8
		frames := [][]byte{
			ether(typeIPv6, ipv6(fragment6, fragmentHeader(c.first, 0, true, 1), datagram[:n])),
			ether(typeIPv6, ipv6(fragment6, fragmentHeader(c.last, uint16(n), false, 1), datagram[n:])),
		}
		for _, order := range [][2]int{{0, 1}, {1, 0}} {
			t.Run(fmt.Sprint(c.name, order), func(t *testing.T) {
				d, p := New(), Packet{}
				for _, i := range order {
					p.Frame = Frame{Number: uint64(i + 1), Link: 1, Data: frames[i], Length: len(frames[i])}
					d.Decode(&p)
					inBounds(t, &p)
				}
				want := "eth:14 ipv6:40 ipv6.fraghdr:8+reassembled " + c.want + " 2001:db8::1>2001:db8::2"
				if got := describe(&p); got != want {
					t.Errorf("decoded\n got %s\nwant %s", got, want)
				}
			})
		}
	}
}

// TestNestedFragments protects fragments of a tunnel whose datagram is a fragment again: both are put together.
func TestNestedFragments(t *testing.T) {
	inner := [][]byte{fragment4(piece{from: 0, to: 32})[14:], fragment4(piece{from: 32, to: 64})[14:]}
	d, p := New(), Packet{}
	var n uint64
	for i, datagram := range inner {
		for _, half := range []struct {
			field uint16
			body  []byte
		}{{0x2000, datagram[:24]}, {3, datagram[24:]}} {
			n++
			b := ether(typeIPv4, ipv4With("", half.field, uint16(100+i), ipip, half.body))
			p.Frame = Frame{Number: n, Link: 1, Data: b, Length: len(b)}
			d.Decode(&p)
			inBounds(t, &p)
		}
	}
	if got, want := describe(&p), "eth:14 ip:20+reassembled ip:20+reassembled icmp:8 data:56 | icmp 192.0.2.1>192.0.2.2"; got != want {
		t.Errorf("decoded\n got %s\nwant %s", got, want)
	}
	if got := p.Bytes(p.First(ICMPv4)); !bytes.Equal(got, message) {
		t.Errorf("got %x", got)
	}
}

// TestReassemblyOversize protects against the ping of death: a fragment that ends behind the longest datagram is refused.
func TestReassemblyOversize(t *testing.T) {
	r := newReassembly()
	for _, c := range []struct {
		name   string
		offset int32
		n      int
		kept   int
	}{
		{"ends at the end", 65528, 7, 1},
		{"ends one byte behind", 65528, 8, 1},
		{"far behind", 65528, 1400, 1},
	} {
		if whole, _ := r.add(fragmentKey{id: 1}, icmp, c.offset, false, make([]byte, c.n), 1, 0); whole != nil || len(r.pending) != c.kept {
			t.Errorf("%s: whole %v, %d pending, want %d", c.name, whole != nil, len(r.pending), c.kept)
		}
	}
	if total := r.pending[fragmentKey{id: 1}].total; total != 65535 {
		t.Errorf("total length %d, want 65535", total)
	}
}

// TestReassemblyBounds protects memory against floods of fragments: of many datagrams, of large ones, of ones that grow
// later, and of copies of one fragment. Totals stay right: every datagram is pending or was evicted.
func TestReassemblyBounds(t *testing.T) {
	type fragment struct {
		id     uint32
		offset int32
		n      int
	}
	for _, c := range []struct {
		name      string
		count     int
		datagrams int // that were begun, at least
		of        func(i int) fragment
	}{
		{"many small", 20_000, 20_000, func(i int) fragment { return fragment{uint32(i), 0, 8} }},
		{"many large", 3000, 3000, func(i int) fragment { return fragment{uint32(i), 65000, 8} }},
		{"small, then growing", 8000, 4000, func(i int) fragment { return fragment{uint32(i % 4000), int32(i / 4000 * 65000), 8} }},
		{"copies of one", 100_000, 1, func(int) fragment { return fragment{1, 0, 8} }},
		{"every other eight bytes", 50_000, 1, func(i int) fragment { return fragment{1, int32(i % 4095 * 16), 8} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newReassembly()
			for i := range c.count {
				f := c.of(i)
				r.recycle()
				r.add(fragmentKey{id: f.id}, icmp, f.offset, true, make([]byte, f.n), uint64(i), int64(i))
				if r.bytes > maxFragmentBytes || len(r.pending) > maxDatagrams {
					t.Fatalf("after %d fragments: %d bytes of %d datagrams", i+1, r.bytes, len(r.pending))
				}
			}
			if got := int(r.evicted) + len(r.pending); got < c.datagrams {
				t.Errorf("%d evicted or pending, want %d", got, c.datagrams)
			}
			held, n := 0, 0
			for g := r.oldest; g != nil; g = g.newer {
				held += g.memory()
				n++
			}
			if held != r.bytes || n != len(r.pending) {
				t.Errorf("%d bytes of %d datagrams in order, %d of %d counted", held, n, r.bytes, len(r.pending))
			}
		})
	}
}

// TestReassemblyAges protects against holding what will never be whole, when nothing else of its datagram comes.
func TestReassemblyAges(t *testing.T) {
	r := newReassembly()
	for i := range 10 {
		r.add(fragmentKey{id: uint32(i)}, icmp, 0, true, make([]byte, 8), 1, int64(i))
	}
	r.add(fragmentKey{id: 100}, icmp, 0, true, make([]byte, 8), 2, fragmentAge+5)
	if len(r.pending) != 6 || r.evicted != 0 { // those begun at 0 to 4 ns are older than 60 s, and there was room for them
		t.Errorf("%d pending and %d evicted, want 6 and 0", len(r.pending), r.evicted)
	}
}
