package report

import (
	"bytes"
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// linkPFLOG is the link type of frames logged by OpenBSD's packet filter.
const linkPFLOG = 117

// filterActions are what the filter does with a packet (<net/pfvar.h>).
var filterActions = [...]string{"pass", "block", "scrub", "nat", "nonat", "binat", "nobinat", "rdr", "nordr", "synproxydrop"}

// appendFiltered appends of a logged frame what the filter did, on which interface, and by which rule. Its header is
//
//	| length 1 | family 1 | action 1 | reason 1 | interface 16 | ruleset 16 | rule 4 | …
func appendFiltered(dst []byte, p *decode.Packet) []byte {
	const name, rule = 4, 36
	b := p.Data
	if p.Link != linkPFLOG || len(b) < rule+4 || int(b[2]) >= len(filterActions) {
		return dst
	}
	dst = append(append(append(dst, '['), filterActions[b[2]]...), ' ')
	ifname, _, _ := bytes.Cut(b[name:name+16], []byte{0})
	dst = append(AppendEscaped(dst, ifname), '/')
	return append(appendUint(dst, uint64(binary.BigEndian.Uint32(b[rule:]))), "] "...)
}
