package filter

import "testing"

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
