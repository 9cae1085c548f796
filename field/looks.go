package field

import (
	"bytes"
	"encoding/binary"

	"github.com/icmpsniff/icmpsniff/decode"
)

// looks are conditions that the first bytes of some protocols meet: those of payloads that do not are not theirs, whatever the
// port says.
var looks = map[string]func(b []byte) bool{
	"a11":       between(1, 15),
	"aodv":      between(1, 4),
	"babel":     between(42, 42),
	"bvlc":      between(0x81, 0x82),
	"cflow":     func(b []byte) bool { v := first16(b); return v == 1 || v >= 5 && v <= 10 },
	"dnp3":      func(b []byte) bool { return first16(b) == 0x0564 },
	"edonkey":   func(b []byte) bool { return len(b) > 0 && (b[0] >= 0xc5 || b[0] >= 0xe3) },
	"glbp":      between(1, 1),
	"gtp":       func(b []byte) bool { return len(b) >= 8 && b[0]>>5 <= 2 },
	"gtpprime":  func(b []byte) bool { return len(b) >= 6 && b[0]>>5 <= 2 },
	"hsrp":      between(0, 4),
	"ldp":       func(b []byte) bool { return first16(b) == 1 },
	"mbtcp":     func(b []byte) bool { return len(b) >= 8 && first16(b[2:]) == 0 && first16(b[4:]) > 1 },
	"mgcp":      text,
	"mpls-echo": func(b []byte) bool { return first16(b) == 1 },
	"olsr":      func(b []byte) bool { return int(first16(b)) == len(b) },
	"radius":    func(b []byte) bool { return len(b) >= 20 && int(first16(b[2:])) >= 20 && int(first16(b[2:])) <= len(b) },
	"rmcp":      between(6, 6),
	"sflow":     func(b []byte) bool { return len(b) >= 4 && first16(b) == 0 && (b[3] == 2 || b[3] == 4 || b[3] == 5) },
	"sip":       isSIP,
	"snmp":      between(0x30, 0x30), // a sequence in BER
	"stun":      func(b []byte) bool { return isSTUN(b) || isClassicSTUN(b) },
	"tls":       isTLS,
	"tns":       func(b []byte) bool { return len(b) >= 8 && int(first16(b)) <= len(b) },
	"wccp":      func(b []byte) bool { return len(b) >= 8 && first16(b) == 0 },
	"xdmcp":     func(b []byte) bool { return first16(b) == 1 },
}

// guess is a protocol that is found on any port.
type guess struct {
	transport decode.Kind
	name      string
	like      func(b []byte) bool
}

// guesses are asked, in their order, where no port tells.
var guesses = []guess{
	{decode.UDP, "stun", isSTUN},
	{decode.UDP, "classicstun", isClassicSTUN},
	{decode.UDP, "rtcp", isRTCP},
	{decode.UDP, "dtls", isDTLS},
	{decode.UDP, "quic", isQUIC},
	{decode.UDP, "gquic", isGoogleQUIC},
	{decode.UDP, "wg", isWireGuard},
	{decode.UDP, "wol", isWakeOnLAN},
	{decode.UDP, "bt-dht", starting("d1:")},
	{decode.UDP, "sip", isSIP},
	{decode.UDP, "rtps", starting("RTPS")},
	{decode.UDP, "artnet", starting("Art-Net\x00")},
	{decode.UDP, "mp2t", func(b []byte) bool { return len(b) > 0 && len(b)%188 == 0 && b[0] == 0x47 }},
	{decode.TCP, "tls", isTLS},
	{decode.TCP, "http", isHTTP},
	{decode.TCP, "dcerpc", func(b []byte) bool { return len(b) >= 16 && b[0] == 5 && b[1] <= 1 && b[2] <= 19 && b[4]&0xee == 0 }},
	{decode.TCP, "bittorrent", starting("\x13BitTorrent protocol")},
	{decode.TCP, "sip", isSIP},
}

// guessed returns the protocol that a payload looks like.
func guessed(k decode.Kind, b []byte) (name string, ok bool) {
	for i := range guesses {
		if g := &guesses[i]; g.transport == k && g.like(b) {
			return g.name, true
		}
	}
	return "", false
}

func between(low, high byte) func(b []byte) bool {
	return func(b []byte) bool { return len(b) > 0 && b[0] >= low && b[0] <= high }
}

func starting(with string) func(b []byte) bool {
	return func(b []byte) bool { return len(b) >= len(with) && string(b[:len(with)]) == with }
}

// text reports whether b starts as a line of words and numbers.
func text(b []byte) bool {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	for _, c := range line {
		if c < ' ' && c != '\t' && c != '\r' || c > '~' {
			return false
		}
	}
	return bytes.IndexByte(line, ' ') > 0
}

// isSIP reports whether the first line names the protocol's version (RFC 3261 §7).
func isSIP(b []byte) bool {
	line, _, _ := bytes.Cut(b, []byte("\r\n"))
	return bytes.HasPrefix(line, []byte("SIP/2.0 ")) || bytes.HasSuffix(line, []byte(" SIP/2.0"))
}

// isHTTP reports whether b starts as a message of HTTP 1 (RFC 9112 §3, §4).
func isHTTP(b []byte) bool {
	line, _, _ := bytes.Cut(b, []byte("\r\n"))
	return bytes.HasPrefix(line, []byte("HTTP/1.")) || bytes.HasSuffix(line, []byte(" HTTP/1.1")) || bytes.HasSuffix(line, []byte(" HTTP/1.0"))
}

// isTLS reports whether b starts with a record: its type, version 3, at most 2^14 bytes and some more (RFC 8446 §5.1).
func isTLS(b []byte) bool {
	return len(b) >= 5 && b[0] >= 20 && b[0] <= 24 && b[1] == 3 && b[2] <= 4 && first16(b[3:]) <= 1<<14+2048
}

// isDTLS reports whether b starts with a record of version 1.0 or 1.2 (RFC 6347 §4.1).
func isDTLS(b []byte) bool {
	return len(b) >= 13 && b[0] >= 20 && b[0] <= 24 && b[1] == 0xfe && (b[2] == 0xff || b[2] == 0xfd)
}

const stunCookie = 0x2112a442

// isSTUN reports whether b is a message with the magic cookie and the length that it states (RFC 8489 §5).
func isSTUN(b []byte) bool {
	return len(b) >= 20 && b[0]>>6 == 0 && int(first16(b[2:]))+20 == len(b) && binary.BigEndian.Uint32(b[4:]) == stunCookie
}

// isClassicSTUN reports whether b is a message of before there was a cookie (RFC 3489 §11.1).
func isClassicSTUN(b []byte) bool {
	if len(b) < 20 || int(first16(b[2:]))+20 != len(b) || binary.BigEndian.Uint32(b[4:]) == stunCookie {
		return false
	}
	t := first16(b)
	return (t&0xff == 1 || t&0xff == 2) && t>>8 <= 1 || t == 0x0111 || t == 0x0112
}

// isRTCP reports whether b starts as a compound packet may (RFC 3550 §6.1).
func isRTCP(b []byte) bool {
	if len(b) < 8 || len(b)%4 != 0 || b[0]>>6 != 2 {
		return false
	}
	const sender, receiver, bye, app, payload = 200, 201, 203, 204, 206
	return b[1] == sender || b[1] == receiver || b[1] == bye || b[1] == app || b[1] == payload
}

// isQUIC reports whether b starts with a long header of version 1 or a draft of it (RFC 9000 §17.2).
func isQUIC(b []byte) bool {
	const form, fixed, version1, drafts = 0x80, 0x40, 1, 0xff0000
	if len(b) < 7 || b[0]&(form|fixed) != form|fixed {
		return false
	}
	v := binary.BigEndian.Uint32(b[1:])
	return v == version1 || v>>8 == drafts
}

// isGoogleQUIC reports whether b is a packet of QUIC before the IETF's that states its version, which a client's first do: flags, a
// connection of 8 bytes, "Q0" and two digits.
func isGoogleQUIC(b []byte) bool {
	const versioned, connection8 = 0x01, 0x08
	return len(b) >= 14 && b[0]&(versioned|connection8) == versioned|connection8 && b[0]&0xc2 == 0 && b[9] == 'Q' && b[10] == '0'
}

// isWireGuard reports whether b is a message of one of the four types and their lengths.
func isWireGuard(b []byte) bool {
	if len(b) < 32 || b[1]|b[2]|b[3] != 0 {
		return false
	}
	switch b[0] {
	case 1:
		return len(b) == 148
	case 2:
		return len(b) == 92
	case 3:
		return len(b) == 64
	}
	return b[0] == 4
}

// isWakeOnLAN reports whether b has the six bytes of ones and sixteen times the same address that wake a host.
func isWakeOnLAN(b []byte) bool {
	if len(b) < 102 || !bytes.Equal(b[:6], []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}) {
		return false
	}
	return bytes.Equal(b[6:96], b[12:102])
}
