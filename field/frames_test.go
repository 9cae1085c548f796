package field

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Frames of the tests, one header a line.
var frames = map[string]string{
	"echo request in a VLAN": `
		020000000002 020000000001 8100    # Ethernet
		a064 0800                         # VLAN: priority 5, ID 100
		45 00 0024 1234 4000 40 01 0000 0a000001 0a000002 # IPv4
		08 00 0000 0102 0003              # echo, id 0x0102, seq 3
		6162636465666768                  # data`,
	"unreachable quoting an echo": `
		020000000001 020000000002 0800
		45 c0 0038 0001 0000 40 01 0000 0a0000fe 0a000001 # from the router
		03 04 0000 0000 0578              # fragmentation needed, MTU 1400
		45 00 0024 1234 4000 3f 01 0000 0a000001 0a000002 # quoted
		08 00 f1f7 0102 0003`,
	"who-has": `
		ffffffffffff 020000000001 0806
		0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002
		000000000000000000000000000000000000`,
	"gratuitous ARP": `
		ffffffffffff 020000000001 0806
		0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000001`,
	"neighbor solicitation": `
		3333ff000002 020000000001 86dd
		60000000 0020 3a ff fe80000000000000000000fffe000001 ff0200000000000000000001ff000002
		87 00 0000 00000000 fe800000000000000000000000000002 # NS
		01 01 020000000001                # source link-layer address`,
	"router advertisement": `
		333300000001 020000000001 86dd
		6e000000 0050 3a ff fe800000000000000000000000000001 ff020000000000000000000000000001
		86 00 0000 40 c8 0708 00000000 00000000 # RA: hop limit 64, M and O, preference high
		05 01 0000 000005dc               # MTU 1500
		03 04 40 c0 ffffffff 00000e10 00000000 20010db8000000000000000000000000 # prefix
		1f 03 0000 00000708 03 6c616e 00 07 6578616d706c65 00 0000 # search list`,
	"listener report": `
		333300000016 020000000001 86dd
		60000000 0024 00 01 fe800000000000000000000000000001 ff020000000000000000000000000016
		3a 00 05 02 0000 01 00            # hop-by-hop: router alert, PadN
		8f 00 0000 0000 0001              # version 2 report, one record
		04 00 0000 ff020000000000000000000000000002`,
	"IGMPv3 report": `
		01005e000016 020000000001 0800
		46 c0 0028 0000 4000 01 02 0000 0a000001 e0000016 94 04 0000 # router alert
		22 00 0000 0000 0001              # report, one record
		04 00 0000 ef010203`,
	"IGMPv3 query": `
		01005e010203 020000000001 0800
		46 c0 002c 0000 4000 01 02 0000 0a000001 ef010203 94 04 0000
		11 c8 0000 ef010203 02 7d 0002    # a query for a group and sources, time 0xc8: a floating point (RFC 3376)
		0a000003 0a000004`,
	"listener query": `
		333300000001 020000000001 86dd
		60000000 0044 00 01 fe800000000000000000000000000001 ff020000000000000000000000000001
		3a 00 05 02 0000 01 00            # hop-by-hop: router alert, PadN
		82 00 0000 bd7d 0000 ff050000000000000000000000010003 # a query, code 0xbd7d: a floating point (RFC 3810)
		02 84 0002 20010db8000000000000000000000001 20010db8000000000000000000000002`,
	"time exceeded with labels": `
		020000000001 020000000002 0800
		45 00 00a8 0001 0000 40 01 0000 0a0000fe 0a000001
		0b 00 0000 00 20 0000             # length 32 words
		45 00 0080 1234 0000 01 11 0000 0a000001 0a000002 # quoted, 128 bytes
		9c40 829b 006c 0000` + strings.Repeat("00", 100) + `
		20 00 0000                        # extension, version 2
		0008 01 01 00016 1 01             # MPLS: label 22, bottom, TTL 1
		00000000`,
	"cut in the ICMP header": `
		020000000002 020000000001 0800
		45 00 0054 1234 4000 40 01 0000 0a000001 0a000002
		08 00 0000 0001`,
	"empty": ``,
}

// bytesOf returns the bytes of a frame.
func bytesOf(t testing.TB, name string) []byte {
	t.Helper()
	text, ok := frames[name]
	if !ok {
		t.Fatalf("no frame %q", name)
	}
	var digits strings.Builder
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		digits.WriteString(strings.Join(strings.Fields(line), ""))
	}
	b, err := hex.DecodeString(digits.String())
	if err != nil {
		t.Fatalf("frame %q: %v", name, err)
	}
	return b
}

// subjectOf decodes an Ethernet frame as the first of a capture.
func subjectOf(data []byte) *Subject {
	p := &decode.Packet{Frame: decode.Frame{Number: 1, Time: 1700000000_000000001, HasTime: true, Digits: 9, Link: 1, Length: len(data), Data: data}}
	decode.New().Decode(p)
	s := &Subject{Follow: true}
	s.Set(p, nil)
	return s
}

// textsOf returns a field's values as text, commas between.
func textsOf(t testing.TB, s *Subject, name string) string {
	t.Helper()
	f, ok := Lookup(name)
	if !ok {
		t.Fatalf("no field %s", name)
	}
	var b []byte
	for i, v := range f.Values(s, nil) {
		if i > 0 {
			b = append(b, ',')
		}
		b = f.Append(b, &v)
	}
	return string(b)
}
