package field

import "testing"

// Protects what trees are made of: the values of one layer, or of one part of it, and of no other.
func TestWithin(t *testing.T) {
	for _, c := range []struct {
		frame, name string
		layer       int
		of          string // the field whose n-th part it is, "" for the layer itself
		n           int
		want        string
	}{
		{"unreachable quoting an echo", "ip.ttl", 1, "", 0, "64"},
		{"unreachable quoting an echo", "ip.ttl", 3, "", 0, "63"},
		{"unreachable quoting an echo", "icmp.mtu", 2, "", 0, "1400"},
		{"unreachable quoting an echo", "icmp.mtu", 4, "", 0, ""},
		{"unreachable quoting an echo", "frame.len", -1, "", 0, "70"},
		{"router advertisement", "icmpv6.opt.type", 2, "icmpv6.opt", 0, "5"},
		{"router advertisement", "icmpv6.opt.type", 2, "icmpv6.opt", 2, "31"},
		{"router advertisement", "icmpv6.opt.mtu", 2, "icmpv6.opt", 0, "1500"},
		{"router advertisement", "icmpv6.opt.mtu", 2, "icmpv6.opt", 1, ""},
		{"router advertisement", "icmpv6.opt.dnssl", 2, "icmpv6.opt", 2, "lan,example"},
		{"IGMPv3 report", "igmp.num_src", 2, "", 0, ""},
		{"IGMPv3 report", "igmp.num_src", 2, "igmp.record_type", 0, "0"},
		{"empty", "ip.ttl", -1, "", 0, ""},
	} {
		s := subjectOf(bytesOf(t, c.frame))
		f, _ := Lookup(c.name)
		var p Part
		if of, ok := Lookup(c.of); ok {
			p = of.Parts(s, c.layer, nil)[c.n]
		}
		got := ""
		for i, v := range f.Within(s, c.layer, p, nil) {
			if i > 0 {
				got += ","
			}
			got = string(f.Append([]byte(got), &v))
		}
		if got != c.want {
			t.Errorf("%s: %s in layer %d, %s %d is %q, want %q", c.frame, c.name, c.layer, c.of, c.n, got, c.want)
		}
	}
}

// Protects the bits that labels draw: of how many, and which.
func TestBits(t *testing.T) {
	s := subjectOf(bytesOf(t, "gratuitous ARP"))
	for _, c := range []struct {
		name      string
		layer     int
		container int
		bits      uint64
	}{
		{"eth.dst.lg", 0, 24, 0x020000},
		{"eth.src.ig", 0, 24, 0},
	} {
		f, _ := Lookup(c.name)
		v := f.Within(s, c.layer, Part{}, nil)
		if len(v) != 1 || f.Container() != c.container || f.Bits(&v[0]) != c.bits {
			t.Errorf("%s: %v in %d bits, want %#x in %d", c.name, v, f.Container(), c.bits, c.container)
		}
	}
	s = subjectOf(bytesOf(t, "echo request in a VLAN"))
	f, _ := Lookup("ip.hdr_len")
	if v := f.Within(s, 2, Part{}, nil); len(v) != 1 || v[0].Uint != 20 || f.Bits(&v[0]) != 5 || f.Container() != 8 {
		t.Errorf("ip.hdr_len: %v of %d bits, want 20, which is 5 of 8", v, f.Container())
	}
}
