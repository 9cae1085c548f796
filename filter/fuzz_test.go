package filter

import (
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// FuzzCompile: no text makes the compiler or a filter panic, and what parses prints back and parses to the same tree.
func FuzzCompile(f *testing.F) {
	for _, text := range []string{
		"icmp.type == 8 && ip.ttl < 64 or not arp", "ip.src in {10.0.0.1 .. 10.0.0.9, 10.1.0.0/16}", `frame matches r"a\b" xor eth[-3:2] == 00:01`,
		"all ip.ttl#[1,2-3] + 1 * -2 != 3", `max(ip.ttl, 5) % 3 == 'a'`, "eth.src[0:3][1] == 0c", "frame.time > \"2020-01-01\"", `"\x00\u00e9" == .ip`,
		"frame[4:] contains ::1", "-{ip.ttl} & 0xf0 == 1..2", "ip.ttl not in {1,2}",
	} {
		f.Add(text)
	}
	list := subjects(f)
	f.Fuzz(func(t *testing.T, text string) {
		compiled, err := Compile(text, Options{TwoPass: true})
		if err != nil {
			_ = err.Error()
			return
		}
		for _, s := range list {
			compiled.Match(s)
		}
		printed := compiled.String()
		again, err := Compile(printed, Options{TwoPass: true})
		if err != nil {
			t.Fatalf("%q prints as %q: %v", text, printed, err)
		}
		if got := again.String(); got != printed {
			t.Fatalf("%q prints as %q, and that as %q", text, printed, got)
		}
		for name, s := range list {
			if compiled.Match(s) != again.Match(s) {
				t.Fatalf("%q and %q differ on %s", text, printed, name)
			}
		}
	})
}

// FuzzMatch: no frame of any link type makes a filter panic that takes values apart.
//
//	go test ./filter -run '^$' -fuzz FuzzMatch -fuzztime 5m
func FuzzMatch(f *testing.F) {
	var filters []*Filter
	for _, text := range []string{
		"eth.src[0:3][-1:] == 0c or frame[-1] == 0", "ip.src#[-1] in {10.0.0.0/8} or ip.ttl - 200 < -ip.ttl", "ip.ttl % {ip.ttl - ip.ttl} == 1",
		"ip.len / ip.hdr_len > 2 and frame.len * 4294967295 > 0", `icmp matches "(a|b)*c" or data.data contains "x"`, "len(data.data) & 0xff == 8 or lower(frame.protocols) == \"eth\"",
		"icmpv6[4:4] == 00:00:00:00 or ipv6.src in {::1 .. ff02::1}", "all ip.src == 10.0.0.1 xor any arp.src.proto_ipv4 != 10.0.0.1", "count(ip.src) > 1 or max(ip.len, 7) > min(ip.len, 5)",
		"igmp.maddr == 224.0.0.1 or frame.time_delta > 1 or icmp.resptime > 0.5 or not eth",
	} {
		compiled, err := Compile(text, Options{TwoPass: true})
		if err != nil {
			f.Errorf("%s: %v", text, err)
			continue
		}
		filters = append(filters, compiled)
	}
	for _, s := range subjects(f) {
		f.Add(s.Packet.Data, uint16(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, link uint16) {
		p := &decode.Packet{Frame: decode.Frame{Number: 1, HasTime: true, Link: link, Length: len(data), Data: data}}
		decode.New().Decode(p)
		s := new(field.Subject)
		s.Set(p, nil)
		for _, compiled := range filters {
			if first, second := compiled.Match(s), compiled.Match(s); first != second {
				t.Errorf("%s: %v, then %v", compiled, first, second)
			}
		}
	})
}
