package filter

import (
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// TestMatch pins what filters select among the test frames. The verdicts are those of tshark 4.0 on the same bytes, xor apart.
func TestMatch(t *testing.T) {
	const all = "arp echo reply solicitation unreachable"
	tests := []struct{ filter, want string }{
		{"", all},
		{"icmp", "echo reply unreachable"},
		{"not icmp", "arp solicitation"},
		{"!icmp && !arp", "solicitation"},
		{"arp or icmpv6", "arp solicitation"},
		{"arp || icmp and icmp.type == 3", "arp unreachable"}, // and binds tighter than or
		{"(arp || icmp) and ip.ttl == 64", "echo reply"},
		{"arp xor icmp", "arp echo reply unreachable"},
		{"icmp ^^ icmp.type == 8", "reply"},
		{"not icmp.type == 8", "arp reply solicitation"}, // not takes the comparison

		// Any pair, every pair.
		{"icmp.type == 8", "echo unreachable"},
		{"icmp.type eq 0x8", "echo unreachable"},
		{"icmp.type == 010", "echo unreachable"},
		{"icmp.type == 0b1000", "echo unreachable"},
		{`icmp.type == '\x08'`, "echo unreachable"},
		{"icmp.type != 8", "reply"},
		{"icmp.type !== 8", "reply unreachable"},
		{"icmp.type ~= 8", "reply unreachable"},
		{"icmp.type === 8", "echo"},
		{"icmp.type all_eq 8", "echo"},
		{"all ip.ttl > 63", "echo reply"},
		{"any ip.ttl > 64", "unreachable"},
		{"ip.ttl >= 64", "echo reply unreachable"},
		{"ip.ttl lt 64", "unreachable"},

		// Addresses.
		{"ip.src == 10.0.0.1", "echo unreachable"},
		{"ip.addr == 10.0.0.254", "unreachable"},
		{"ip.addr != 10.0.0.254", "echo reply"},
		{"ip.src == 10.0.0.0/24", "echo reply unreachable"},
		{"ip.src == 10.0.0.4/30", ""},
		{"ip.src > 10.0.0.1", "reply unreachable"},
		{"ip.src == ip.dst", "unreachable"}, // the error's destination is the quoted source
		{"ip.src in {10.0.0.2, 10.0.0.128 .. 10.0.0.255}", "reply unreachable"},
		{"ip.src not in {10.0.0.2}", "arp echo solicitation unreachable"},
		{"all ip.src in {10.0.0.0/24}", "echo reply unreachable"},
		{"ip.src & 255.255.255.254 == 10.0.0.254", "unreachable"},
		{"ipv6.src == fe80::/10", "solicitation"},
		{"ipv6.dst == ff02::1:ff00:2", "solicitation"},
		{"eth.dst == ff:ff:ff:ff:ff:ff", "arp"},
		{"eth.dst == ffff.ffff.ffff", "arp"},
		{"arp.src.proto_ipv4 == 10.0.0.1", "arp"},

		// Layers.
		{"ip.ttl#1 == 255", "unreachable"},
		{"ip.ttl#2 == 63", "unreachable"},
		{"ip.ttl#[2-3]", "unreachable"},
		{"ip.src#[-1] == 10.0.0.1", "echo unreachable"},
		{"icmp#2", "unreachable"},

		// Slices.
		{"eth.src[0:3] == 02:00:00", all},
		{"eth.src[5] == 2", "reply unreachable"},
		{"eth.src[-1] == 01", "arp echo solicitation"},
		{"eth.dst[:2] == 33-33", "solicitation"},
		{"icmp[0] == 3 and icmp[1] == 1", "unreachable"},
		{"icmp[0:2] == 08:00", "echo unreachable"},
		{"icmp[8:5] == \"Hello\"", "echo"},
		{"icmp[0,1] == 03:01", "unreachable"},
		{"frame[12-13] == 08:06", "arp"},
		{"eth[14]", ""},
		{"frame[42:]", "echo solicitation unreachable"},

		// Strings and bytes.
		{`frame.protocols == "eth:ethertype:arp"`, "arp"},
		{`frame.protocols contains "icmpv6"`, "solicitation"},
		{`frame contains "Hello"`, "echo"},
		{`frame contains 48:65:6c`, "echo"},
		{`icmp contains "hello"`, ""},
		{`icmp matches "hello"`, "echo"},
		{`icmp matches "(?-i)hello"`, ""},
		{`icmp ~ r"Hel+o,\s"`, "echo"},
		{`icmp matches r"\xff\x80A"`, "echo"}, // bytes, though they are no UTF-8
		{`frame.protocols matches "^eth:.*:ICMPv6$"`, "solicitation"},
		{`eth.src contains 00:01`, "arp echo solicitation"},

		// Names of values.
		{"ip.proto == ICMP", "echo reply unreachable"},
		{`ip.proto == "icmp"`, "echo reply unreachable"},
		{"arp.opcode == request", "arp"},
		{`icmpv6.type == "Neighbor Solicitation"`, "solicitation"},
		{`ip.dsfield.dscp == "Class Selector 6"`, "unreachable"},
		{"ip.flags.df == True", "echo unreachable"},
		{`ip.flags.df == "Set"`, "echo unreachable"},
		{"ip.flags.df", "echo reply unreachable"}, // there, if not set

		// Arithmetic.
		{"ip.ttl & 1", "unreachable"},
		{"ip.ttl & 0x40 == 0x40", "echo reply unreachable"},
		{"ip.ttl - 64", "unreachable"},
		{"ip.ttl + 1 == 65", "echo reply"},
		{"ip.ttl == 60 + 2 * 2", "echo reply"},
		{"{ip.ttl + 1} * 2 == 130", "echo reply"},
		{"icmp.seq * 256 == icmp.seq_le", "echo reply unreachable"},
		{"icmp.seq / 0 == 1", ""},
		{"-ip.ttl == -64", "echo reply"},
		{"-ip.ttl < 0", "echo reply unreachable"}, // of an unsigned integer
		{"ip.ttl - 100 < 0", "echo reply unreachable"},
		{"ip.ttl - 100 > 0", "unreachable"},
		{"abs(ip.ttl - 65) == 1", "echo reply"},
		{"ip.ttl % 64 == 0", "echo reply"},

		// Functions.
		{"len(frame) > 48", "echo solicitation unreachable"},
		{"len(ip) == 20", "echo reply unreachable"},
		{"count(ip.addr) > 2", "unreachable"},
		{`upper(frame.protocols) contains "ARP"`, "arp"},
		{`string(ip.ttl) matches "^6"`, "echo reply unreachable"},
		{`string(ip.src) == "10.0.0.2"`, "reply"},
		{"max(ip.ttl, 100) == 100", "arp echo reply solicitation"}, // of what is there
		{"max(ip.ttl) == 100", ""},
		{"min(ip.ttl) == 63", "unreachable"},
		{"abs(icmp.resptime) > 1", "reply"},
		{`lower(frame.protocols)[0:3] == "eth"`, all},

		// Times.
		{`frame.time > "2023-11-14"`, all},
		{`frame.time == "2023-11-14T22:13:20.25Z"`, all},
		{`frame.time < "Nov 14, 2023 22:13:20.25 UTC"`, ""},
		{"frame.time_relative < 0.5", all},
		{"frame.time_epoch == 1700000000.25", all},
		{"icmp.resptime == 1.5", "reply"},
		{"icmp.resptime > 1e1", ""},
		{"icmp.resp_to == 1", "reply"},
		{"icmp.resp_to < frame.number", "reply"},
		{"icmp.code < icmp.seq < ip.ttl", "echo reply unreachable"},
	}
	list := subjects(t)
	for _, test := range tests {
		t.Run(test.filter, func(t *testing.T) {
			f, err := Compile(test.filter, Options{TwoPass: true})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for name, s := range list {
				if f.Match(s) {
					got = append(got, name)
				}
			}
			slices.Sort(got)
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("selects %q, want %q", got, test.want)
			}
		})
	}
}

// TestSecondPass: what only later frames tell is refused on a first pass, and not on a second.
func TestSecondPass(t *testing.T) {
	if _, err := Compile("icmp.resp_in", Options{TwoPass: true}); err != nil {
		t.Error(err)
	}
	_, err := Compile("icmp && !icmp.resp_in", Options{})
	if err == nil || !strings.Contains(err.Error(), "-2") {
		t.Errorf("got %v, want an error that tells of -2", err)
	}
}

// TestNoAllocs: a match costs no memory once the filter's buffers have grown.
func TestNoAllocs(t *testing.T) {
	for _, text := range []string{
		"icmp", "icmp.type == 8", "ip.addr == 10.0.0.0/8", "ip.addr != 10.0.0.1", `frame.protocols contains "icmp"`, `icmp matches "h.llo"`,
		`icmp matches r"\xff\x80"`, "icmp[0:2] == 08:00", "icmp[0,1] == 08:00", "ip.ttl & 1 == 1", "count(ip.addr) > 2",
		`string(ip.src) matches "^10"`, "ip.src in {10.0.0.1 .. 10.0.0.9, 10.1.0.0/16}", "max(ip.ttl, 5) > 64", "ip.ttl#2 < 64",
		`upper(frame.protocols) contains "ARP"`, "frame.time_delta > 1", "icmp.resptime > 1",
	} {
		if raced() && strings.Contains(text, "matches") {
			continue
		}
		f, err := Compile(text, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range subjects(t) {
			got := testing.AllocsPerRun(10, func() {
				s.Set(s.Packet, s.Relation)
				f.Match(s)
			})
			if got != 0 {
				t.Errorf("%s on %s: %v allocations", text, name, got)
			}
		}
	}
}

// raced reports whether the race detector is at work: then sync.Pool throws away, at random, what regexp keeps in it.
func raced() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// BenchmarkMatch measures filters from simple to a regular expression, on a decoded echo request.
func BenchmarkMatch(b *testing.B) {
	s := subjects(b)["echo"]
	for _, bench := range []struct{ name, text string }{
		{"protocol", "arp"},
		{"number", "icmp.type == 0"},
		{"prefix", "ip.src == 192.168.0.0/16"},
		{"logic", "icmp.type in {3, 5, 11} or ip.addr == 10.0.0.254 and not arp"},
		{"slice", "icmp[0:2] == 03:00"},
		{"regexp", `icmp matches "good ?bye"`},
	} {
		f, err := Compile(bench.text, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.Match(s)
			}
		})
	}
}
