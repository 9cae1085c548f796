package filter

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// frames are what the tests match, one header a line.
var frames = map[string]string{
	"echo": `
		020000000002 020000000001 0800
		45 00 0026 1234 4000 40 01 0000 0a000001 0a000002 # TTL 64, DF
		08 00 0000 0102 0003              # echo, id 0x0102, seq 3
		48656c6c6f2c20ff8041             # Hello, …`,
	"unreachable": `
		020000000001 020000000002 0800
		45 c0 0038 0001 0000 ff 01 0000 0a0000fe 0a000001 # TTL 255, CS6
		03 01 0000 0000 0000              # host unreachable
		45 00 0024 1234 4000 3f 01 0000 0a000001 0a000002 # quoted, TTL 63
		08 00 f1f7 0102 0003`,
	"arp": `
		ffffffffffff 020000000001 0806
		0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002`,
	"solicitation": `
		3333ff000002 020000000001 86dd
		60000000 0020 3a ff fe80000000000000000000fffe000001 ff0200000000000000000001ff000002
		87 00 0000 00000000 fe800000000000000000000000000002
		01 01 020000000001`,
	"reply": `
		020000000001 020000000002 0800
		45 00 001c 0000 0000 40 01 0000 0a000002 0a000001
		00 00 0000 0102 0003`,
}

// subjects are the frames, decoded; the reply is one to frame 1, 1.5 ms after it.
func subjects(t testing.TB) map[string]*field.Subject {
	t.Helper()
	list := map[string]*field.Subject{}
	for name, text := range frames {
		var digits strings.Builder
		for line := range strings.Lines(text) {
			line, _, _ = strings.Cut(line, "#")
			digits.WriteString(strings.Join(strings.Fields(line), ""))
		}
		data, err := hex.DecodeString(digits.String())
		if err != nil {
			t.Fatalf("frame %q: %v", name, err)
		}
		p := &decode.Packet{Frame: decode.Frame{Number: 7, Time: 1700000000_250000000, HasTime: true, Link: 1, Length: len(data), Data: data}}
		decode.New().Decode(p)
		relation := &track.Relation{}
		if name == "reply" {
			*relation = track.Relation{Role: track.Reply, Peer: 1, RTT: 1_500_000}
		}
		s := new(field.Subject)
		s.Set(p, relation)
		list[name] = s
	}
	return list
}
