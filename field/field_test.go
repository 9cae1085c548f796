package field

import (
	"reflect"
	"slices"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// TestValues pins, for each kind of place that a value can be in, that it is found there and written as tshark writes it.
func TestValues(t *testing.T) {
	tests := []struct{ frame, name, want string }{
		{"echo request in a VLAN", "frame.number", "1"},
		{"echo request in a VLAN", "frame.time", "Nov 14, 2023 22:13:20.000000001 UTC"},
		{"echo request in a VLAN", "frame.time_epoch", "1700000000.000000001"},
		{"echo request in a VLAN", "frame.time_delta", "0.000000000"},
		{"echo request in a VLAN", "frame.protocols", "eth:ethertype:vlan:ethertype:ip:icmp:data"},
		{"echo request in a VLAN", "frame.interface_id", ""},
		{"echo request in a VLAN", "eth.addr", "02:00:00:00:00:02,02:00:00:00:00:01"},
		{"echo request in a VLAN", "eth.dst.lg", "1"},
		{"echo request in a VLAN", "eth.dst.ig", "0"},
		{"echo request in a VLAN", "eth.type", "0x8100"},
		{"echo request in a VLAN", "vlan.priority", "5"},
		{"echo request in a VLAN", "vlan.id", "100"},
		{"echo request in a VLAN", "vlan.etype", "0x0800"},
		{"echo request in a VLAN", "ip.hdr_len", "20"},
		{"echo request in a VLAN", "ip.id", "0x1234"},
		{"echo request in a VLAN", "ip.flags.df", "1"},
		{"echo request in a VLAN", "ip.addr", "10.0.0.1,10.0.0.2"},
		{"echo request in a VLAN", "ip.host", "10.0.0.1,10.0.0.2"},
		{"echo request in a VLAN", "ip.checksum.status", "2"},
		{"echo request in a VLAN", "icmp.ident", "258"},
		{"echo request in a VLAN", "icmp.ident_le", "513"},
		{"echo request in a VLAN", "icmp.seq_le", "768"},
		{"echo request in a VLAN", "icmp.checksum.status", "0"},
		{"echo request in a VLAN", "icmp.checksum_bad", "1"},
		{"echo request in a VLAN", "icmp.mtu", ""},
		{"echo request in a VLAN", "data.data", "6162636465666768"},
		{"echo request in a VLAN", "data.len", "8"},
		{"echo request in a VLAN", "ipv6.src", ""},

		{"unreachable quoting an echo", "ip.ttl", "64,63"},
		{"unreachable quoting an echo", "ip.dsfield.dscp", "48,0"},
		{"unreachable quoting an echo", "ip.src", "10.0.0.254,10.0.0.1"},
		{"unreachable quoting an echo", "icmp.type", "3,8"},
		{"unreachable quoting an echo", "icmp.mtu", "1400"},
		{"unreachable quoting an echo", "icmp.unused", "0000"},
		{"unreachable quoting an echo", "icmp.ident", "258"},
		{"unreachable quoting an echo", "icmp.checksum.status", "0,2"},

		{"who-has", "arp.opcode", "1"},
		{"who-has", "arp.src.hw_mac", "02:00:00:00:00:01"},
		{"who-has", "arp.src.hw", ""},
		{"who-has", "arp.dst.proto_ipv4", "10.0.0.2"},
		{"who-has", "arp.isgratuitous", ""},
		{"who-has", "eth.padding", "000000000000000000000000000000000000"},
		{"who-has", "eth.trailer", ""},
		{"gratuitous ARP", "arp.isgratuitous", "1"},
		{"gratuitous ARP", "arp.isannouncement", "1"},

		{"neighbor solicitation", "ipv6.addr", "fe80::ff:fe00:1,ff02::1:ff00:2"},
		{"neighbor solicitation", "ipv6.tclass", "0x00000000"},
		{"neighbor solicitation", "icmpv6.nd.ns.target_address", "fe80::2"},
		{"neighbor solicitation", "icmpv6.reserved", "00000000"},
		{"neighbor solicitation", "icmpv6.opt.src_linkaddr", "02:00:00:00:00:01"},
		{"router advertisement", "ipv6.tclass.dscp", "56"},
		{"router advertisement", "icmpv6.opt", "1,1,1"},
		{"router advertisement", "icmpv6.opt.type", "5,3,31"},
		{"router advertisement", "icmpv6.opt.mtu", "1500"},
		{"router advertisement", "icmpv6.opt.prefix", "2001:db8::"},
		{"router advertisement", "icmpv6.opt.prefix.valid_lifetime", "4294967295"},
		{"router advertisement", "icmpv6.opt.dnssl", "lan,example"},
		{"router advertisement", "icmpv6.nd.ra.flag.prf", "1"},
		{"router advertisement", "icmpv6.nd.ra.router_lifetime", "1800"},
		{"listener report", "ipv6.hopopts.len_oct", "8"},
		{"listener report", "ipv6.opt.type", "0x05,0x01"},
		{"listener report", "ipv6.opt.router_alert", "0"},
		{"listener report", "ipv6.opt.padn", "<none>"},
		{"listener report", "icmpv6.mldr.mar.multicast_address", "ff02::2"},
		{"IGMPv3 report", "ip.opt.type", "148"},
		{"IGMPv3 report", "ip.opt.ra", "0"},
		{"IGMPv3 query", "igmp.max_resp", "3072"},
		{"IGMPv3 query", "igmp.max_resp.exp", "0x04"},
		{"IGMPv3 query", "igmp.max_resp.mant", "0x08"},
		{"IGMPv3 query", "igmp.saddr", "10.0.0.3,10.0.0.4"},
		{"listener query", "icmpv6.mld.maximum_response_code", "483136"},
		{"listener query", "icmpv6.mld.qqi", "160"},
		{"listener query", "icmpv6.mld.source_address", "2001:db8::1,2001:db8::2"},
		{"IGMPv3 report", "igmp.version", "3"},
		{"IGMPv3 report", "igmp.maddr", "239.1.2.3"},
		{"IGMPv3 report", "igmp.record_type", "4"},
		{"time exceeded with labels", "icmp.length.original_datagram", "128"},
		{"time exceeded with labels", "icmp.mpls.label", "22"},
		{"time exceeded with labels", "icmp.mpls.s", "1"},
		{"time exceeded with labels", "icmp.mpls.ttl", "1"},
		{"time exceeded with labels", "udp.dstport", "33435"},

		{"cut in the ICMP header", "icmp.type", "8"},
		{"cut in the ICMP header", "icmp.checksum", "0x0000"},
		{"cut in the ICMP header", "icmp.checksum.status", "0"},
		{"cut in the ICMP header", "icmp.ident", "1"},
		{"cut in the ICMP header", "icmp.seq", ""},
		{"empty", "frame.len", "0"},
		{"empty", "eth.dst", ""},
	}
	for _, test := range tests {
		t.Run(test.name+" in "+test.frame, func(t *testing.T) {
			s := subjectOf(bytesOf(t, test.frame))
			if got := textsOf(t, s, test.name); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestLayers: an error's own header is layer 1 and the quoted one layer 2, which filters ask for by #.
func TestLayers(t *testing.T) {
	f, _ := Lookup("ip.ttl")
	var got []uint8
	for _, v := range f.Values(subjectOf(bytesOf(t, "unreachable quoting an echo")), nil) {
		got = append(got, v.Layer)
	}
	if !slices.Equal(got, []uint8{1, 2}) {
		t.Errorf("layers %v, want [1 2]", got)
	}
}

// TestProtocolOwnBytes: slices and len see a protocol's own bytes, contains and matches also what it carries.
func TestProtocolOwnBytes(t *testing.T) {
	s := subjectOf(bytesOf(t, "echo request in a VLAN"))
	for name, want := range map[string][2]int{"eth": {14, 54}, "vlan": {4, 40}, "ip": {20, 36}, "icmp": {16, 16}, "frame": {54, 54}} {
		f, _ := Lookup(name)
		v := f.Values(s, nil)
		if len(v) != 1 || len(v[0].Own(Protocol)) != want[0] || len(v[0].Bytes) != want[1] {
			t.Errorf("%s: got %v, want %d own bytes of %d", name, v, want[0], want[1])
		}
	}
}

// TestDeltas: times are told from the frame before, the one displayed before, and the first.
func TestDeltas(t *testing.T) {
	s := subjectOf(bytesOf(t, "who-has"))
	s.Shown()
	for _, step := range []struct {
		time                         int64
		delta, displayed, sinceFirst string
		shown                        bool
	}{
		{1700000001_000000001, "1.000000000", "1.000000000", "1.000000000", true},
		{1700000002_500000001, "1.500000000", "1.500000000", "2.500000000", false},
		{1700000002_000000001, "-0.500000000", "1.000000000", "2.000000000", true},
	} {
		p := *s.Packet
		p.Time = step.time
		s.Set(&p, nil)
		for name, want := range map[string]string{
			"frame.time_delta": step.delta, "frame.time_delta_displayed": step.displayed, "frame.time_relative": step.sinceFirst,
		} {
			if got := textsOf(t, s, name); got != want {
				t.Errorf("at %d: %s is %s, want %s", step.time, name, got, want)
			}
		}
		if step.shown {
			s.Shown()
		}
	}
}

// TestNoAllocs: reading every field of a packet costs no memory once the buffers have grown.
func TestNoAllocs(t *testing.T) {
	subjects := map[string]*Subject{}
	for name := range frames {
		subjects[name] = subjectOf(bytesOf(t, name))
	}
	for _, f := range tunnelFrames(t) {
		subjects[f.Name] = subjectAlone(f.Frame)
	}
	for name, s := range subjects {
		var values []Value
		var text []byte
		got := testing.AllocsPerRun(10, func() {
			s.Set(s.Packet, nil)
			text = text[:0]
			for _, f := range All() {
				values = f.Values(s, values[:0])
				for i := range values {
					text = f.Append(text, &values[i])
				}
			}
		})
		if got != 0 {
			t.Errorf("%s: %v allocations", name, got)
		}
	}
}

// FuzzFields: no bytes of any link type make a field panic, and its values are those of the packet alone.
//
//	go test ./field -run '^$' -fuzz FuzzFields -fuzztime 5m
func FuzzFields(f *testing.F) {
	for name := range frames {
		f.Add(bytesOf(f, name), uint16(1))
		data := bytesOf(f, name)
		f.Add(data[min(14, len(data)):], uint16(101))
	}
	f.Fuzz(func(t *testing.T, data []byte, link uint16) {
		p := &decode.Packet{Frame: decode.Frame{Number: 1, HasTime: true, Digits: 9, Link: link, Length: len(data), Data: data}}
		decode.New().Decode(p)
		s := new(Subject)
		s.Set(p, nil)
		var values []Value
		for _, f := range All() {
			values = f.Values(s, values[:0])
			for i := range values {
				text := string(f.Append(nil, &values[i]))
				values[i].Own(f.Type)
				if owned := string(f.Append(nil, &values[i])); owned != text {
					t.Errorf("%s: %q, and %q of its own", f.Name, text, owned)
				}
			}
		}
	})
}

// TestSecondPass protects filters that need one pass: what is said to be known with earlier frames does not change with what a second
// pass adds to a request, its reply or that there was none.
func TestSecondPass(t *testing.T) {
	before := track.Relation{Role: track.Request, Marks: track.Group}
	for _, after := range []track.Relation{
		{Role: track.Request, Marks: track.Group | track.Late | track.Backwards, Peer: 7, RTT: 1},
		{Role: track.Request, Marks: track.Group | track.Lost},
	} {
		for name := range frames {
			s := subjectOf(bytesOf(t, name))
			for _, f := range All() {
				if f.Known != Replied {
					continue
				}
				s.Relation = &before
				want := slices.Clone(f.Values(s, nil))
				s.Relation = &after
				if got := f.Values(s, nil); !reflect.DeepEqual(got, want) {
					t.Errorf("%s of %s: %v in the first pass, %v in the second", f.Name, name, want, got)
				}
			}
		}
	}
}

// TestKnown protects printing and filtering before it is known what a packet is to others: what is said to be known from the packet
// alone does not change with that.
func TestKnown(t *testing.T) {
	relations := []track.Relation{
		{Role: track.Request, Marks: ^track.Mark(track.Copy), Peer: 7, RTT: 1},
		{Role: track.Request, Marks: track.Lost},
		{Role: track.Reply, Marks: ^track.Mark(0), Peer: 7, CopyOf: 6, RTT: 1},
		{Role: track.ErrorMessage, Marks: track.Changed, Peer: 7},
		{Conflict: &track.Conflict{Frame: 6}},
	}
	changed := map[string]bool{}
	look := func(s *Subject) {
		for _, f := range All() {
			s.Relation = nil
			alone := slices.Clone(f.Values(s, nil))
			for i := range relations {
				s.Relation = &relations[i]
				if values := f.Values(s, nil); !reflect.DeepEqual(values, alone) {
					changed[f.Name] = true
				}
			}
		}
	}
	for name := range frames {
		s := subjectOf(bytesOf(t, name))
		look(s)
		top := s.Packet.Summary()
		if top == nil || top.Kind != decode.ICMPv4 && top.Kind != decode.ICMPv6 {
			continue
		}
		for _, echo := range []byte{0, 8, 128, 129} { // a type of message that tells of another
			s.Packet.Bytes(top)[0] = echo
			look(s)
		}
	}
	for _, f := range All() {
		if changed[f.Name] && f.Known == Decoded {
			t.Errorf("%s changes with what the packet is to others", f.Name)
		}
	}
	for _, f := range All() {
		if f.Known != Decoded && f.Name != "frame.time_delta_displayed" && !changed[f.Name] {
			t.Errorf("%s does not change, so that nothing is known of the others", f.Name)
		}
	}
}
